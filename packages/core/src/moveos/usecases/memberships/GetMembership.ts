import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../../kernel/CivilDateFromString.ts";
import { MembershipId } from "../../../kernel/Ids.ts";
import { Principal } from "../../../kernel/Principal.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { AccessPlan, VisitPeriod } from "../../domain/AccessPlan.ts";
import { CreditLot } from "../../domain/CreditLedger.ts";
import { daysAround, visitPeriod, visitsIn } from "../../domain/Entitlement.ts";
import { Membership, nextPeriodStart, statusOn } from "../../domain/Membership.ts";
import { EntitlementStore } from "../../ports/EntitlementStore.ts";
import { findOwnMembership } from "./FindOwnMembership.ts";
import { memberDay } from "./MemberDay.ts";

export const GetMembership = Schema.Struct({ membershipId: MembershipId }).annotate({ identifier: "GetMembership" });

/**
 * A membership and what is left of it today, where the member lives.
 *
 * **Shape** `balance`: the credits of its `lots`. `usage`: the visits of the civil period that holds today, where its plan counts them.
 * `openBookings`: bookings to come that it holds a visit for. `nextRenewal`: the day on which its next period begins.
 */
export const MembershipSummary = Schema.Struct({
  membership: Membership,
  plan: AccessPlan,
  balance: Schema.Int,
  lots: Schema.Array(CreditLot),
  usage: Schema.optionalKey(
    Schema.Struct({
      per: VisitPeriod,
      from: Schema.optionalKey(CivilDateFromString),
      to: Schema.optionalKey(CivilDateFromString),
      used: Schema.Int,
      allowed: Schema.Int,
    }),
  ),
  openBookings: Schema.Int,
  nextRenewal: Schema.optionalKey(CivilDateFromString),
}).annotate({ identifier: "MembershipSummary" });

/** One membership, with its credits, its visits and its next renewal. **Errors** `NotFound`. */
export const getMembership = UseCase.query(
  "GetMembership",
  { command: GetMembership, answer: MembershipSummary, first: () => Principal },
  function* ({ membershipId }, { tenantId }) {
    const { memberId } = yield* findOwnMembership(membershipId);
    const { today, weekStart } = yield* Effect.orDie(memberDay(tenantId, memberId));
    const store = yield* EntitlementStore;
    const held = yield* store.held(tenantId, membershipId, { today, ...daysAround(today, weekStart) });
    const { membership, plan, usage, openBookings } = held;
    const { visits } = plan.usageRules;
    // What has expired and waits to be written off is not there any more.
    const lots = held.lots.filter(
      ({ balance, expiresOn }) => balance > 0 && (expiresOn === undefined || expiresOn >= today),
    );
    const period = visits === undefined ? undefined : visitPeriod(today, visits.per, weekStart);
    const renewal = nextPeriodStart(membership, plan.billingPeriod, today);
    const isRenewed = renewal !== undefined && (membership.endDate === undefined || renewal <= membership.endDate);
    return {
      membership: { ...membership, status: statusOn(membership, today) },
      plan,
      balance: lots.reduce((sum, { balance }) => sum + balance, 0),
      lots,
      ...(visits !== undefined &&
        period !== undefined && {
          usage: { per: visits.per, ...period, used: visitsIn(usage, period), allowed: visits.count },
        }),
      openBookings,
      ...(isRenewed && { nextRenewal: renewal }),
    };
  },
);
