/**
 * Lists the benchmarks, or runs those named: `node packages/bench/src/main.ts [name …]`; `name:part,part` runs parts of one.
 *
 * Each prints what it measured beside its peers in one run; only the ratios mean anything on another machine.
 */
interface Bench {
  readonly about: string;
  readonly run: (parts: ReadonlyArray<string>) => unknown;
}

/** Benchmarks are imported only when they run, so that listing them stays instant. */
const benches: Readonly<Record<string, Bench>> = {
  streaks: {
    about: "streaks from instants: offset tables against luxon and a cached Intl loop, equal answers asserted",
    run: async () => (await import("./Streaks.ts")).streakBench(),
  },
  summaries: {
    about: "streak and adherence of 1,000 members from the database: packed calendars, a luxon loop, SQL islands",
    run: async () => (await import("./Summaries.ts")).summaryBench(),
  },
  leaderboard: {
    about: "a challenge of 100,000: top hundred, my rank and the cost of keeping them, beside queries over the facts",
    run: async () => (await import("./Leaderboard.ts")).leaderboardBench(),
  },
  coldStart: {
    about: "process start to the first authenticated list, on an existing and on a fresh data folder",
    run: async () => (await import("./ColdStart.ts")).coldStartBench(),
  },
  evaluate: {
    about:
      "`zmos evaluate` on ten million events, against csv-parse and luxon on a smaller file, equal answers asserted",
    run: async () => (await import("./Evaluate.ts")).evaluateBench(),
  },
  bookings: {
    about:
      "bookings against NestJS + Prisma and pgbench; parts: spread, hot, noDatabase, perCommit, tenants, processes, peerTuning",
    run: async (parts) => (await import("./Bookings.ts")).bookingBench(parts),
  },
};

const names = process.argv.slice(2);
if (names.length === 0) {
  console.log("Benchmarks (name them, or say all):");
  for (const [name, { about }] of Object.entries(benches)) console.log(`  ${name.padEnd(14)} ${about}`);
}
for (const asked of names.includes("all") ? Object.keys(benches) : names) {
  const [name = "", parts] = asked.split(":");
  const bench = benches[name];
  if (bench === undefined) {
    console.error(`No benchmark is called "${name}".`);
    process.exitCode = 1;
    continue;
  }
  console.log(`\n== ${name}: ${bench.about}`);
  await bench.run(parts?.split(",") ?? []);
}
