import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import { EventLog, PulseLoop, UnitOfWork, Zmos } from "../../../src/index.ts";
import { actingAs, at, openGym } from "../../support/Gym.ts";

const day = CivilDate.of;
const inMemory = Effect.provide(Zmos.layerMemory);

/** Amina moved on Monday, Tuesday, Friday and Saturday of the week before 2026-03-08, and was ill in between. */
const setting = Effect.gen(function* () {
  yield* TestClock.setTime(at("2026-03-07T12:00:00Z"));
  const gym = yield* openGym();
  const pulseLoop = yield* PulseLoop;
  const amina = yield* gym.join("Amina");
  for (const moved of ["2026-03-02", "2026-03-03", "2026-03-06", "2026-03-07"]) {
    yield* gym.asOwner(
      pulseLoop.recordMovement({
        memberId: amina.id,
        type: "home_workout",
        occurredAt: { precision: "day", day: day(moved) },
        source: "manual",
        version: 1,
        isEnteredInError: false,
      }),
    );
  }
  const grant = (more: object = {}) =>
    gym.asOwner(
      pulseLoop.grantExcuse({
        memberId: amina.id,
        from: day("2026-03-04"),
        to: day("2026-03-05"),
        reason: "illness",
        ...more,
      }),
    );
  const streak = Effect.map(gym.asOwner(pulseLoop.getStreak({ memberId: amina.id })), ({ current }) => current.length);
  const asAmina = actingAs({ tenantId: gym.tenant.id, actorId: amina.id, actorType: "member", roles: ["member"] });
  return { ...gym, pulseLoop, amina, grant, streak, asAmina };
});

describe("excused days", () => {
  it.effect("granted backwards in time mend a streak, and break it again when they are withdrawn", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, grant, streak } = yield* setting;
      assert.strictEqual(yield* streak, 2);
      const { id: excuseId } = yield* grant();
      assert.strictEqual(yield* streak, 4);
      yield* asOwner(pulseLoop.endExcuse({ excuseId, isEnteredInError: true }));
      assert.strictEqual(yield* streak, 2);
    }).pipe(inMemory),
  );

  it.effect("count in the standings too", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, grant } = yield* setting;
      yield* grant();
      const { items } = yield* asOwner(pulseLoop.getStandings({}));
      assert.strictEqual(items[0]?.currentStreak, 4);
    }).pipe(inMemory),
  );

  it.effect("last until they are ended, and then end on their last day", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, amina, streak } = yield* setting;
      const { id: excuseId } = yield* asOwner(
        pulseLoop.grantExcuse({ memberId: amina.id, from: day("2026-03-04"), reason: "membership_pause" }),
      );
      assert.strictEqual(yield* streak, 4);
      const ended = yield* asOwner(pulseLoop.endExcuse({ excuseId, to: day("2026-03-04") }));
      assert.deepInclude(ended, { version: 2, to: day("2026-03-04"), grantedBy: "owner-1", endedBy: "owner-1" });
      assert.strictEqual(yield* streak, 2);
    }).pipe(inMemory),
  );

  it.effect("cannot end before they begin, nor be lengthened by ending them; ended alike again, nothing changes", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, grant } = yield* setting;
      const refused = yield* Effect.flip(grant({ to: day("2026-03-03") }));
      assert.strictEqual(refused._tag, "ExcuseEndImpossible");
      const { id: excuseId } = yield* grant();
      const end = (to: string) => asOwner(pulseLoop.endExcuse({ excuseId, to: day(to) }));
      assert.strictEqual((yield* Effect.flip(end("2026-03-03")))._tag, "ExcuseEndImpossible");
      assert.strictEqual((yield* Effect.flip(end("2026-03-06")))._tag, "ExcuseEndImpossible");
      assert.strictEqual((yield* end("2026-03-05")).version, 1);
      assert.strictEqual((yield* end("2026-03-04")).version, 2);
      yield* asOwner(pulseLoop.endExcuse({ excuseId, isEnteredInError: true }));
      assert.strictEqual((yield* Effect.flip(end("2026-03-04")))._tag, "ExcuseWithdrawn");
    }).pipe(inMemory),
  );

  it.effect("end in one way: on a last day or as entered in error", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, grant } = yield* setting;
      const { id: excuseId } = yield* grant();
      const neither = yield* Effect.flip(asOwner(pulseLoop.endExcuse({ excuseId })));
      const both = yield* Effect.flip(
        asOwner(pulseLoop.endExcuse({ excuseId, to: day("2026-03-04"), isEnteredInError: true })),
      );
      assert.deepStrictEqual([neither._tag, both._tag], ["InvalidCommand", "InvalidCommand"]);
    }).pipe(inMemory),
  );

  it.effect("are granted by staff: a member may see its own and excuse nobody, itself included", () =>
    Effect.gen(function* () {
      const { pulseLoop, amina, grant, asAmina } = yield* setting;
      const excuse = yield* grant();
      const own = yield* asAmina(pulseLoop.listExcuses({ memberId: amina.id }));
      assert.deepStrictEqual(own.items, [excuse]);
      const granted = asAmina(pulseLoop.grantExcuse({ memberId: amina.id, from: day("2026-03-04"), reason: "travel" }));
      assert.strictEqual((yield* Effect.flip(granted))._tag, "NotPermitted");
      const ended = asAmina(pulseLoop.endExcuse({ excuseId: excuse.id, isEnteredInError: true }));
      assert.strictEqual((yield* Effect.flip(ended))._tag, "NotPermitted");
    }).pipe(inMemory),
  );

  it.effect("leave an audit entry for each thing done to them", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, tenant, grant } = yield* setting;
      const { id: excuseId } = yield* grant();
      yield* asOwner(pulseLoop.endExcuse({ excuseId, to: day("2026-03-04") }));
      yield* asOwner(pulseLoop.endExcuse({ excuseId, to: day("2026-03-04") }));
      yield* asOwner(pulseLoop.endExcuse({ excuseId, isEnteredInError: true }));
      const { rows } = yield* UnitOfWork.use((units) =>
        units.read(
          tenant.id,
          EventLog.use((log) => log.audit(tenant.id, { limit: 3 })),
        ),
      );
      assert.deepStrictEqual(
        rows.map(({ type, entityId }) => [type, entityId]),
        [
          ["ExcuseWithdrawn", excuseId],
          ["ExcuseEnded", excuseId],
          ["ExcuseGranted", excuseId],
        ],
      );
    }).pipe(inMemory),
  );
});
