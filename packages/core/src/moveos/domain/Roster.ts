/**
 * The seats of one session, and every rule about them.
 *
 * A roster is decided by a pure function: `decide(roster, command, context)` answers what happens, or why not; `evolve` applies
 * what happened. A store only makes sure that decisions about one roster come one after the other.
 *
 * **Invariant** I1: seats taken never exceed capacity. I2: a member holds at most one seat in a session.
 */
import * as Result from "effect/Result";
import type { BookingId, MemberId } from "../../kernel/Ids.ts";
import { Instant } from "../../kernel/Instant.ts";
import { type Booking, holdsSeat } from "./Booking.ts";
import type { BookingPolicy } from "./BookingPolicy.ts";
import {
  AlreadyBooked,
  BookingClosed,
  BookingNotActive,
  BookingNotOpen,
  CancellationClosed,
  CheckInClosed,
  CheckInNotOpen,
  SessionFull,
  SessionNotScheduled,
} from "./Refusals.ts";
import type { SessionInstance } from "./SessionInstance.ts";

/** **Shape** `bookings`: every booking of the session that holds a seat, and any other that a command names. */
export interface Roster {
  readonly session: SessionInstance;
  readonly bookings: ReadonlyMap<BookingId, Booking>;
}

export type RosterCommand =
  | { readonly _tag: "Book"; readonly bookingId: BookingId; readonly memberId: MemberId }
  | { readonly _tag: "Cancel"; readonly bookingId: BookingId }
  | { readonly _tag: "CheckIn"; readonly bookingId: BookingId };

export type RosterEvent =
  | { readonly _tag: "SeatBooked"; readonly booking: Booking }
  | { readonly _tag: "BookingCancelled"; readonly bookingId: BookingId; readonly at: Instant }
  | { readonly _tag: "MemberCheckedIn"; readonly bookingId: BookingId; readonly at: Instant };

export type Refusal =
  | AlreadyBooked
  | BookingClosed
  | BookingNotActive
  | BookingNotOpen
  | CancellationClosed
  | CheckInClosed
  | CheckInNotOpen
  | SessionFull
  | SessionNotScheduled;

/** What a decision may know beyond the roster: the present moment and the policy in force. */
export interface Context {
  readonly now: Instant;
  readonly policy: BookingPolicy;
}

type Decision = Result.Result<RosterEvent, Refusal>;

/** What a command makes happen, or why it is refused. **Errors** in the order each rule states them. */
export const decide = (roster: Roster, command: RosterCommand, context: Context): Decision => {
  switch (command._tag) {
    case "Book":
      return book(roster, command.bookingId, command.memberId, context);
    case "Cancel":
      return cancel(roster, command.bookingId, context);
    case "CheckIn":
      return checkIn(roster, command.bookingId, context);
  }
};

/** The roster after something happened. */
export const evolve = (roster: Roster, event: RosterEvent): Roster => {
  const bookings = new Map(roster.bookings);
  switch (event._tag) {
    case "SeatBooked":
      bookings.set(event.booking.id, event.booking);
      break;
    case "BookingCancelled":
      bookings.set(event.bookingId, { ...booked(roster, event.bookingId), status: "cancelled", cancelledAt: event.at });
      break;
    case "MemberCheckedIn":
      bookings.set(event.bookingId, {
        ...booked(roster, event.bookingId),
        status: "checked_in",
        checkedInAt: event.at,
      });
      break;
  }
  return { session: { ...roster.session, seatsTaken: seatsTaken(bookings) }, bookings };
};

/** The booking that an event is about, as it stands after it. */
export const bookingAfter = (after: Roster, event: RosterEvent): Booking =>
  booked(after, event._tag === "SeatBooked" ? event.booking.id : event.bookingId);

/** A member takes a seat: the session is on, booking is open, the member has none yet, and one is free. */
const book = ({ session, bookings }: Roster, bookingId: BookingId, memberId: MemberId, context: Context): Decision => {
  const { now, policy } = context;
  if (session.status !== "scheduled") return notScheduled(session);
  if (policy.bookingOpensMinutesBeforeStart !== undefined) {
    const opensAt = before(session.startTime, policy.bookingOpensMinutesBeforeStart);
    if (now < opensAt) return Result.fail(new BookingNotOpen({ opensAt }));
  }
  const closedAt = before(session.startTime, policy.bookingClosesMinutesBeforeStart);
  if (now >= closedAt) return Result.fail(new BookingClosed({ closedAt }));
  const earlier = seatOf(bookings, memberId);
  if (earlier !== undefined) return Result.fail(new AlreadyBooked({ bookingId: earlier.id, memberId }));
  if (seatsTaken(bookings) >= session.capacity) {
    return Result.fail(new SessionFull({ sessionInstanceId: session.id, capacity: session.capacity }));
  }
  const booking: Booking = {
    id: bookingId,
    tenantId: session.tenantId,
    memberId,
    sessionInstanceId: session.id,
    status: "booked",
    createdAt: now,
  };
  return Result.succeed({ _tag: "SeatBooked", booking });
};

/** A seat is given back: it is held, and it is not too late. */
const cancel = (roster: Roster, bookingId: BookingId, { now, policy }: Context): Decision => {
  const booking = booked(roster, bookingId);
  if (booking.status !== "booked") return notActive(booking);
  const closedAt = before(roster.session.startTime, policy.cancellationClosesMinutesBeforeStart);
  if (now >= closedAt) return Result.fail(new CancellationClosed({ closedAt }));
  return Result.succeed({ _tag: "BookingCancelled", bookingId, at: now });
};

/** The member is here: the session is on, the booking stands, and check-in is open. */
const checkIn = (roster: Roster, bookingId: BookingId, { now, policy }: Context): Decision => {
  const { session } = roster;
  const booking = booked(roster, bookingId);
  if (booking.status !== "booked") return notActive(booking);
  if (session.status === "cancelled") return notScheduled(session);
  const opensAt = before(session.startTime, policy.checkInOpensMinutesBeforeStart);
  if (now < opensAt) return Result.fail(new CheckInNotOpen({ opensAt }));
  const closedAt = before(session.endTime, -policy.checkInClosesMinutesAfterEnd);
  if (now >= closedAt) return Result.fail(new CheckInClosed({ closedAt }));
  return Result.succeed({ _tag: "MemberCheckedIn", bookingId, at: now });
};

const notScheduled = ({ id, status }: SessionInstance) =>
  Result.fail(new SessionNotScheduled({ sessionInstanceId: id, status }));

const notActive = ({ id, status }: Booking) => Result.fail(new BookingNotActive({ bookingId: id, status }));

const before = (instant: Instant, minutes: number): Instant => Instant.make(instant - minutes * 60_000);

const seatsTaken = (bookings: ReadonlyMap<BookingId, Booking>): number => {
  let taken = 0;
  for (const booking of bookings.values()) if (holdsSeat(booking)) taken++;
  return taken;
};

const seatOf = (bookings: ReadonlyMap<BookingId, Booking>, memberId: MemberId): Booking | undefined => {
  for (const booking of bookings.values()) if (booking.memberId === memberId && holdsSeat(booking)) return booking;
  return undefined;
};

/** A booking that the caller has loaded with the roster. That it is there is the store's promise, not a rule. */
const booked = (roster: Roster, bookingId: BookingId): Booking => {
  const booking = roster.bookings.get(bookingId);
  if (booking === undefined) throw new Error(`The roster was loaded without booking ${bookingId}`);
  return booking;
};
