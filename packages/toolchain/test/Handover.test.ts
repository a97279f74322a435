import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const handover = new URL("../handover.mjs", import.meta.url).href;
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "zmos-handover-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process that hands over to a script with this source, in a process group of its own as under a terminal. */
const start = (name: string, source: string) => {
  const script = join(folder, `${name}.mjs`);
  writeFileSync(script, source);
  const wrapper = `import { handOver } from ${JSON.stringify(handover)}; handOver(${JSON.stringify(script)}, ["--port", "1"]);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", wrapper], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const says = async (word: string) => {
    while (!output.includes(word)) await sleep(20);
  };
  return { pid: child.pid ?? 0, ended, says, output: () => output };
};

const server = `
const up = setInterval(() => undefined, 1_000);
process.on("SIGINT", () => {
  console.log("stopping");
  clearInterval(up);
  setTimeout(() => process.exit(7), 300);
});
console.log("up " + process.argv.slice(2).join(" "));
`;

describe("handing over", () => {
  it("passes the arguments on and keeps the exit code", async () => {
    const run = start("exits", `console.log(process.argv.slice(2).join(" ")); process.exitCode = 5;`);
    expect(await run.ended).toBe(5);
    expect(run.output()).toBe("--port 1\n");
  });

  it("delivers a Ctrl-C once, though a terminal and npm both send it, and waits for a clean end", async () => {
    const run = start("serves", server);
    await run.says("up --port 1");
    process.kill(-run.pid, "SIGINT");
    process.kill(run.pid, "SIGINT");
    expect(await run.ended).toBe(7);
    expect(run.output()).toBe("up --port 1\nstopping\n");
  });

  it("ends a script that does not stop at the second Ctrl-C", async () => {
    const run = start(
      "stuck",
      `process.on("SIGINT", () => console.log("no")); setInterval(() => 0, 1_000); console.log("up");`,
    );
    await run.says("up");
    process.kill(run.pid, "SIGINT");
    await run.says("no");
    await sleep(1_100);
    process.kill(run.pid, "SIGINT");
    expect(await run.ended).toBe(128 + 9);
  });
});
