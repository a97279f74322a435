import type { Roster } from "@zmos/core";

/** What any command at a roster may meet before its rule is asked: it names something that is not there. */
const found = "NotFound";

/** What stands in the way of a seat, whoever takes it. */
const forASeat = [
  "AlreadyBooked",
  "SessionFull",
  "AcknowledgementNeeded",
  "Contraindicated",
  "NotEntitled",
  "EntitlementUnknown",
] as const;

/**
 * What each command about a session's roster may refuse. Neither more nor less compiles: more is not in the rule's type, less does not fit the handler.
 */
export const byTheRoster = {
  Book: [
    found,
    "SessionNotScheduled",
    "BookingNotOpen",
    "BookingClosed",
    "OnlineSeatsTaken",
    "OverlapsBooking",
    "FeesUnpaid",
    "BookingSuspended",
    ...forASeat,
  ],
  WalkIn: [
    found,
    "SessionNotScheduled",
    "CheckInNotOpen",
    "CheckInClosed",
    "OthersOnStandby",
    "FeesUnpaid",
    ...forASeat,
  ],
  Cancel: [found, "BookingNotActive", "CancellationClosed"],
  JoinWaitlist: [
    found,
    "SessionNotScheduled",
    "BookingNotOpen",
    "BookingClosed",
    "WaitlistClosed",
    "AlreadyBooked",
    "AlreadyWaiting",
    "SeatsFree",
    "WaitlistFull",
    "FeesUnpaid",
    "BookingSuspended",
    "AcknowledgementNeeded",
    "Contraindicated",
    "NotEntitled",
    "EntitlementUnknown",
  ],
  LeaveWaitlist: [found, "NotInLine"],
  DeclineOffer: [found, "NotInLine"],
  AcceptOffer: [found, "SessionNotScheduled", "NotInLine", "OverlapsBooking", "NotEntitled", "EntitlementUnknown"],
  Promote: [found, "SessionNotScheduled", "NotInLine", "AlreadyBooked"],
  CheckIn: [
    found,
    "BookingNotActive",
    "SessionNotScheduled",
    "CheckInNotOpen",
    "CheckInClosed",
    "AlreadyBooked",
    "SessionFull",
    "AcknowledgementNeeded",
    "Contraindicated",
  ],
  UndoCheckIn: [found, "BookingNotActive"],
  MarkNoShow: [found, "BookingNotActive", "SessionNotScheduled", "NoShowTooEarly"],
  UndoNoShow: [found, "BookingNotActive", "SessionNotScheduled", "AlreadyBooked", "SessionFull"],
  RecordFeePaid: [found, "NoFeeOwed"],
  ChangeCapacity: [found, "SessionNotScheduled", "CapacityBelowBooked"],
  CancelSession: [found, "SessionNotScheduled"],
  CompleteSession: [found, "SessionNotScheduled", "SessionNotOver"],
} as const satisfies {
  readonly [Tag in Roster.RosterCommand["_tag"]]?: ReadonlyArray<
    typeof found | Extract<Roster.RefusalOf<Tag>, { readonly _tag: unknown }>["_tag"]
  >;
};
