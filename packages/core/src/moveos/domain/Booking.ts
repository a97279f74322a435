import * as Schema from "effect/Schema";
import { BookingId, MemberId, MembershipId, SessionInstanceId, TenantId } from "../../kernel/Ids.ts";
import { type Instant, InstantFromString } from "../../kernel/Instant.ts";
import { Money } from "../../kernel/Money.ts";
import { Name } from "../../kernel/Text.ts";

export const BookingStatus = Schema.Literals(["booked", "checked_in", "no_show", "cancelled"]);
export type BookingStatus = typeof BookingStatus.Type;

/** Who takes a seat or a place: the member, or the desk for the member. */
export const Channel = Schema.Literals(["online", "desk"]);
export type Channel = typeof Channel.Type;

/** What pays for a visit: nothing is needed, a partner covers it, or one of the member's memberships does. */
export const PaidBy = Schema.Struct({
  source: Schema.Literals(["open", "partner", "membership"]),
  membershipId: Schema.optionalKey(MembershipId),
  /** 1 where it spends a credit or a counted visit, 0 where visits are without limit. */
  spends: Schema.optionalKey(Schema.Literals([0, 1])),
  /** Why this and no other, in words. */
  because: Schema.optionalKey(Schema.String),
}).annotate({ identifier: "PaidBy" });
export type PaidBy = typeof PaidBy.Type;

/** What became of what a penalty costs beyond the credit: collected, put on the member's account, declined, given back; or nothing was to collect. */
export const PenaltySettlement = Schema.Literals(["paid", "on_account", "declined", "given_back", "nothing_due"]);
export type PenaltySettlement = typeof PenaltySettlement.Type;

/**
 * What a late cancellation or a no-show cost.
 *
 * **Shape** `status`: it stands; it may yet be forgiven, if the seat is taken again; it is forgiven. `marking`: the how-manieth penalty
 * of the booking; more than one where one was taken back. `isLetPass`: the first of the month cost nothing. `settlement`: once it was dealt with.
 */
export const Penalty = Schema.Struct({
  for: Schema.Literals(["late_cancel", "no_show"]),
  status: Schema.Literals(["final", "pending", "forgiven"]),
  marking: Schema.Int,
  credit: Schema.Literals(["kept", "lost"]),
  fee: Schema.optionalKey(Money),
  membershipDays: Schema.optionalKey(Schema.Int),
  isLetPass: Schema.optionalKey(Schema.Boolean),
  settlement: Schema.optionalKey(PenaltySettlement),
}).annotate({ identifier: "Penalty" });
export type Penalty = typeof Penalty.Type;

/** Why something was done outside the rules, or taken back: for the audit. */
export const Reason = Schema.String.check(Schema.isBetweenLength(1, 500));

/**
 * A member's reservation of a seat in one session.
 *
 * **Shape** `origin`: how the seat came about. `advisedAgainst`: contraindications of the session type that the member has declared;
 * `isAcknowledged`: the member comes knowing them. `checkIns`: how often the member was checked in with it; more than once only where a check-in was taken back. `nonce`: what the device called
 * the check-in. `reason`: why staff did what was done last; none where that needed none.
 */
export const Booking = Schema.Struct({
  id: BookingId,
  tenantId: TenantId,
  memberId: MemberId,
  sessionInstanceId: SessionInstanceId,
  status: BookingStatus,
  channel: Channel,
  origin: Schema.Literals(["booked", "waitlist", "walk_in"]),
  paidBy: PaidBy,
  advisedAgainst: Schema.optionalKey(Schema.Array(Name)),
  isAcknowledged: Schema.optionalKey(Schema.Boolean),
  penalty: Schema.optionalKey(Penalty),
  checkIns: Schema.Int,
  nonce: Schema.optionalKey(Schema.String),
  reason: Schema.optionalKey(Reason),
  createdAt: InstantFromString,
  checkedInAt: Schema.optionalKey(InstantFromString),
  cancelledAt: Schema.optionalKey(InstantFromString),
}).annotate({ identifier: "Booking" });
export type Booking = typeof Booking.Type;

/** Whether a booking holds a seat. Who did not come has left it to others. */
export const holdsSeat = ({ status }: Pick<Booking, "status">): boolean =>
  status === "booked" || status === "checked_in";

/** What is still to be done about a penalty: to collect it, or to give back what was collected. */
export const penaltyDue = (penalty: Penalty | undefined): "collect" | "give_back" | undefined => {
  const { status, settlement } = penalty ?? {};
  if (status === "final" && settlement === undefined) return "collect";
  return status === "forgiven" && (settlement === "paid" || settlement === "on_account" || settlement === "nothing_due")
    ? "give_back"
    : undefined;
};

/** A penalty that stands against a member. **Shape** `at`: when it cancelled, or when what it missed began. `owes`: its fee, while that is unpaid. */
export interface StandingPenalty {
  readonly bookingId: BookingId;
  readonly for: Penalty["for"];
  readonly at: Instant;
  readonly owes?: Money;
}

/** What a booking leaves standing against its member; nothing where nothing does, or may yet be forgiven. */
export const standingPenalty = (
  { id, penalty, cancelledAt }: Pick<Booking, "id" | "penalty" | "cancelledAt">,
  { startTime }: { readonly startTime: Instant },
): StandingPenalty | undefined => {
  if (penalty?.status !== "final") return undefined;
  const owes = owedFee(penalty);
  return {
    bookingId: id,
    for: penalty.for,
    at: penalty.for === "late_cancel" && cancelledAt !== undefined ? cancelledAt : startTime,
    ...(owes !== undefined && { owes }),
  };
};

/** The fee of a penalty that stands and that somebody tried to collect, but that is not paid. */
export const owedFee = ({ status, fee, settlement }: Penalty): Money | undefined =>
  status === "final" && (settlement === "on_account" || settlement === "declined") ? fee : undefined;
