/** A server under measurement, as a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./FreePort.ts";

export interface ServerProcess {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const READY_WITHIN_MILLIS = 30_000;
const STOP_WITHIN_MILLIS = 8_000;

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MILLIS);
  await exited;
  clearTimeout(timer);
};

/** Starts a script that listens on `PORT`; what it logs is thrown away, what it complains of is shown. */
export const startServer = async (
  script: string,
  environment: Readonly<Record<string, string>>,
): Promise<ServerProcess> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, NODE_ENV: "production", HOST: "127.0.0.1", PORT: String(port), ...environment };
  const child = spawn(process.execPath, [script], { env, stdio: ["ignore", "ignore", "inherit"] });
  const killWithUs = () => void child.kill("SIGKILL");
  process.once("exit", killWithUs);
  const stop = async () => {
    await end(child);
    process.off("exit", killWithUs);
  };
  const giveUpAt = performance.now() + READY_WITHIN_MILLIS;
  for (;;) {
    try {
      await (await fetch(`${url}/health`)).arrayBuffer();
      return { url, stop };
    } catch {
      if (child.exitCode !== null) throw new Error(`${script} ended with ${child.exitCode}`);
      if (performance.now() > giveUpAt) {
        await stop();
        throw new Error(`${script} did not start in time`);
      }
      await sleep(50);
    }
  }
};
