import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { TenantId } from "../../kernel/Ids.ts";
import type { VersionedRules } from "../domain/ScoringRules.ts";

/** Where a tenant's scoring rules are kept, every version. **Contract** `latest` is the highest version; versions are never changed. */
export class ScoringRulesStore extends Context.Service<
  ScoringRulesStore,
  {
    readonly latest: (tenantId: TenantId) => Effect.Effect<VersionedRules | undefined>;
    readonly insert: (tenantId: TenantId, rules: VersionedRules) => Effect.Effect<void>;
  }
>()("@zmos/core/pulseloop/ports/ScoringRulesStore") {}
