/** The command line as people run it: a process of its own. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly pid: number;
  /** What it has written to stdout until now. */
  readonly stdout: () => string;
  /** Waits until stdout holds this. */
  readonly says: (text: string) => Promise<string>;
  /** Reads no more of what it writes. */
  readonly ignore: () => void;
  readonly stop: (signal: "SIGINT" | "SIGTERM" | "SIGKILL") => Promise<Ended>;
  readonly ended: Promise<Ended>;
}

/** Nothing of the machine's settings reaches the process. */
const cleanEnvironment = (): NodeJS.ProcessEnv => {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR };
};

export const start = (args: ReadonlyArray<string>, env: NodeJS.ProcessEnv = {}): Running => {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...cleanEnvironment(), ...env } });
  let [stdout, stderr] = ["", ""];
  const listeners = new Set<() => void>();
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
    for (const listener of listeners) listener();
  });
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    ended,
    says: async (text) => {
      const said = new Promise<void>((resolve) => {
        const look = () => void (stdout.includes(text) && resolve());
        listeners.add(look);
        look();
      });
      const done = await Promise.race([said.then(() => undefined), ended]);
      if (done !== undefined && !stdout.includes(text)) {
        throw new Error(`It ended with ${done.code} without saying "${text}": ${done.stdout}${done.stderr}`);
      }
      return stdout;
    },
    ignore: () => void child.stdout.destroy(),
    stop: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
};

/** Runs a command to its end. */
export const zmos = (...args: ReadonlyArray<string>): Promise<Ended> => start(args).ended;

/** A folder that is gone after the test. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "zmos-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
