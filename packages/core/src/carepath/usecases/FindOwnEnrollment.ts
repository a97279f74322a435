import * as Effect from "effect/Effect";
import type { JourneyEnrollmentId, MovementJourneyId } from "../../kernel/Ids.ts";
import { NotFound } from "../../kernel/NotFound.ts";
import { Principal } from "../../kernel/Principal.ts";
import { authorizeOwned, type Permission } from "../../platform/index.ts";
import { EnrollmentStore } from "../ports/EnrollmentStore.ts";

/** Which enrolment, as every command about one names it. */
export interface NamedEnrollment {
  readonly journeyId: MovementJourneyId;
  readonly enrollmentId: JourneyEnrollmentId;
}

/**
 * An enrolment on which the principal may do this: any of the tenant for staff, its own for a member. Changing it `lock`s it.
 *
 * **Errors** `NotFound` also for one of another journey and, to a member, one that is somebody else's. `NotPermitted` where the
 * principal's roles do not reach this at all.
 */
export const findOwnEnrollment = Effect.fnUntraced(function* (
  permission: Permission,
  { journeyId, enrollmentId }: NamedEnrollment,
  how: "find" | "lock" = "find",
) {
  const { tenantId } = yield* Principal;
  const enrollment = yield* EnrollmentStore.use((enrollments) => enrollments[how](tenantId, enrollmentId));
  const entity = { entityType: "JourneyEnrollment", entityId: enrollmentId };
  if (enrollment.journeyId !== journeyId) return yield* new NotFound(entity);
  yield* authorizeOwned(permission, { memberId: enrollment.memberId, ...entity });
  return enrollment;
});
