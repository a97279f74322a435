import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { JourneyEnrollmentId, MemberId, MovementJourneyId, TenantId } from "../../kernel/Ids.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { EnrollmentStatus, JourneyEnrollment } from "../domain/JourneyEnrollment.ts";

/** Whose enrolments, in which journey, in which state. */
export interface EnrollmentFilter {
  readonly journeyId?: MovementJourneyId;
  readonly memberId?: MemberId;
  readonly status?: EnrollmentStatus;
}

/**
 * Where members' enrolments in journeys are kept.
 *
 * **Contract**
 * - `lock`, inside a unit of work, answers the enrolment and keeps everybody else who would lock it waiting until the unit ends.
 * - `findOpen` answers the member's enrolment in the journey that is active or paused.
 * - `insert` of a second open one makes the unit of work run again: whoever looked before the other was kept looks once more.
 * - `list` is in order of id: oldest first. `save` changes an enrolment that is there.
 */
export class EnrollmentStore extends Context.Service<
  EnrollmentStore,
  {
    readonly find: (
      tenantId: TenantId,
      enrollmentId: JourneyEnrollmentId,
    ) => Effect.Effect<JourneyEnrollment, NotFound>;
    readonly lock: (
      tenantId: TenantId,
      enrollmentId: JourneyEnrollmentId,
    ) => Effect.Effect<JourneyEnrollment, NotFound>;
    readonly findOpen: (
      tenantId: TenantId,
      journeyId: MovementJourneyId,
      memberId: MemberId,
    ) => Effect.Effect<JourneyEnrollment | undefined>;
    readonly list: (
      tenantId: TenantId,
      filter: EnrollmentFilter,
      page: PageRequest,
    ) => Effect.Effect<Rows<JourneyEnrollment>>;
    readonly insert: (enrollment: JourneyEnrollment) => Effect.Effect<void>;
    readonly save: (enrollment: JourneyEnrollment) => Effect.Effect<void>;
  }
>()("@zmos/core/carepath/ports/EnrollmentStore") {}
