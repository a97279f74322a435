import type { Happening } from "../../kernel/DomainEvent.ts";
import { toIso } from "../../kernel/Instant.ts";
import { bookingIn, entryIn, type Roster, type RosterEvent } from "./roster/RosterState.ts";

/** What the audit and the partners are told of something that happened to a roster. **Shape** `after`: the roster after it. */
export const happeningOf = (event: RosterEvent, after: Roster): Happening => {
  const { id: sessionInstanceId, seatsTaken, capacity } = after.session;
  const { _tag: type, ...facts } = event;
  switch (event._tag) {
    case "CapacityChanged":
    case "SessionCancelled":
    case "SessionCompleted":
      return {
        type,
        entityType: "SessionInstance",
        entityId: sessionInstanceId,
        data: { seatsTaken, capacity, ...("reason" in event && { reason: event.reason }) },
      };
    case "WaitlistJoined":
    case "SeatOffered":
    case "OfferWithdrawn":
    case "WaitlistPassedOver":
    case "WaitlistLeft": {
      const entry = entryIn(after, event._tag === "WaitlistJoined" ? event.entry.id : event.entryId);
      return {
        type,
        entityType: "WaitlistEntry",
        entityId: entry.id,
        data: {
          memberId: entry.memberId,
          sessionInstanceId,
          status: entry.status,
          ...("because" in facts && { because: facts.because }),
          ...("expiresAt" in facts && { offerExpiresAt: toIso(facts.expiresAt) }),
        },
      };
    }
    case "SeatBooked":
    case "BookingCancelled":
    case "MemberCheckedIn":
    case "CheckInUndone":
    case "NoShowMarked":
    case "NoShowUndone":
    case "PenaltyForgiven":
    case "PenaltyStood":
    case "PenaltySettled": {
      const booking = bookingIn(after, event._tag === "SeatBooked" ? event.booking.id : event.bookingId);
      return {
        type,
        entityType: "Booking",
        entityId: booking.id,
        data: {
          memberId: booking.memberId,
          sessionInstanceId,
          status: booking.status,
          ...(event._tag === "SeatBooked" && { origin: booking.origin, paidBy: booking.paidBy }),
          ...("because" in facts && { because: facts.because }),
          ...(booking.penalty !== undefined && { penalty: booking.penalty }),
          ...(booking.reason !== undefined && { reason: booking.reason }),
        },
      };
    }
  }
};
