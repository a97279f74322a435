import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { MovementJourneyId, MovementTileId, SessionTypeId, TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Name, Prose } from "../../kernel/Text.ts";
import { Intensity, MovementSource, MovementType } from "../../pulseloop/domain/MovementEvent.ts";

const Weeks = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 104 })).annotate({
  description: "weeks, 1 to 104",
});

const goals = {
  minutesPerWeek: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10_080 }))),
  sessionsPerWeek: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100 }))),
};

const FocusAreas = Schema.Array(Name).check(Schema.isMaxLength(20));

/** What a week of a journey asks for. **Units** `minutesPerWeek`: minutes; `sessionsPerWeek`: sessions; 0 asks for nothing. */
export const TargetGoals = Schema.Struct({
  ...goals,
  focusAreas: FocusAreas.pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed([]))),
}).annotate({ identifier: "TargetGoals" });

/**
 * Something to do once in each week of a phase: a session of a type, a tile, or, where neither is named, any movement.
 *
 * **Units** `dayOfWeek`: the day it is due, 1–7, where 1 is the first day of the journey's own week. Done on another day of its
 * week, it is done.
 */
export const JourneyPrescription = Schema.Struct({
  dayOfWeek: Schema.Literals([1, 2, 3, 4, 5, 6, 7]),
  sessionTypeId: Schema.optionalKey(SessionTypeId),
  tileId: Schema.optionalKey(MovementTileId),
})
  .check(
    Schema.makeFilter(({ sessionTypeId, tileId }) =>
      sessionTypeId === undefined || tileId === undefined
        ? undefined
        : { path: ["tileId"], issue: "is given beside sessionTypeId; prescribe one of them, or two items" },
    ),
  )
  .annotate({ identifier: "JourneyPrescription" });
export type JourneyPrescription = typeof JourneyPrescription.Type;

/** Some weeks that ask for the same. **Shape** what a phase does not say, the journey's `targetGoals` say. */
export const JourneyPhase = Schema.Struct({
  weeks: Weeks,
  ...goals,
  focusAreas: Schema.optionalKey(FocusAreas),
  prescriptions: Schema.optionalKey(Schema.Array(JourneyPrescription).check(Schema.isMaxLength(50))),
}).annotate({ identifier: "JourneyPhase" });
export type JourneyPhase = typeof JourneyPhase.Type;

const Share = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }));

/** From which score on an enrolment is on track, and from which it is at risk; below, it is off track. **Units** shares, 0–1. */
export const StandingThresholds = Schema.Struct({ onTrackFrom: Share, atRiskFrom: Share })
  .check(
    Schema.makeFilter(({ onTrackFrom, atRiskFrom }) =>
      atRiskFrom <= onTrackFrom ? undefined : { path: ["atRiskFrom"], issue: "must not be above onTrackFrom" },
    ),
  )
  .annotate({ identifier: "StandingThresholds" });
export type StandingThresholds = typeof StandingThresholds.Type;

export const defaultThresholds: StandingThresholds = { onTrackFrom: 0.8, atRiskFrom: 0.5 };

/** Which movement counts as a journey's sessions and minutes: what is in every list that is given. */
export const CountedMovement = Schema.Struct({
  types: Schema.optionalKey(Schema.NonEmptyArray(MovementType)),
  intensities: Schema.optionalKey(Schema.NonEmptyArray(Intensity)),
  sources: Schema.optionalKey(Schema.NonEmptyArray(MovementSource)),
}).annotate({ identifier: "CountedMovement" });

/** What describes a journey, whoever keeps it. */
export const journeyFields = {
  name: Name,
  description: Schema.optionalKey(Prose),
  durationWeeks: Weeks,
  targetGoals: TargetGoals.pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed({ focusAreas: [] }))),
  phases: Schema.Array(JourneyPhase)
    .check(Schema.isMaxLength(104))
    .pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed([]))),
  counts: Schema.optionalKey(CountedMovement),
  standingThresholds: StandingThresholds.pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed(defaultThresholds))),
};

export const JourneyStatus = Schema.Literals(["active", "archived"]);
export type JourneyStatus = typeof JourneyStatus.Type;

/**
 * A structured, time-bound programme of movement.
 *
 * **Shape** without phases every week asks for `targetGoals`; with them, their weeks add up to `durationWeeks`. An archived journey
 * takes no new members; who is on it goes on.
 * **Units** `durationWeeks`: weeks, 1–104.
 */
export const MovementJourney = Schema.Struct({
  id: MovementJourneyId,
  tenantId: TenantId,
  ...journeyFields,
  status: JourneyStatus,
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "MovementJourney" });
export type MovementJourney = typeof MovementJourney.Type;

/** Whether the phases, where there are any, fill the journey. */
export const phasesFill = ({ phases, durationWeeks }: Pick<MovementJourney, "phases" | "durationWeeks">): boolean =>
  phases.length === 0 || phases.reduce((weeks, phase) => weeks + phase.weeks, 0) === durationWeeks;
