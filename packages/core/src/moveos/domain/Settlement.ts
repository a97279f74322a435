/**
 * What the events of a roster mean for the ledger: a seat that a membership pays for is held, spent by coming (or by a lost credit), and given
 * back otherwise. Taking something back takes this back too.
 */
import * as Result from "effect/Result";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import type { BookingId, MemberId, TenantId } from "../../kernel/Ids.ts";
import type { Instant } from "../../kernel/Instant.ts";
import * as CreditLedger from "./CreditLedger.ts";
import type { NothingHeld, CreditsMissing } from "./MembershipRefusals.ts";
import type { RosterEvent } from "./roster/RosterState.ts";

/** What becomes of what a booking, or a place in line, is paid with. */
export type LedgerStep = "hold" | "consume" | "release" | "again";

/** The step that an event asks for; none where it costs and returns nothing. **Shape** `isHeld`: a credit is held for the place in line. */
export const stepOf = (event: RosterEvent, isHeld: boolean): LedgerStep | undefined => {
  switch (event._tag) {
    case "SeatBooked":
      return isHeld ? undefined : "hold";
    case "WaitlistJoined":
      return event.entry.isHeld ? "hold" : undefined;
    case "WaitlistLeft":
      return isHeld ? "release" : undefined;
    case "BookingCancelled":
      return event.penalty?.credit === "lost" ? "consume" : "release";
    case "PenaltyForgiven":
      return "release";
    case "MemberCheckedIn":
      return "consume";
    case "CheckInUndone":
      return event.wasWalkIn ? "release" : "again";
    case "NoShowMarked":
      return event.penalty.credit === "lost" ? "consume" : "release";
    case "NoShowUndone":
      return "again";
    case "SeatOffered":
    case "OfferWithdrawn":
    case "WaitlistPassedOver":
    case "PenaltyStood":
    case "PenaltySettled":
    case "CapacityChanged":
    case "SessionCancelled":
    case "SessionCompleted":
      return undefined;
  }
};

/** **Shape** `entries`: the booking's so far. `payment`: what pays, where something is to be held anew. `left`: credits of the lot it came from. */
export interface Paying {
  readonly step: LedgerStep;
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
  readonly bookingId: BookingId;
  readonly civilDate: CivilDate;
  readonly entries: ReadonlyArray<CreditLedger.LedgerEntry | CreditLedger.NewEntry>;
  readonly payment?: CreditLedger.Payment;
  readonly left: number;
}

/**
 * The entries to add. What nobody paid for costs and returns nothing. Where a credit was given back and used elsewhere meanwhile, a no-show that
 * is taken back stays without: the visit is on the house.
 */
export const settle = (paying: Paying, today: CivilDate, at: Instant): ReadonlyArray<CreditLedger.NewEntry> => {
  const { step, entries, payment, tenantId, memberId, bookingId, civilDate } = paying;
  const none = () => [];
  switch (step) {
    case "hold":
      if (payment === undefined) return [];
      return orThrow(CreditLedger.hold(entries, payment, { tenantId, memberId, bookingId, civilDate }, at));
    case "consume":
      return Result.getOrElse(CreditLedger.consume(entries, at), none);
    case "release":
      return Result.getOrElse(CreditLedger.release(entries, today, at), none);
    case "again":
      return Result.getOrElse(
        CreditLedger.holdOf(entries) === "consumed"
          ? CreditLedger.unconsume(entries, at)
          : CreditLedger.retake(entries, paying.left, at),
        none,
      );
  }
};

/** A seat is only given for what was found to be there: anything else is our own mistake. */
const orThrow = <A>(result: Result.Result<A, NothingHeld | CreditsMissing>): A =>
  Result.getOrThrowWith(result, (error) => error);
