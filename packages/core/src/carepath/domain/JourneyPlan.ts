/** A journey as it is evaluated: every phase with what it asks for, every prescribed item with an id of its own. */
import type { Phase, Plan, Prescription } from "./JourneyEvaluation.ts";
import type { JourneyPhase, JourneyPrescription, MovementJourney } from "./MovementJourney.ts";

export const planOf = (journey: MovementJourney): Plan => ({
  phases: phasesOf(journey).map((phase, index) => completed(journey, phase, index)),
  ...(journey.counts && { counts: journey.counts }),
  ...journey.standingThresholds,
});

/** What an item id of the plan prescribes. */
export const prescriptionsOf = (journey: MovementJourney): ReadonlyMap<string, JourneyPrescription> =>
  new Map(
    phasesOf(journey).flatMap(({ prescriptions = [] }, phase) =>
      prescriptions.map((prescription, index) => [itemIdOf(phase, index), prescription] as const),
    ),
  );

const phasesOf = ({ phases, durationWeeks }: MovementJourney): ReadonlyArray<JourneyPhase> =>
  phases.length > 0 ? phases : [{ weeks: durationWeeks }];

/** The phase's number and the item's number in it, both from 1. */
const itemIdOf = (phase: number, index: number): string => `${phase + 1}.${index + 1}`;

const completed = ({ targetGoals }: MovementJourney, phase: JourneyPhase, number: number): Phase => {
  const { weeks, focusAreas = targetGoals.focusAreas, prescriptions = [] } = phase;
  const { sessionsPerWeek = targetGoals.sessionsPerWeek, minutesPerWeek = targetGoals.minutesPerWeek } = phase;
  return {
    weeks,
    focusAreas,
    prescriptions: prescriptions.map((prescription, index) => itemOf(itemIdOf(number, index), prescription)),
    ...(sessionsPerWeek !== undefined && { sessionsPerWeek }),
    ...(minutesPerWeek !== undefined && { minutesPerWeek }),
  };
};

const itemOf = (itemId: string, { dayOfWeek, sessionTypeId, tileId }: JourneyPrescription): Prescription => ({
  itemId,
  dayOfWeek,
  ...(sessionTypeId !== undefined && { where: { sessionTypeIds: [sessionTypeId] } }),
  ...(tileId !== undefined && { where: { tileIds: [tileId] } }),
});
