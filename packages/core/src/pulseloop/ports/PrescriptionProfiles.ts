import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { SessionTypeId, TenantId } from "../../kernel/Ids.ts";
import type { Intensity } from "../domain/Movement.ts";

/** What a session type prescribes, as far as scores need it. */
export interface PrescriptionProfile {
  readonly intensity?: Intensity;
}

/**
 * The movement prescription profiles of session types.
 *
 * **Contract** answers those asked for that exist in the tenant; the others are absent.
 */
export class PrescriptionProfiles extends Context.Service<
  PrescriptionProfiles,
  {
    readonly find: (
      tenantId: TenantId,
      sessionTypeIds: ReadonlyArray<SessionTypeId>,
    ) => Effect.Effect<ReadonlyMap<SessionTypeId, PrescriptionProfile>>;
  }
>()("@zmos/core/pulseloop/ports/PrescriptionProfiles") {}
