/** Why a booking, a cancellation or a check-in is refused. Each says what would have to change. */
import * as Schema from "effect/Schema";
import { BookingId, MemberId, SessionInstanceId } from "../../kernel/Ids.ts";
import { InstantFromString, toIso } from "../../kernel/Instant.ts";
import { BookingStatus } from "./Booking.ts";
import { MembershipRejection } from "./MembershipRejection.ts";
import { SessionStatus } from "./SessionInstance.ts";

/** Every seat is taken. **Units** `capacity`: people. */
export class SessionFull extends Schema.TaggedError<SessionFull>()("SessionFull", {
  sessionInstanceId: SessionInstanceId,
  capacity: Schema.Int,
}) {
  override get message() {
    const taken = this.capacity === 1 ? "The one seat is taken." : `All ${this.capacity} seats are taken.`;
    return `${taken} A seat must be given back, or the capacity raised, first.`;
  }
}

/** The member holds a seat in this session already. */
export class AlreadyBooked extends Schema.TaggedError<AlreadyBooked>()("AlreadyBooked", {
  bookingId: BookingId,
  memberId: MemberId,
}) {
  override get message() {
    return `The member already holds booking ${this.bookingId} in this session.`;
  }
}

/** The session is not one that can be booked any more. */
export class SessionNotScheduled extends Schema.TaggedError<SessionNotScheduled>()("SessionNotScheduled", {
  sessionInstanceId: SessionInstanceId,
  status: SessionStatus,
}) {
  override get message() {
    return `The session is ${this.status}; only a scheduled session takes bookings and check-ins.`;
  }
}

/** Booking has not opened yet. */
export class BookingNotOpen extends Schema.TaggedError<BookingNotOpen>()("BookingNotOpen", {
  opensAt: InstantFromString,
}) {
  override get message() {
    return `Booking opens at ${toIso(this.opensAt)}.`;
  }
}

/** Booking has closed. */
export class BookingClosed extends Schema.TaggedError<BookingClosed>()("BookingClosed", {
  closedAt: InstantFromString,
}) {
  override get message() {
    return `Booking closed at ${toIso(this.closedAt)}.`;
  }
}

/** It is too late to cancel. */
export class CancellationClosed extends Schema.TaggedError<CancellationClosed>()("CancellationClosed", {
  closedAt: InstantFromString,
}) {
  override get message() {
    return `Cancellation closed at ${toIso(this.closedAt)}.`;
  }
}

/** Check-in has not opened yet. */
export class CheckInNotOpen extends Schema.TaggedError<CheckInNotOpen>()("CheckInNotOpen", {
  opensAt: InstantFromString,
}) {
  override get message() {
    return `Check-in opens at ${toIso(this.opensAt)}.`;
  }
}

/** Check-in has closed. */
export class CheckInClosed extends Schema.TaggedError<CheckInClosed>()("CheckInClosed", {
  closedAt: InstantFromString,
}) {
  override get message() {
    return `Check-in closed at ${toIso(this.closedAt)}.`;
  }
}

/** The booking is not in a state from which this can be done. */
export class BookingNotActive extends Schema.TaggedError<BookingNotActive>()("BookingNotActive", {
  bookingId: BookingId,
  status: BookingStatus,
}) {
  override get message() {
    return `The booking is ${this.status}; only a booking that is booked can be cancelled or checked in.`;
  }
}

/** Nothing that the member holds covers this session. **Shape** `considered`: each membership, why not, and what would have to change. */
export class NotEntitled extends Schema.TaggedError<NotEntitled>()("NotEntitled", {
  memberId: MemberId,
  reason: Schema.String,
  considered: Schema.optionalKey(Schema.Array(MembershipRejection)),
}) {
  override get message() {
    return `The member is not entitled to this session: ${this.reason}`;
  }
}

/** Whether the member is entitled could not be found out, and the tenant's policy is to refuse then. **Units** seconds. */
export class EntitlementUnknown extends Schema.TaggedError<EntitlementUnknown>()("EntitlementUnknown", {
  memberId: MemberId,
  retryAfterSeconds: Schema.Int,
}) {
  override get message() {
    return `Whether the member is entitled is not known now. Try again in ${this.retryAfterSeconds} s.`;
  }
}
