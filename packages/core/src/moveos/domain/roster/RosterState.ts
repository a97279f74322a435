/** What a roster is, what can be asked of it and what can happen to it. */
import type * as Result from "effect/Result";
import type { BookingId, MemberId, SessionInstanceId } from "../../../kernel/Ids.ts";
import type { Instant } from "../../../kernel/Instant.ts";
import {
  type Booking,
  type Channel,
  holdsSeat,
  type PaidBy,
  type Penalty,
  type PenaltySettlement,
  type StandingPenalty,
} from "../Booking.ts";
import type { BookingPolicy } from "../BookingPolicy.ts";
import type * as Refusals from "../Refusals.ts";
import type { SessionInstance } from "../SessionInstance.ts";
import { inLine, isInLine, type NotPromoted, type WaitlistEntry } from "../WaitlistEntry.ts";

/**
 * **Shape** `bookings`: of the session, every booking of the members whom a command concerns that holds a seat, every booking with a penalty that
 * may yet be forgiven, and any other that a command names; once the session has begun, or where a command concerns everybody, every booking
 * that holds a seat; and where it concerns everybody, every booking with a penalty that stands. How many seats are taken stands in the session. `waitlist`: everybody in line, in order, and any ended place that a command names.
 */
export interface Roster {
  readonly session: SessionInstance;
  readonly bookings: ReadonlyMap<BookingId, Booking>;
  readonly waitlist: ReadonlyArray<WaitlistEntry>;
}

/** **Shape** `override`: why staff set the rules of time, cover and capacity aside. `at`: when a device saw it, if not now. */
export type RosterCommand =
  | {
      readonly _tag: "Book";
      readonly bookingId: BookingId;
      readonly memberId: MemberId;
      readonly channel: Channel;
      readonly acknowledged?: boolean;
      readonly override?: string;
    }
  | {
      readonly _tag: "WalkIn";
      readonly bookingId: BookingId;
      readonly memberId: MemberId;
      readonly at: Instant;
      readonly nonce?: string;
      readonly acknowledged?: boolean;
      readonly override?: string;
    }
  | { readonly _tag: "Cancel"; readonly bookingId: BookingId; readonly channel: Channel; readonly override?: string }
  | {
      readonly _tag: "JoinWaitlist";
      readonly entryId: BookingId;
      readonly memberId: MemberId;
      readonly channel: Channel;
      readonly priority?: number;
      readonly acknowledged?: boolean;
    }
  | { readonly _tag: "LeaveWaitlist"; readonly entryId: BookingId }
  | { readonly _tag: "AcceptOffer"; readonly entryId: BookingId }
  | { readonly _tag: "DeclineOffer"; readonly entryId: BookingId }
  | { readonly _tag: "Promote"; readonly entryId: BookingId; readonly override: string }
  | {
      readonly _tag: "CheckIn";
      readonly bookingId: BookingId;
      readonly at: Instant;
      readonly nonce?: string;
      readonly acknowledged?: boolean;
      readonly override?: string;
    }
  | { readonly _tag: "UndoCheckIn"; readonly bookingId: BookingId; readonly reason: string }
  | { readonly _tag: "MarkNoShow"; readonly bookingId: BookingId }
  | {
      readonly _tag: "UndoNoShow";
      readonly bookingId: BookingId;
      readonly reason: string;
      readonly override?: string;
    }
  | { readonly _tag: "ChangeCapacity"; readonly capacity: number; readonly reason: string }
  | { readonly _tag: "CancelSession"; readonly reason: string }
  | { readonly _tag: "CompleteSession" }
  | { readonly _tag: "SettlePenalty"; readonly bookingId: BookingId; readonly settlement: PenaltySettlement }
  | { readonly _tag: "RecordFeePaid"; readonly bookingId: BookingId }
  /** Whatever time has brought about: nothing else. */
  | { readonly _tag: "Advance" };

/** One kind of command. */
export type CommandOf<Tag extends RosterCommand["_tag"]> = Extract<RosterCommand, { readonly _tag: Tag }>;

export type RosterEvent =
  | { readonly _tag: "SeatBooked"; readonly booking: Booking }
  | {
      readonly _tag: "BookingCancelled";
      readonly bookingId: BookingId;
      readonly at: Instant;
      readonly because: "member" | "staff" | "session_cancelled" | "capacity_lowered";
      readonly penalty?: Penalty;
      readonly reason?: string;
    }
  | { readonly _tag: "WaitlistJoined"; readonly entry: WaitlistEntry }
  | { readonly _tag: "SeatOffered"; readonly entryId: BookingId; readonly expiresAt: Instant; readonly at: Instant }
  | { readonly _tag: "OfferWithdrawn"; readonly entryId: BookingId; readonly at: Instant }
  | { readonly _tag: "WaitlistPassedOver"; readonly entryId: BookingId; readonly because: NotPromoted }
  | {
      readonly _tag: "WaitlistLeft";
      readonly entryId: BookingId;
      readonly at: Instant;
      readonly because: "left" | "declined" | "lapsed" | "closed" | "session_cancelled";
    }
  | {
      readonly _tag: "MemberCheckedIn";
      readonly bookingId: BookingId;
      readonly at: Instant;
      readonly nonce?: string;
      readonly isAcknowledged?: boolean;
      readonly reason?: string;
    }
  | {
      readonly _tag: "CheckInUndone";
      readonly bookingId: BookingId;
      readonly at: Instant;
      readonly reason: string;
      readonly wasWalkIn: boolean;
    }
  | { readonly _tag: "NoShowMarked"; readonly bookingId: BookingId; readonly at: Instant; readonly penalty: Penalty }
  | { readonly _tag: "NoShowUndone"; readonly bookingId: BookingId; readonly at: Instant; readonly reason: string }
  | {
      readonly _tag: "PenaltyForgiven";
      readonly bookingId: BookingId;
      readonly at: Instant;
      readonly because: "seat_refilled" | "session_cancelled";
    }
  | { readonly _tag: "PenaltyStood"; readonly bookingId: BookingId; readonly at: Instant }
  | {
      readonly _tag: "PenaltySettled";
      readonly bookingId: BookingId;
      readonly at: Instant;
      readonly settlement: PenaltySettlement;
    }
  | { readonly _tag: "CapacityChanged"; readonly capacity: number; readonly at: Instant; readonly reason: string }
  | { readonly _tag: "SessionCancelled"; readonly at: Instant; readonly reason: string }
  | { readonly _tag: "SessionCompleted"; readonly at: Instant };

/** A seat that a member holds in a session. */
export interface Commitment {
  readonly bookingId: BookingId;
  readonly sessionInstanceId: SessionInstanceId;
  readonly startTime: Instant;
  readonly endTime: Instant;
}

/**
 * What a decision needs to know of a member. **Shape** `advisedAgainst`: what the member has declared that the session is not good for. `penalties`:
 * that stand against it, as far back as the policy looks.
 */
export interface Situation {
  readonly cover: Result.Result<PaidBy, Refusals.NotEntitled | Refusals.EntitlementUnknown>;
  readonly elsewhere: ReadonlyArray<Commitment>;
  readonly advisedAgainst: ReadonlyArray<string>;
  readonly waitlistPriority: number;
  readonly penalties: ReadonlyArray<StandingPenalty>;
}

/** What a decision may know beyond the roster: the present moment, the policy in force, and the members concerned. */
export interface Context {
  readonly now: Instant;
  readonly policy: BookingPolicy;
  readonly situationOf: (memberId: MemberId) => Situation;
}

/** What happens, or why not. */
export type Decision<Refusal> = Result.Result<ReadonlyArray<RosterEvent>, Refusal>;

/** The roster after something happened. */
export const evolve = (roster: Roster, event: RosterEvent): Roster => {
  switch (event._tag) {
    case "SeatBooked": {
      const { booking } = event;
      const entry = roster.waitlist.find(({ id }) => id === booking.id);
      const seated = withBooking(roster, booking);
      return entry === undefined || !isInLine(entry)
        ? seated
        : withEntry(seated, { ...without(entry, "offerExpiresAt"), status: "seated", endedAt: booking.createdAt });
    }
    case "BookingCancelled":
      return withBooking(roster, {
        ...without(bookingIn(roster, event.bookingId), "reason"),
        status: "cancelled",
        cancelledAt: event.at,
        ...(event.penalty !== undefined && { penalty: event.penalty }),
        ...(event.reason !== undefined && { reason: event.reason }),
      });
    case "WaitlistJoined":
      return withEntry(roster, event.entry);
    case "SeatOffered": {
      const entry = without(entryIn(roster, event.entryId), "passedOver");
      return withEntry(roster, { ...entry, status: "offered", offerExpiresAt: event.expiresAt });
    }
    case "OfferWithdrawn":
      return withEntry(roster, { ...without(entryIn(roster, event.entryId), "offerExpiresAt"), status: "waiting" });
    case "WaitlistPassedOver":
      return withEntry(roster, { ...entryIn(roster, event.entryId), passedOver: event.because });
    case "WaitlistLeft": {
      const entry = without(entryIn(roster, event.entryId), "offerExpiresAt");
      const status = event.because === "session_cancelled" ? "closed" : event.because;
      return withEntry(roster, { ...entry, status, endedAt: event.at });
    }
    case "MemberCheckedIn": {
      const booking = without(bookingIn(roster, event.bookingId), "reason");
      return withBooking(roster, {
        ...booking,
        status: "checked_in",
        checkedInAt: event.at,
        checkIns: booking.checkIns + 1,
        ...(event.nonce !== undefined && { nonce: event.nonce }),
        ...(event.isAcknowledged === true && { isAcknowledged: true }),
        ...(event.reason !== undefined && { reason: event.reason }),
      });
    }
    case "CheckInUndone": {
      const booking = without(without(bookingIn(roster, event.bookingId), "checkedInAt"), "nonce");
      return withBooking(roster, {
        ...booking,
        reason: event.reason,
        // Who walked in never booked: taken back, nothing is left to come to.
        ...(event.wasWalkIn ? { status: "cancelled", cancelledAt: event.at } : { status: "booked" }),
      });
    }
    case "NoShowMarked":
      return withBooking(roster, {
        ...without(bookingIn(roster, event.bookingId), "reason"),
        status: "no_show",
        penalty: event.penalty,
      });
    case "NoShowUndone": {
      const undone = withPenalty(roster, event.bookingId, { status: "forgiven" });
      return withBooking(undone, { ...bookingIn(undone, event.bookingId), status: "booked", reason: event.reason });
    }
    case "PenaltyForgiven":
      return withPenalty(roster, event.bookingId, { status: "forgiven" });
    case "PenaltyStood":
      return withPenalty(roster, event.bookingId, { status: "final" });
    case "PenaltySettled":
      return withPenalty(roster, event.bookingId, { settlement: event.settlement });
    case "CapacityChanged":
      return { ...roster, session: { ...roster.session, capacity: event.capacity } };
    case "SessionCancelled":
      // RFC 5545, 3.8.7.4: calendars that hold the session learn that it is off.
      return {
        ...roster,
        session: { ...roster.session, status: "cancelled", sequence: roster.session.sequence + 1 },
      };
    case "SessionCompleted":
      return { ...roster, session: { ...roster.session, status: "completed" } };
  }
};

/** The roster after all of it, in order. */
export const evolveAll = (roster: Roster, events: ReadonlyArray<RosterEvent>): Roster => events.reduce(evolve, roster);

/** The booking or the place in line that an event is about; none where it is about the session. */
export const subjectOf = (event: RosterEvent): BookingId | undefined => {
  if (event._tag === "SeatBooked") return event.booking.id;
  if (event._tag === "WaitlistJoined") return event.entry.id;
  if ("bookingId" in event) return event.bookingId;
  return "entryId" in event ? event.entryId : undefined;
};

/** Seats neither taken nor offered. **Units** people. */
export const freeSeats = ({ session }: Roster): number => session.capacity - session.seatsTaken - session.offersOpen;

/** The booking with which a member holds a seat. */
export const seatOf = ({ bookings }: Roster, memberId: MemberId): Booking | undefined => {
  for (const booking of bookings.values()) if (booking.memberId === memberId && holdsSeat(booking)) return booking;
  return undefined;
};

/** Everybody in line, in order. */
export const lineOf = ({ waitlist }: Roster): ReadonlyArray<WaitlistEntry> => waitlist.filter(isInLine);

/** A member's place in line. */
export const placeOf = (roster: Roster, memberId: MemberId): WaitlistEntry | undefined =>
  roster.waitlist.find((entry) => entry.memberId === memberId && isInLine(entry));

/** A booking that the caller has loaded with the roster. That it is there is the store's promise, not a rule. */
export const bookingIn = (roster: Roster, bookingId: BookingId): Booking => {
  const booking = roster.bookings.get(bookingId);
  if (booking === undefined) throw new Error(`The roster was loaded without booking ${bookingId}`);
  return booking;
};

/** A place in line that the caller has loaded with the roster. */
export const entryIn = (roster: Roster, entryId: BookingId): WaitlistEntry => {
  const entry = roster.waitlist.find(({ id }) => id === entryId);
  if (entry === undefined) throw new Error(`The roster was loaded without place in line ${entryId}`);
  return entry;
};

/** The roster's own count of joins: the next in line gets the next number. */
export const nextSequence = ({ waitlist }: Roster): number =>
  waitlist.reduce((last, { sequence }) => Math.max(last, sequence), 0) + 1;

const without = <T extends object, K extends keyof T>(thing: T, key: K): Omit<T, K> => {
  const { [key]: _, ...rest } = thing;
  return rest;
};

const seats = (booking: Booking | undefined): number => (booking !== undefined && holdsSeat(booking) ? 1 : 0);

const onlineSeats = (booking: Booking | undefined): number => (booking?.channel === "online" ? seats(booking) : 0);

const withBooking = (roster: Roster, booking: Booking): Roster => {
  const { session } = roster;
  const before = roster.bookings.get(booking.id);
  return {
    ...roster,
    session: {
      ...session,
      seatsTaken: session.seatsTaken + seats(booking) - seats(before),
      seatsTakenOnline: session.seatsTakenOnline + onlineSeats(booking) - onlineSeats(before),
    },
    bookings: new Map(roster.bookings).set(booking.id, booking),
  };
};

const withEntry = (roster: Roster, entry: WaitlistEntry): Roster => {
  const waitlist = [...roster.waitlist.filter(({ id }) => id !== entry.id), entry].toSorted(inLine);
  return {
    ...roster,
    waitlist,
    session: {
      ...roster.session,
      offersOpen: waitlist.filter(({ status }) => status === "offered").length,
      waitlistLength: waitlist.filter(isInLine).length,
    },
  };
};

const withPenalty = (roster: Roster, bookingId: BookingId, changed: Partial<Penalty>): Roster => {
  const booking = bookingIn(roster, bookingId);
  if (booking.penalty === undefined) throw new Error(`Booking ${bookingId} has no penalty`);
  return withBooking(roster, { ...booking, penalty: { ...booking.penalty, ...changed } });
};
