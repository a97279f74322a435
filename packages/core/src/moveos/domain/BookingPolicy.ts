import * as Schema from "effect/Schema";

const Minutes = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 525_600 }));

/**
 * When seats may be booked, given back and taken, as data.
 *
 * **Units** minutes relative to the session's start or end, as each name says.
 */
export const BookingPolicy = Schema.Struct({
  bookingOpensMinutesBeforeStart: Schema.optionalKey(Minutes),
  bookingClosesMinutesBeforeStart: Minutes,
  cancellationClosesMinutesBeforeStart: Minutes,
  checkInOpensMinutesBeforeStart: Minutes,
  checkInClosesMinutesAfterEnd: Minutes,
  whenEligibilityUnknown: Schema.Literals(["book", "refuse"]),
}).annotate({ identifier: "BookingPolicy" });
export type BookingPolicy = typeof BookingPolicy.Type;

/** The policy of a tenant that has not said otherwise: book and cancel until the start; check in from an hour before to half a day after. */
export const defaultPolicy: BookingPolicy = {
  bookingClosesMinutesBeforeStart: 0,
  cancellationClosesMinutesBeforeStart: 0,
  checkInOpensMinutesBeforeStart: 60,
  checkInClosesMinutesAfterEnd: 720,
  whenEligibilityUnknown: "refuse",
};
