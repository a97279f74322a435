import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { BookingId, LocationId, MemberId, SessionTypeId, TenantId } from "../../kernel/Ids.ts";
import type { Instant } from "../../kernel/Instant.ts";
import type { Entitlement } from "../domain/Entitlement.ts";

/** A member who would come to a session. **Shape** `externalPartyId`: who the member is to the partner, where it has one. */
export interface Visit {
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
  readonly externalPartyId?: string;
  readonly sessionTypeId: SessionTypeId;
  readonly locationId: LocationId;
  readonly startTime: Instant;
}

/**
 * Who covers a visit.
 *
 * **Contract** `concerns` says whether a partner answers for this tenant's members at all; where none does, the tenant's own policy and plans
 * decide, and nobody is asked or told. `check` changes nothing, however often it is asked. `recordVisit` tells the partner that the visit took place; for
 * one booking it counts once, however often it is told. Neither ever fails: a partner that does not answer in time is *unknown*.
 */
export class Eligibility extends Context.Service<
  Eligibility,
  {
    readonly concerns: (tenantId: TenantId) => Effect.Effect<boolean>;
    readonly check: (visit: Visit) => Effect.Effect<Entitlement>;
    readonly recordVisit: (visit: Visit, bookingId: BookingId) => Effect.Effect<"recorded" | "unknown">;
  }
>()("@zmos/core/moveos/ports/Eligibility") {}
