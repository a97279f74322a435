import * as Schema from "effect/Schema";
import { record } from "../../../kernel/EventLog.ts";
import { AccessPlanId } from "../../../kernel/Ids.ts";
import { now } from "../../../kernel/Instant.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { AccessPlan, withdraw } from "../../domain/AccessPlan.ts";
import { EntitlementStore } from "../../ports/EntitlementStore.ts";

export const WithdrawAccessPlan = Schema.Struct({ accessPlanId: AccessPlanId }).annotate({
  identifier: "WithdrawAccessPlan",
});

/**
 * Takes a plan from sale, for good; who has it keeps it, and may renew it. Withdrawn twice is withdrawn once. **Errors** `NotPermitted`, `NotFound`.
 */
export const withdrawAccessPlan = UseCase.command(
  "WithdrawAccessPlan",
  { command: WithdrawAccessPlan, answer: AccessPlan, first: () => authorize("plan:manage") },
  function* ({ accessPlanId }, { tenantId }) {
    const store = yield* EntitlementStore;
    const before = yield* store.findPlan(tenantId, accessPlanId);
    const after = withdraw(before, yield* now);
    if (after === before) return before;
    yield* store.insertPlan(after);
    const { name, revision } = after;
    yield* record({
      type: "AccessPlanWithdrawn",
      entityType: "AccessPlan",
      entityId: accessPlanId,
      data: { name, revision },
    });
    return after;
  },
);
