/** What a late cancellation and a no-show cost, by the policy. */
import type { Instant } from "../../../kernel/Instant.ts";
import type { Booking, Penalty, StandingPenalty } from "../Booking.ts";
import type { BookingPolicy, Consequence } from "../BookingPolicy.ts";
import type { SessionInstance } from "../SessionInstance.ts";
import { instantOf, type Start } from "../Window.ts";
import { isLetPass } from "./Standing.ts";

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

/** What a cancellation costs that came late, or at the last minute. Once the session is over nobody takes the seat any more. */
export const lateCancelPenalty = (
  booking: Booking,
  { cancellation }: BookingPolicy,
  session: Start & Pick<SessionInstance, "status">,
  now: Instant,
): Penalty => {
  const { late, lastMinute, isForgivenIfRefilled } = cancellation;
  const mayBeForgiven = isForgivenIfRefilled && session.status === "scheduled";
  const isLastMinute = lastMinute !== undefined && now >= instantOf(lastMinute.from, session);
  return penaltyOf(
    booking,
    { for: "late_cancel", status: mayBeForgiven ? "pending" : "final" },
    isLastMinute ? lastMinute.consequence : late,
  );
};

const NOTHING: Consequence = { credit: "keep" };

/** What it costs not to come. **Shape** `penalties`: what stands against the member, asked only where that makes a difference. */
export const noShowPenalty = (
  booking: Booking,
  { noShow }: BookingPolicy,
  session: Start,
  penalties: () => ReadonlyArray<StandingPenalty>,
): Penalty => {
  const cause = { for: "no_show", status: "final" } as const;
  return isLetPass(booking, session, noShow, penalties)
    ? { ...penaltyOf(booking, cause, NOTHING), isLetPass: true }
    : penaltyOf(booking, cause, noShow.consequence);
};
