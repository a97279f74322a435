import * as Schema from "effect/Schema";
import { record } from "../../../kernel/EventLog.ts";
import { newId } from "../../../kernel/IdSource.ts";
import { AccessPlanId } from "../../../kernel/Ids.ts";
import { now } from "../../../kernel/Instant.ts";
import { Name } from "../../../kernel/Text.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { AccessPlan, BillingPeriod, PlanType, UsageRules } from "../../domain/AccessPlan.ts";
import { EntitlementStore } from "../../ports/EntitlementStore.ts";

/** **Shape** without `usageRules` visits are without limit. */
export const CreateAccessPlan = Schema.Struct({
  name: Name,
  type: PlanType,
  billingPeriod: BillingPeriod,
  usageRules: Schema.optionalKey(UsageRules),
  isProgramLinked: Schema.optionalKey(Schema.Boolean),
}).annotate({ identifier: "CreateAccessPlan" });

/** Writes a plan that members can be given. **Errors** `NotPermitted`. */
export const createAccessPlan = UseCase.command(
  "CreateAccessPlan",
  { command: CreateAccessPlan, answer: AccessPlan, first: () => authorize("plan:manage") },
  function* ({ name, type, billingPeriod, usageRules, isProgramLinked }, { tenantId }) {
    const at = yield* now;
    const plan: AccessPlan = {
      id: yield* newId(AccessPlanId),
      revision: 1,
      tenantId,
      name,
      type,
      billingPeriod,
      usageRules: usageRules ?? {},
      isProgramLinked: isProgramLinked ?? false,
      createdAt: at,
      updatedAt: at,
    };
    yield* EntitlementStore.use((store) => store.insertPlan(plan));
    yield* record({
      type: "AccessPlanCreated",
      entityType: "AccessPlan",
      entityId: plan.id,
      data: { name, type, billingPeriod },
    });
    return plan;
  },
);
