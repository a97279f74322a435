/**
 * `pnpm torture`: what `npm test` leaves out because it takes long: the long versions of properties, races and kills, then mutation of
 * the rules. Arguments go to vitest (`pnpm torture --project core`), and then nothing is mutated; `pnpm torture --mutation` only mutates.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, root, toolEnvironment } from "./setup.mjs";

ensureInstalled();
const args = process.argv.slice(2);
const env = { ...toolEnvironment(), ZMOS_TORTURE: "1" };

const tests = () => spawnSync("vitest", ["run", ...args], { cwd: root, env, stdio: "inherit" }).status ?? 1;
const mutation = () =>
  spawnSync("node", [join(root, "packages/toolchain/mutation.mjs")], { cwd: root, env, stdio: "inherit" }).status ?? 1;

const outcomes = args.includes("--mutation") ? [mutation()] : args.length > 0 ? [tests()] : [tests(), mutation()];
process.exitCode = Math.max(...outcomes);
