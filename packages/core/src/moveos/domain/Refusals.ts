/** Why a booking, a cancellation or a check-in is refused. Each says what would have to change. */
import * as Schema from "effect/Schema";
import { BookingId, MemberId, SessionInstanceId } from "../../kernel/Ids.ts";
import { InstantFromString, toIso } from "../../kernel/Instant.ts";
import { Money } from "../../kernel/Money.ts";
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
    return `The booking is ${this.status}; that is not a state from which this can be done. A check-in or a no-show can be taken back first.`;
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

/** The seats left are the desk's to give. **Units** people. */
export class OnlineSeatsTaken extends Schema.TaggedError<OnlineSeatsTaken>()("OnlineSeatsTaken", {
  onlineCapacity: Schema.Int,
}) {
  override get message() {
    return `All ${this.onlineCapacity} seats that can be booked online are taken. Ask the desk for one of the others.`;
  }
}

/** The member holds a seat in another session at the same time. */
export class OverlapsBooking extends Schema.TaggedError<OverlapsBooking>()("OverlapsBooking", {
  bookingId: BookingId,
  startTime: InstantFromString,
  endTime: InstantFromString,
}) {
  override get message() {
    return `The member has booking ${this.bookingId} from ${toIso(this.startTime)} to ${toIso(this.endTime)}. Cancel that one first.`;
  }
}

/** The session is not for somebody with what the member has declared. */
export class Contraindicated extends Schema.TaggedError<Contraindicated>()("Contraindicated", {
  advisedAgainst: Schema.Array(Schema.String),
}) {
  override get message() {
    return `This session is not for members with: ${this.advisedAgainst.join(", ")}. Staff may override with a reason.`;
  }
}

/** The session is advised against for what the member has declared; the member must say that it comes knowing this. */
export class AcknowledgementNeeded extends Schema.TaggedError<AcknowledgementNeeded>()("AcknowledgementNeeded", {
  advisedAgainst: Schema.Array(Schema.String),
}) {
  override get message() {
    return `This session is advised against with: ${this.advisedAgainst.join(", ")}. Send acknowledged: true to come all the same.`;
  }
}

/** So many sessions were missed, or cancelled late, that booking online is closed to the member for a while. **Shape** `opensAt`: when this session may be booked all the same. */
export class BookingSuspended extends Schema.TaggedError<BookingSuspended>()("BookingSuspended", {
  until: InstantFromString,
  count: Schema.Int,
  opensAt: Schema.optionalKey(InstantFromString),
}) {
  override get message() {
    const all = `After ${this.count} ${this.count === 1 ? "session" : "sessions"} missed or cancelled late, booking online is closed to the member until ${toIso(this.until)}`;
    const but = this.opensAt === undefined ? "" : `; this session may be booked from ${toIso(this.opensAt)} on`;
    return `${all}${but}. The desk may book.`;
  }
}

/** The member owes fees, which must be paid first. **Shape** `owed`: the fee of each booking. */
export class FeesUnpaid extends Schema.TaggedError<FeesUnpaid>()("FeesUnpaid", {
  owed: Schema.Array(Schema.Struct({ bookingId: BookingId, fee: Money })),
}) {
  override get message() {
    const fees = this.owed.map(
      ({ bookingId, fee }) => `${fee.minorUnits} minor units of ${fee.currency} for booking ${bookingId}`,
    );
    return `The member owes ${fees.join(", ")}. It must be paid first; staff may override.`;
  }
}

/** The booking has no fee that is unpaid. */
export class NoFeeOwed extends Schema.TaggedError<NoFeeOwed>()("NoFeeOwed", { bookingId: BookingId }) {
  override get message() {
    return `Nothing is owed for booking ${this.bookingId}: only a fee that is on the member's account, or was declined, is paid at the desk.`;
  }
}

/** Nobody more may wait. **Units** `limit`: people; 0 where the session has no waitlist. */
export class WaitlistFull extends Schema.TaggedError<WaitlistFull>()("WaitlistFull", { limit: Schema.Int }) {
  override get message() {
    return this.limit === 0
      ? "This session has no waitlist."
      : `The waitlist is full: ${this.limit} members wait. Somebody must leave it first.`;
  }
}

/** The waitlist takes nobody any more. */
export class WaitlistClosed extends Schema.TaggedError<WaitlistClosed>()("WaitlistClosed", {
  closedAt: InstantFromString,
}) {
  override get message() {
    return `The waitlist closed at ${toIso(this.closedAt)}.`;
  }
}

/** The member waits already. */
export class AlreadyWaiting extends Schema.TaggedError<AlreadyWaiting>()("AlreadyWaiting", {
  waitlistEntryId: BookingId,
}) {
  override get message() {
    return `The member waits already, as ${this.waitlistEntryId}.`;
  }
}

/** There is no need to wait. **Units** people. */
export class SeatsFree extends Schema.TaggedError<SeatsFree>()("SeatsFree", { free: Schema.Int }) {
  override get message() {
    return `${this.free === 1 ? "A seat is" : `${this.free} seats are`} free. Book instead of waiting.`;
  }
}

/** The place in line is not in a state from which this can be done. */
export class NotInLine extends Schema.TaggedError<NotInLine>()("NotInLine", {
  waitlistEntryId: BookingId,
  status: Schema.String,
}) {
  override get message() {
    return `The place in line is ${this.status}; only a place that waits can be left, and only a seat that is offered be accepted or declined.`;
  }
}

/** Others who wait on standby come first. */
export class OthersOnStandby extends Schema.TaggedError<OthersOnStandby>()("OthersOnStandby", {
  waitlistEntryIds: Schema.Array(BookingId),
}) {
  override get message() {
    return `${this.waitlistEntryIds.length} before in line may take the seat first. If they are not here, override with that reason.`;
  }
}

/** A member cannot be missing before the session starts. */
export class NoShowTooEarly extends Schema.TaggedError<NoShowTooEarly>()("NoShowTooEarly", {
  startsAt: InstantFromString,
}) {
  override get message() {
    return `The session starts at ${toIso(this.startsAt)}; whoever is not there then may be marked.`;
  }
}

/** The session cannot be completed before its end. */
export class SessionNotOver extends Schema.TaggedError<SessionNotOver>()("SessionNotOver", {
  endsAt: InstantFromString,
}) {
  override get message() {
    return `The session ends at ${toIso(this.endsAt)}; it can be completed then.`;
  }
}

/** More members hold seats, or have seats offered, than the capacity would be. **Units** people. */
export class CapacityBelowBooked extends Schema.TaggedError<CapacityBelowBooked>()("CapacityBelowBooked", {
  seatsTaken: Schema.Int,
}) {
  override get message() {
    return `${this.seatsTaken} seats are taken or offered. Cancel bookings first, or let the policy say who moves to the waitlist.`;
  }
}
