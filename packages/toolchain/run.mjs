/** Running the workspace's tools, with their output kept until somebody wants it. */
import { spawn } from "node:child_process";
import { root, toolEnvironment } from "./setup.mjs";

/**
 * What a command said and how it ended; 0 is well.
 *
 * @typedef {{ readonly code: number, readonly output: string }} Outcome
 */

/**
 * Runs a command without input; `live` shows its output as it comes instead of keeping it; after `mostMinutes` it is interrupted, as by Ctrl-C,
 * so that it ends what it has started.
 *
 * @param {string} command
 * @param {ReadonlyArray<string>} args
 * @param {{ readonly cwd?: string, readonly live?: boolean, readonly mostMinutes?: number, readonly env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<Outcome>}
 */
export const run = (command, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      // Kept output is as plain on a build server as it is in a pipe; the tests choose for themselves.
      env: { ...toolEnvironment(), ...(options.live === true ? {} : { NO_COLOR: "1" }), ...options.env },
      ...(options.mostMinutes !== undefined && { timeout: options.mostMinutes * 60_000, killSignal: "SIGINT" }),
      stdio: options.live === true ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8");
      stream?.on("data", (/** @type {string} */ text) => {
        output += text;
      });
    }
    child.on("error", (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });

/**
 * Does the jobs two at a time, one for each core, and gives the answers in the order of the jobs.
 *
 * @template A
 * @param {ReadonlyArray<() => Promise<A>>} jobs
 * @returns {Promise<ReadonlyArray<A>>}
 */
export const twoAtATime = async (jobs) => {
  /** @type {Array<A>} */
  const answers = [];
  const waiting = jobs.map((job, index) => ({ job, index }));
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) answers[next.index] = await next.job();
  };
  await Promise.all([work(), work()]);
  return answers;
};
