import * as Schema from "effect/Schema";
import { BookingId, MemberId, SessionInstanceId, TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Channel, PaidBy } from "./Booking.ts";

/** Why a waiting member has not been given a seat. What would have to change is in each name's sentence. */
export const NotPromoted = Schema.Literals([
  "no_seat_free",
  "seats_kept_for_desk",
  "others_are_before",
  "not_entitled",
  "entitlement_unknown",
  "overlaps_another_booking",
  "waits_behind_a_held_place",
  "promotion_closed",
  "offer_open",
]);
export type NotPromoted = typeof NotPromoted.Type;

/** Each reason as a sentence. */
export const notPromotedText: Readonly<Record<NotPromoted, string>> = {
  no_seat_free: "Every seat is taken; a seat must be given back, or the capacity raised.",
  seats_kept_for_desk: "The free seats are the desk's to give; a member's seat must be given back, or the desk asked.",
  others_are_before: "The free seats are for those before in line.",
  not_entitled: "Nothing that the member holds covers this session; a membership or a credit is needed.",
  entitlement_unknown: "Whether the member is covered is not known now; it is asked again at the next free seat.",
  overlaps_another_booking: "The member holds a seat in another session at that time, which must be given back first.",
  waits_behind_a_held_place: "Somebody before in line is not covered, and by the policy their place is held.",
  promotion_closed: "The time in which seats go to the waitlist is over.",
  offer_open: "A seat is offered; it must be accepted in time.",
};

export const WaitlistStatus = Schema.Literals(["waiting", "offered", "seated", "left", "declined", "lapsed", "closed"]);

/**
 * A member's place in the line for one session.
 *
 * **Shape** `id` becomes the id of the booking if a seat is theirs. The line is in order of `priority` (lower goes first), then `sequence`, the
 * roster's own count of joins. `isHeld`: a credit is held already. `isAcknowledged`: the member comes knowing
 * what is advised against. `passedOver`: why a free seat last went to somebody behind.
 */
export const WaitlistEntry = Schema.Struct({
  id: BookingId,
  tenantId: TenantId,
  sessionInstanceId: SessionInstanceId,
  memberId: MemberId,
  status: WaitlistStatus,
  priority: Schema.Int,
  sequence: Schema.Int,
  channel: Channel,
  paidBy: Schema.optionalKey(PaidBy),
  isHeld: Schema.Boolean,
  isAcknowledged: Schema.optionalKey(Schema.Boolean),
  passedOver: Schema.optionalKey(NotPromoted),
  offerExpiresAt: Schema.optionalKey(InstantFromString),
  createdAt: InstantFromString,
  endedAt: Schema.optionalKey(InstantFromString),
}).annotate({ identifier: "WaitlistEntry" });
export type WaitlistEntry = typeof WaitlistEntry.Type;

/** Whether the member still stands in line. */
export const isInLine = ({ status }: Pick<WaitlistEntry, "status">): boolean =>
  status === "waiting" || status === "offered";

/** The order of the line. */
export const inLine = (left: WaitlistEntry, right: WaitlistEntry): number =>
  left.priority - right.priority || left.sequence - right.sequence;
