import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { Clockwork } from "../../src/kernel/index.ts";
import { defaultPolicy, MoveOs, Zmos } from "../../src/index.ts";
import { at, openGym } from "../support/Gym.ts";

/** A class of one seat on Saturday at six in the morning, at Nairobi: 03:00 UTC. */
const scene = Effect.fnUntraced(function* (policy: Partial<typeof defaultPolicy>) {
  yield* TestClock.setTime(at("2026-03-06T12:00:00Z"));
  const gym = yield* openGym();
  const moveOs = yield* MoveOs;
  const clockwork = yield* Clockwork;
  const { asOwner, session, join } = gym;
  yield* asOwner(moveOs.setBookingPolicy({ ...defaultPolicy, ...policy }));
  yield* asOwner(moveOs.changeCapacity({ sessionInstanceId: session.id, capacity: 1, reason: "one mat" }));
  const [amina, brian, chen] = [yield* join("Amina"), yield* join("Brian"), yield* join("Chen")];
  const booking = yield* asOwner(moveOs.bookSession({ memberId: amina.id, sessionInstanceId: session.id }));
  const wait = (memberId: typeof amina.id) => asOwner(moveOs.joinWaitlist({ memberId, sessionInstanceId: session.id }));
  const roster = asOwner(moveOs.getRoster({ sessionInstanceId: session.id }));
  const timeIs = (iso: string) => Effect.andThen(TestClock.setTime(at(iso)), clockwork.runDue);
  return { ...gym, moveOs, amina, brian, chen, booking, wait, roster, timeIs };
});

describe("as time passes", () => {
  it.effect("an offer that nobody takes lapses, and the next in line is offered the seat", () =>
    Effect.gen(function* () {
      const { asOwner, moveOs, booking, brian, chen, wait, roster, timeIs } = yield* scene({
        waitlist: { ...defaultPolicy.waitlist, promotion: { kind: "offer", minutesToAccept: 30 } },
      });
      const first = yield* wait(brian.id);
      const second = yield* wait(chen.id);
      yield* asOwner(moveOs.cancelBooking({ bookingId: booking.id }));
      const statuses = Effect.map(roster, ({ waitlist }) => waitlist.map(({ id, status }) => [id, status]));
      assert.deepStrictEqual(yield* statuses, [
        [first.id, "offered"],
        [second.id, "waiting"],
      ]);
      yield* timeIs("2026-03-06T12:29:59Z");
      assert.strictEqual((yield* statuses).length, 2);
      yield* timeIs("2026-03-06T12:30:00Z");
      assert.deepStrictEqual(yield* statuses, [[second.id, "offered"]]);
      const seat = yield* asOwner(moveOs.acceptOffer({ waitlistEntryId: second.id }));
      assert.strictEqual(seat.memberId, chen.id);
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );

  it.effect(
    "who is not there by then is missing, and a session whose door has closed is over, though the server slept for days",
    () =>
      Effect.gen(function* () {
        const { asOwner, moveOs, booking, roster, timeIs } = yield* scene({
          noShow: { automaticMinutesAfterStart: 15, consequence: { credit: "lose" } },
        });
        yield* timeIs("2026-03-07T03:14:59Z");
        assert.strictEqual((yield* asOwner(moveOs.getBooking({ bookingId: booking.id }))).status, "booked");
        yield* timeIs("2026-03-12T00:00:00Z");
        assert.strictEqual((yield* asOwner(moveOs.getBooking({ bookingId: booking.id }))).status, "no_show");
        assert.strictEqual((yield* roster).session.status, "completed");
      }).pipe(Effect.provide(Zmos.layerMemory)),
  );

  it.effect("looking twice does nothing twice", () =>
    Effect.gen(function* () {
      const { roster, timeIs } = yield* scene({});
      yield* timeIs("2026-03-12T00:00:00Z");
      const once = yield* roster;
      yield* timeIs("2026-03-13T00:00:00Z");
      assert.deepStrictEqual(yield* roster, once);
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );
});
