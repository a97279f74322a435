/** The public face of the CarePath module: structured programmes of movement. */
export { CarePath } from "./CarePath.ts";
export { FlagAlreadyResolved, FollowUpFlag, ProposedFlag } from "./domain/FollowUpFlag.ts";
export {
  AlreadyEnrolled,
  EnrollmentDayImpossible,
  EnrollmentStatusForbids,
  JourneyEnrollment,
  JourneyNotActive,
} from "./domain/JourneyEnrollment.ts";
export * as JourneyEvaluation from "./domain/JourneyEvaluation.ts";
export { planOf } from "./domain/JourneyPlan.ts";
export { EnrollmentLine, JourneySummary } from "./domain/JourneySummary.ts";
export { type JourneyPrescription, MovementJourney, TargetGoals } from "./domain/MovementJourney.ts";
export { type EnrollmentFilter, EnrollmentStore } from "./ports/EnrollmentStore.ts";
export { type FlagFilter, FollowUpFlagStore } from "./ports/FollowUpFlagStore.ts";
export { JourneyStore } from "./ports/JourneyStore.ts";
export { CreateJourney } from "./usecases/CreateJourney.ts";
