/**
 * `npm test`: the whole gate, from a bare clone on. `npm test -- --only types,lint` runs those steps alone.
 *
 * Steps of one row run side by side, rows one after the other: the tests have both cores for themselves.
 */
import { run, twoAtATime } from "./run.mjs";
import { ensureInstalled } from "./setup.mjs";

/**
 * @typedef {{
 *   readonly name: string, readonly what: string, readonly command: string, readonly args: ReadonlyArray<string>,
 *   readonly live?: boolean
 * }} Step
 */

/** @type {ReadonlyArray<ReadonlyArray<Step>>} */
const rows = [
  [
    { name: "format", what: "every file is as oxfmt writes it", command: "oxfmt", args: ["--check", "."] },
    { name: "lint", what: "rules and walls", command: "oxlint", args: [] },
  ],
  [{ name: "types", what: "sources, tests and scripts compile", command: "tsc", args: ["-b"] }],
  [
    {
      name: "effect",
      what: "Effect diagnostics",
      command: "effect-tsgo",
      args: ["diagnostics", "--strict", "--format", "text", "--project", "tsconfig.json"],
    },
    { name: "knip", what: "no dead files, exports or dependencies", command: "knip", args: [] },
  ],
  [
    {
      name: "tests",
      what: "unit, property, contract, HTTP, command line",
      command: "vitest",
      args: ["run"],
      live: true,
    },
  ],
  [
    {
      name: "packages",
      what: "packed, linted, installed and imported by a stranger",
      command: "node",
      args: ["packages/toolchain/packages.mjs"],
    },
  ],
];

const steps = rows.flat();

/** The steps that were asked for; all, when none was named. */
const chosen = () => {
  const flag = process.argv.findIndex((each) => each === "--only" || each.startsWith("--only="));
  if (flag === -1) {
    if (process.argv.length === 2) return new Set(steps.map(({ name }) => name));
    return undefined;
  }
  const names = (process.argv[flag]?.split("=")[1] ?? process.argv[flag + 1] ?? "").split(",").filter(Boolean);
  return names.length > 0 && names.every((name) => steps.some((step) => step.name === name))
    ? new Set(names)
    : undefined;
};

const only = chosen();
if (only === undefined) {
  console.error(
    `npm test -- --only step,step\n\n${steps.map(({ name, what }) => `  ${name.padEnd(10)}${what}`).join("\n")}`,
  );
  process.exit(2);
}

const secondsSince = (/** @type {number} */ startMillis) =>
  `${((performance.now() - startMillis) / 1_000).toFixed(1)} s`;

const perform = async (/** @type {Step} */ step) => {
  const startMillis = performance.now();
  if (step.live === true) console.log(`  ${step.name} …`);
  const { code, output } = await run(step.command, step.args, { live: step.live === true });
  const line = `${code === 0 ? "✓" : "✗"} ${step.name.padEnd(10)}${secondsSince(startMillis).padStart(8)}  ${step.what}`;
  console.log(line);
  if (code !== 0) console.log(output.trimEnd());
  return { line, passed: code === 0 };
};

const startMillis = performance.now();
ensureInstalled();
/** @type {Array<Awaited<ReturnType<typeof perform>>>} */
const results = [];
for (const row of rows) {
  results.push(...(await twoAtATime(row.filter(({ name }) => only.has(name)).map((step) => () => perform(step)))));
}

const failed = results.filter(({ passed }) => !passed).length;
console.log(`\n${results.map(({ line }) => line).join("\n")}\n`);
console.log(`${results.length - failed} passed, ${failed} failed in ${secondsSince(startMillis)}`);
process.exitCode = failed === 0 ? 0 : 1;
