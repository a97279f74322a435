import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { SessionTypeId, TenantId } from "../../kernel/Ids.ts";
import type { BookingPolicy, PolicyOverride } from "../domain/BookingPolicy.ts";

/** A tenant's policy, and what kinds of session do otherwise. **Shape** `tenant`: absent where the default holds. */
export interface Policies {
  readonly tenant?: BookingPolicy;
  readonly overrides: ReadonlyMap<SessionTypeId, PolicyOverride>;
}

/** Where booking policies are kept. **Contract** what is kept last holds; an override that is kept empty is gone. */
export class BookingPolicyStore extends Context.Service<
  BookingPolicyStore,
  {
    readonly find: (tenantId: TenantId) => Effect.Effect<Policies>;
    readonly keep: (tenantId: TenantId, policy: BookingPolicy) => Effect.Effect<void>;
    readonly keepOverride: (
      tenantId: TenantId,
      sessionTypeId: SessionTypeId,
      override: PolicyOverride,
    ) => Effect.Effect<void>;
  }
>()("@zmos/core/moveos/ports/BookingPolicyStore") {}
