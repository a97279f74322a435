import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { type BookingPolicy, defaultPolicy, type MemberId, MoveOs } from "../../src/index.ts";
import { Clockwork } from "../../src/kernel/index.ts";
import { actingAs, at, openGym } from "../support/Gym.ts";
import { layerRemembering, Partners } from "../support/Partners.ts";

const cost = { credit: "lose", fee: { minorUnits: 1_500, currency: "USD" } } as const;

/** Who comes pays with a pack; late is from an hour before, missing from ten minutes after the start. */
const strict: BookingPolicy = {
  ...defaultPolicy,
  access: "memberships",
  cancellation: { ...defaultPolicy.cancellation, freeUntil: { minutesBeforeStart: 60 }, late: cost },
  noShow: { automaticMinutesAfterStart: 10, consequence: cost },
};

/** A class of two seats on Saturday at six in the morning, at Nairobi (03:00 UTC), and members with five visits each. */
const scene = Effect.fnUntraced(function* (policy: Partial<BookingPolicy> = {}) {
  yield* TestClock.setTime(at("2026-03-06T12:00:00Z"));
  const gym = yield* openGym();
  const [moveOs, clockwork, partners] = [yield* MoveOs, yield* Clockwork, yield* Partners];
  const { asOwner, session, join } = gym;
  yield* asOwner(moveOs.setBookingPolicy({ ...strict, ...policy }));
  const plan = yield* asOwner(
    moveOs.createAccessPlan({
      name: "Five visits",
      type: "pack",
      billingPeriod: "once_off",
      usageRules: { credits: { count: 5 } },
    }),
  );
  const member = Effect.fnUntraced(function* (name: string) {
    const { id: memberId } = yield* join(name);
    const { id: membershipId } = yield* asOwner(moveOs.startMembership({ memberId, accessPlanId: plan.id }));
    return {
      memberId,
      book: asOwner(moveOs.bookSession({ memberId, sessionInstanceId: session.id })),
      wait: asOwner(moveOs.joinWaitlist({ memberId, sessionInstanceId: session.id })),
      visitsLeft: Effect.map(asOwner(moveOs.getMembership({ membershipId })), ({ balance }) => balance),
      paid: Effect.sync(() =>
        partners.charges.filter((charge) => charge.memberId === memberId).map(({ amount }) => amount.minorUnits),
      ),
    };
  });
  const toldTo = (memberId: MemberId) =>
    partners.messages.filter((message) => message.memberId === memberId).map(({ template }) => template);
  const runAll = Effect.repeat(clockwork.runDue, { until: (done) => done === 0 });
  const timeIs = (iso: string) => Effect.andThen(TestClock.setTime(at(iso)), runAll);
  /** Another session of the same kind. */
  const schedule = (iso: string) =>
    Effect.map(
      asOwner(
        moveOs.scheduleSession({
          sessionTypeId: session.sessionTypeId,
          locationId: session.locationId,
          startTime: at(iso),
        }),
      ),
      ({ id }) => id,
    );
  return { ...gym, moveOs, partners, member, toldTo, timeIs, runAll, schedule };
});

describe("what a session cost that is called off afterwards", () => {
  it.effect(
    "comes back to who was marked missing and to who cancelled late: the visit, and the fee that was paid",
    () =>
      Effect.gen(function* () {
        const { asOwner, moveOs, session, member, toldTo, timeIs, runAll } = yield* scene();
        const [amina, brian] = [yield* member("Amina"), yield* member("Brian")];
        yield* amina.book;
        const { id } = yield* brian.book;
        yield* timeIs("2026-03-07T02:30:00Z");
        yield* asOwner(moveOs.cancelBooking({ bookingId: id }));
        yield* timeIs("2026-03-07T03:10:00Z");
        for (const { visitsLeft, paid } of [amina, brian]) {
          assert.deepStrictEqual([yield* visitsLeft, yield* paid], [4, [1_500]]);
        }
        const reason = "the teacher never came";
        yield* asOwner(moveOs.cancelSession({ sessionInstanceId: session.id, reason }));
        yield* runAll;
        for (const { memberId, visitsLeft, paid } of [amina, brian]) {
          assert.deepStrictEqual([yield* visitsLeft, yield* paid], [5, [1_500, -1_500]]);
          assert.deepStrictEqual(toldTo(memberId), ["session_cancelled"]);
        }
      }).pipe(Effect.provide(layerRemembering)),
  );

  it.effect("is not collected any more where it had not been yet", () =>
    Effect.gen(function* () {
      const { asOwner, moveOs, session, member, runAll } = yield* scene();
      const amina = yield* member("Amina");
      const { id } = yield* amina.book;
      yield* TestClock.setTime(at("2026-03-07T03:05:00Z"));
      yield* asOwner(moveOs.markNoShow({ bookingId: id }));
      yield* asOwner(moveOs.cancelSession({ sessionInstanceId: session.id, reason: "no power" }));
      yield* runAll;
      assert.deepStrictEqual([yield* amina.visitsLeft, yield* amina.paid], [5, []]);
    }).pipe(Effect.provide(layerRemembering)),
  );

  it.effect("who waited is told, too", () =>
    Effect.gen(function* () {
      const { asOwner, moveOs, session, member, toldTo, runAll } = yield* scene();
      yield* (yield* member("Amina")).book;
      yield* (yield* member("Brian")).book;
      const chen = yield* member("Chen");
      yield* chen.wait;
      yield* asOwner(moveOs.cancelSession({ sessionInstanceId: session.id, reason: "the hall is flooded" }));
      yield* runAll;
      assert.deepStrictEqual(toldTo(chen.memberId), ["session_cancelled"]);
    }).pipe(Effect.provide(layerRemembering)),
  );
});

describe("a penalty that is taken back", () => {
  it.effect("before its fee was collected gives nothing back that was never paid", () =>
    Effect.gen(function* () {
      const { asOwner, moveOs, member, runAll } = yield* scene();
      const amina = yield* member("Amina");
      const { id } = yield* amina.book;
      yield* TestClock.setTime(at("2026-03-07T03:05:00Z"));
      yield* asOwner(moveOs.markNoShow({ bookingId: id }));
      yield* asOwner(moveOs.undoNoShow({ bookingId: id, reason: "she was in the changing room" }));
      yield* runAll;
      assert.deepStrictEqual(yield* amina.paid, []);
    }).pipe(Effect.provide(layerRemembering)),
  );
});

describe("what a member did before", () => {
  const twice: Partial<BookingPolicy> = {
    access: "open",
    strikes: { of: ["no_show"], count: 2, withinDays: 30, closedDays: 7 },
  };

  it.effect("closes booking online after so many no-shows; one that is taken back is no strike", () =>
    Effect.gen(function* () {
      const { tenant, asOwner, moveOs, session, member, timeIs, schedule } = yield* scene(twice);
      const { memberId } = yield* member("Amina");
      const [second, third] = [yield* schedule("2026-03-08T03:00:00Z"), yield* schedule("2026-03-09T03:00:00Z")];
      const herself = actingAs({ tenantId: tenant.id, actorId: memberId, actorType: "member", roles: ["member"] });
      const book = (sessionInstanceId: typeof second) => herself(moveOs.bookSession({ memberId, sessionInstanceId }));
      yield* book(session.id);
      const { id: bookingId } = yield* book(second);
      yield* timeIs("2026-03-08T03:10:00Z");
      const refused = yield* Effect.flip(book(third));
      assert.strictEqual(refused._tag === "BookingSuspended" && refused.until, at("2026-03-14T21:00:00Z"));
      const [, , shown] = (yield* herself(moveOs.listSessionInstances({ memberId }))).items;
      assert.strictEqual(shown?.forMember?.notBookable?.reason, "BookingSuspended");
      yield* asOwner(moveOs.undoNoShow({ bookingId, reason: "the scanner" }));
      assert.strictEqual((yield* book(third)).status, "booked");
    }).pipe(Effect.provide(layerRemembering)),
  );

  it.effect("an unpaid fee keeps from booking until it is paid at the desk, once", () =>
    Effect.gen(function* () {
      const { asOwner, moveOs, partners, member, timeIs, schedule } = yield* scene({ unpaidFees: "refuse" });
      partners.outcome = "on_account";
      const amina = yield* member("Amina");
      const { id: bookingId } = yield* amina.book;
      const sessionInstanceId = yield* schedule("2026-03-09T03:00:00Z");
      const bookAgain = asOwner(moveOs.bookSession({ memberId: amina.memberId, sessionInstanceId }));
      const pay = asOwner(moveOs.recordFeePaid({ bookingId }));
      assert.strictEqual((yield* Effect.flip(pay))._tag, "NoFeeOwed");
      yield* timeIs("2026-03-07T03:10:00Z");
      const refused = yield* Effect.flip(bookAgain);
      assert.deepStrictEqual(refused._tag === "FeesUnpaid" && refused.owed, [
        { bookingId, fee: { minorUnits: 1_500, currency: "USD" } },
      ]);
      assert.strictEqual((yield* pay).penalty?.settlement, "paid");
      assert.deepStrictEqual(yield* pay, yield* asOwner(moveOs.getBooking({ bookingId })));
      assert.strictEqual((yield* bookAgain).status, "booked");
    }).pipe(Effect.provide(layerRemembering)),
  );

  it.effect("lets the first no-show of the month pass, also of two that the clock marks at once", () =>
    Effect.gen(function* () {
      const noShow = { ...strict.noShow, freeEachMonth: 1 };
      const { asOwner, moveOs, member, timeIs, schedule } = yield* scene({ noShow });
      const amina = yield* member("Amina");
      const sessionInstanceId = yield* schedule("2026-03-07T03:00:00Z");
      yield* amina.book;
      yield* asOwner(moveOs.bookSession({ memberId: amina.memberId, sessionInstanceId }));
      yield* timeIs("2026-03-08T03:10:00Z");
      assert.deepStrictEqual([yield* amina.visitsLeft, yield* amina.paid], [4, [1_500]]);
    }).pipe(Effect.provide(layerRemembering)),
  );
});
