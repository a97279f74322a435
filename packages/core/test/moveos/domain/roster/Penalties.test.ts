import { assert, describe, it } from "@effect/vitest";
import { type Booking, type BookingPolicy, defaultPolicy } from "../../../../src/moveos/index.ts";
import { minutesFromStart, sessionOf } from "../../../../src/testing/laws/RosterWorlds.ts";
import { lateCancelPenalty, noShowPenalty } from "../../../../src/moveos/domain/roster/Penalties.ts";

const booking = (spends: 0 | 1, more: Partial<Booking> = {}) =>
  ({ paidBy: { source: "membership", spends }, status: "booked", checkIns: 0, ...more }) as Booking;

const fee = { minorUnits: 1_500, currency: "USD" };
const either = {
  ...defaultPolicy,
  noShow: { consequence: { credit: "lose", fee, membershipDays: 1, isInPlaceOfCredit: true } },
  cancellation: {
    ...defaultPolicy.cancellation,
    late: { credit: "lose", fee, isInPlaceOfCredit: true },
    isForgivenIfRefilled: true,
  },
} as const;

const session = sessionOf(1);
const missed = (one: Booking, policy: BookingPolicy = either) => noShowPenalty(one, policy, session, () => []);
const late = (one: Booking) => lateCancelPenalty(one, either, session, minutesFromStart(0));

describe("what it costs, where packs lose the class and unlimited members pay", () => {
  it("spares the fee and the days to who loses a credit", () => {
    const { credit, fee: owed, membershipDays } = missed(booking(1));
    assert.deepStrictEqual(
      { credit, owed, membershipDays },
      { credit: "lost", owed: undefined, membershipDays: undefined },
    );
  });

  it("asks both of who has nothing to lose", () => {
    const { fee: owed, membershipDays } = missed(booking(0));
    assert.deepStrictEqual({ owed, membershipDays }, { owed: fee, membershipDays: 1 });
  });

  it("asks both of everybody where the policy does not say so", () => {
    const both = { ...either, noShow: { consequence: { credit: "lose", fee } } } as const;
    assert.deepStrictEqual(missed(booking(1), both).fee, fee);
  });

  it("asks the fee of who keeps the credit", () => {
    const kept = { ...either, noShow: { consequence: { credit: "keep", fee, isInPlaceOfCredit: true } } } as const;
    assert.deepStrictEqual(missed(booking(1), kept).fee, fee);
  });

  it("says the same of late cancellations, which may yet be forgiven", () => {
    assert.strictEqual(late(booking(1)).fee, undefined);
    assert.deepStrictEqual(late(booking(0)).fee, fee);
    assert.strictEqual(late(booking(0)).status, "pending");
  });

  it("counts a booking's penalties, so that one that was taken back is not taken for the next", () => {
    const first = missed(booking(0));
    assert.strictEqual(first.marking, 1);
    assert.strictEqual(missed(booking(0, { penalty: { ...first, status: "forgiven" } })).marking, 2);
  });
});
