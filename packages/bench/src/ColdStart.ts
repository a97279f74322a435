/**
 * Process start to the first authenticated list that is answered, as somebody who types `zmos serve` has it: on a data folder that is
 * there, and on a fresh one with the demo provider.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../cli/src/main.ts", import.meta.url));
const RUNS = 5;

/** What the issue asks for. **Units** milliseconds. */
const TARGET_EXISTING_MILLIS = 1_500;
const TARGET_FRESH_MILLIS = 4_000;

/** Starts the server on a folder, signs in as its banner says, asks for a list, and stops it once the demo is loaded. **Units** milliseconds. */
const millisToFirstList = async (dataDir: string): Promise<number> => {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [MAIN, "serve", "--demo", "--port", "0", "--data-dir", dataDir], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  try {
    let banner = "";
    const says = (text: string) =>
      new Promise<void>((resolve) => {
        const look = () => void (banner.includes(text) && resolve());
        child.stdout.on("data", look);
        look();
      });
    child.stdout.on("data", (chunk: Buffer) => (banner += chunk.toString()));
    await says("Ctrl-C stops it");
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(banner)?.[0] ?? "";
    const body = /-d '([^']+)'/.exec(banner)?.[1] ?? "";
    const headers = { "content-type": "application/json" };
    const signedIn = await fetch(`${url}/v1/sign-in`, { method: "POST", headers, body });
    const { accessToken } = (await signedIn.json()) as { readonly accessToken: string };
    const list = await fetch(`${url}/v1/members`, { headers: { authorization: `Bearer ${accessToken}` } });
    if (list.status !== 200) throw new Error(`The list was answered with ${list.status}`);
    await list.arrayBuffer();
    const millis = performance.now() - startedAt;
    await says("The demo provider is ready");
    return millis;
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
};

const median = (values: ReadonlyArray<number>): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;

export const coldStartBench = async (): Promise<void> => {
  const shelf = mkdtempSync(join(tmpdir(), "zmos-cold-"));
  try {
    const fresh: Array<number> = [];
    const existing: Array<number> = [];
    // The first start fills caches that a second one has; it is told by itself.
    const first = await millisToFirstList(join(shelf, "first"));
    for (let run = 0; run < RUNS; run++) {
      const folder = join(shelf, String(run));
      fresh.push(await millisToFirstList(folder));
      existing.push(await millisToFirstList(folder));
    }
    const line = (what: string, millis: number, target: number) =>
      console.log(`${what.padEnd(28)} ${String(Math.round(millis)).padStart(6)} ms   (at most ${target})`);
    line("fresh folder, the first time", first, TARGET_FRESH_MILLIS);
    line(`fresh folder, median of ${RUNS}`, median(fresh), TARGET_FRESH_MILLIS);
    line(`existing folder, median of ${RUNS}`, median(existing), TARGET_EXISTING_MILLIS);
  } finally {
    rmSync(shelf, { recursive: true, force: true });
  }
};
