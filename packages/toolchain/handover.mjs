/** Hands this process over to a script on the workspace's own Node. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { ensureInstalled, nodeBinary, root } from "./setup.mjs";

/** The command line, run from its source. */
export const commandLine = join(root, "packages/cli/src/main.ts");

/** A terminal, npm and `timeout` each deliver the same Ctrl-C: within this time it counts as one. */
const sameSignalMillis = 1_000;

/**
 * Runs the script with these arguments, its output being ours, and ends with its exit code.
 *
 * The child is in a process group of its own, so that it gets each signal from here, once, and can shut down cleanly
 * and say so once. A second Ctrl-C, more than a second later, ends it at once.
 *
 * @param {string} script
 * @param {ReadonlyArray<string>} args
 */
export const handOver = (script, args) => {
  ensureInstalled();
  const child = spawn(nodeBinary, [script, ...args], {
    stdio: "inherit",
    detached: process.platform !== "win32",
  });
  let signalledMillis = 0;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      const nowMillis = performance.now();
      if (signalledMillis === 0) child.kill(signal);
      else if (nowMillis - signalledMillis > sameSignalMillis) child.kill("SIGKILL");
      else return;
      signalledMillis = nowMillis;
    });
  }
  child.on("error", (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
  });
};
