import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { TestClock } from "effect/testing";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import {
  CalendarStore,
  type MemberId,
  MemberId as MemberIds,
  PulseLoop,
  type TenantId,
  UnitOfWork,
  Zmos,
} from "../../../src/index.ts";
import { at, openGym } from "../../support/Gym.ts";

const told = (memberId: MemberId, more: Readonly<Record<string, unknown>> = {}) => {
  const command = { memberId, type: "home_workout", occurredAt: "2026-03-02", durationMinutes: 30, ...more };
  return Effect.flatMap(PulseLoop, (door) => Schema.decodeUnknownEffect(door.recordMovement.command)(command));
};

const calendarOf = (tenantId: TenantId, memberId: MemberId) =>
  UnitOfWork.use((units) =>
    units.read(
      tenantId,
      CalendarStore.use((store) => Effect.map(store.read(tenantId, [memberId], {}), (read) => read.get(memberId))),
    ),
  );

const setting = Effect.gen(function* () {
  yield* TestClock.setTime(at("2026-03-06T12:00:00Z"));
  const gym = yield* openGym();
  return { ...gym, pulseLoop: yield* PulseLoop, amina: yield* gym.join("Amina") };
});

const inMemory = Effect.provide(Zmos.layerMemory);

describe("recording movements", () => {
  it.effect("counts a fact once, however often it is told", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, amina, tenant } = yield* setting;
      const fact = yield* told(amina.id, { source: "device", externalId: "watch-1" });
      const first = yield* asOwner(pulseLoop.recordMovements({ events: [fact, fact] }));
      assert.deepInclude(first, { recorded: 1, known: 1 });
      const again = yield* asOwner(pulseLoop.recordMovements({ events: [fact] }));
      assert.deepStrictEqual(again, { recorded: 0, known: 1, movementEventIds: first.movementEventIds.slice(0, 1) });
      const calendar = yield* calendarOf(tenant.id, amina.id);
      assert.strictEqual(calendar?.get(CivilDate.of("2026-03-02"))?.events, 1);
    }).pipe(inMemory),
  );

  it.effect("counts a fact with what was told of its day before, and corrects it among the others", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, amina, tenant } = yield* setting;
      const minutes = Effect.map(
        calendarOf(tenant.id, amina.id),
        (days) => days?.get(CivilDate.of("2026-03-02"))?.minutes,
      );
      yield* asOwner(pulseLoop.recordMovement(yield* told(amina.id, { source: "device", externalId: "morning" })));
      yield* asOwner(pulseLoop.recordMovement(yield* told(amina.id, { source: "device", externalId: "evening" })));
      assert.strictEqual(yield* minutes, 60);
      const correction = { source: "device", externalId: "morning", version: 2, durationMinutes: 10 };
      yield* asOwner(pulseLoop.recordMovement(yield* told(amina.id, correction)));
      assert.strictEqual(yield* minutes, 40);
    }).pipe(inMemory),
  );

  it.effect("moves a corrected fact to its new day, and leaves the old day empty", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, amina, tenant } = yield* setting;
      const fact = yield* told(amina.id, { source: "device", externalId: "watch-1" });
      const correction = yield* told(amina.id, {
        source: "device",
        externalId: "watch-1",
        version: 2,
        occurredAt: "2026-03-03",
      });
      yield* asOwner(pulseLoop.recordMovement(fact));
      yield* asOwner(pulseLoop.recordMovement(correction));
      const calendar = yield* calendarOf(tenant.id, amina.id);
      assert.deepStrictEqual([...(calendar?.keys() ?? [])].map(CivilDate.toIso), ["2026-03-03"]);
    }).pipe(inMemory),
  );

  it.effect("lets a correction that arrives first stand", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, amina, tenant } = yield* setting;
      const identity = { source: "device", externalId: "watch-1" };
      const correction = yield* told(amina.id, { ...identity, version: 2, durationMinutes: 50 });
      yield* asOwner(pulseLoop.recordMovement(correction));
      yield* asOwner(pulseLoop.recordMovement(yield* told(amina.id, identity)));
      const calendar = yield* calendarOf(tenant.id, amina.id);
      assert.strictEqual(calendar?.get(CivilDate.of("2026-03-02"))?.minutes, 50);
    }).pipe(inMemory),
  );

  it.effect("withdraws a fact entered in error for good", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, amina, tenant } = yield* setting;
      const identity = { source: "device", externalId: "watch-1" };
      yield* asOwner(pulseLoop.recordMovement(yield* told(amina.id, identity)));
      yield* asOwner(
        pulseLoop.recordMovement(yield* told(amina.id, { ...identity, version: 2, isEnteredInError: true })),
      );
      yield* asOwner(pulseLoop.recordMovement(yield* told(amina.id, { ...identity, version: 3 })));
      const calendar = yield* calendarOf(tenant.id, amina.id);
      assert.strictEqual(calendar?.size, 0);
    }).pipe(inMemory),
  );

  it.effect("takes the intensity of the session type where none is told, and never invents minutes", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, amina, spin } = yield* setting;
      const { durationMinutes: _, ...unknownDuration } = yield* told(amina.id, { sessionTypeId: spin.id });
      const event = yield* asOwner(pulseLoop.recordMovement(unknownDuration));
      assert.strictEqual(event.intensity, "vigorous");
      assert.notProperty(event, "durationMinutes");
    }).pipe(inMemory),
  );

  it.effect("takes all of a batch or none, and names everything that is wrong by its place", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, amina, tenant } = yield* setting;
      const good = yield* told(amina.id);
      const stranger = yield* told(MemberIds.make("0195f000-0000-7000-8000-00000000dead"));
      const tomorrowWeek = yield* told(amina.id, { occurredAt: "2026-03-14" });
      const refused = yield* Effect.flip(
        asOwner(pulseLoop.recordMovements({ events: [good, stranger, tomorrowWeek, stranger] })),
      );
      assert.strictEqual(refused._tag, "MovementsRefused");
      assert.deepStrictEqual(refused._tag === "MovementsRefused" && refused.errors.map(({ path }) => path), [
        "/events/1/memberId",
        "/events/2/occurredAt",
        "/events/3/memberId",
      ]);
      assert.strictEqual((yield* calendarOf(tenant.id, amina.id))?.size, 0);
    }).pipe(inMemory),
  );

  it.effect("keeps nothing of a batch that is only checked", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, amina, tenant } = yield* setting;
      const fact = yield* told(amina.id);
      assert.deepInclude(yield* asOwner(pulseLoop.checkMovements({ events: [fact] })), { recorded: 1, known: 0 });
      assert.strictEqual((yield* calendarOf(tenant.id, amina.id))?.size, 0);
    }).pipe(inMemory),
  );
});
