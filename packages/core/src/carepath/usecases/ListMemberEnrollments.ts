import * as Schema from "effect/Schema";
import { MemberId } from "../../kernel/Ids.ts";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize, MemberStore } from "../../platform/index.ts";
import { EnrollmentStatus, JourneyEnrollment } from "../domain/JourneyEnrollment.ts";
import { EnrollmentStore } from "../ports/EnrollmentStore.ts";

export const ListMemberEnrollments = Schema.Struct({
  memberId: MemberId,
  status: Schema.optionalKey(EnrollmentStatus),
  ...pageFields,
}).annotate({ identifier: "ListMemberEnrollments" });

/** The journeys a member is or was on, oldest first; a member lists its own. */
export const listMemberEnrollments = UseCase.query(
  "ListMemberEnrollments",
  {
    command: ListMemberEnrollments,
    answer: Page(JourneyEnrollment),
    first: ({ memberId }) => authorize("enrollment:read", memberId),
  },
  function* (command, { tenantId }) {
    yield* MemberStore.use((members) => members.find(tenantId, command.memberId));
    return toPage(
      yield* EnrollmentStore.use((enrollments) => enrollments.list(tenantId, command, pageRequest(command))),
    );
  },
);
