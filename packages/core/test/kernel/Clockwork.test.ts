import { assert, describe, it } from "@effect/vitest";
import * as Deferred from "effect/Deferred";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import * as Layer from "effect/Layer";
import * as Scope from "effect/Scope";
import { TestClock } from "effect/testing";
import {
  Clockwork,
  ClockworkSettings,
  EventLog,
  type IdSource,
  Instant,
  now,
  type Principal,
  TenantId,
  UnitOfWork,
  WakeUps,
} from "../../src/index.ts";
import { record } from "../../src/kernel/EventLog.ts";
import * as Memory from "../../src/memory/index.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LEASE = MINUTE;
const TIMEOUT = 30 * SECOND;
const EPOCH = Instant.make(Date.parse("2026-03-01T00:00:00Z"));
const tenantId = TenantId.make("0195500c-0000-7000-8000-000000000001");

const after = (millis: number): Instant => Instant.make(EPOCH + millis);
const tide = (entityId: string, dueAt: Instant) => ({ kind: "tide", tenantId, entityId, dueAt });

const inTenant = <A, E, R>(work: Effect.Effect<A, E, R>) => UnitOfWork.use((units) => units.run(tenantId, work));
const set = (...wakeUps: ReadonlyArray<ReturnType<typeof tide>>) => inTenant(WakeUps.use((port) => port.set(wakeUps)));
const next = WakeUps.use((port) => port.next(["tide"]));
const runDue = Clockwork.use((clockwork) => clockwork.runDue);

/** Everything that was kept, in order. */
const kept = Effect.map(inTenant(EventLog.use((log) => log.outbox(tenantId, { limit: 10_000 }))), ({ rows }) => rows);
const entities = Effect.map(kept, (events) => events.map(({ entityId }) => entityId));

const turned = (entityId: string, at: Instant) =>
  record({ type: "TideTurned", entityType: "Tide", entityId, data: { at } });
/** Keeps one event; whoever is asked twice keeps two. */
const turn = (entityId: string) => inTenant(Effect.flatMap(now, (at) => turned(entityId, at)));

type Ports = UnitOfWork | EventLog | WakeUps | IdSource;
type Handler = (entityId: string) => Effect.Effect<unknown, unknown, Ports | Principal>;

/** Stores in memory at the epoch, and a clockwork over them. */
const over = (handler: Handler, settings: Partial<(typeof ClockworkSettings)["Service"]> = {}) => {
  const handlers = Effect.map(Effect.context<Ports>(), (ports) => ({
    tide: (_: TenantId, entityId: string) => Effect.provide(handler(entityId), ports),
  }));
  return Clockwork.layerNoDeps(handlers).pipe(
    Layer.provideMerge(Memory.layer),
    Layer.provide(
      Layer.effect(
        ClockworkSettings,
        Effect.map(ClockworkSettings, (usual) => ({ ...usual, ...settings })),
      ),
    ),
    Layer.provideMerge(Layer.effectDiscard(TestClock.setTime(EPOCH))),
  );
};

describe("a clockwork that runs", () => {
  it.effect("does what is due when it is due, and not a millisecond earlier", () =>
    Effect.gen(function* () {
      yield* Clockwork.use((clockwork) => clockwork.run);
      yield* set(tide("a", after(10 * MINUTE)));
      yield* TestClock.adjust(10 * MINUTE - 1);
      assert.deepStrictEqual(yield* entities, []);
      yield* TestClock.adjust(1);
      assert.deepStrictEqual(yield* entities, ["a"]);
      yield* TestClock.adjust(10 * MINUTE);
      assert.deepStrictEqual(yield* entities, ["a"]);
    }).pipe(Effect.provide(over(turn))),
  );

  it.effect("sees within a poll what was set while it slept, be it overdue", () =>
    Effect.gen(function* () {
      yield* Clockwork.use((clockwork) => clockwork.run);
      yield* TestClock.adjust(HOUR);
      yield* set(tide("a", after(MINUTE)));
      yield* TestClock.adjust(2 * SECOND);
      assert.deepStrictEqual(yield* entities, ["a"]);
    }).pipe(Effect.provide(over(turn, { pollSeconds: 2 }))),
  );

  it.effect("finishes what is under way when it is stopped, and begins nothing more", () =>
    Effect.gen(function* () {
      const begun = yield* Deferred.make<void>();
      const finish = yield* Deferred.make<void>();
      const slow: Handler = (entityId) =>
        Deferred.succeed(begun, undefined).pipe(Effect.andThen(Deferred.await(finish)), Effect.andThen(turn(entityId)));
      yield* Effect.gen(function* () {
        const scope = yield* Scope.make();
        yield* Clockwork.use((clockwork) => Scope.provide(clockwork.run, scope));
        yield* set(tide("a", EPOCH), tide("b", after(SECOND)));
        yield* TestClock.adjust(SECOND);
        yield* Deferred.await(begun);
        const closing = yield* Effect.forkChild(Scope.close(scope, Exit.void), { startImmediately: true });
        yield* Deferred.succeed(finish, undefined);
        yield* Fiber.join(closing);
        assert.deepStrictEqual(yield* entities, ["a"]);
        assert.strictEqual(yield* next, after(SECOND));
      }).pipe(Effect.provide(over(slow, { concurrency: 1 })));
    }),
  );

  it.effect("leaves to the end of its lease what is not finished ten seconds after it was stopped", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make();
      yield* Clockwork.use((clockwork) => Scope.provide(clockwork.run, scope));
      yield* set(tide("a", EPOCH));
      yield* TestClock.adjust(SECOND);
      const closing = yield* Effect.forkChild(Scope.close(scope, Exit.void), { startImmediately: true });
      yield* TestClock.adjust(10 * SECOND - 1);
      assert.isUndefined(closing.pollUnsafe());
      yield* TestClock.adjust(1);
      yield* Fiber.join(closing);
      assert.strictEqual(yield* next, after(LEASE));
    }).pipe(Effect.provide(over(() => Effect.never))),
  );

  it.effect("outlives a store that does not answer", () =>
    Effect.gen(function* () {
      const wakeUps = yield* WakeUps;
      let isDown = true;
      const flaky = WakeUps.of({
        ...wakeUps,
        next: (kinds) => Effect.suspend(() => (isDown ? Effect.die(new Error("no connection")) : wakeUps.next(kinds))),
      });
      const ports = yield* Effect.context<Ports>();
      const handlers = { tide: (_: TenantId, entityId: string) => Effect.provide(turn(entityId), ports) };
      yield* Effect.gen(function* () {
        yield* Clockwork.use((clockwork) => clockwork.run);
        yield* set(tide("a", EPOCH));
        yield* TestClock.adjust(MINUTE);
        assert.deepStrictEqual(yield* entities, []);
        isDown = false;
        yield* TestClock.adjust(MINUTE);
        assert.deepStrictEqual(yield* entities, ["a"]);
      }).pipe(
        Effect.provide(
          Clockwork.layerNoDeps(Effect.succeed(handlers)).pipe(Layer.provide(Layer.succeed(WakeUps, flaky))),
        ),
      );
    }).pipe(Effect.provide(over(turn))),
  );
});

describe("what is due", () => {
  it.effect("is done as the system, for its tenant", () =>
    Effect.gen(function* () {
      yield* set(tide("a", EPOCH));
      assert.strictEqual(yield* runDue, 1);
      const [event] = yield* kept;
      assert.deepInclude(event, { tenantId, actorId: "zmos", actorType: "system" });
      assert.strictEqual(yield* next, undefined);
    }).pipe(Effect.provide(over(turn))),
  );

  it.effect("is done longest overdue first", () =>
    Effect.gen(function* () {
      yield* set(tide("c", after(3 * HOUR)), tide("a", after(HOUR)), tide("b", after(2 * HOUR)));
      yield* TestClock.adjust(DAY);
      assert.strictEqual(yield* runDue, 3);
      assert.deepStrictEqual(yield* entities, ["a", "b", "c"]);
    }).pipe(Effect.provide(over(turn, { concurrency: 1 }))),
  );

  /** A tide turns every hour. It knows from the store when it turned last, and does every turn it owes, in order. */
  const tidal: Handler = (entityId) =>
    inTenant(
      Effect.gen(function* () {
        const events = yield* kept;
        let last = events.findLast((event) => event.entityId === entityId)?.data["at"] ?? EPOCH;
        while (Number(last) + HOUR <= (yield* now)) {
          last = Instant.make(Number(last) + HOUR);
          yield* turned(entityId, last as Instant);
        }
        yield* WakeUps.use((port) => port.set([tide(entityId, Instant.make(Number(last) + HOUR))]));
      }),
    );
  const moments = Effect.map(kept, (events) => events.map(({ data }) => data["at"]));
  const hourly = (count: number) => Array.from({ length: count }, (_, index) => after((index + 1) * HOUR));

  it.effect("is caught up after days of downtime, every turn once and in order, and goes on from there", () =>
    Effect.gen(function* () {
      yield* set(tide("a", after(HOUR)));
      yield* TestClock.adjust(3 * DAY);
      assert.strictEqual(yield* runDue, 1);
      assert.deepStrictEqual(yield* moments, hourly(72));
      assert.strictEqual(yield* runDue, 0);
      assert.strictEqual(yield* next, after(73 * HOUR));
    }).pipe(Effect.provide(over(tidal))),
  );

  it.effect("is caught up the same by one that sets its next turn in the past", () =>
    Effect.gen(function* () {
      yield* set(tide("a", after(HOUR)));
      yield* TestClock.adjust(3 * DAY);
      assert.strictEqual(yield* runDue, 72);
      assert.deepStrictEqual(yield* moments, hourly(72));
    }).pipe(
      Effect.provide(
        over((entityId) =>
          inTenant(
            Effect.gen(function* () {
              const at = after(((yield* kept).length + 1) * HOUR);
              yield* turned(entityId, at);
              yield* WakeUps.use((port) => port.set([tide(entityId, Instant.make(at + HOUR))]));
            }),
          ),
        ),
      ),
    ),
  );

  it.effect("survives being moved later while it is handled", () =>
    Effect.gen(function* () {
      yield* set(tide("a", EPOCH));
      assert.strictEqual(yield* runDue, 1);
      assert.strictEqual(yield* next, after(HOUR));
      yield* TestClock.adjust(HOUR - 1);
      assert.strictEqual(yield* runDue, 0);
      yield* TestClock.adjust(1);
      assert.strictEqual(yield* runDue, 1);
    }).pipe(Effect.provide(over(() => Effect.flatMap(now, (at) => set(tide("a", Instant.make(at + HOUR))))))),
  );

  it.effect("comes back when its lease ends, where its server was killed before it was done", () => {
    let isKilled = true;
    const killed: Handler = (entityId) => Effect.suspend(() => (isKilled ? Effect.never : turn(entityId)));
    return Effect.gen(function* () {
      yield* set(tide("a", EPOCH));
      const server = yield* Effect.forkChild(runDue, { startImmediately: true });
      yield* Effect.yieldNow;
      yield* Fiber.interrupt(server);
      isKilled = false;
      assert.strictEqual(yield* next, after(LEASE));
      yield* TestClock.adjust(LEASE - 1);
      assert.strictEqual(yield* runDue, 0);
      yield* TestClock.adjust(1);
      assert.strictEqual(yield* runDue, 1);
      assert.deepStrictEqual(yield* entities, ["a"]);
    }).pipe(Effect.provide(over(killed)));
  });

  it.effect("is tried again 1, 2 and 4 seconds later where it fails, and not after it has succeeded", () => {
    let failures = 3;
    const failing: Handler = (entityId) =>
      Effect.suspend((): ReturnType<Handler> => (failures-- > 0 ? Effect.fail("not now") : turn(entityId)));
    return Effect.gen(function* () {
      yield* set(tide("a", EPOCH));
      assert.strictEqual(yield* runDue, 0);
      for (const [wait, done] of [
        [SECOND, 0],
        [2 * SECOND, 0],
        [4 * SECOND, 1],
      ] as const) {
        yield* TestClock.adjust(wait - 1);
        const before = failures;
        assert.strictEqual(yield* runDue, 0);
        assert.strictEqual(failures, before, "not a millisecond early");
        yield* TestClock.adjust(1);
        assert.strictEqual(yield* runDue, done);
      }
      assert.deepStrictEqual(yield* entities, ["a"]);
      assert.strictEqual(yield* next, undefined);
    }).pipe(Effect.provide(over(failing)));
  });

  it.effect("is never given up, and never waits longer than a quarter of an hour", () => {
    let attempts = 0;
    const poison: Handler = () => Effect.die(new Error(`attempt ${++attempts}`));
    return Effect.gen(function* () {
      yield* set(tide("a", EPOCH));
      for (let attempt = 1; attempt <= 40; attempt++) {
        assert.strictEqual(yield* runDue, 0);
        assert.strictEqual(attempts, attempt);
        const at = yield* now;
        const retryAt = (yield* next) ?? at;
        assert.strictEqual(retryAt - at, Math.min(15 * MINUTE, 2 ** (attempt - 1) * SECOND));
        yield* TestClock.setTime(retryAt);
      }
    }).pipe(Effect.provide(over(poison)));
  });

  it.effect("is done though others fail, die or hang; who hangs is tried again when his time is up", () => {
    const mixed: Handler = (entityId) => {
      if (entityId === "fails") return Effect.fail("poison");
      if (entityId === "dies") return Effect.die(new Error("poison"));
      return entityId === "hangs" ? Effect.never : turn(entityId);
    };
    return Effect.gen(function* () {
      yield* set(...["fails", "dies", "hangs"].map((id) => tide(id, EPOCH)), tide("a", after(1)), tide("b", after(2)));
      yield* TestClock.adjust(2);
      const running = yield* Effect.forkChild(runDue, { startImmediately: true });
      yield* TestClock.adjust(TIMEOUT - 1);
      assert.deepStrictEqual(yield* entities, ["a", "b"]);
      assert.isUndefined(running.pollUnsafe());
      yield* TestClock.adjust(1);
      assert.strictEqual(yield* Fiber.join(running), 2);
    }).pipe(Effect.provide(over(mixed, { concurrency: 2 })));
  });

  it.effect("is left to others where its kind has no handler", () =>
    Effect.gen(function* () {
      yield* inTenant(WakeUps.use((port) => port.set([{ ...tide("a", EPOCH), kind: "moon" }])));
      assert.strictEqual(yield* runDue, 0);
      const others = yield* WakeUps.use((port) =>
        port.claim({ now: EPOCH, kinds: ["moon"], limit: 1, leaseSeconds: 1 }),
      );
      assert.deepStrictEqual(
        others.map(({ attempt }) => attempt),
        [1],
      );
    }).pipe(Effect.provide(over(turn))),
  );
});
