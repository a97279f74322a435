import { assert, describe, it } from "@effect/vitest";
import { EntitlementUnknown, MoveOs, NotEntitled, Platform, Principal, PulseLoop } from "@zmos/core";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { FakeZhep, Step } from "../src/testing/index.ts";
import * as Wire from "../src/Wire.ts";
import { connectedTenant, layerOf, type Mode } from "./support/Modes.ts";
import { at } from "./support/Samples.ts";

/** A gym in Nairobi, connected to ZHEP, whose 45-minute spin class starts at 06:00 local time on 2026-03-07. */
const openGym = Effect.gen(function* () {
  yield* TestClock.setTime(at("2026-03-06T12:00:00Z"));
  const platform = yield* Platform;
  const moveOs = yield* MoveOs;
  const tenant = yield* connectedTenant;
  const asOwner = Effect.provideService(Principal, {
    tenantId: tenant.id,
    actorId: "owner-1",
    actorType: "user_account",
    roles: ["owner"],
  });
  const location = yield* asOwner(platform.createLocation({ name: "Lavington", timezone: "Africa/Nairobi" }));
  const spin = yield* asOwner(
    moveOs.createSessionType({
      name: "Morning Spin",
      category: "class",
      intensity: "vigorous",
      defaultDuration: 45,
      defaultCapacity: 2,
    }),
  );
  const session = yield* asOwner(
    moveOs.scheduleSession({ sessionTypeId: spin.id, locationId: location.id, startTime: at("2026-03-07T03:00:00Z") }),
  );
  const join = (firstName: string, externalPartyId: string) =>
    asOwner(platform.registerMember({ firstName, lastName: "Otieno", externalPartyId }));
  return { tenant, asOwner, session, join };
});

const modes: ReadonlyArray<Mode> = ["ZMOS_ONLY", "ZMOS_ZHEP"];

describe.each(modes)("from a booked class to a streak in %s", (mode) => {
  it.effect("a member books, comes, and has a streak of one day", () =>
    Effect.gen(function* () {
      const { asOwner, session, join } = yield* openGym;
      const moveOs = yield* MoveOs;
      const pulseLoop = yield* PulseLoop;
      const amina = yield* join("Amina", "party-amina");
      const booking = yield* asOwner(moveOs.bookSession({ memberId: amina.id, sessionInstanceId: session.id }));
      assert.strictEqual(booking.status, "booked");

      yield* TestClock.setTime(at("2026-03-07T02:50:00Z"));
      const { booking: after, movementEvent } = yield* asOwner(moveOs.checkIn({ bookingId: booking.id }));
      assert.strictEqual(after.status, "checked_in");
      assert.strictEqual(movementEvent.durationMinutes, 45);
      const streak = yield* asOwner(pulseLoop.getStreak({ memberId: amina.id }));
      assert.strictEqual(streak.current.length, 1);

      const fake = yield* FakeZhep;
      const asked = fake.asked.map(({ path }) => path);
      assert.deepStrictEqual(asked, mode === "ZMOS_ZHEP" ? ["/eligibility/check", "/eligibility/visits"] : []);
      assert.deepStrictEqual([...fake.ledger.visits.keys()], mode === "ZMOS_ZHEP" ? [booking.id] : []);
    }).pipe(Effect.provide(layerOf(mode))),
  );
});

describe("booking when ZHEP decides who is covered", () => {
  it.effect("refuses a member whose cover has lapsed, with ZHEP's reason", () =>
    Effect.gen(function* () {
      const { asOwner, session, join } = yield* openGym;
      const moveOs = yield* MoveOs;
      const baraka = yield* join("Baraka", "party-lapsed");
      const refusal = yield* Effect.flip(
        asOwner(moveOs.bookSession({ memberId: baraka.id, sessionInstanceId: session.id })),
      );
      assert.deepStrictEqual(refusal, new NotEntitled({ memberId: baraka.id, reason: "the cover has lapsed" }));
    }).pipe(Effect.provide(layerOf("ZMOS_ZHEP"))),
  );

  it.effect("refuses, by the default policy, while ZHEP does not know, and says when to ask again", () =>
    Effect.gen(function* () {
      const { asOwner, session, join } = yield* openGym;
      const moveOs = yield* MoveOs;
      const chege = yield* join("Chege", "party-unsure");
      const refusal = yield* Effect.flip(
        asOwner(moveOs.bookSession({ memberId: chege.id, sessionInstanceId: session.id })),
      );
      assert.deepStrictEqual(refusal, new EntitlementUnknown({ memberId: chege.id, retryAfterSeconds: 30 }));
    }).pipe(Effect.provide(layerOf("ZMOS_ZHEP"))),
  );

  it.effect("refuses, by the default policy, while ZHEP is down, and books once it is back", () =>
    Effect.gen(function* () {
      const { asOwner, session, join } = yield* openGym;
      const moveOs = yield* MoveOs;
      const fake = yield* FakeZhep;
      const amina = yield* join("Amina", "party-amina");
      const book = asOwner(moveOs.bookSession({ memberId: amina.id, sessionInstanceId: session.id }));
      fake.play(Wire.checkEligibility.path, Step.cut("before"));
      assert.instanceOf(yield* Effect.flip(book), EntitlementUnknown);
      assert.strictEqual((yield* book).status, "booked");
    }).pipe(Effect.provide(layerOf("ZMOS_ZHEP", { ZHEP_RETRIES: "0" }))),
  );

  it.effect("keeps a check-in that ZHEP could not be told of", () =>
    Effect.gen(function* () {
      const { asOwner, session, join } = yield* openGym;
      const moveOs = yield* MoveOs;
      const fake = yield* FakeZhep;
      const amina = yield* join("Amina", "party-amina");
      const booking = yield* asOwner(moveOs.bookSession({ memberId: amina.id, sessionInstanceId: session.id }));
      yield* TestClock.setTime(at("2026-03-07T02:50:00Z"));
      fake.play(Wire.recordVisit.path, Step.status(500));
      const { booking: after } = yield* asOwner(moveOs.checkIn({ bookingId: booking.id }));
      assert.strictEqual(after.status, "checked_in");
      assert.strictEqual(fake.ledger.visits.size, 0);
    }).pipe(Effect.provide(layerOf("ZMOS_ZHEP", { ZHEP_RETRIES: "0" }))),
  );
});
