import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { MovementJourneyId } from "../../kernel/Ids.ts";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { EnrollmentStatus } from "../domain/JourneyEnrollment.ts";
import { EnrollmentLine } from "../domain/JourneySummary.ts";
import { EnrollmentStore } from "../ports/EnrollmentStore.ts";
import { JourneyStore } from "../ports/JourneyStore.ts";
import { linesOf } from "./LinesOf.ts";

/** **Shape** without `asOf`, as of today where each member lives. */
export const ListEnrollments = Schema.Struct({
  journeyId: MovementJourneyId,
  status: Schema.optionalKey(EnrollmentStatus),
  asOf: Schema.optionalKey(CivilDateFromString),
  ...pageFields,
}).annotate({ identifier: "ListEnrollments" });

/** Who is on a journey and how each stands, oldest enrolment first. For coaches. */
export const listEnrollments = UseCase.query(
  "ListEnrollments",
  { command: ListEnrollments, answer: Page(EnrollmentLine), first: () => authorize("enrollment:read") },
  function* (command, { tenantId }) {
    const { asOf, ...filter } = command;
    const journey = yield* JourneyStore.use((journeys) => journeys.find(tenantId, command.journeyId));
    const { rows, ...rest } = yield* EnrollmentStore.use((store) => store.list(tenantId, filter, pageRequest(command)));
    return toPage({ ...rest, rows: yield* linesOf(tenantId, journey, rows, asOf) });
  },
);
