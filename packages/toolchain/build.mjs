/** `pnpm build`: every package's src → dist, and nothing in dist that src no longer has. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled, root, toolEnvironment } from "./setup.mjs";

/** Removes what an earlier build made from sources that are gone; `tsc -b` leaves it, and it would be published. */
const prune = (/** @type {string} */ source, /** @type {string} */ built) => {
  for (const entry of readdirSync(built, { withFileTypes: true })) {
    const at = join(built, entry.name);
    const stem = join(source, entry.name.replace(/\.(d\.ts|js)(\.map)?$/u, ""));
    if (entry.isDirectory()) {
      if (existsSync(stem)) prune(stem, at);
      else rmSync(at, { recursive: true });
    } else if (![`${stem}.ts`, join(source, entry.name)].some(existsSync) && !entry.name.endsWith(".tsbuildinfo")) {
      rmSync(at);
    }
  }
};

/** Builds every package that has something to publish; the answer is the compiler's exit code. */
export const build = () => {
  const packages = readdirSync(join(root, "packages"))
    .map((name) => join(root, "packages", name))
    .filter((folder) => existsSync(join(folder, "tsconfig.src.json")));
  for (const folder of packages) {
    if (existsSync(join(folder, "dist"))) prune(join(folder, "src"), join(folder, "dist"));
  }
  const projects = packages.map((folder) => join(folder, "tsconfig.src.json"));
  return spawnSync("tsc", ["-b", ...projects], { cwd: root, env: toolEnvironment(), stdio: "inherit" }).status ?? 1;
};

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  ensureInstalled();
  process.exitCode = build();
}
