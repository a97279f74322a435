/** The route of ZMOS without a database, as a process: see `NoDatabaseServer.ts`. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("NoDatabaseServer.ts", import.meta.url));

export interface NoDatabase {
  readonly url: string;
  readonly accessToken: string;
  readonly stop: () => Promise<void>;
}

export const startNoDatabase = async (): Promise<NoDatabase> => {
  const env = { ...process.env, NODE_ENV: "production" };
  const child = fork(MAIN, { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const exited = once(child, "exit");
  const failed = exited.then(() => {
    throw new Error("the server without a database ended");
  });
  const started = once(child, "message") as Promise<[Omit<NoDatabase, "stop">]>;
  const [said] = await Promise.race([started, failed]);
  failed.catch(() => undefined);
  return {
    ...said,
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
};
