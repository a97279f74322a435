/**
 * The streak and the adherence of a thousand members from the database, three ways: packed calendars and the core's evaluators; a luxon
 * loop over raw rows; SQL over raw rows (gaps and islands). The answers are compared before anything is timed.
 */
import { StoresPg } from "@zmos/adapters-pg";
import { CivilDate, IdSource, type Instant, Principal, type TenantId, UnitOfWork } from "@zmos/core/kernel";
import { CalendarStore, defaultRules, PackedScores, PulseLoop } from "@zmos/core/pulseloop";
import { Platform } from "@zmos/core/platform";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { DateTime } from "luxon";
import { benchDatabase } from "./BenchDatabase.ts";

const MEMBERS = 1_000;
/** A year's movement: three times a week. */
const EVENTS_PER_MEMBER = 156;
const SPAN_DAYS = 365;
const ZONE = "Africa/Nairobi";
const ROUNDS = 7;

const asOf = CivilDate.of("2026-03-31");
const since = CivilDate.of("2025-04-01");
const { rules } = defaultRules;
const { weeks } = rules;
const target = rules.weeklyTarget.amount;

interface Answer {
  readonly current: number;
  readonly best: number;
  readonly score: number;
}

type Answers = ReadonlyMap<string, Answer>;

/** Numbers that look random and are the same each time. */
const generator = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

/** The members, and their movements: some every day, some now and then. */
const fill = Effect.gen(function* () {
  const platform = yield* Platform;
  const pulseLoop = yield* PulseLoop;
  const tenant = yield* platform.createTenant({ name: "Bench", timezone: ZONE });
  const host = Principal.of({ tenantId: tenant.id, actorId: "bench", actorType: "host", roles: [] });
  const asHost = Effect.provideService(Principal, host);
  const random = generator(7);
  let events: Array<Parameters<typeof pulseLoop.recordMovements>[0]["events"][number]> = [];
  for (let number = 0; number < MEMBERS; number++) {
    const { id } = yield* asHost(
      platform.registerMember({ firstName: "Member", lastName: String(number), memberSince: since }),
    );
    const regularity = 0.43 + random();
    for (let event = 0; event < EVENTS_PER_MEMBER; event++) {
      const daysAgo = Math.floor(Math.min(SPAN_DAYS - 1, event / regularity + random() * 3));
      const instant = (Date.UTC(2026, 2, 31, 3, 0) - daysAgo * 86_400_000 + Math.floor(random() * 3.6e7)) as Instant;
      events.push({
        memberId: id,
        type: "gym_checkin",
        occurredAt: { precision: "instant", instant },
        source: "import",
        externalId: `${number}/${event}`,
        version: 1,
        isEnteredInError: false,
        durationMinutes: 30,
        intensity: "moderate",
      });
    }
    if (events.length >= 900) {
      yield* asHost(pulseLoop.recordMovements({ events }));
      events = [];
    }
  }
  if (events.length > 0) yield* asHost(pulseLoop.recordMovements({ events }));
  return tenant.id;
});

const packed = Effect.fnUntraced(function* (tenantId: TenantId) {
  const units = yield* UnitOfWork;
  const store = yield* CalendarStore;
  const calendars = yield* units.read(tenantId, store.packed(tenantId));
  const answers = new Map<string, Answer>();
  for (const [memberId, calendar] of calendars) {
    const { current, best } = PackedScores.streak(calendar, rules.activeDay, asOf);
    const score = PackedScores.zmosV1(calendar, rules, 1, since, asOf) ?? 0;
    answers.set(memberId, { current: current.length, best: best.length, score });
  }
  return answers;
});

/** What an application does without us: rows in, luxon for the days and the weeks. */
const luxon = Effect.fnUntraced(function* (tenantId: TenantId) {
  const sql = yield* SqlClient.SqlClient;
  const rows = yield* sql<{ member_id: string; occurred_at: Date; timezone: string }>`
    select member_id, occurred_at, timezone from movement_event where tenant_id = ${tenantId}`;
  const days = new Map<string, Set<string>>();
  const weekly = new Map<string, Map<string, number>>();
  for (const { member_id, occurred_at, timezone } of rows) {
    const local = DateTime.fromJSDate(occurred_at, { zone: timezone });
    const ofMember = days.get(member_id) ?? new Set();
    days.set(member_id, ofMember.add(local.toISODate() ?? ""));
    const counts = weekly.get(member_id) ?? new Map<string, number>();
    const week = local.startOf("week").toISODate() ?? "";
    weekly.set(member_id, counts.set(week, (counts.get(week) ?? 0) + 1));
  }
  const today = DateTime.fromISO("2026-03-31", { zone: "utc" });
  const answers = new Map<string, Answer>();
  for (const [memberId, dates] of days) {
    let current = 0;
    let day = dates.has("2026-03-31") ? today : today.minus({ days: 1 });
    for (; dates.has(day.toISODate() ?? ""); day = day.minus({ days: 1 })) current++;
    let best = 0;
    let run = 0;
    let expected = "";
    for (const date of [...dates].toSorted()) {
      run = date === expected ? run + 1 : 1;
      best = Math.max(best, run);
      expected = DateTime.fromISO(date, { zone: "utc" }).plus({ days: 1 }).toISODate() ?? "";
    }
    let done = 0;
    for (let back = 1; back <= weeks; back++) {
      done += weekly.get(memberId)?.get(today.startOf("week").minus({ weeks: back }).toISODate() ?? "") ?? 0;
    }
    answers.set(memberId, { current, best, score: Math.min(1, done / (weeks * target)) });
  }
  return answers;
});

/** Everything in one statement: civil days by the database's zone rules, islands of days, weeks. */
const islands = Effect.fnUntraced(function* (tenantId: TenantId) {
  const sql = yield* SqlClient.SqlClient;
  const rows = yield* sql<{ member_id: string; current: number; best: number; score: number }>`
    with days as (
      select member_id, (occurred_at at time zone timezone)::date as day, count(*) as events
      from movement_event where tenant_id = ${tenantId} group by 1, 2
    ), islands as (
      select member_id, count(*)::int as length, max(day) as last
      from (select member_id, day, day - row_number() over (partition by member_id order by day)::int as island from days) d
      group by member_id, island
    ), streaks as (
      select member_id, max(length) as best,
        coalesce(max(length) filter (where last >= date '2026-03-31' - 1), 0) as current
      from islands group by member_id
    ), weeks as (
      select member_id, sum(events) as done from days
      where day >= date_trunc('week', date '2026-03-31') - ${weeks}::int * 7 * interval '1 day'
        and day < date_trunc('week', date '2026-03-31')
      group by member_id
    )
    select member_id, current, best, least(1, coalesce(done, 0)::float8 / ${weeks * target}::float8) as score
    from streaks left join weeks using (member_id)`;
  return new Map(
    rows.map(({ member_id, current, best, score }): [string, Answer] => [member_id, { current, best, score }]),
  );
});

const sameAnswers = (left: Answers, right: Answers, name: string): void => {
  if (left.size !== right.size) throw new Error(`${name} answers for ${right.size} members, not ${left.size}`);
  for (const [memberId, answer] of left) {
    const other = right.get(memberId);
    if (JSON.stringify(answer) !== JSON.stringify(other)) {
      throw new Error(`${name} differs for ${memberId}: ${JSON.stringify(answer)} and ${JSON.stringify(other)}`);
    }
  }
};

const median = (values: ReadonlyArray<number>): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

const program = Effect.gen(function* () {
  const { layer, layerSuperuser } = yield* benchDatabase;
  const stores = Layer.provide(StoresPg.layer, layer);
  const doors = Platform.layerNoDeps.pipe(
    Layer.merge(PulseLoop.layerNoDeps),
    Layer.provideMerge(Layer.merge(stores, IdSource.layer)),
  );
  yield* Effect.gen(function* () {
    const tenantId = yield* fill;
    const superuser = yield* Layer.build(layerSuperuser);
    const raw = { luxon: luxon(tenantId), sql: islands(tenantId) };
    const ways = {
      packed: packed(tenantId),
      luxon: Effect.provideContext(raw.luxon, superuser),
      sql: Effect.provideContext(raw.sql, superuser),
    };
    yield* Effect.provideContext(
      SqlClient.SqlClient.use((sql) => sql.unsafe("analyze")),
      superuser,
    );
    const expected = yield* ways.packed;
    sameAnswers(expected, yield* ways.luxon, "luxon");
    sameAnswers(expected, yield* ways.sql, "SQL");
    const millis: Record<keyof typeof ways, Array<number>> = { packed: [], luxon: [], sql: [] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const way of ["packed", "luxon", "sql"] as const) {
        // Each way twice unheard, so that none pays for what the one before it left to be cleared away.
        for (let warming = 0; warming < 2; warming++) yield* ways[way];
        const start = performance.now();
        yield* ways[way];
        millis[way].push(performance.now() - start);
      }
    }
    const [ours, loop, statement] = [median(millis.packed), median(millis.luxon), median(millis.sql)];
    console.log(`  equal answers for ${expected.size} members, ${MEMBERS * EVENTS_PER_MEMBER} events`);
    console.log(`  packed calendars ${ours.toFixed(2).padStart(9)} ms`);
    console.log(`  luxon loop       ${loop.toFixed(2).padStart(9)} ms   ${(loop / ours).toFixed(0)}× (to reach: 150×)`);
    console.log(
      `  SQL islands      ${statement.toFixed(2).padStart(9)} ms   ${(statement / ours).toFixed(0)}× (to reach: 40×)`,
    );
  }).pipe(Effect.provide(doors));
});

export const summaryBench = (): Promise<void> => Effect.runPromise(Effect.scoped(program) as Effect.Effect<void>);
