/**
 * `pnpm mutation`: how many mistakes planted in the rules their specifications notice; nine of ten is the least, file by file.
 *
 * `pnpm mutation Streak Tally` plants them in those files alone; what begins with `--` goes to Stryker (`--force`, `--concurrency=1`).
 * What was found before is kept in `packages/core/reports`, and only tried again where a rule or its specification has changed.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { installDependencies, root, toolEnvironment } from "./setup.mjs";

const LEAST_PERCENT = 90;
const core = join(root, "packages/core");

/** @type {(folder: string) => ReadonlyArray<string>} */
const filesIn = (folder) =>
  readdirSync(join(core, folder), { encoding: "utf8", recursive: true })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `${folder}/${file.replaceAll("\\", "/")}`);

const specs = filesIn("test").filter((file) => file.endsWith(".test.ts") && !file.endsWith(".torture.test.ts"));

/**
 * The specification of a rule: the test of its name; else the tests of its folder that name it; else all of these.
 *
 * @type {(rule: string) => ReadonlyArray<string>}
 */
const specsOf = (rule) => {
  const name = basename(rule, ".ts");
  const beside = specs.filter((spec) => spec.startsWith(`${dirname(rule).replace(/^src/u, "test")}/`));
  const own = beside.filter((spec) => basename(spec, ".test.ts") === name);
  if (own.length > 0) return own;
  const naming = beside.filter((spec) => readFileSync(join(core, spec), "utf8").includes(`/${name}.ts"`));
  return naming.length > 0 ? naming : beside;
};

/** @type {(rule: string, flags: ReadonlyArray<string>) => number} */
const mutate = (rule, flags) =>
  spawnSync(join(core, "node_modules/.bin/stryker"), ["run", "--mutate", rule, ...flags], {
    cwd: core,
    env: { ...toolEnvironment(), ZMOS_SPECS: specsOf(rule).join(",") },
    stdio: "inherit",
  }).status ?? 1;

/** @typedef {{ readonly rule: string, readonly noticed: number, readonly missed: number, readonly percent: number }} Score */

/** What is known of these rules, the least first. @type {(rules: ReadonlyArray<string>) => ReadonlyArray<Score>} */
const scoresOf = (rules) => {
  /** @type {{ readonly files: Readonly<Record<string, { readonly mutants: ReadonlyArray<{ readonly status: string }> }>> }} */
  const report = JSON.parse(readFileSync(join(core, "reports/mutation.json"), "utf8"));
  return rules
    .map((rule) => {
      const statuses = (report.files[rule]?.mutants ?? []).map(({ status }) => status);
      const noticed = statuses.filter((status) => status === "Killed" || status === "Timeout").length;
      const missed = statuses.filter((status) => status === "Survived" || status === "NoCoverage").length;
      return { rule, noticed, missed, percent: noticed + missed === 0 ? 100 : (100 * noticed) / (noticed + missed) };
    })
    .toSorted((left, right) => left.percent - right.percent);
};

const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith("--")).map((name) => basename(name, ".ts"));
const flags = args.filter((arg) => arg.startsWith("--"));

/** Rules are pure and in a module's `domain`; the kernel's are those of civil time. */
const rules = filesIn("src").filter((file) => /^src\/(\w+\/domain\/|kernel\/(Civil\w+|ZoneRules)\.ts)/u.test(file));
const chosen = rules.filter((rule) => names.length === 0 || names.includes(basename(rule, ".ts")));
const unknown = names.filter((name) => !chosen.some((rule) => basename(rule, ".ts") === name));

if (unknown.length > 0) {
  process.stderr.write(`No rule is in a file of this name: ${unknown.join(", ")}\n`);
  process.exitCode = 2;
} else {
  installDependencies();
  const failed = chosen.filter((rule) => mutate(rule, flags) !== 0);
  const scores = scoresOf(chosen);
  for (const { rule, noticed, missed, percent } of scores) {
    process.stdout.write(`${percent.toFixed(1).padStart(5)} %  ${rule}: ${noticed} noticed, ${missed} missed\n`);
  }
  for (const rule of failed) process.stderr.write(`Could not be tried: ${rule}\n`);
  process.exitCode = failed.length > 0 || scores.some(({ percent }) => percent < LEAST_PERCENT) ? 1 : 0;
}
