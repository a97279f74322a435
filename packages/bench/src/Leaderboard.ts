/**
 * A challenge of 100,000: the board's top hundred and one's own rank, kept as facts arrive, beside the query over the facts; and what keeping
 * all of it costs whoever records: in bulk, and one fact a command from many gates at once. The answers are compared before anything is timed, and
 * again after the writing. Every commit waits for the disk.
 */
import { StoresPg } from "@zmos/adapters-pg";
import {
  CivilDate,
  type DomainEvent,
  EventLog,
  IdSource,
  MemberId,
  MovementEventId,
  Principal,
  type TenantId,
  UnitOfWork,
} from "@zmos/core/kernel";
import { Platform } from "@zmos/core/platform";
import { Metric, MovementEvent, MovementStore, PackedCalendar, PulseLoop, StandingStore } from "@zmos/core/pulseloop";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import * as Layer from "effect/Layer";
import * as Schema from "effect/Schema";
import * as SqlClient from "effect/sql/SqlClient";
import { makeBenchDatabase } from "./BenchDatabase.ts";

const PARTICIPANTS = 100_000;
const FACTS_EACH = 10;
const TARGET = 300;
const BATCH = 500;
const WRITERS = 2;
const GATES = 64;
const ROUNDS = 5;

const from = CivilDate.of("2026-06-01");
const to = CivilDate.of("2026-06-30");

/** The same numbers here and in SQL. */
const memberIdOf = (index: number): MemberId =>
  MemberId.make(`00000000-0000-7000-8000-${index.toString(16).padStart(12, "0")}`);
const minutesOf = (index: number, fact: number): number => 5 + ((index * 7_919 + fact * 104_729) % 56);
const dayOf = (fact: number): CivilDate.CivilDate => CivilDate.addDays(from, fact * 3);

const perform = (superuser: SqlClient.SqlClient, ...statements: ReadonlyArray<string>) =>
  Effect.forEach(statements, (statement) => superuser.unsafe(statement), { discard: true });

/** Members, their facts, and what is derived from these: cells, packed calendars, participations and lines. */
const fill = Effect.fnUntraced(function* (superuser: SqlClient.SqlClient) {
  const platform = yield* Platform;
  const pulseLoop = yield* PulseLoop;
  const { id: tenantId } = yield* platform.createTenant({ name: "Bench", timezone: "Africa/Nairobi" });
  const asHost = Effect.provideService(
    Principal,
    Principal.of({ tenantId, actorId: "bench", actorType: "host", roles: [] }),
  );
  const challenge = yield* asHost(
    pulseLoop.createChallenge({
      name: "June",
      kind: { kind: "cumulative", metric: Metric.minutes, target: TARGET },
      from,
      to,
      join: "any_time_counting_back",
      graceDays: 2,
      rankStyle: "competition",
      teams: [],
    }),
  );
  const members = `select ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid as member_id, i
    from generate_series(1, ${PARTICIPANTS}) i`;
  yield* perform(
    superuser,
    "set synchronous_commit = off",
    `insert into member (tenant_id, id, first_name, last_name, member_since, created_at, updated_at)
       select '${tenantId}', member_id, 'Member', i::text, date '2026-01-01', now(), now() from (${members}) m`,
    `insert into challenge_participant (tenant_id, challenge_id, member_id, joined_at, joined_on, display_name, is_shown)
       select '${tenantId}', '${challenge.id}', member_id, now(), date '2026-06-01', 'Member ' || i, true from (${members}) m`,
    `insert into movement_event (tenant_id, id, version, source, external_id, member_id, type, occurred_on, civil_date,
         duration_minutes, is_entered_in_error, created_at)
       select '${tenantId}', uuidv7(), 1, 'import', i || '/' || k, member_id, 'gym_checkin', date '2026-06-01' + k * 3,
         date '2026-06-01' + k * 3, 5 + (i * 7919::bigint + k * 104729) % 56, false, now()
       from (${members}) m, generate_series(0, ${FACTS_EACH - 1}) k`,
    `insert into member_day (tenant_id, member_id, civil_date, cell, events, minutes, moderate_equivalent_minutes)
       select tenant_id, member_id, civil_date,
         jsonb_build_array(jsonb_build_object('factId', id, 'version', 1, 'type', type, 'source', source, 'minutes', duration_minutes)),
         1, duration_minutes, 0
       from movement_event`,
  );
  for (let start = 1; start <= PARTICIPANTS; start += 10_000) {
    const indexes = Array.from({ length: 10_000 }, (_, offset) => start + offset);
    const packed = indexes.map((index) =>
      PackedCalendar.encode(
        PackedCalendar.put(
          PackedCalendar.empty,
          Array.from({ length: FACTS_EACH }, (_, fact) => [
            dayOf(fact),
            { events: 1, minutes: minutesOf(index, fact), moderateEquivalentMinutes: 0 },
          ]),
        ),
      ),
    );
    yield* superuser`
      insert into member_calendar (tenant_id, member_id, packed)
      select ${tenantId}::uuid, member_id, packed
      from unnest(${indexes.map(memberIdOf)}::uuid[], ${packed}::bytea[]) as m(member_id, packed)`;
  }
  yield* perform(
    superuser,
    `insert into challenge_standing (tenant_id, challenge_id, entrant_id, minus_value, reached_on, now_minus_value,
         now_reached_on, name, is_hidden, is_final)
       select tenant_id, '${challenge.id}', member_id, -value, coalesce(reached_on, '9999-12-31'), -value,
         coalesce(reached_on, '9999-12-31'), 'Member', false, false
       from (${rawBoard(challenge.id)}) board, (select '${tenantId}'::uuid as tenant_id) t`,
    "vacuum analyze",
  );
  return { tenantId, challengeId: challenge.id };
});

/** Everybody's minutes and the day they reached the goal, from the facts; no version was ever corrected, so none is looked for. */
const rawBoard = (challengeId: string): string => `
  select p.member_id, coalesce(max(total), 0) as value, min(civil_date) filter (where total >= ${TARGET}) as reached_on
  from challenge_participant p
  left join (
    select tenant_id, member_id, civil_date,
      sum(sum(duration_minutes)) over (partition by member_id order by civil_date) as total
    from movement_event where civil_date between '2026-06-01' and '2026-06-30'
    group by tenant_id, member_id, civil_date
  ) day on day.tenant_id = p.tenant_id and day.member_id = p.member_id
  where p.challenge_id = '${challengeId}'
  group by p.member_id`;

const rawTop = (challengeId: string): string =>
  `select member_id::text, value::float8 as value, reached_on::text from (${rawBoard(challengeId)}) b
   order by value desc, reached_on nulls last, member_id limit 100`;

const rawRank = (challengeId: string, memberId: string): string =>
  `with board as materialized (${rawBoard(challengeId)})
   select 1 + count(*)::int as rank from board b, (select * from board where member_id = '${memberId}') me
   where b.value > me.value
      or (b.value = me.value and coalesce(b.reached_on, '9999-12-31') < coalesce(me.reached_on, '9999-12-31'))`;

interface Raw {
  readonly member_id: string;
  readonly value: number;
  readonly reached_on: string | null;
}

const median = (values: ReadonlyArray<number>): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

const millisOf = Effect.fnUntraced(function* (rounds: number, work: Effect.Effect<unknown, unknown>) {
  const millis: Array<number> = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    yield* Effect.orDie(work);
    millis.push(performance.now() - start);
  }
  return median(millis);
});

const program = Effect.gen(function* () {
  const { layer, layerSuperuser } = yield* makeBenchDatabase({ isDurable: true });
  const stores = Layer.provide(StoresPg.layer, layer);
  const doors = Platform.layerNoDeps.pipe(
    Layer.merge(PulseLoop.layerNoDeps),
    Layer.provideMerge(Layer.merge(stores, IdSource.layer)),
  );
  const superuser = yield* Effect.provideContext(SqlClient.SqlClient, yield* Layer.build(layerSuperuser));
  yield* Effect.provide(measure(superuser), doors);
});

const measure = Effect.fnUntraced(function* (superuser: SqlClient.SqlClient) {
  const { tenantId, challengeId } = yield* fill(superuser);
  const pulseLoop = yield* PulseLoop;
  const standings = yield* StandingStore;
  const units = yield* UnitOfWork;
  const asHost = Effect.provideService(
    Principal,
    Principal.of({ tenantId, actorId: "bench", actorType: "host", roles: [] }),
  );
  const me = memberIdOf(PARTICIPANTS >> 1);
  const raw = superuser.unsafe<Raw>(rawTop(challengeId));
  const top = asHost(pulseLoop.getLeaderboard({ challengeId, limit: 100 }));
  const topStored = units.read(tenantId, standings.page(tenantId, challengeId, { limit: 100 }));
  const mine = asHost(pulseLoop.getLeaderboard({ challengeId, limit: 1, memberId: me }));
  const rank = Effect.gen(function* () {
    const line = yield* standings.find(tenantId, challengeId, me);
    return line === undefined ? NaN : (yield* standings.start(tenantId, challengeId, line, "competition")).rank;
  });
  const myRank = units.read(tenantId, rank);
  const compare = Effect.gen(function* () {
    const expected = (yield* raw).map(({ member_id, value, reached_on }) => `${member_id} ${value} ${reached_on}`);
    const { items } = yield* top;
    const shown = items.map(
      ({ entrantId, value, reachedOn }) =>
        `${entrantId} ${value} ${reachedOn === undefined ? null : CivilDate.toIso(reachedOn)}`,
    );
    const [place] = yield* superuser.unsafe<{ rank: number }>(rawRank(challengeId, me));
    const answers = [place?.rank, yield* myRank, (yield* mine).me?.rank];
    if (expected.join() !== shown.join()) throw new Error(`the boards differ: ${expected[0]} and ${shown[0]}`);
    if (new Set(answers).size !== 1) throw new Error(`the ranks differ: ${answers.join()}`);
    return place?.rank;
  });
  const place = yield* compare;
  console.log(`  equal answers: ${PARTICIPANTS} participants, ${PARTICIPANTS * FACTS_EACH} facts; my rank is ${place}`);

  const report = Effect.fnUntraced(function* (when: string) {
    const rawMillis = yield* millisOf(ROUNDS, raw);
    const rawRankMillis = yield* millisOf(ROUNDS, superuser.unsafe(rawRank(challengeId, me)));
    const millis = {
      topStored: yield* millisOf(60, topStored),
      top: yield* millisOf(60, top),
      myRank: yield* millisOf(30, myRank),
      mine: yield* millisOf(30, mine),
    };
    const line = (what: string, ours: number, theirs: number, toReach: string) =>
      console.log(
        `  ${what.padEnd(42)} ${ours.toFixed(2).padStart(8)} ms ${(theirs / ours).toFixed(0).padStart(6)}× ${toReach}`,
      );
    console.log(
      `  ${when}: the query over the facts ${rawMillis.toFixed(0)} ms, its rank ${rawRankMillis.toFixed(0)} ms`,
    );
    line("top 100, store", millis.topStored, rawMillis, "(to reach: 1,000×)");
    line("top 100, through the door with names", millis.top, rawMillis, "");
    line("my rank, store", millis.myRank, rawRankMillis, "(to reach: 100×)");
    line("my rank and neighbours, through the door", millis.mine, rawRankMillis, "");
  });
  yield* report("at rest");
  yield* writing(tenantId, asHost, report);
  yield* perform(superuser, "vacuum analyze challenge_standing");
  yield* compare;
  console.log("  equal answers after the writing");
});

const toEvent = (event: MovementEvent): DomainEvent => ({
  id: event.id,
  tenantId: event.tenantId,
  type: "MovementRecorded",
  entityType: "MovementEvent",
  entityId: event.id,
  actorId: "bench",
  actorType: "host",
  occurredAt: event.createdAt,
  data: encodeEvent(event),
});

const encodeEvent = Schema.encodeSync(MovementEvent);

type AsHost = <A, E, R>(work: Effect.Effect<A, E, R>) => Effect.Effect<A, E, Exclude<R, Principal>>;

const writing = Effect.fnUntraced(function* (
  tenantId: TenantId,
  asHost: AsHost,
  report: (when: string) => Effect.Effect<void>,
) {
  const pulseLoop = yield* PulseLoop;
  const movements = yield* MovementStore;
  const units = yield* UnitOfWork;
  const ids = yield* IdSource;
  const log = yield* EventLog;
  let seed = 1;
  let count = 0;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const fact = () => ({
    memberId: memberIdOf(1 + random(PARTICIPANTS)),
    type: "gym_checkin" as const,
    occurredAt: { precision: "day" as const, day: CivilDate.addDays(from, random(30)) },
    source: "device" as const,
    externalId: `late/${++count}`,
    version: 1,
    isEnteredInError: false,
    durationMinutes: 1 + random(3),
  });
  const facts = (size: number) => Array.from({ length: size }, fact);

  /** The same rows in the fact's table alone, in another year so that the answers stay what they are. */
  const rowsToInsert = Effect.fnUntraced(function* (size: number) {
    const rows: Array<MovementEvent> = [];
    for (const { occurredAt, ...rest } of facts(size)) {
      const civilDate = CivilDate.addDays(occurredAt.day, -365);
      rows.push({
        ...rest,
        id: MovementEventId.make(yield* ids.next),
        tenantId,
        occurredAt: { ...occurredAt, day: civilDate },
        civilDate,
        createdAt: 1_780_000_000_000 as MovementEvent["createdAt"],
      });
    }
    return rows;
  });
  const insert = (size: number) =>
    Effect.flatMap(rowsToInsert(size), (rows) => units.run(tenantId, movements.insert(rows)));
  /** The row with what every change leaves behind: one audit entry and one outbox event. */
  const tell = (size: number) =>
    Effect.flatMap(rowsToInsert(size), (rows) =>
      units.run(tenantId, Effect.andThen(movements.insert(rows), log.append(rows.map(toEvent)))),
    );
  const record = Effect.suspend(() => asHost(pulseLoop.recordMovements({ events: facts(BATCH) })));
  const recordOne = Effect.suspend(() => asHost(pulseLoop.recordMovement(fact())));
  /** What single facts would cost if they were not recorded together: a command in bulk is always a unit of work of its own. */
  const recordOneAlone = Effect.suspend(() => asHost(pulseLoop.recordMovements({ events: [fact()] })));

  const rate = Effect.fnUntraced(function* (
    work: Effect.Effect<unknown, unknown>,
    { writers, size, seconds }: { readonly writers: number; readonly size: number; readonly seconds: number },
  ) {
    const start = performance.now();
    let done = 0;
    const writer = Effect.gen(function* () {
      while (performance.now() - start < seconds * 1_000) {
        yield* Effect.orDie(work);
        done += size;
      }
    });
    yield* Effect.all(
      Array.from({ length: writers }, () => writer),
      { concurrency: "unbounded" },
    );
    return done / ((performance.now() - start) / 1_000);
  });
  /** Every way in every round, so that what else the machine does meets all of them; the median of the rounds. */
  const compareRates = Effect.fnUntraced(function* (
    ways: ReadonlyArray<readonly [name: string, work: Effect.Effect<unknown, unknown>]>,
    shape: { readonly writers: number; readonly size: number },
  ) {
    for (const [, work] of ways) yield* rate(work, { ...shape, seconds: 1.5 });
    const rates = ways.map((): Array<number> => []);
    const shares = ways.map((): Array<number> => []);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [index, [, work]] of ways.entries()) rates[index]?.push(yield* rate(work, { ...shape, seconds: 2 }));
      for (const [index, all] of rates.entries()) shares[index]?.push((all[round] ?? NaN) / (rates[0]?.[round] ?? NaN));
    }
    for (const [index, [name]] of ways.entries()) {
      const share = (100 * median(shares[index] ?? [])).toFixed(0);
      console.log(
        `  ${name.padEnd(58)} ${median(rates[index] ?? [])
          .toFixed(0)
          .padStart(8)} facts/s ${share.padStart(4)} %`,
      );
    }
  });
  console.log(`  in bulk: ${BATCH} facts a command and a transaction, ${WRITERS} writers`);
  yield* compareRates(
    [
      ["bare insert of the facts' rows", insert(BATCH)],
      ["with audit entry and outbox event for each", tell(BATCH)],
      ["recorded, all projections kept (to reach: 50 %)", record],
    ],
    { writers: WRITERS, size: BATCH },
  );
  console.log(`  as they happen: one fact a command, ${GATES} at once, each answered when it is on the disk`);
  yield* compareRates(
    [
      ["bare insert of the fact's row, one a transaction", insert(1)],
      ["recorded, all projections kept (to reach: 50 %)", recordOne],
      ["recorded, each in a transaction of its own", recordOneAlone],
    ],
    { writers: GATES, size: 1 },
  );
  const writer = yield* Effect.forkChild(rate(record, { writers: WRITERS, size: BATCH, seconds: 120 }));
  yield* report("while facts are written");
  yield* Fiber.interrupt(writer);
});

export const leaderboardBench = (): Promise<void> => Effect.runPromise(Effect.scoped(program) as Effect.Effect<void>);
