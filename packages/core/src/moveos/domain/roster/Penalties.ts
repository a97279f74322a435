/** What a late cancellation and a no-show cost, by the policy. */
import type { Booking, Penalty } from "../Booking.ts";
import type { BookingPolicy, Consequence } from "../BookingPolicy.ts";
import type { SessionInstance } from "../SessionInstance.ts";

/** **Shape** `marking`: the how-manieth penalty of the booking it is; an earlier one was taken back. */
const penaltyOf = (
  { paidBy, penalty }: Booking,
  cause: Pick<Penalty, "for" | "status">,
  { credit, fee, membershipDays, isInPlaceOfCredit }: Consequence,
): Penalty => {
  const losesCredit = credit === "lose" && paidBy.spends === 1;
  const isSpared = isInPlaceOfCredit === true && losesCredit;
  return {
    ...cause,
    marking: (penalty?.marking ?? 0) + 1,
    credit: credit === "lose" ? "lost" : "kept",
    ...(fee !== undefined && !isSpared && { fee }),
    ...(membershipDays !== undefined && !isSpared && { membershipDays }),
  };
};

/** What a cancellation costs that came late. Once the session is over nobody takes the seat any more. */
export const lateCancelPenalty = (
  booking: Booking,
  { cancellation }: BookingPolicy,
  { status }: Pick<SessionInstance, "status">,
): Penalty => {
  const mayBeForgiven = cancellation.isForgivenIfRefilled && status === "scheduled";
  return penaltyOf(booking, { for: "late_cancel", status: mayBeForgiven ? "pending" : "final" }, cancellation.late);
};

/** What it costs not to come. */
export const noShowPenalty = (booking: Booking, { noShow }: BookingPolicy): Penalty =>
  penaltyOf(booking, { for: "no_show", status: "final" }, noShow.consequence);
