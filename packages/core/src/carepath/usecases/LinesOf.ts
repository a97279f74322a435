import * as Effect from "effect/Effect";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import type { TenantId } from "../../kernel/Ids.ts";
import { openProposals } from "../domain/FollowUpFlag.ts";
import type { JourneyEnrollment } from "../domain/JourneyEnrollment.ts";
import { type EnrollmentLine, glanceOf } from "../domain/JourneySummary.ts";
import type { MovementJourney } from "../domain/MovementJourney.ts";
import { FollowUpFlagStore } from "../ports/FollowUpFlagStore.ts";
import { evaluateEnrollments } from "./EvaluateEnrollments.ts";

/** Enrolments in one journey as a coach lists them: standing, streaks, and what asks for attention. */
export const linesOf = Effect.fnUntraced(function* (
  tenantId: TenantId,
  journey: MovementJourney,
  enrollments: ReadonlyArray<JourneyEnrollment>,
  asOf?: CivilDate,
) {
  const evaluated = yield* evaluateEnrollments(tenantId, journey, enrollments, asOf);
  const ids = enrollments.map(({ id }) => id);
  const flags = yield* FollowUpFlagStore.use((store) => store.ofEnrollments(tenantId, ids));
  const flagsOf = Map.groupBy(flags, ({ enrollmentId }) => enrollmentId);
  return evaluated.map((one): EnrollmentLine => {
    const { enrollment, member, evaluation, dayOf } = one;
    const { id: enrollmentId, journeyId, memberId } = enrollment;
    const own = flagsOf.get(enrollmentId) ?? [];
    const glance = glanceOf(one);
    const thisWeek = evaluation.weeks.find(({ number }) => number === glance.currentWeek)?.adherence;
    return {
      enrollment,
      member: { id: member.id, firstName: member.firstName, lastName: member.lastName },
      ...glance,
      ...(thisWeek !== undefined && { thisWeek }),
      openFlags: own.filter(({ status }) => status === "raised").length,
      proposedFlags: openProposals(evaluation.proposedFlags, own, dayOf).map(({ reason, since, detail }) => ({
        journeyId,
        enrollmentId,
        memberId,
        kind: reason,
        status: "proposed",
        reason: detail,
        since,
      })),
    };
  });
});
