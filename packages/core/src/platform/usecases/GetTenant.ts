import * as Schema from "effect/Schema";
import * as UseCase from "../../kernel/UseCase.ts";
import { Tenant } from "../domain/Tenant.ts";
import { TenantStore } from "../ports/TenantStore.ts";
import { authorize } from "./Authorize.ts";

export const GetTenant = Schema.Struct({}).annotate({ identifier: "GetTenant" });

/** The principal's own tenant. */
export const getTenant = UseCase.query(
  "GetTenant",
  { command: GetTenant, answer: Tenant, first: () => authorize("tenant:read") },
  function* (_, { tenantId }) {
    return yield* TenantStore.use((tenants) => tenants.find(tenantId));
  },
);
