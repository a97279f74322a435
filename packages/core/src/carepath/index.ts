/** The public face of the CarePath module: structured programmes of movement. */
export { JourneyEnrollment } from "./domain/JourneyEnrollment.ts";
export { MovementJourney, TargetGoals } from "./domain/MovementJourney.ts";
