/**
 * Bookings against a NestJS and Prisma server that writes the same, and against PostgreSQL's own rate of commits.
 *
 * The peer is measured first. Every measurement has a fresh database on one server that confirms nothing it could lose; afterwards the
 * database is asked whether a seat was sold twice or a booking was lost. `BOOKINGS_SECONDS`, `BOOKINGS_WARM_UP` and `BOOKINGS_ROUNDS` shorten or
 * lengthen it.
 */
import { auditBookings, faultsOf } from "./bookings/BookingAudit.ts";
import { BookingDatabases, type FilledDatabase } from "./bookings/BookingDatabases.ts";
import { type BookingPlan } from "./bookings/BookingPlan.ts";
import { commandLoad } from "./bookings/CommandLoad.ts";
import { httpLoad, type HttpLoadReport } from "./bookings/HttpLoad.ts";
import { buildPeer, type PeerTuning, peerTokens, startPeer } from "./bookings/NestPrismaPeer.ts";
import { startNoDatabase } from "./bookings/NoDatabase.ts";
import { findPgbench, pgbenchRate, wireClientRate } from "./bookings/PerCommitCeiling.ts";
import { rowsPerBooking, type RowsWritten } from "./bookings/RowsWritten.ts";
import { startZmos, zmosTokens } from "./bookings/ZmosServers.ts";

const SECONDS = Number(process.env["BOOKINGS_SECONDS"] ?? 8);
/** Everybody's: it takes Node some twenty thousand requests to compile what they need. */
const WARM_UP_SECONDS = Number(process.env["BOOKINGS_WARM_UP"] ?? 12);
const ROUNDS = Number(process.env["BOOKINGS_ROUNDS"] ?? 3);
const CONNECTIONS = 64;
const CONCURRENT = 256;
const CAPACITY = 30;
const CEILING_CLIENTS = [8, 16, 32, 64];
const TENANTS = [10, 100, 1_000, 10_000];

/** Load on a thousand classes (or one a tenant, where there are more tenants), each filled to its last seat. */
const spreadOver = (tenants: number): BookingPlan => ({
  tenants,
  classes: Math.max(1, Math.round(1_000 / tenants)),
  attemptsPerClass: CAPACITY,
  capacity: CAPACITY,
  blocks: tenants > 1_000 ? 1 : 4,
});

/** Everybody wants the same class; when 400 have tried for its 30 seats, the next one opens. */
const hot: BookingPlan = { tenants: 1, classes: 1, attemptsPerClass: 400, capacity: CAPACITY, blocks: 2_000 };

const median = (values: ReadonlyArray<number>): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

const rate = (perSecond: number): string => Math.round(perSecond).toLocaleString("en-US").padStart(8);

type Measured = Pick<HttpLoadReport, "attemptsPerSecond" | "bookingsPerSecond" | "p50" | "p99">;

const line = (what: string, { attemptsPerSecond, bookingsPerSecond, p50, p99 }: Measured, note = ""): void =>
  console.log(
    `  ${what.padEnd(44)} ${rate(bookingsPerSecond)} bookings/s ${rate(attemptsPerSecond)} attempts/s ` +
      `p50 ${p50.toFixed(1).padStart(6)} p99 ${p99.toFixed(1).padStart(6)} ms ${note}`,
  );

const times = (reached: number): string => `${reached.toFixed(2)}×`;

const ratio = (what: string, reached: number, wanted: string): void =>
  console.log(`    ${what.padEnd(44)} ${reached.toFixed(2).padStart(7)}× (to reach: ${wanted})`);

/** How many bookings were told and looked for. */
let accountedFor = 0;

/** A measurement that sold a seat twice or lost a booking is no measurement. */
const holdToAccount = async (
  database: FilledDatabase,
  what: string,
  bookingIds: ReadonlyArray<string>,
): Promise<void> => {
  const faults = faultsOf(await auditBookings(database, bookingIds));
  if (faults !== "") throw new Error(`${what}: ${faults}, of ${bookingIds.length} bookings`);
  accountedFor += bookingIds.length;
};

const middleOf = (reports: ReadonlyArray<Measured>): Measured => ({
  attemptsPerSecond: median(reports.map((report) => report.attemptsPerSecond)),
  bookingsPerSecond: median(reports.map((report) => report.bookingsPerSecond)),
  p50: median(reports.map((report) => report.p50)),
  p99: median(reports.map((report) => report.p99)),
});

const load = (urls: ReadonlyArray<string>, tokens: ReadonlyArray<string>, plan: BookingPlan) =>
  httpLoad({ urls, tokens, plan, connections: CONNECTIONS, warmUpSeconds: WARM_UP_SECONDS, seconds: SECONDS });

/** Stops a server once the work on it is over, however that ended. */
const during = async <A>(work: Promise<A>, stop: () => Promise<unknown>): Promise<A> => {
  try {
    return await work;
  } finally {
    await stop();
  }
};

const complain = (what: string, { unexpected, statuses, isExhausted }: HttpLoadReport): void => {
  if (unexpected !== undefined)
    console.log(`    ${what} also answered: ${unexpected.slice(0, 200)} ${JSON.stringify(statuses)}`);
  if (isExhausted) console.log(`    ${what} was through with the plan before the time was`);
};

/** Bookings a second, and what was written for each. */
interface Written {
  readonly perSecond: number;
  readonly rows: RowsWritten;
}

/** Rows a booking on both sides, and where they differ. */
const compareRows = (theirs: RowsWritten, ours: RowsWritten): void => {
  console.log(`    ${"rows a booking".padEnd(44)} per commit     ZMOS`);
  for (const what of [...new Set([...theirs.keys(), ...ours.keys()])].toSorted()) {
    const [perCommitted = 0, perBooked = 0] = [theirs.get(what), ours.get(what)];
    const counts = [perCommitted, perBooked].map((count) => count.toFixed(3).padStart(9)).join("");
    console.log(`      ${what.padEnd(42)}  ${counts}${Math.abs(perCommitted - perBooked) < 0.001 ? "" : "  differs"}`);
  }
};

/** The servers of one plan, measured one after the other on one PostgreSQL. */
const measurer = (databases: BookingDatabases) => {
  const peer = async (plan: BookingPlan, tuning: PeerTuning = {}): Promise<Measured> => {
    const database = await databases.peer(plan);
    const server = await startPeer(database.url, tuning);
    const report = await during(load([server.url], peerTokens(plan), plan), server.stop);
    complain("the peer", report);
    await holdToAccount(database, "the peer", report.bookingIds);
    await databases.drop(database);
    return report;
  };
  const zmos = async (plan: BookingPlan, processes = 1): Promise<Measured> => {
    const database = await databases.zmos(plan);
    const tokens = await zmosTokens(database.url, plan);
    const servers = await startZmos(database.url, processes);
    const stop = () => Promise.all(servers.map((server) => server.stop()));
    const report = await during(
      load(
        servers.map((server) => server.url),
        tokens,
        plan,
      ),
      stop,
    );
    complain("ZMOS", report);
    await holdToAccount(database, "ZMOS", report.bookingIds);
    await databases.drop(database);
    return report;
  };
  const noDatabase = async (): Promise<Measured> => {
    const { url, accessToken, stop } = await startNoDatabase();
    const report = await during(load([url], [accessToken], hot), stop);
    complain("the route without a database", report);
    return report;
  };
  const commands = async (plan: BookingPlan): Promise<Written> => {
    const database = await databases.zmos(plan);
    const order = {
      databaseUrl: database.url,
      plan,
      concurrency: CONCURRENT,
      warmUpSeconds: WARM_UP_SECONDS,
      seconds: SECONDS,
    };
    const { bookingsPerSecond, bookingIds } = await commandLoad(order);
    await holdToAccount(database, "the core", bookingIds);
    const rows = await rowsPerBooking(database, bookingIds.length);
    await databases.drop(database);
    return { perSecond: bookingsPerSecond, rows };
  };
  const ceiling = async (plan: BookingPlan, clients: number, isPgbench: boolean): Promise<Written> => {
    const database = await databases.ceiling(plan);
    const measure = isPgbench ? pgbenchRate : wireClientRate;
    const { perSecond, booked: counted } = await measure({
      superuserUrl: database.superuserUrl,
      plan,
      clients,
      warmUpSeconds: WARM_UP_SECONDS,
      seconds: SECONDS,
    });
    const { booked, oversold, miscounted } = await auditBookings(database, []);
    if (oversold + miscounted > 0) throw new Error("the ceiling oversold");
    if (booked !== counted) throw new Error(`of the ceiling's ${counted} transactions ${booked} booked`);
    const rows = await rowsPerBooking(database, booked);
    await databases.drop(database);
    return { perSecond, rows };
  };
  return { peer, zmos, noDatabase, commands, ceiling };
};

type Measurer = ReturnType<typeof measurer>;

const rounds = async (measure: () => Promise<Measured>): Promise<ReadonlyArray<Measured>> => {
  const reports: Array<Measured> = [];
  while (reports.length < ROUNDS) reports.push(await measure());
  return reports;
};

const spread = async ({ peer, zmos }: Measurer): Promise<void> => {
  const plan = spreadOver(1);
  const theirs = middleOf(await rounds(() => peer(plan)));
  line("NestJS + Prisma", theirs);
  const ours = middleOf(await rounds(() => zmos(plan)));
  line("ZMOS", ours);
  ratio("bookings/s over the peer's", ours.bookingsPerSecond / theirs.bookingsPerSecond, "10×");
  ratio("p99 over the peer's p50", ours.p99 / theirs.p50, "at most 1×");
};

const hotClass = async ({ peer, zmos, noDatabase }: Measurer): Promise<void> => {
  const theirs = middleOf(await rounds(() => peer(hot)));
  line("NestJS + Prisma", theirs);
  const ours = middleOf(await rounds(() => zmos(hot)));
  line("ZMOS", ours);
  const bare = middleOf(await rounds(noDatabase));
  line("ZMOS's route without a database", bare);
  ratio("attempts/s over the peer's", ours.attemptsPerSecond / theirs.attemptsPerSecond, "20×, or");
  ratio(
    "attempts/s over the route's alone",
    ours.attemptsPerSecond / bare.attemptsPerSecond,
    "0.8×, where that is lower",
  );
  ratio("p99 over the peer's p50", ours.p99 / theirs.p50, "at most 1×");
};

const perCommit = async ({ commands, ceiling }: Measurer): Promise<void> => {
  const version = await findPgbench();
  console.log(`  the ceiling is taken with ${version ?? "our wire client, because there is no pgbench on the path"}`);
  for (const [tenants, wanted] of [
    [1, "1.5×"],
    [500, "1×"],
  ] as const) {
    const plan = spreadOver(tenants);
    const ceilings: Array<Written> = [];
    for (const clients of CEILING_CLIENTS) ceilings.push(await ceiling(plan, clients, version !== undefined));
    const best = Math.max(...ceilings.map(({ perSecond }) => perSecond));
    const each = ceilings.map(({ perSecond }, index) => `${CEILING_CLIENTS[index]}: ${Math.round(perSecond)}`);
    console.log(
      `  ${`per commit, ${tenants} tenants`.padEnd(34)} ${rate(best)} bookings/s (clients ${each.join(", ")})`,
    );
    const ours: Array<Written> = [];
    while (ours.length < ROUNDS) ours.push(await commands(plan));
    const middle = median(ours.map(({ perSecond }) => perSecond));
    console.log(`  ${`ZMOS, ${CONCURRENT} at once, ${tenants} tenants`.padEnd(34)} ${rate(middle)} bookings/s`);
    compareRows(ceilings.at(-1)?.rows ?? new Map(), ours.at(-1)?.rows ?? new Map());
    ratio("bookings/s over the per-commit ceiling", middle / best, wanted);
  }
};

const tenants = async ({ zmos }: Measurer): Promise<void> => {
  let first: number | undefined;
  for (const count of TENANTS) {
    const measured = await zmos(spreadOver(count));
    first ??= measured.bookingsPerSecond;
    line(`ZMOS, ${count} tenants`, measured, times(measured.bookingsPerSecond / first));
  }
};

const processes = async ({ zmos }: Measurer): Promise<void> => {
  for (const tenantCount of [1, 500]) {
    let first: number | undefined;
    for (const count of [1, 2]) {
      const measured = await zmos(spreadOver(tenantCount), count);
      first ??= measured.bookingsPerSecond;
      line(`ZMOS, ${tenantCount} tenants, ${count} processes`, measured, times(measured.bookingsPerSecond / first));
    }
  }
};

const noDatabaseAlone = async ({ noDatabase }: Measurer): Promise<void> =>
  line("ZMOS's route without a database", middleOf(await rounds(noDatabase)));

/** What the peer's defaults were chosen by: its ways of taking a seat, its number of connections, prepared statements. */
const tunings: ReadonlyArray<PeerTuning> = [
  { way: "batch", connections: 4 },
  { way: "batch", connections: 8 },
  { way: "batch", connections: 16 },
  { way: "batch", connections: 32 },
  { way: "batch", connections: 8, isPrepared: false },
  { way: "interactive", connections: 8 },
  { way: "forUpdate", connections: 8 },
];

/** Rounds go through all of them, so that a busy minute of the machine hits every one alike. */
const peerTuning = async ({ peer }: Measurer): Promise<void> => {
  const spreads = tunings.map((): Array<Measured> => []);
  const hots = tunings.map((): Array<Measured> => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, tuning] of tunings.entries()) {
      spreads[index]?.push(await peer(spreadOver(1), tuning));
      hots[index]?.push(await peer(hot, tuning));
    }
  }
  for (const [index, { way, connections, isPrepared = true }] of tunings.entries()) {
    const what = `${way}, ${connections} connections${isPrepared ? "" : ", not prepared"}`;
    line(`${what}, spread`, middleOf(spreads[index] ?? []));
    line(`${what}, hot`, middleOf(hots[index] ?? []));
  }
};

const parts: Readonly<Record<string, (measurer: Measurer) => Promise<void>>> = {
  spread,
  hot: hotClass,
  noDatabase: noDatabaseAlone,
  perCommit,
  tenants,
  processes,
  peerTuning,
};

/** What runs when nothing is named: what the figures are published from. */
const PUBLISHED = ["spread", "hot", "perCommit", "tenants", "processes"];

const needsPeer = new Set(["spread", "hot", "peerTuning"]);

export const bookingBench = async (named: ReadonlyArray<string>): Promise<void> => {
  const chosen = named.length === 0 ? PUBLISHED : named;
  const unknown = chosen.filter((name) => parts[name] === undefined);
  if (unknown.length > 0) throw new Error(`no part ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}`);
  if (chosen.some((name) => needsPeer.has(name))) await buildPeer();
  const databases = await BookingDatabases.open();
  try {
    const measure = measurer(databases);
    for (const name of chosen) {
      console.log(` ${name}`);
      await parts[name]?.(measure);
    }
    console.log(
      ` ${accountedFor.toLocaleString("en-US")} bookings were told and found in the database; 0 oversold, 0 lost`,
    );
  } finally {
    await databases.close();
  }
};
