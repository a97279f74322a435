import { type StoreUnavailable, type TenantId, TenantStore, UnitOfWork } from "@zmos/core";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";

/**
 * Which tenants are connected to ZHEP. `ZMOS_MODE` says whether this deployment speaks to ZHEP at all; a tenant's `mode` says whether its
 * affairs go there.
 *
 * **Contract** a tenant that does not exist is not connected.
 */
export class ConnectedTenants extends Context.Service<
  ConnectedTenants,
  { readonly includes: (tenantId: TenantId) => Effect.Effect<boolean, StoreUnavailable> }
>()("@zmos/adapters-zhep/ConnectedTenants") {
  static readonly layer = Layer.effect(
    this,
    Effect.gen(function* () {
      const units = yield* UnitOfWork;
      const tenants = yield* TenantStore;
      return ConnectedTenants.of({
        includes: (tenantId) =>
          units.read(tenantId, tenants.find(tenantId)).pipe(
            Effect.map(({ mode }) => mode === "zhep_connected"),
            Effect.catchTag("NotFound", () => Effect.succeed(false)),
          ),
      });
    }),
  );
}
