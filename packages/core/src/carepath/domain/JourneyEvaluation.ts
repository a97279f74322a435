/**
 * Where a member stands on a journey as of a civil day: each week's targets, what was done, adherence, standing, what is due.
 *
 * **Shape** a journey's weeks are runs of seven *journey days*. A pause stops the count, so the weeks that remain move back by as
 * many days as it lasts; excused days do not move anything, they lower what is asked.
 *
 * **Units** adherence and score are shares, 0–1; sessions are events, minutes are minutes.
 *
 * **Invariant** more movement lowers neither a week's adherence nor the score; the same facts give the same evaluation in any
 * order.
 *
 * **Source** `design/pulseloop-calculators.md`, "Journeys".
 */
import * as CivilDate from "../../kernel/CivilDate.ts";
import type { ActivityCalendar } from "../../pulseloop/domain/ActivityCalendar.ts";
import * as Completion from "../../pulseloop/domain/Completion.ts";
import * as DayCell from "../../pulseloop/domain/DayCell.ts";
import * as Excuse from "../../pulseloop/domain/Excuse.ts";
import * as Metric from "../../pulseloop/domain/Metric.ts";
import type { Span } from "../../pulseloop/domain/Period.ts";
import * as Streak from "../../pulseloop/domain/Streak.ts";
import { percent } from "./Percent.ts";

/** Something prescribed for one day of each week of a phase: a session type, a tile, or any movement. */
export interface Prescription {
  readonly itemId: string;
  /** 1 is the first day of the journey's week. */
  readonly dayOfWeek: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  readonly where?: Metric.Filter;
}

/** Some weeks that ask for the same. */
export interface Phase {
  readonly weeks: number;
  readonly sessionsPerWeek?: number;
  readonly minutesPerWeek?: number;
  readonly focusAreas?: ReadonlyArray<string>;
  readonly prescriptions?: ReadonlyArray<Prescription>;
}

export interface Plan {
  readonly phases: ReadonlyArray<Phase>;
  /** Which movement counts as sessions and minutes; all when absent. */
  readonly counts?: Metric.Filter;
  /** From these scores on; 0.8 and 0.5 when absent. */
  readonly onTrackFrom?: number;
  readonly atRiskFrom?: number;
}

export interface Pause {
  readonly from: CivilDate.CivilDate;
  /** The last paused day; open when absent. */
  readonly to?: CivilDate.CivilDate;
}

export interface Enrolment {
  readonly startsOn: CivilDate.CivilDate;
  readonly pauses?: ReadonlyArray<Pause>;
  /** The last day, for whoever dropped out. */
  readonly endedOn?: CivilDate.CivilDate;
}

export interface Input {
  readonly plan: Plan;
  readonly enrolment: Enrolment;
  readonly calendar: ActivityCalendar;
  readonly asOf: CivilDate.CivilDate;
  readonly excused?: Excuse.ExcusedDays;
}

export type Standing = "on_track" | "at_risk" | "off_track";

/** One thing a week asks for, and how much of it was done. */
export interface Goal {
  readonly goal: "sessions" | "minutes" | "items";
  readonly target: number;
  readonly actual: number;
}

export interface Item {
  readonly itemId: string;
  readonly dueOn: CivilDate.CivilDate;
  /** The day it was done, which may be another of its week. */
  readonly doneOn?: CivilDate.CivilDate;
}

export interface Week extends Span {
  /** 1 is the first. */
  readonly number: number;
  readonly focusAreas: ReadonlyArray<string>;
  readonly goals: ReadonlyArray<Goal>;
  readonly items: ReadonlyArray<Item>;
  /** The mean of its goals' shares, each at most 1; absent when it asks for nothing. */
  readonly adherence?: number;
  /** What the week adds to the score, once it is over and counts. */
  readonly contribution?: number;
  readonly status: "met" | "excused" | "pending" | "missed" | "upcoming" | "rest";
}

export interface ProposedFlag {
  readonly reason: "off_track" | "weeks_missed_in_a_row" | "no_movement";
  /** The day the reason began to hold. */
  readonly since: CivilDate.CivilDate;
  readonly detail: string;
}

export interface Evaluation {
  readonly asOf: CivilDate.CivilDate;
  /** The week that goes on; absent before the start, in a pause, and when all is over. */
  readonly currentWeek?: number;
  readonly isPaused: boolean;
  /** The last day as things stand; absent while a pause is open. */
  readonly endsOn?: CivilDate.CivilDate;
  readonly weeks: ReadonlyArray<Week>;
  /** The mean adherence of the weeks that are over; absent while none is. */
  readonly score?: number;
  readonly standing?: Standing;
  /** What is due in the current week and not done, soonest first; else the first items of the next. */
  readonly dueNext: ReadonlyArray<Item>;
  /** What the current week still asks for. */
  readonly remaining: ReadonlyArray<Goal>;
  readonly completion: { readonly weeksOver: number; readonly weeksTotal: number; readonly isCompleted: boolean };
  /** Weeks met in a row. */
  readonly streak: Streak.Result;
  readonly proposedFlags: ReadonlyArray<ProposedFlag>;
}

const defaultOnTrackFrom = 0.8;
const defaultAtRiskFrom = 0.5;
const missedWeeksForFlag = 2;
const idleDaysForFlag = 10;

export const evaluate = (input: Input): Evaluation => {
  const { plan, enrolment, calendar, excused = Excuse.none } = input;
  const { endedOn } = enrolment;
  const asOf = earliest(input.asOf, endedOn);
  // For whoever ended, the last day is over too.
  const isOver = (day: CivilDate.CivilDate) => day < input.asOf && (endedOn === undefined || day <= endedOn);
  const phases = plan.phases.flatMap((phase) => Array.from({ length: phase.weeks }, () => phase));
  const days = journeyDays(enrolment, phases.length * 7);

  const daysOf = (number: number) => days.slice((number - 1) * 7, number * 7);
  // A week that an open pause interrupts goes on after it.
  const isPast = (ofWeek: ReadonlyArray<CivilDate.CivilDate>) => ofWeek.length === 7 && isOver(ofWeek.at(-1)!);

  const weeks = phases.flatMap((phase, index): ReadonlyArray<Week> => {
    const ofWeek = daysOf(index + 1);
    return ofWeek.length === 0
      ? []
      : [evaluateWeek(plan, phase, index + 1, ofWeek, calendar, asOf, isPast(ofWeek), excused)];
  });
  const isPaused = endedOn === undefined && pausedOn(enrolment.pauses ?? [], asOf);
  const current = isPaused ? undefined : weeks.find(({ from, to }) => from <= asOf && asOf <= to);
  const over = weeks.filter(({ number }) => isPast(daysOf(number)));
  const judged = over.filter(({ adherence, status }) => adherence !== undefined && status !== "excused");
  const score = judged.length === 0 ? undefined : meanAdherence(judged);
  const standing = score === undefined ? undefined : standingOf(plan, score);
  const streak = weekStreak(weeks, isPaused, asOf);
  const next = weeks.find(({ from }) => from > asOf);
  const endsOn = days[phases.length * 7 - 1];
  const isCompleted = over.length === phases.length;
  return {
    asOf,
    ...(current && { currentWeek: current.number }),
    isPaused,
    ...(endsOn !== undefined && { endsOn }),
    weeks: weeks.map((week) =>
      judged.includes(week) ? { ...week, contribution: week.adherence! / judged.length } : week,
    ),
    ...(score !== undefined && { score }),
    ...(standing && { standing }),
    dueNext: dueNext(current, next),
    remaining: (current?.goals ?? []).filter(({ actual, target }) => actual < target),
    completion: { weeksOver: over.length, weeksTotal: phases.length, isCompleted },
    streak,
    proposedFlags:
      endedOn !== undefined || isCompleted || isPaused
        ? []
        : [...proposeOffTrack(plan, judged), ...proposeMissed(weeks), ...proposeIdle(days, calendar, asOf, excused)],
  };
};

export const standingOf = (
  { onTrackFrom = defaultOnTrackFrom, atRiskFrom = defaultAtRiskFrom }: Plan,
  score: number,
): Standing => (score >= onTrackFrom ? "on_track" : score >= atRiskFrom ? "at_risk" : "off_track");

/** The civil days of the journey: paused ones are passed over. An open pause ends the list. */
const journeyDays = ({ startsOn, pauses = [] }: Enrolment, count: number): ReadonlyArray<CivilDate.CivilDate> => {
  const opened = Math.min(Infinity, ...pauses.flatMap(({ from, to }) => (to === undefined ? [from] : [])));
  const days: Array<CivilDate.CivilDate> = [];
  for (let day = startsOn; days.length < count && day < opened; day = CivilDate.addDays(day, 1)) {
    if (!pausedOn(pauses, day)) days.push(day);
  }
  return days;
};

const pausedOn = (pauses: ReadonlyArray<Pause>, day: CivilDate.CivilDate): boolean =>
  pauses.some(({ from, to }) => from <= day && (to === undefined || day <= to));

const evaluateWeek = (
  plan: Plan,
  phase: Phase,
  number: number,
  days: ReadonlyArray<CivilDate.CivilDate>,
  calendar: ActivityCalendar,
  asOf: CivilDate.CivilDate,
  isPast: boolean,
  excused: Excuse.ExcusedDays,
): Week => {
  const from = days[0]!;
  const to = days.at(-1)!;
  const open = days.filter((day) => excused(day) === undefined);
  const seen = days.filter((day) => day <= asOf);
  const cells = seen.map((day) => calendar.get(day) ?? DayCell.empty);
  const where = plan.counts === undefined ? {} : { where: plan.counts };

  const prescribed = (phase.prescriptions ?? []).flatMap(({ itemId, dayOfWeek, where: does }) => {
    const dueOn = days[dayOfWeek - 1];
    return dueOn === undefined ? [] : [{ itemId, dueOn, ...(does && { where: does }) }];
  });
  const doneBy = Completion.matchWithin(prescribed, calendar, seen);
  const items = prescribed.map(({ itemId, dueOn }): Item => {
    const doer = doneBy.get(itemId);
    return { itemId, dueOn, ...(doer && { doneOn: doer.on }) };
  });
  // An item due on an excused day is asked for by nobody, and still counts when it was done.
  const asked = items.filter(({ dueOn, doneOn }) => doneOn !== undefined || excused(dueOn) === undefined);

  const share = (target: number): number => (target * Math.max(1, open.length)) / days.length;
  const goals: ReadonlyArray<Goal> = [
    ...(phase.sessionsPerWeek === undefined
      ? []
      : [
          {
            goal: "sessions" as const,
            target: share(phase.sessionsPerWeek),
            actual: Metric.ofDays({ measure: "events", ...where }, cells),
          },
        ]),
    ...(phase.minutesPerWeek === undefined
      ? []
      : [
          {
            goal: "minutes" as const,
            target: share(phase.minutesPerWeek),
            actual: Metric.ofDays({ measure: "minutes", ...where }, cells),
          },
        ]),
    ...(items.length === 0
      ? []
      : [
          {
            goal: "items" as const,
            target: asked.length,
            actual: items.filter(({ doneOn }) => doneOn !== undefined).length,
          },
        ]),
  ].filter(({ target }) => target > 0);

  const adherence =
    goals.length === 0
      ? undefined
      : goals.reduce((sum, { actual, target }) => sum + Math.min(1, actual / target), 0) / goals.length;
  const isMet = goals.every(({ actual, target }) => actual >= target);
  const status =
    from > asOf
      ? "upcoming"
      : adherence === undefined
        ? open.length === 0 && items.length > 0
          ? "excused"
          : "rest"
        : isMet
          ? "met"
          : open.length === 0
            ? "excused"
            : isPast
              ? "missed"
              : "pending";
  return {
    number,
    from,
    to,
    focusAreas: phase.focusAreas ?? [],
    goals,
    items,
    ...(adherence !== undefined && { adherence }),
    status,
  };
};

const meanAdherence = (weeks: ReadonlyArray<Week>): number =>
  weeks.reduce((sum, { adherence }) => sum + adherence!, 0) / weeks.length;

const weekStreak = (weeks: ReadonlyArray<Week>, isPaused: boolean, asOf: CivilDate.CivilDate): Streak.Result => {
  const begun = weeks.flatMap(({ from, to, status }) =>
    status === "upcoming" ? [] : [{ from, to, status: status === "rest" ? ("excused" as const) : status }],
  );
  return Streak.ofPeriods(isPaused ? [...begun, { from: asOf, to: asOf, status: "excused" }] : begun, asOf);
};

const dueNext = (current: Week | undefined, next: Week | undefined): ReadonlyArray<Item> => {
  const open = (week: Week | undefined): ReadonlyArray<Item> =>
    (week?.items ?? [])
      .filter(({ doneOn }) => doneOn === undefined)
      .toSorted((left, right) => left.dueOn - right.dueOn);
  const now = open(current);
  return now.length > 0 ? now : open(next);
};

// What a coach should look at, each with its reason; raising the flag is the coach's decision.

/** The score has been too low since the end of some week. **Shape** `judged`: the weeks the score is made of. */
const proposeOffTrack = (plan: Plan, judged: ReadonlyArray<Week>): ReadonlyArray<ProposedFlag> => {
  const scores = judged.map((_, index) => meanAdherence(judged.slice(0, index + 1)));
  const fell = judged[scores.findLastIndex((score) => standingOf(plan, score) !== "off_track") + 1];
  return fell === undefined
    ? []
    : [
        {
          reason: "off_track",
          since: CivilDate.addDays(fell.to, 1),
          detail: `adherence ${percent(scores.at(-1)!)} is below ${percent(plan.atRiskFrom ?? defaultAtRiskFrom)}`,
        },
      ];
};

/** Some weeks were missed, and none was met since: neither a later one nor, early, the one that goes on. */
const proposeMissed = (weeks: ReadonlyArray<Week>): ReadonlyArray<ProposedFlag> => {
  const lastMet = weeks.findLastIndex(({ status }) => status === "met");
  const missed = weeks.slice(lastMet + 1).filter(({ status }) => status === "missed");
  return missed.length < missedWeeksForFlag
    ? []
    : [
        {
          reason: "weeks_missed_in_a_row",
          since: missed[0]!.from,
          detail: `${missed.length} weeks missed in a row, since week ${missed[0]!.number}`,
        },
      ];
};

/** No movement for long, today included, on days on which some could be expected. */
const proposeIdle = (
  days: ReadonlyArray<CivilDate.CivilDate>,
  calendar: ActivityCalendar,
  asOf: CivilDate.CivilDate,
  excused: Excuse.ExcusedDays,
): ReadonlyArray<ProposedFlag> => {
  const isIdle = (day: CivilDate.CivilDate) => DayCell.isIdle(calendar.get(day) ?? DayCell.empty);
  const expected = days.filter((day) => day < asOf && excused(day) === undefined);
  const idle = expected.slice(expected.findLastIndex((day) => !isIdle(day)) + 1);
  return idle.length < idleDaysForFlag || !isIdle(asOf)
    ? []
    : [{ reason: "no_movement", since: idle[0]!, detail: `no movement on ${idle.length} expected days` }];
};

const earliest = (one: CivilDate.CivilDate, other: CivilDate.CivilDate | undefined): CivilDate.CivilDate =>
  other !== undefined && other < one ? other : one;
