import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../../kernel/CivilDateFromString.ts";
import { record } from "../../../kernel/EventLog.ts";
import { newId } from "../../../kernel/IdSource.ts";
import { CreditLotId, MembershipId } from "../../../kernel/Ids.ts";
import { now } from "../../../kernel/Instant.ts";
import { Name } from "../../../kernel/Text.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { creditsLastUntil } from "../../domain/AccessPlan.ts";
import { adjust, afterEntries, LedgerEntry } from "../../domain/CreditLedger.ts";
import { MembershipDayImpossible, PlanWithoutCredits } from "../../domain/MembershipRefusals.ts";
import { accountOf, wakeWhenDue } from "./BringUpToDate.ts";
import { keepEntries } from "./KeepEntries.ts";
import { lockHeld } from "./LockHeld.ts";

/**
 * Credits that staff give, or take where they are negative.
 *
 * **Shape** `expiresOn`: the last day of credits that are given; without it they last as long as those the plan grants.
 */
export const AdjustCredits = Schema.Struct({
  membershipId: MembershipId,
  credits: Schema.Int.check(
    Schema.isBetween({ minimum: -1_000, maximum: 1_000 }),
    Schema.makeFilter((credits) => (credits === 0 ? "Expected credits to give or, negative, to take" : undefined)),
  ),
  reason: Name,
  expiresOn: Schema.optionalKey(CivilDateFromString),
}).annotate({ identifier: "AdjustCredits" });

/** What an adjustment wrote, and the credits that are left. */
const Adjusted = Schema.Struct({ entries: Schema.Array(LedgerEntry), balance: Schema.Int }).annotate({
  identifier: "AdjustedCredits",
});

/** Gives credits as a lot of their own, or takes what expires soonest. **Errors** `NotFound`, `PlanWithoutCredits`, `MembershipDayImpossible`, `CreditsMissing`. */
export const adjustCredits = UseCase.command(
  "AdjustCredits",
  { command: AdjustCredits, answer: Adjusted, first: () => authorize("membership:manage") },
  function* ({ membershipId, credits, reason, expiresOn }) {
    const { held, day } = yield* lockHeld(membershipId);
    const { plan, membership, lots } = held;
    const { today } = day;
    if (plan.usageRules.credits === undefined) return yield* new PlanWithoutCredits({ accessPlanId: plan.id });
    if (expiresOn !== undefined && expiresOn < today) {
      return yield* new MembershipDayImpossible({ day: expiresOn, earliest: today });
    }
    const lastDay = expiresOn ?? creditsLastUntil(plan.usageRules, today);
    const lotId = yield* newId(CreditLotId);
    const adjustment = { credits, reason, lotId, ...(lastDay !== undefined && { expiresOn: lastDay }) };
    const lines = yield* Effect.fromResult(adjust(accountOf(membership), lots, adjustment, today, yield* now));
    const entries = yield* keepEntries(lines);
    yield* record({
      type: "CreditsAdjusted",
      entityType: "Membership",
      entityId: membershipId,
      data: { memberId: membership.memberId, credits, reason },
    });
    const after = { ...held, lots: afterEntries(lots, entries) };
    yield* wakeWhenDue(after, day);
    return { entries, balance: after.lots.reduce((sum, lot) => sum + lot.balance, 0) };
  },
);
