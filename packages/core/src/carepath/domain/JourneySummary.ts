/**
 * What is told of an evaluated enrolment: to the member and its coach in full, to a coach who lists many in a line each.
 *
 * **Invariant** the contributions of the weeks add up to the score.
 */
import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { JourneyEnrollmentId, MemberId, MovementJourneyId, MovementTileId, SessionTypeId } from "../../kernel/Ids.ts";
import { ZoneName } from "../../kernel/ZoneName.ts";
import type * as Streak from "../../pulseloop/domain/Streak.ts";
import { ProposedFlag } from "./FollowUpFlag.ts";
import type * as JourneyEvaluation from "./JourneyEvaluation.ts";
import { EnrollmentStatus, isOpen, JourneyEnrollment } from "./JourneyEnrollment.ts";
import { prescriptionsOf } from "./JourneyPlan.ts";
import { percent } from "./Percent.ts";
import { type MovementJourney, StandingThresholds } from "./MovementJourney.ts";

const JourneyStanding = Schema.Literals(["on_track", "at_risk", "off_track"]);

const Goal = Schema.Struct({
  goal: Schema.Literals(["sessions", "minutes", "items"]),
  target: Schema.Finite,
  actual: Schema.Finite,
}).annotate({ identifier: "JourneyGoal", description: "one thing a week asks for, and how much of it was done" });

const Item = Schema.Struct({
  itemId: Schema.String,
  sessionTypeId: Schema.optionalKey(SessionTypeId),
  tileId: Schema.optionalKey(MovementTileId),
  dueOn: CivilDateFromString,
  doneOn: Schema.optionalKey(CivilDateFromString),
}).annotate({
  identifier: "JourneyItem",
  description: "something prescribed for a day; done on another day of its week, it is done",
});
type Item = typeof Item.Type;

const Week = Schema.Struct({
  number: Schema.Int,
  from: CivilDateFromString,
  to: CivilDateFromString,
  focusAreas: Schema.Array(Schema.String),
  goals: Schema.Array(Goal),
  items: Schema.Array(Item),
  adherence: Schema.optionalKey(Schema.Finite),
  status: Schema.Literals(["met", "excused", "pending", "missed", "upcoming", "rest"]),
  contribution: Schema.optionalKey(Schema.Finite),
}).annotate({ identifier: "JourneyWeek" });

const JourneyStreak = Schema.Struct({
  status: Schema.Literals(["active", "at_risk", "broken", "paused"]),
  current: Schema.Int,
  best: Schema.Int,
}).annotate({ identifier: "JourneyStreak" });

/** What the line in a list and the full summary share. */
const glance = {
  asOf: CivilDateFromString,
  timezone: ZoneName,
  isPaused: Schema.Boolean,
  currentWeek: Schema.optionalKey(Schema.Int),
  endsOn: Schema.optionalKey(CivilDateFromString),
  score: Schema.optionalKey(Schema.Finite),
  standing: Schema.optionalKey(JourneyStanding),
  completion: Schema.Struct({ weeksOver: Schema.Int, weeksTotal: Schema.Int, isCompleted: Schema.Boolean }),
  weekStreak: JourneyStreak,
  dayStreak: JourneyStreak,
};

/**
 * Where a member stands on a journey as of a day, and why.
 *
 * **Shape** `score` and `standing` are absent until a week that asks for something is over. `currentWeek` is absent before the start, in a
 * pause and after the end; `endsOn` while a pause is open. `dueNext`: what this week asks for that is not done, else what next week does.
 *
 * **Units** `score`, `adherence`, `contribution`: shares, 0–1; the contributions add up to the score. `weekStreak`: weeks of the journey met
 * in a row; `dayStreak`: active days in a row by the tenant's rules. Days: civil days where the member lives.
 */
export const JourneySummary = Schema.Struct({
  enrollmentId: JourneyEnrollmentId,
  journeyId: MovementJourneyId,
  journeyName: Schema.String,
  memberId: MemberId,
  status: EnrollmentStatus,
  startDate: CivilDateFromString,
  endDate: Schema.optionalKey(CivilDateFromString),
  ...glance,
  standingThresholds: StandingThresholds,
  weeks: Schema.Array(Week),
  dueNext: Schema.Array(Item),
  remaining: Schema.Array(Goal),
  explanation: Schema.String,
}).annotate({ identifier: "JourneySummary" });
export type JourneySummary = typeof JourneySummary.Type;

/** A member on a journey as its coach lists it. **Units** `thisWeek`: the share done of what the current week asks for, 0–1. */
export const EnrollmentLine = Schema.Struct({
  enrollment: JourneyEnrollment,
  member: Schema.Struct({ id: MemberId, firstName: Schema.String, lastName: Schema.String }),
  ...glance,
  thisWeek: Schema.optionalKey(Schema.Finite),
  openFlags: Schema.Int,
  proposedFlags: Schema.Array(ProposedFlag),
}).annotate({ identifier: "EnrollmentLine" });
export type EnrollmentLine = typeof EnrollmentLine.Type;

/** An enrolment with everything computed about it. */
export interface Evaluated {
  readonly enrollment: JourneyEnrollment;
  readonly timezone: ZoneName;
  readonly evaluation: JourneyEvaluation.Evaluation;
  readonly dayStreak: Streak.Result;
}

/** The part of both tellings that is the same. */
export const glanceOf = ({ enrollment, timezone, evaluation, dayStreak }: Evaluated) => {
  const { asOf, isPaused, currentWeek, endsOn, score, standing, completion, streak } = evaluation;
  return {
    asOf,
    timezone,
    isPaused,
    ...(isOpen(enrollment) && currentWeek !== undefined && { currentWeek }),
    ...(isOpen(enrollment) && endsOn !== undefined && { endsOn }),
    ...(score !== undefined && { score }),
    ...(standing !== undefined && { standing }),
    completion,
    weekStreak: streakOf(streak),
    dayStreak: streakOf(dayStreak),
  };
};

/** The full telling. */
export const summarize = (journey: MovementJourney, evaluated: Evaluated): JourneySummary => {
  const { enrollment, evaluation } = evaluated;
  const { weeks, dueNext, remaining } = evaluation;
  const prescribed = prescriptionsOf(journey);
  const itemOf = (item: JourneyEvaluation.Item): Item => {
    const { sessionTypeId, tileId } = prescribed.get(item.itemId) ?? {};
    return {
      ...item,
      ...(sessionTypeId !== undefined && { sessionTypeId }),
      ...(tileId !== undefined && { tileId }),
    };
  };
  return {
    enrollmentId: enrollment.id,
    journeyId: journey.id,
    journeyName: journey.name,
    memberId: enrollment.memberId,
    status: enrollment.status,
    startDate: enrollment.startDate,
    ...(enrollment.endDate !== undefined && { endDate: enrollment.endDate }),
    ...glanceOf(evaluated),
    standingThresholds: journey.standingThresholds,
    weeks: weeks.map((week) => ({ ...week, items: week.items.map(itemOf) })),
    dueNext: isOpen(enrollment) ? dueNext.map(itemOf) : [],
    remaining: isOpen(enrollment) ? remaining : [],
    explanation: explain(evaluation),
  };
};

/** Why the score is what it is, in words. Shares are rounded for reading alone. */
export const explain = ({ score, standing, weeks }: JourneyEvaluation.Evaluation): string => {
  const counted = weeks.filter(({ contribution }) => contribution !== undefined);
  if (score === undefined || standing === undefined) {
    return "No score yet: no week that asks for something is over.";
  }
  const head = `Score ${percent(score)}, ${standing.replace("_", " ")}: the mean of ${counted.length} ${counted.length === 1 ? "week" : "weeks"}.`;
  const told = counted.map(({ number, adherence = 0, goals }) => {
    const parts = goals.map(({ goal, actual, target }) => `${amount(actual)} of ${amount(target)} ${goal}`);
    return `Week ${number}: ${percent(adherence)} (${parts.join(", ")}).`;
  });
  const excused = weeks.filter(({ status }) => status === "excused").map(({ number }) => number);
  const left = excused.length === 0 ? [] : [`Not counted, because excused: week ${excused.join(", ")}.`];
  return [head, ...told, ...left].join(" ");
};

const streakOf = ({ status, current, best }: Streak.Result) => ({
  status,
  current: current.length,
  best: best.length,
});

const amount = (value: number): string => String(Math.round(value * 10) / 10);
