/** The command line as its own function, in this process: for what needs no process of its own, which is slow to start. */
import { vi } from "vitest";
import { run } from "../../src/Programme.ts";
import type { Ended } from "./ZmosProcess.ts";

let before: Promise<unknown> = Promise.resolve();

/** Runs a command to its end, one after the other: they share stdout. */
export const zmosHere = (...args: ReadonlyArray<string>): Promise<Ended> => {
  const ended = before.then(() => captured(args));
  before = ended.catch(() => undefined);
  return ended;
};

const captured = async (args: ReadonlyArray<string>): Promise<Ended> => {
  const texts = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      texts[name] += typeof text === "string" ? text : new TextDecoder().decode(text);
      return true;
    }),
  );
  try {
    const code = await run(["--no-color", ...args]);
    return { code, ...texts };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};
