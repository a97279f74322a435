import { type Instant, toIso } from "../../kernel/Instant.ts";
import type { Booking } from "./Booking.ts";
import type { RosterEvent } from "./roster/RosterState.ts";
import type { SessionInstance } from "./SessionInstance.ts";
import type { WaitlistEntry } from "./WaitlistEntry.ts";

/** What members are told of by themselves, beyond the answers they get. */
export type Notice = "session_cancelled" | "seat_given" | "seat_offered" | "offer_lapsed" | "moved_to_waitlist";

/** Whether an event is one that its member is told of. */
export const noticeFor = (event: RosterEvent): Notice | undefined => {
  switch (event._tag) {
    case "BookingCancelled":
      if (event.because === "capacity_lowered") return "moved_to_waitlist";
      return event.because === "session_cancelled" ? "session_cancelled" : undefined;
    case "SeatBooked":
      return event.booking.origin === "waitlist" ? "seat_given" : undefined;
    case "SeatOffered":
      return "seat_offered";
    case "PenaltyForgiven":
      return event.because === "session_cancelled" ? "session_cancelled" : undefined;
    case "WaitlistLeft":
      if (event.because === "session_cancelled") return "session_cancelled";
      return event.because === "lapsed" ? "offer_lapsed" : undefined;
    case "WaitlistJoined":
    case "OfferWithdrawn":
    case "WaitlistPassedOver":
    case "MemberCheckedIn":
    case "CheckInUndone":
    case "NoShowMarked":
    case "NoShowUndone":
    case "PenaltyStood":
    case "PenaltySettled":
    case "CapacityChanged":
    case "SessionCancelled":
    case "SessionCompleted":
      return undefined;
  }
};

/** What there is to tell of a booking, or of a place in line, as it stands now; none where it has moved on and there is nothing left to tell. */
export const noticeOf = (
  session: Pick<SessionInstance, "status">,
  booking: Booking | undefined,
  entry: WaitlistEntry | undefined,
): Notice | undefined => {
  if (entry?.status === "offered") return "seat_offered";
  if (entry?.status === "lapsed") return "offer_lapsed";
  if (entry?.status === "waiting" && booking !== undefined) return "moved_to_waitlist";
  if (booking?.status === "booked" && booking.origin === "waitlist") return "seat_given";
  if (session.status !== "cancelled") return undefined;
  const isTold =
    booking === undefined ? entry?.status === "closed" : booking.status === "cancelled" || booking.status === "no_show";
  return isTold ? "session_cancelled" : undefined;
};

/** What a notice says beyond its name. **Units** instants as ISO text. */
export const noticeData = (
  session: { readonly startTime: Instant },
  entry: WaitlistEntry | undefined,
): Readonly<Record<string, string>> => ({
  startTime: toIso(session.startTime),
  ...(entry?.offerExpiresAt !== undefined && { offerExpiresAt: toIso(entry.offerExpiresAt) }),
});
