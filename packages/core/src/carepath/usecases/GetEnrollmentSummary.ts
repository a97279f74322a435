import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { JourneyEnrollmentId, MovementJourneyId } from "../../kernel/Ids.ts";
import { Principal } from "../../kernel/Principal.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { JourneySummary, summarize } from "../domain/JourneySummary.ts";
import { JourneyStore } from "../ports/JourneyStore.ts";
import { evaluateEnrollment } from "./EvaluateEnrollments.ts";
import { findOwnEnrollment } from "./FindOwnEnrollment.ts";

/** **Shape** without `asOf`, as of today where the member lives. */
export const GetEnrollmentSummary = Schema.Struct({
  journeyId: MovementJourneyId,
  enrollmentId: JourneyEnrollmentId,
  asOf: Schema.optionalKey(CivilDateFromString),
}).annotate({ identifier: "GetEnrollmentSummary" });

/** Where a member stands on a journey, week by week, and why. A member sees its own. */
export const getEnrollmentSummary = UseCase.query(
  "GetEnrollmentSummary",
  { command: GetEnrollmentSummary, answer: JourneySummary, first: () => Principal },
  function* (command, { tenantId }) {
    const enrollment = yield* findOwnEnrollment("enrollment:read", command);
    const journey = yield* JourneyStore.use((journeys) => journeys.find(tenantId, command.journeyId));
    return summarize(journey, yield* evaluateEnrollment(tenantId, journey, enrollment, command.asOf));
  },
);
