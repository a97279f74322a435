import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { JourneyEnrollmentId, MemberId, MovementJourneyId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize, MemberStore } from "../../platform/index.ts";
import { admit, JourneyEnrollment } from "../domain/JourneyEnrollment.ts";
import { EnrollmentStore } from "../ports/EnrollmentStore.ts";
import { JourneyStore } from "../ports/JourneyStore.ts";
import { todayOf } from "./TodayOf.ts";

/** **Shape** without `startDate`, from today where the member lives; it may lie before or after today. */
export const EnrolMember = Schema.Struct({
  journeyId: MovementJourneyId,
  memberId: MemberId,
  startDate: Schema.optionalKey(CivilDateFromString),
}).annotate({ identifier: "EnrolMember" });

/** Puts a member on a journey. **Errors** `NotPermitted`, `NotFound`, `JourneyNotActive`, `AlreadyEnrolled`. */
export const enrolMember = UseCase.command(
  "EnrolMember",
  {
    command: EnrolMember,
    answer: JourneyEnrollment,
    first: ({ memberId }) => authorize("enrollment:join", memberId),
  },
  function* ({ journeyId, memberId, startDate }, { tenantId }) {
    const enrollments = yield* EnrollmentStore;
    const journey = yield* JourneyStore.use((journeys) => journeys.find(tenantId, journeyId));
    const member = yield* MemberStore.use((members) => members.find(tenantId, memberId));
    yield* Effect.fromResult(admit(journey, yield* enrollments.findOpen(tenantId, journeyId, memberId)));
    const at = yield* now;
    const enrollment: JourneyEnrollment = {
      id: yield* newId(JourneyEnrollmentId),
      tenantId,
      journeyId,
      memberId,
      startDate: startDate ?? (yield* todayOf(tenantId, member)),
      status: "active",
      pauses: [],
      createdAt: at,
      updatedAt: at,
    };
    yield* enrollments.insert(enrollment);
    yield* record({
      type: "MemberEnrolled",
      entityType: "JourneyEnrollment",
      entityId: enrollment.id,
      data: { journeyId, memberId },
    });
    return enrollment;
  },
);
