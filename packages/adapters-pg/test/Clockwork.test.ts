import { assert, describe, it } from "@effect/vitest";
import {
  Clockwork,
  EventLog,
  IdSource,
  Instant,
  now,
  Principal,
  TenantId,
  UnitOfWork,
  WakeUps,
} from "@zmos/core/kernel";
import { TenantStore } from "@zmos/core/platform";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import * as Latch from "effect/Latch";
import * as Layer from "effect/Layer";
import { TestClock } from "effect/testing";
import * as Database from "../src/Database.ts";
import * as StoresPg from "../src/StoresPg.ts";
import { LOGIN } from "./support/PostgresServer.globalSetup.ts";
import { freshDatabase, urlOf } from "./support/TestDatabase.ts";

const EPOCH = Date.parse("2026-03-01T00:00:00Z");
const LEASE_MILLIS = 60_000;

type Ports = UnitOfWork | EventLog | WakeUps | IdSource | TenantStore;
type Handler = (tenantId: TenantId, entityId: string) => Effect.Effect<unknown, unknown, Ports | Principal>;

/** A server of its own, with its own connections, on a database. */
const startServer = (database: string, handler: Handler) => {
  const handlers = Effect.map(Effect.context<Ports>(), (ports) => ({
    tide: (tenantId: TenantId, entityId: string) => Effect.provide(handler(tenantId, entityId), ports),
  }));
  const stores = Layer.provide(
    StoresPg.layer,
    Database.layerServer({ url: urlOf(LOGIN, database), maxConnections: 5 }),
  );
  return Layer.build(
    Layer.fresh(Clockwork.layerNoDeps(handlers).pipe(Layer.provideMerge(stores), Layer.provideMerge(IdSource.layer))),
  );
};

/** Keeps one event. It does not look whether there is one: whoever is asked twice keeps two. */
const keepOne: Handler = (tenantId, entityId) =>
  Effect.gen(function* () {
    const id = yield* IdSource.use((ids) => ids.next);
    const occurredAt = yield* now;
    const event = { id, tenantId, type: "TideTurned", entityType: "Tide", entityId, occurredAt, data: {} };
    const { actorId, actorType } = yield* Principal;
    const units = yield* UnitOfWork;
    yield* units.run(
      tenantId,
      EventLog.use((log) => log.append([{ ...event, actorId, actorType }])),
    );
  });

const addTenant = Effect.gen(function* () {
  const id = TenantId.make(yield* IdSource.use((ids) => ids.next));
  const at = yield* now;
  const units = yield* UnitOfWork;
  yield* units.run(
    id,
    TenantStore.use((tenants) =>
      tenants.insert({
        id,
        name: "Lavington Movement",
        mode: "zmos_only",
        timezone: "Africa/Nairobi",
        weekStart: 1,
        dayStartHours: 0,
        brandSettings: {},
        createdAt: at,
        updatedAt: at,
      }),
    ),
  );
  return id;
});

const setAll = (tenantId: TenantId, entityIds: ReadonlyArray<string>, dueAt: Instant) =>
  UnitOfWork.use((units) =>
    units.run(
      tenantId,
      WakeUps.use((port) => port.set(entityIds.map((entityId) => ({ kind: "tide", tenantId, entityId, dueAt })))),
    ),
  );

const entitiesKept = (tenantId: TenantId) =>
  UnitOfWork.use((units) =>
    units.run(
      tenantId,
      EventLog.use((log) => log.outbox(tenantId, { limit: 1_000 })),
    ),
  ).pipe(Effect.map(({ rows }) => rows.map(({ entityId }) => entityId).toSorted()));

describe("two servers on one database", () => {
  it.effect("do each of 200 things that are due once, between them", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(EPOCH);
      const database = yield* freshDatabase;
      const counts = { one: 0, two: 0 };
      const counting =
        (name: keyof typeof counts): Handler =>
        (tenantId, entityId) =>
          Effect.andThen(
            Effect.sync(() => counts[name]++),
            keepOne(tenantId, entityId),
          );
      const one = yield* startServer(database, counting("one"));
      const two = yield* startServer(database, counting("two"));
      const tenants = [yield* Effect.provide(addTenant, one), yield* Effect.provide(addTenant, two)];
      const ids = Array.from({ length: 100 }, (_, index) => `tide-${String(index).padStart(3, "0")}`);
      for (const tenantId of tenants) yield* Effect.provide(setAll(tenantId, ids, Instant.make(EPOCH)), one);

      const done = yield* Effect.all([Context.get(one, Clockwork).runDue, Context.get(two, Clockwork).runDue], {
        concurrency: "unbounded",
      });
      assert.strictEqual(done[0] + done[1], 200);
      assert.deepStrictEqual(done, [counts.one, counts.two]);
      assert.isAbove(Math.min(...done), 0, "both had a hand in it");
      for (const tenantId of tenants) assert.deepStrictEqual(yield* Effect.provide(entitiesKept(tenantId), two), ids);
      assert.strictEqual(yield* Context.get(one, WakeUps).next(["tide"]), undefined);
    }),
  );

  it.effect("leave nothing undone where one is killed in the middle: the other does it when the lease ends, once", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(EPOCH);
      const database = yield* freshDatabase;
      const isUnderWay = yield* Latch.make();
      const halfDone: Handler = (tenantId, entityId) =>
        UnitOfWork.use((units) =>
          units.run(
            tenantId,
            keepOne(tenantId, entityId).pipe(Effect.andThen(isUnderWay.open), Effect.andThen(Effect.never)),
          ),
        );
      const killed = yield* startServer(database, halfDone);
      const other = yield* startServer(database, keepOne);
      const tenantId = yield* Effect.provide(addTenant, other);
      yield* Effect.provide(setAll(tenantId, ["a"], Instant.make(EPOCH)), other);

      const dying = yield* Effect.forkChild(Context.get(killed, Clockwork).runDue);
      yield* isUnderWay.await;
      assert.strictEqual(yield* Context.get(other, Clockwork).runDue, 0);
      yield* Fiber.interrupt(dying);
      yield* TestClock.adjust(LEASE_MILLIS - 1);
      assert.strictEqual(yield* Context.get(other, Clockwork).runDue, 0);
      yield* TestClock.adjust(1);
      assert.strictEqual(yield* Context.get(other, Clockwork).runDue, 1);
      assert.deepStrictEqual(yield* Effect.provide(entitiesKept(tenantId), other), ["a"]);
    }),
  );
});
