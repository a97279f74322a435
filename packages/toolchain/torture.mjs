/**
 * `pnpm torture`: what `npm test` leaves out because it takes long. Each `*.torture.test.ts` is a step (the long versions of properties, races
 * and kills), and mutation of the rules is the last one. `pnpm torture Killed mutation` runs those steps alone; another name lists them.
 *
 * Steps run one after the other, each for so long at most, and say themselves what they tried; how they ended is told again below.
 */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { run } from "./run.mjs";
import { ensureInstalled, root } from "./setup.mjs";

/** @typedef {{ readonly name: string, readonly mostMinutes: number, readonly command: string, readonly args: ReadonlyArray<string> }} Step */

const SUFFIX = ".torture.test.ts";

/** Every torture test there is, so that none is forgotten. */
const files = readdirSync(join(root, "packages"))
  .flatMap((name) => filesIn(join("packages", name, "test")))
  .filter((file) => file.endsWith(SUFFIX));

/** @type {ReadonlyArray<Step>} */
const steps = [
  ...files.map((file) => ({
    name: basename(file, SUFFIX),
    mostMinutes: 120,
    command: "vitest",
    args: ["run", file],
  })),
  { name: "mutation", mostMinutes: 360, command: "node", args: ["packages/toolchain/mutation.mjs"] },
];

/** @type {(folder: string) => ReadonlyArray<string>} */
function filesIn(folder) {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file));
  } catch {
    return []; // A package without tests.
  }
}

const named = process.argv.slice(2);
if (named.some((name) => !steps.some((step) => step.name === name))) {
  console.error(`pnpm torture [step …]\n\n${steps.map(({ name }) => `  ${name}`).join("\n")}`);
  process.exit(2);
}

ensureInstalled();
/** @type {Array<{ readonly line: string, readonly passed: boolean }>} */
const results = [];
for (const { name, mostMinutes, command, args } of steps) {
  if (named.length > 0 && !named.includes(name)) continue;
  console.log(`\n== ${name}: ${[command, ...args].join(" ")}, ${mostMinutes} min at most`);
  const startMillis = performance.now();
  const { code } = await run(command, args, { live: true, mostMinutes, env: { ZMOS_TORTURE: "1" } });
  const seconds = (performance.now() - startMillis) / 1_000;
  const isLate = seconds >= mostMinutes * 60;
  const line = `${code === 0 ? "✓" : "✗"} ${name.padEnd(24)}${seconds.toFixed(0).padStart(6)} s${isLate ? ", not done in time" : ""}`;
  results.push({ line, passed: code === 0 });
}

const failed = results.filter(({ passed }) => !passed).length;
console.log(`\n${results.map(({ line }) => line).join("\n")}\n\n${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
