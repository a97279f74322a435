import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { EventLog, MoveOs, PulseLoop, Zmos } from "../../src/index.ts";
import { UnitOfWork } from "../../src/kernel/index.ts";
import { at, openGym } from "../support/Gym.ts";

describe("from a booked class to a movement", () => {
  it.effect("a member books, comes, and has moved", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(at("2026-03-06T12:00:00Z"));
      const { asOwner, session, join, tenant } = yield* openGym();
      const moveOs = yield* MoveOs;
      const amina = yield* join("Amina");
      const booking = yield* asOwner(moveOs.bookSession({ memberId: amina.id, sessionInstanceId: session.id }));
      assert.strictEqual(booking.status, "booked");

      yield* TestClock.setTime(at("2026-03-07T02:50:00Z"));
      const { booking: after, movementEvent } = yield* asOwner(moveOs.checkIn({ bookingId: booking.id }));
      assert.strictEqual(after.status, "checked_in");
      assert.strictEqual(movementEvent.type, "class_attendance");
      assert.strictEqual(movementEvent.intensity, "vigorous");
      assert.strictEqual(movementEvent.durationMinutes, 45);

      const pulseLoop = yield* PulseLoop;
      const streak = yield* asOwner(pulseLoop.getStreak({ memberId: amina.id }));
      assert.strictEqual(streak.status, "active");
      assert.strictEqual(streak.current.length, 1);

      const units = yield* UnitOfWork;
      const log = yield* EventLog;
      const outbox = yield* units.read(tenant.id, log.outbox(tenant.id, { limit: 50 }));
      assert.deepStrictEqual(
        outbox.rows.map(({ type }) => type),
        [
          "TenantCreated",
          "LocationCreated",
          "SessionTypeCreated",
          "SessionScheduled",
          "MemberRegistered",
          "SeatBooked",
          "MemberCheckedIn",
          "MovementRecorded",
        ],
      );
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );
});
