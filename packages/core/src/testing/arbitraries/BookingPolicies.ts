/** Arbitrary booking policies: every field in every position, with moments that differ for the session they are told from. */
import * as fc from "fast-check";
import type { BookingPolicy, Consequence, Strikes } from "../../moveos/domain/BookingPolicy.ts";
import type { Window } from "../../moveos/domain/Window.ts";

const time = fc.constantFrom("00:00", "02:30", "05:59", "06:00", "12:00", "23:59");

/** Any window of the two days around a start, in each of its three kinds. */
export const window: fc.Arbitrary<Window> = fc.oneof(
  fc.record({ minutesBeforeStart: fc.constantFrom(-45, -15, 0, 30, 60, 120, 1_440, 2_880) }),
  fc.record({ daysBefore: fc.integer({ min: 0, max: 2 }), at: time }),
  fc.record({
    weeksBefore: fc.integer({ min: 0, max: 1 }),
    weekday: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 5 as const, 6 as const, 7 as const),
    at: time,
  }),
);

const consequence: fc.Arbitrary<Consequence> = fc.record(
  {
    credit: fc.constantFrom("keep" as const, "lose" as const),
    fee: fc.record({ minorUnits: fc.integer({ min: 1, max: 5_000 }), currency: fc.constant("EUR") }),
    membershipDays: fc.integer({ min: 1, max: 31 }),
    isInPlaceOfCredit: fc.boolean(),
  },
  { requiredKeys: ["credit"] },
);

const strikes: fc.Arbitrary<Strikes> = fc.record(
  {
    of: fc.constantFrom(["no_show" as const], ["late_cancel" as const], ["no_show" as const, "late_cancel" as const]),
    count: fc.integer({ min: 1, max: 3 }),
    withinDays: fc.constantFrom(1, 2, 9, 10, 90),
    closedDays: fc.constantFrom(1, 2, 3, 30),
    opens: window,
  },
  { requiredKeys: ["of", "count", "withinDays", "closedDays"] },
);

const whole = {
  access: fc.constantFrom("open" as const, "memberships" as const),
  booking: fc.record({ opens: window, closes: window }, { requiredKeys: ["closes"] }),
  seatsKeptForDesk: fc.constantFrom(0, 0, 1, 2),
  overlap: fc.constantFrom("allow" as const, "refuse" as const),
  cancellation: fc.record(
    {
      freeUntil: window,
      closes: window,
      late: consequence,
      lastMinute: fc.record({ from: window, consequence }),
      isForgivenIfRefilled: fc.boolean(),
    },
    { requiredKeys: ["freeUntil", "closes", "late", "isForgivenIfRefilled"] },
  ),
  noShow: fc.record(
    { automaticMinutesAfterStart: fc.constantFrom(-15, 0, 10, 60), consequence, freeEachMonth: fc.constantFrom(1, 2) },
    { requiredKeys: ["consequence"] },
  ),
  waitlist: fc.record({
    limit: fc.constantFrom(0, 1, 2, 50),
    joinUntil: window,
    promoteUntil: window,
    promotion: fc.oneof(
      fc.constant({ kind: "automatic" as const }),
      fc.record({ kind: fc.constant("offer" as const), minutesToAccept: fc.constantFrom(1, 30, 600) }),
    ),
    creditOn: fc.constantFrom("join" as const, "promotion" as const),
    unentitled: fc.constantFrom("skip" as const, "hold" as const),
    standby: fc.constantFrom("off" as const, "first_come" as const, "in_order" as const),
  }),
  checkIn: fc.record({
    opensMinutesBeforeStart: fc.constantFrom(0, 15, 60, 2_880),
    closesMinutesAfterEnd: fc.constantFrom(0, 30, 720),
  }),
  whenCapacityLowered: fc.constantFrom("refuse" as const, "last_booked_waits" as const),
  contraindications: fc.constantFrom("advise" as const, "acknowledge" as const, "refuse" as const),
  whenEligibilityUnknown: fc.constantFrom("book" as const, "refuse" as const),
};

/** Any policy. */
export const bookingPolicy: fc.Arbitrary<BookingPolicy> = fc
  .tuple(
    fc.record(whole),
    fc.record({ strikes, unpaidFees: fc.constantFrom("allow" as const, "refuse" as const) }, { requiredKeys: [] }),
  )
  .map(([required, more]) => ({ ...required, ...more }));
