import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { BookingId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { authorize } from "../../platform/index.ts";
import { Booking, penaltyDue, type PenaltySettlement } from "../domain/Booking.ts";
import { shorten } from "../domain/Membership.ts";
import type { Roster, RosterCommand, RosterEvent } from "../domain/Roster.ts";
import { EntitlementStore } from "../ports/EntitlementStore.ts";
import { Payments } from "../ports/Payments.ts";
import { RosterStore } from "../ports/RosterStore.ts";
import { theBooking } from "./desk/Answers.ts";
import { wakeWhenDue } from "./memberships/BringUpToDate.ts";
import { lockHeld } from "./memberships/LockHeld.ts";
import { rosterUseCase } from "./desk/RosterUseCase.ts";
import { ownBooking } from "./desk/WhoseItIs.ts";

export const SettlePenalty = Schema.Struct({ bookingId: BookingId }).annotate({ identifier: "SettlePenalty" });

/** Nobody said yet whether the fee was collected. To be asked again: the charge's key makes the repeats one. */
export class FeeOutcomeUnknown extends Schema.TaggedError<FeeOutcomeUnknown>()("FeeOutcomeUnknown", {
  bookingId: BookingId,
}) {
  override get message() {
    return `Whether the fee of booking ${this.bookingId} was collected is not known yet; it is asked again.`;
  }
}

/** Asked of who collects before the roster is locked: it may be far away. */
const collectOnce = Effect.fnUntraced(function* ({ bookingId }: typeof SettlePenalty.Type) {
  const { tenantId } = yield* authorize("session:manage");
  const units = yield* UnitOfWork;
  const rosters = yield* RosterStore;
  return yield* collect(yield* units.read(tenantId, rosters.findBooking(tenantId, bookingId)));
});

/**
 * Deals with what a penalty costs beyond the credit: collects the fee and shortens the membership, or gives both back where it was forgiven. The
 * clockwork asks this; asked again it does nothing. **Errors** `NotPermitted`, `NotFound`, `FeeOutcomeUnknown`.
 */
export const settlePenalty = rosterUseCase("SettlePenalty", {
  command: SettlePenalty,
  answer: Booking,
  first: collectOnce,
  about: ({ bookingId }) => ({ bookingId }),
  ask: ({ bookingId }, at, settlement) =>
    Result.map(ownBooking(at, bookingId), ({ id }) => ({ _tag: "SettlePenalty", bookingId: id, settlement })),
  answerFrom: Effect.fnUntraced(function* (after: Roster, asked: RosterCommand, events: ReadonlyArray<RosterEvent>) {
    const booking = yield* theBooking(after, asked);
    if (events.some(({ _tag }) => _tag === "PenaltySettled")) yield* moveMembershipEnd(booking);
    return booking;
  }),
});

/** The membership that paid ends earlier by the days it costs, or later again. One without an end has no day to lose. */
const moveMembershipEnd = Effect.fnUntraced(function* ({ penalty, paidBy, id }: Booking) {
  if (penalty?.membershipDays === undefined || paidBy.membershipId === undefined) return;
  const entitlements = yield* EntitlementStore;
  const { held, day } = yield* Effect.orDie(lockHeld(paidBy.membershipId));
  const { membership } = held;
  if (membership.endDate === undefined) return;
  const days = penalty.settlement === "given_back" ? -penalty.membershipDays : penalty.membershipDays;
  const shorter = { ...shorten(membership, days), updatedAt: yield* now };
  yield* entitlements.saveMembership(shorter);
  yield* wakeWhenDue({ ...held, membership: shorter }, day);
  yield* record({
    type: "MembershipShortened",
    entityType: "Membership",
    entityId: membership.id,
    data: { bookingId: id, days, memberId: membership.memberId },
  });
});

/** Collects or gives back the fee. **Errors** `FeeOutcomeUnknown`. */
const collect = Effect.fnUntraced(function* ({
  id,
  tenantId,
  memberId,
  penalty,
}: Booking): Effect.fn.Return<PenaltySettlement, FeeOutcomeUnknown, Payments> {
  const due = penaltyDue(penalty);
  if (penalty === undefined || due === undefined) return "nothing_due";
  const isBack = due === "give_back";
  if (penalty.fee === undefined) return isBack ? "given_back" : "nothing_due";
  const { minorUnits, currency } = penalty.fee;
  const settlement = yield* Payments.use((payments) =>
    payments.charge({
      tenantId,
      memberId,
      amount: { minorUnits: isBack ? -minorUnits : minorUnits, currency },
      reason: penalty.for,
      key: `${id}/${penalty.for}/${penalty.marking}${isBack ? "/back" : ""}`,
    }),
  );
  if (settlement === "unknown") return yield* new FeeOutcomeUnknown({ bookingId: id });
  return isBack ? "given_back" : settlement;
});
