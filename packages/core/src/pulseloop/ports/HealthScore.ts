import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import type { MemberId, TenantId } from "../../kernel/Ids.ts";

/** A score a member agreed to share. **Units** `value`: as its formula says; `asOf`: a civil day. */
export interface PublishedScore {
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
  readonly formula: string;
  readonly value: number;
  readonly asOf: CivilDate;
  readonly hasConsent: boolean;
}

/** Hands scores to who keeps a member's health record. **Contract** without consent nothing leaves. Never fails. */
export class HealthScore extends Context.Service<
  HealthScore,
  { readonly publish: (score: PublishedScore) => Effect.Effect<"accepted" | "withheld" | "unknown"> }
>()("@zmos/core/pulseloop/ports/HealthScore") {}
