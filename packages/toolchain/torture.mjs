/** `pnpm torture`: the long versions of properties, races and kills, which `npm test` leaves out. */
import { spawnSync } from "node:child_process";
import { ensureInstalled, root, toolEnvironment } from "./setup.mjs";

ensureInstalled();
const env = { ...toolEnvironment(), ZMOS_TORTURE: "1" };
const run = spawnSync("vitest", ["run", ...process.argv.slice(2)], { cwd: root, env, stdio: "inherit" });
process.exitCode = run.status ?? 1;
