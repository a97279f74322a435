/** Why something cannot be done to a membership or its credits. Each says what would have to change. */
import * as Schema from "effect/Schema";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { AccessPlanId, BookingId, CreditLotId, MembershipId } from "../../kernel/Ids.ts";
import { InstantFromString, toIso } from "../../kernel/Instant.ts";
import { MembershipStatus } from "./MembershipStatus.ts";

/** Nobody buys this plan any more. Who has it keeps it. */
export class PlanWithdrawn extends Schema.TaggedError<PlanWithdrawn>()("PlanWithdrawn", {
  accessPlanId: AccessPlanId,
  withdrawnAt: InstantFromString,
}) {
  override get message() {
    return `The plan was withdrawn from sale at ${toIso(this.withdrawnAt)}; take another, or write a new one.`;
  }
}

/** The membership is not in a state from which this can be done. **Shape** `possibleFrom`: the states from which it can. */
export class MembershipStatusForbids extends Schema.TaggedError<MembershipStatusForbids>()("MembershipStatusForbids", {
  membershipId: MembershipId,
  status: MembershipStatus,
  possibleFrom: Schema.Array(MembershipStatus),
}) {
  override get message() {
    return `The membership is ${this.status}; this can be done to one that is ${this.possibleFrom.join(" or ")}.`;
  }
}

/** The day cannot be taken. **Units** civil days, both included. */
export class MembershipDayImpossible extends Schema.TaggedError<MembershipDayImpossible>()("MembershipDayImpossible", {
  day: CivilDateFromString,
  earliest: CivilDateFromString,
  latest: Schema.optionalKey(CivilDateFromString),
}) {
  override get message() {
    const to = this.latest === undefined ? "or later" : `to ${CivilDate.toIso(this.latest)}`;
    return `The day ${CivilDate.toIso(this.day)} cannot be taken; it must be ${CivilDate.toIso(this.earliest)} ${to}.`;
  }
}

/** The membership has no end after which it could be renewed. */
export class MembershipEndless extends Schema.TaggedError<MembershipEndless>()("MembershipEndless", {
  membershipId: MembershipId,
}) {
  override get message() {
    return "The membership has no end, so it needs no renewal; it goes on until it is cancelled.";
  }
}

/** The membership's plan has no credits that could be given or taken. */
export class PlanWithoutCredits extends Schema.TaggedError<PlanWithoutCredits>()("PlanWithoutCredits", {
  accessPlanId: AccessPlanId,
}) {
  override get message() {
    return "The plan of this membership has no credits; only a membership of a plan with credits can be given some.";
  }
}

/** There are fewer credits than would be taken. **Units** credits. */
export class CreditsMissing extends Schema.TaggedError<CreditsMissing>()("CreditsMissing", {
  membershipId: MembershipId,
  lotId: Schema.optionalKey(CreditLotId),
  credits: Schema.Int,
  needed: Schema.Int,
}) {
  override get message() {
    return `The membership has ${this.credits} of the ${this.needed} credits that this takes; grant what is missing first.`;
  }
}

/** No membership pays for the booking, or no more, so there is nothing to spend or to give back. */
export class NothingHeld extends Schema.TaggedError<NothingHeld>()("NothingHeld", {
  bookingId: Schema.optionalKey(BookingId),
}) {
  override get message() {
    return `No membership pays for ${this.bookingId === undefined ? "the booking" : `booking ${this.bookingId}`}; a visit must be held for it first.`;
  }
}
