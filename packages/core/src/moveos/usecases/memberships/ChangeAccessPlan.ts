import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { record } from "../../../kernel/EventLog.ts";
import { AccessPlanId } from "../../../kernel/Ids.ts";
import { now } from "../../../kernel/Instant.ts";
import { Name } from "../../../kernel/Text.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { AccessPlan, BillingPeriod, revise, UsageRules } from "../../domain/AccessPlan.ts";
import { EntitlementStore } from "../../ports/EntitlementStore.ts";

/** **Shape** what is absent stays; `usageRules` are replaced as a whole. */
export const ChangeAccessPlan = Schema.Struct({
  accessPlanId: AccessPlanId,
  name: Schema.optionalKey(Name),
  billingPeriod: Schema.optionalKey(BillingPeriod),
  usageRules: Schema.optionalKey(UsageRules),
  isProgramLinked: Schema.optionalKey(Schema.Boolean),
}).annotate({ identifier: "ChangeAccessPlan" });

/**
 * Changes a plan for those who buy it from now on; who has it keeps what was bought, also when it renews.
 *
 * **Errors** `NotPermitted`, `NotFound`, `PlanWithdrawn`.
 */
export const changeAccessPlan = UseCase.command(
  "ChangeAccessPlan",
  { command: ChangeAccessPlan, answer: AccessPlan, first: () => authorize("plan:manage") },
  function* ({ accessPlanId, ...changes }, { tenantId }) {
    const store = yield* EntitlementStore;
    const before = yield* store.findPlan(tenantId, accessPlanId);
    const after = yield* Effect.fromResult(revise(before, changes, yield* now));
    if (after === before) return before;
    yield* store.insertPlan(after);
    const { name, billingPeriod, revision } = after;
    yield* record({
      type: "AccessPlanChanged",
      entityType: "AccessPlan",
      entityId: accessPlanId,
      data: { name, billingPeriod, revision },
    });
    return after;
  },
);
