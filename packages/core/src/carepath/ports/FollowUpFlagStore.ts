import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { FollowUpFlagId, JourneyEnrollmentId, MovementJourneyId, TenantId } from "../../kernel/Ids.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { FlagStatus, FollowUpFlag } from "../domain/FollowUpFlag.ts";

/** The flags of which journey, in which state. */
export interface FlagFilter {
  readonly journeyId: MovementJourneyId;
  readonly status?: FlagStatus;
}

/**
 * Where raised and resolved flags are kept.
 *
 * **Contract**
 * - `lock`, inside a unit of work, answers the flag and keeps everybody else who would lock it waiting until the unit ends.
 * - `ofEnrollments` answers every flag of the enrolments asked for, in order of id.
 * - `list` is in order of id: oldest first. `save` changes a flag that is there.
 */
export class FollowUpFlagStore extends Context.Service<
  FollowUpFlagStore,
  {
    readonly lock: (tenantId: TenantId, flagId: FollowUpFlagId) => Effect.Effect<FollowUpFlag, NotFound>;
    readonly ofEnrollments: (
      tenantId: TenantId,
      enrollmentIds: ReadonlyArray<JourneyEnrollmentId>,
    ) => Effect.Effect<ReadonlyArray<FollowUpFlag>>;
    readonly list: (tenantId: TenantId, filter: FlagFilter, page: PageRequest) => Effect.Effect<Rows<FollowUpFlag>>;
    readonly insert: (flag: FollowUpFlag) => Effect.Effect<void>;
    readonly save: (flag: FollowUpFlag) => Effect.Effect<void>;
  }
>()("@zmos/core/carepath/ports/FollowUpFlagStore") {}
