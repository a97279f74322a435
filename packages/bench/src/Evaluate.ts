/**
 * `zmos evaluate` on a file of ten million events, as a process of its own; and beside a csv-parse + luxon loop on a smaller
 * file, equal answers.
 *
 * Rates are of the whole process, start and output included. **Units** events per second; mebibytes.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { asOf, type BenchFile, writeEvents } from "./EvaluateFile.ts";
import { naiveStreaks, naiveWho150 } from "./EvaluateNaive.ts";

const MAIN = fileURLToPath(new URL("../../cli/src/main.ts", import.meta.url));
const LARGE_LINES = 10_000_000;
const SMALL_LINES = 200_000;

export interface EvaluateBench {
  readonly eventsPerSecond: { readonly streak: number; readonly adherence: number };
  readonly peakMebibytes: { readonly streak: number; readonly adherence: number };
  readonly timesNaive: { readonly streak: number; readonly adherence: number };
}

interface Ended {
  readonly seconds: number;
  /** What the process took of a processor, whoever else wanted it. */
  readonly cpuSeconds: number;
  readonly peakMebibytes: number;
  readonly stdout: string;
}

/** Tells what the process used, when it ends: memory at most in kibibytes, and processor time in microseconds. */
const REPORT = `data:text/javascript,process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write(" USED "+u.maxRSS+" "+(u.userCPUTime+u.systemCPUTime))})`;

const evaluate = (what: ReadonlyArray<string>, path: string): Promise<Ended> => {
  const begin = performance.now();
  const child = spawn(process.execPath, [
    "--import",
    REPORT,
    MAIN,
    "evaluate",
    ...what,
    "--events",
    path,
    "--as-of",
    asOf,
    "--json",
  ]);
  const chunks: Array<Buffer> = [];
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("close", (code) => {
      if (code !== 0) return reject(new Error(`zmos evaluate ended with ${code}: ${stderr}`));
      const seconds = (performance.now() - begin) / 1_000;
      const [, kibibytes, micros] = /USED (\d+) (\d+)/.exec(stderr) ?? [];
      resolve({
        seconds,
        cpuSeconds: Number(micros) / 1_000_000,
        peakMebibytes: Number(kibibytes) / 1_024,
        stdout: Buffer.concat(chunks).toString(),
      });
    });
  });
};

const streak = ["streak"];
const adherence = ["adherence", "--formula", "who-150", "--from", "2025-01-01"];

interface StreakMember {
  readonly memberId: string;
  readonly current: { readonly length: number };
  readonly best: { readonly length: number };
}
interface ScoredMember {
  readonly memberId: string;
  readonly score: number;
}

interface Answers<Member> {
  readonly members: ReadonlyArray<Member>;
}

const assertEqual = (what: string, ours: ReadonlyMap<string, string>, theirs: ReadonlyMap<string, string>): void => {
  if (ours.size !== theirs.size) throw new Error(`${what}: ${ours.size} members here, ${theirs.size} there`);
  for (const [member, answer] of theirs) {
    if (ours.get(member) !== answer)
      throw new Error(`${what}, ${member}: ZMOS says ${ours.get(member)}, luxon says ${answer}`);
  }
};

const timed = async <A>(work: () => Promise<A>): Promise<{ readonly seconds: number; readonly answer: A }> => {
  const begin = performance.now();
  const answer = await work();
  return { seconds: (performance.now() - begin) / 1_000, answer };
};

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const show = (name: string, lines: number, seconds: number, more = "") =>
  console.log(`  ${name.padEnd(34)} ${whole.format(lines / seconds).padStart(12)} events/s${more}`);

export const evaluateBench = async (): Promise<EvaluateBench> => {
  const folder = mkdtempSync(join(tmpdir(), "zmos-bench-"));
  try {
    const small: BenchFile = { path: join(folder, "small.csv"), lines: SMALL_LINES, members: 500 };
    writeEvents(small);
    const ours = { streak: await evaluate(streak, small.path), adherence: await evaluate(adherence, small.path) };
    const theirs = {
      streak: await timed(() => naiveStreaks(small.path, asOf)),
      adherence: await timed(() => naiveWho150(small.path, asOf)),
    };
    const streaks = (JSON.parse(ours.streak.stdout) as Answers<StreakMember>).members;
    assertEqual(
      "streak",
      new Map(streaks.map(({ memberId, current, best }) => [memberId, `${current.length} ${best.length}`])),
      theirs.streak.answer,
    );
    const scores = (JSON.parse(ours.adherence.stdout) as Answers<ScoredMember>).members;
    assertEqual(
      "who-150",
      new Map(scores.map(({ memberId, score }) => [memberId, score.toFixed(9)])),
      theirs.adherence.answer,
    );
    console.log(`equal answers for ${streaks.length} members on ${whole.format(SMALL_LINES)} events`);
    show("zmos evaluate streak, small file", SMALL_LINES, ours.streak.seconds);
    show("csv-parse and luxon, streak", SMALL_LINES, theirs.streak.seconds);
    show("zmos evaluate adherence, small file", SMALL_LINES, ours.adherence.seconds);
    show("csv-parse and luxon, who-150", SMALL_LINES, theirs.adherence.seconds);

    const large: BenchFile = { path: join(folder, "large.csv"), lines: LARGE_LINES, members: 25_000 };
    writeEvents(large);
    const full = { streak: await evaluate(streak, large.path), adherence: await evaluate(adherence, large.path) };
    const rate = { streak: LARGE_LINES / full.streak.seconds, adherence: LARGE_LINES / full.adherence.seconds };
    for (const name of ["streak", "adherence"] as const) {
      show(
        `zmos evaluate ${name}, 10 million`,
        LARGE_LINES,
        full[name].seconds,
        `, ${whole.format(LARGE_LINES / full[name].cpuSeconds)} a second of processor time, ${whole.format(full[name].peakMebibytes)} MiB at most`,
      );
    }
    const timesNaive = {
      streak: rate.streak / (SMALL_LINES / theirs.streak.seconds),
      adherence: rate.adherence / (SMALL_LINES / theirs.adherence.seconds),
    };
    console.log(
      `  ${whole.format(timesNaive.streak)}× and ${whole.format(timesNaive.adherence)}× csv-parse and luxon (to reach: 1,000,000 events/s within 1,024 MiB)`,
    );
    return {
      eventsPerSecond: rate,
      peakMebibytes: { streak: full.streak.peakMebibytes, adherence: full.adherence.peakMebibytes },
      timesNaive,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
