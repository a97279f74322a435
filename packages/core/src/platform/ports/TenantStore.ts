import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { TenantId } from "../../kernel/Ids.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { Tenant } from "../domain/Tenant.ts";

/** What an operator sees of a tenant without entering it. */
export type TenantListing = Pick<Tenant, "id" | "name" | "createdAt">;

/**
 * Where tenants are kept.
 *
 * **Contract** `find` answers the tenant last saved. `directory` lists every tenant of the installation, oldest first, outside
 * any tenant's unit of work; it is for the operator, never for a tenant's own people.
 */
export class TenantStore extends Context.Service<
  TenantStore,
  {
    readonly find: (tenantId: TenantId) => Effect.Effect<Tenant, NotFound>;
    readonly insert: (tenant: Tenant) => Effect.Effect<void>;
    readonly directory: Effect.Effect<ReadonlyArray<TenantListing>>;
  }
>()("@zmos/core/platform/ports/TenantStore") {}
