import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import * as CivilDate from "../../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../../kernel/CivilDateFromString.ts";
import { record } from "../../../kernel/EventLog.ts";
import { newId } from "../../../kernel/IdSource.ts";
import { AccessPlanId, CreditLotId, MemberId, MembershipId } from "../../../kernel/Ids.ts";
import { now } from "../../../kernel/Instant.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { afterEntries, grant } from "../../domain/CreditLedger.ts";
import type { HeldMembership } from "../../domain/Entitlement.ts";
import { isOnSale } from "../../domain/AccessPlan.ts";
import { Membership, MembershipSource, start } from "../../domain/Membership.ts";
import { EntitlementStore } from "../../ports/EntitlementStore.ts";
import { accountOf, bringUpToDate, wakeWhenDue } from "./BringUpToDate.ts";
import { keepEntries } from "./KeepEntries.ts";
import { memberDay } from "./MemberDay.ts";

/**
 * **Shape** without `startDate`, from today where the member lives; it may lie before or after. Without `endDate` it goes on until it is cancelled,
 * a pack until its credits expire. `source`: `direct` where it says nothing.
 */
export const StartMembership = Schema.Struct({
  memberId: MemberId,
  accessPlanId: AccessPlanId,
  startDate: Schema.optionalKey(CivilDateFromString),
  endDate: Schema.optionalKey(CivilDateFromString),
  source: Schema.optionalKey(MembershipSource),
}).annotate({ identifier: "StartMembership" });

/** Gives a member a plan as it is sold now, and its first credits. **Errors** `NotPermitted`, `NotFound`, `PlanWithdrawn`, `MembershipDayImpossible`. */
export const startMembership = UseCase.command(
  "StartMembership",
  { command: StartMembership, answer: Membership, first: () => authorize("membership:manage") },
  function* ({ memberId, accessPlanId, startDate, endDate, source }, { tenantId }) {
    const store = yield* EntitlementStore;
    const plan = yield* store.findPlan(tenantId, accessPlanId);
    yield* Effect.fromResult(isOnSale(plan));
    const day = yield* memberDay(tenantId, memberId);
    const at = yield* now;
    const { today } = day;
    const began = yield* Effect.fromResult(
      start(plan, { startDate: startDate ?? today, ...(endDate !== undefined && { endDate }) }, today),
    );
    const membership: Membership = {
      ...began.membership,
      id: yield* newId(MembershipId),
      tenantId,
      memberId,
      accessPlanId,
      planRevision: plan.revision,
      source: source ?? "direct",
      createdAt: at,
      updatedAt: at,
    };
    yield* store.insertMembership(membership);
    yield* record({
      type: "MembershipStarted",
      entityType: "Membership",
      entityId: membership.id,
      data: { memberId, accessPlanId, startDate: CivilDate.toIso(membership.startDate) },
    });
    let held: HeldMembership = { membership, plan, lots: [], usage: [], openBookings: 0 };
    if (began.due !== undefined) {
      const lotId = yield* newId(CreditLotId);
      const entries = yield* keepEntries(grant(accountOf(membership), lotId, began.due, today, at));
      held = { ...held, lots: afterEntries([], entries) };
    }
    const current = yield* bringUpToDate(held, today);
    yield* wakeWhenDue(current, day);
    return current.membership;
  },
);
