import * as Schema from "effect/Schema";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { useCase } from "../../kernel/UseCase.ts";
import { Tenant } from "../domain/Tenant.ts";
import { TenantStore } from "../ports/TenantStore.ts";
import { authorize } from "./authorize.ts";

export const GetTenant = Schema.Struct({}).annotate({ identifier: "GetTenant" });

/** The principal's own tenant. */
export const getTenant = useCase("GetTenant", { command: GetTenant, answer: Tenant }, function* () {
  const { tenantId } = yield* authorize("tenant:read");
  const tenants = yield* TenantStore;
  const units = yield* UnitOfWork;
  return yield* units.read(tenantId, tenants.find(tenantId));
});
