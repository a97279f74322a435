import * as Schema from "effect/Schema";
import { Page, pageFields, pageRequest, toPage } from "../../../kernel/Page.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { AccessPlan } from "../../domain/AccessPlan.ts";
import { EntitlementStore } from "../../ports/EntitlementStore.ts";

export const ListAccessPlans = Schema.Struct(pageFields).annotate({ identifier: "ListAccessPlans" });

/** The tenant's plans as they are sold now, those withdrawn included, oldest first. */
export const listAccessPlans = UseCase.query(
  "ListAccessPlans",
  { command: ListAccessPlans, answer: Page(AccessPlan), first: () => authorize("plan:read") },
  function* (command, { tenantId }) {
    return toPage(yield* EntitlementStore.use((store) => store.listPlans(tenantId, pageRequest(command))));
  },
);
