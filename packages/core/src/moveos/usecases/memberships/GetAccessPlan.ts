import * as Schema from "effect/Schema";
import { AccessPlanId } from "../../../kernel/Ids.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { AccessPlan } from "../../domain/AccessPlan.ts";
import { EntitlementStore } from "../../ports/EntitlementStore.ts";

export const GetAccessPlan = Schema.Struct({ accessPlanId: AccessPlanId }).annotate({ identifier: "GetAccessPlan" });

/** One plan. **Errors** `NotPermitted`, `NotFound`. */
export const getAccessPlan = UseCase.query(
  "GetAccessPlan",
  { command: GetAccessPlan, answer: AccessPlan, first: () => authorize("plan:read") },
  function* ({ accessPlanId }, { tenantId }) {
    return yield* EntitlementStore.use((store) => store.findPlan(tenantId, accessPlanId));
  },
);
