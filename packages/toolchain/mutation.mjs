/**
 * `pnpm mutation`: how many mistakes planted in the rules their specifications notice; nine of ten is the least, file by file.
 *
 * `pnpm mutation Streak Tally` plants them in those files alone; what begins with `--` goes to Stryker (`--concurrency 1`, `--force`).
 * What was found before is kept in `packages/core/reports`, and only tried again where a rule or its tests have changed.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { ensureInstalled, root, toolEnvironment } from "./setup.mjs";

const LEAST_PERCENT = 90;

/** @typedef {{ readonly file: string, readonly noticed: number, readonly missed: number, readonly percent: number }} Score */

/** @type {(file: string, mutants: ReadonlyArray<{ readonly status: string }>) => Score} */
const scoreOf = (file, mutants) => {
  const count = (/** @type {ReadonlyArray<string>} */ ...statuses) =>
    mutants.filter(({ status }) => statuses.includes(status)).length;
  const noticed = count("Killed", "Timeout");
  const missed = count("Survived", "NoCoverage");
  return { file, noticed, missed, percent: noticed + missed === 0 ? 100 : (100 * noticed) / (noticed + missed) };
};

const args = process.argv.slice(2);
const names = args
  .filter((arg) => !arg.startsWith("-") && !/^\d+$/u.test(arg))
  .map((name) => name.replace(/\.ts$/u, ""));
const flags = args.filter((arg) => arg.startsWith("-") || /^\d+$/u.test(arg));

ensureInstalled();
const core = join(root, "packages/core");
const chosen = readdirSync(join(core, "src"), { encoding: "utf8", recursive: true })
  .map((file) => `src/${file.replaceAll("\\", "/")}`)
  .filter((file) => /^src\/(kernel|\w+\/domain)\//u.test(file) && names.includes(basename(file, ".ts")));
const unknown = names.filter((name) => !chosen.some((file) => basename(file, ".ts") === name));
if (unknown.length > 0) {
  process.stderr.write(`No rule is in a file of this name: ${unknown.join(", ")}\n`);
  process.exit(2);
}
const stryker = spawnSync(
  join(core, "node_modules/.bin/stryker"),
  ["run", ...(chosen.length === 0 ? [] : ["--mutate", chosen.join(",")]), ...flags],
  { cwd: core, env: toolEnvironment(), stdio: "inherit" },
);

if (stryker.status === 0) {
  /** @type {{ readonly files: Readonly<Record<string, { readonly mutants: ReadonlyArray<{ readonly status: string }> }>> }} */
  const report = JSON.parse(readFileSync(join(core, "reports/mutation.json"), "utf8"));
  const scores = Object.entries(report.files)
    .filter(([file]) => chosen.length === 0 || chosen.includes(file))
    .map(([file, { mutants }]) => scoreOf(file, mutants))
    .toSorted((left, right) => left.percent - right.percent);
  for (const { file, noticed, missed, percent } of scores) {
    process.stdout.write(`${percent.toFixed(1).padStart(5)} %  ${file}: ${noticed} noticed, ${missed} missed\n`);
  }
  process.exitCode = scores.some(({ percent }) => percent < LEAST_PERCENT) ? 1 : 0;
} else {
  process.exitCode = stryker.status ?? 1;
}
