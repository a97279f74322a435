/** When a session's rules of time begin and end. */
import { type Instant, toInstant } from "../../../kernel/Instant.ts";
import type { BookingPolicy } from "../BookingPolicy.ts";
import type { SessionInstance } from "../SessionInstance.ts";
import { instantOf, minutesAfter } from "../Window.ts";

/** **Shape** `opens`: absent where booking is open from the day the session is on the timetable. Every end is excluded. */
export const bookingWindow = (session: SessionInstance, { booking }: BookingPolicy) => ({
  ...(booking.opens !== undefined && { opens: instantOf(booking.opens, session) }),
  closes: instantOf(booking.closes, session),
});

/** Until when a cancellation costs nothing, and until when one is taken at all. */
export const cancellationWindow = (session: SessionInstance, { cancellation }: BookingPolicy) => ({
  freeUntil: instantOf(cancellation.freeUntil, session),
  closes: instantOf(cancellation.closes, session),
});

/** Until when the waitlist takes members, and gives them seats. No seat is given once the session is over. */
export const waitlistWindow = (session: SessionInstance, { waitlist }: BookingPolicy) => ({
  joinUntil: instantOf(waitlist.joinUntil, session),
  promoteUntil: toInstant(Math.min(instantOf(waitlist.promoteUntil, session), session.endTime)),
});

/** Who comes longer before than this came to another session, whatever a policy or staff says. **Units** minutes. */
const A_DAY = 1_440;

/** When the door is open. **Shape** `earliest`: from when staff may open it sooner. */
export const checkInWindow = (session: SessionInstance, { checkIn }: BookingPolicy) => ({
  earliest: minutesAfter(session.startTime, -A_DAY),
  opens: minutesAfter(session.startTime, -Math.min(checkIn.opensMinutesBeforeStart, A_DAY)),
  closes: minutesAfter(session.endTime, checkIn.closesMinutesAfterEnd),
});

/** When whoever is not there counts as missing; none where only staff marks it. */
export const missingFrom = (session: SessionInstance, { noShow }: BookingPolicy): Instant | undefined =>
  noShow.automaticMinutesAfterStart === undefined
    ? undefined
    : minutesAfter(session.startTime, noShow.automaticMinutesAfterStart);
