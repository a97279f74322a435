/**
 * How far a participant, or a team, has come in a challenge: value, target, fraction, and the civil day the goal was reached.
 *
 * **Shape** a challenge is data: a kind with its target, a window of civil days, who may join when, which sources count, and
 * how long late facts are waited for.
 *
 * **Units** the value's unit follows the kind: the metric's for `cumulative`, `best_effort` and `team`, periods for `frequency`
 * and `streak`. All days are civil days where the participant lives: no zone wins by being east.
 *
 * **Invariant** until it is finalised, no order, repetition or delay of the facts changes anyone's progress.
 *
 * **Source** `design/pulseloop-calculators.md`, "Challenges".
 */
import * as CivilDate from "../../kernel/CivilDate.ts";
import type { ActivityCalendar } from "./ActivityCalendar.ts";
import * as DayCell from "./DayCell.ts";
import * as Excuse from "./Excuse.ts";
import * as Metric from "./Metric.ts";
import type * as Movement from "./Movement.ts";
import * as Period from "./Period.ts";
import * as Streak from "./Streak.ts";

export type Kind =
  /** So much in the whole window: "600 minutes in June". */
  | { readonly kind: "cumulative"; readonly metric: Metric.Metric; readonly target: number }
  /** So many periods, each with so much: "3 sessions a week for 4 weeks". */
  | {
      readonly kind: "frequency";
      readonly metric: Metric.Metric;
      readonly perPeriod: number;
      /** Weeks run from the challenge's first day, months are the calendar's. */
      readonly period: "day" | "week" | "month";
      readonly periods: number;
    }
  /** The longest streak within the window. */
  | { readonly kind: "streak"; readonly rule: Streak.Rule; readonly target: number }
  /** The best single day. */
  | { readonly kind: "best_effort"; readonly metric: Metric.Metric; readonly target: number }
  /** What all members of a team do together. */
  | { readonly kind: "team"; readonly metric: Metric.Metric; readonly target: number };

export interface Challenge {
  readonly kind: Kind;
  /** First and last day, each where the participant lives. */
  readonly from: CivilDate.CivilDate;
  readonly to: CivilDate.CivilDate;
  /**
   * Whether one may join until the day before it starts, or at any time; and whether what was done before joining counts.
   */
  readonly join: "before_start" | "any_time" | "any_time_counting_back";
  /** Only facts from these sources count; all when absent. */
  readonly sources?: ReadonlyArray<Movement.Source>;
  /** Days after the last one on which facts of the window are still counted. */
  readonly graceDays: number;
}

export interface Input {
  readonly challenge: Challenge;
  readonly calendar: ActivityCalendar;
  readonly joinedOn: CivilDate.CivilDate;
  readonly asOf: CivilDate.CivilDate;
  readonly excused?: Excuse.ExcusedDays;
}

export interface PeriodProgress extends Period.Span {
  readonly value: number;
  readonly target: number;
  readonly isMet: boolean;
}

export interface Progress {
  readonly value: number;
  readonly target: number;
  /** Value ÷ target, at most 1; 1 when nothing is asked. */
  readonly fraction: number;
  readonly isReached: boolean;
  /** The first civil day with which the goal was reached. */
  readonly reachedOn?: CivilDate.CivilDate;
  /** Day by day for `best_effort`, else period by period. */
  readonly periods: ReadonlyArray<PeriodProgress>;
  /** The days that count for this participant; absent when none does. */
  readonly counted?: Period.Span;
}

/** Whether somebody may join on this day. */
export const mayJoin = (
  { join, from, to }: Challenge,
  on: CivilDate.CivilDate,
): "yes" | "already_started" | "is_over" =>
  on > to ? "is_over" : join === "before_start" && on >= from ? "already_started" : "yes";

/** One participant's progress, or a team's, if `calendar` is the merged calendar of its members. */
export const evaluate = ({ challenge, calendar, joinedOn, asOf, excused = Excuse.none }: Input): Progress => {
  const from = challenge.join === "any_time" ? later(challenge.from, joinedOn) : challenge.from;
  const to = earlier(challenge.to, asOf);
  const counted = from <= to ? { from, to } : undefined;
  const measured = measure(challenge, eligible(calendar, challenge, counted), counted, excused);
  const { value, target, reachedOn, periods } = measured;
  return {
    value,
    target,
    fraction: target > 0 ? Math.min(1, value / target) : 1,
    isReached: value >= target,
    ...(reachedOn !== undefined && { reachedOn }),
    periods,
    ...(counted && { counted }),
  };
};

/** Joined on different days, each member of a team counts from their own. */
export const evaluateTeam = (
  challenge: Challenge,
  members: ReadonlyArray<{ readonly calendar: ActivityCalendar; readonly joinedOn: CivilDate.CivilDate }>,
  asOf: CivilDate.CivilDate,
): Progress => {
  const together = new Map<CivilDate.CivilDate, DayCell.DayCell>();
  for (const { calendar, joinedOn } of members) {
    for (const [day, cell] of calendar) {
      if (challenge.join === "any_time" && day < joinedOn) continue;
      together.set(day, DayCell.merge(together.get(day) ?? DayCell.empty, cell));
    }
  }
  return evaluate({ challenge, calendar: together, joinedOn: challenge.from, asOf });
};

export type Phase = "upcoming" | "running" | "in_grace" | "final";

/** Where the challenge stands on a civil day, for whoever lives that day: in grace the window is over, facts may still arrive. */
export const phaseOn = ({ from, to, graceDays }: Challenge, day: CivilDate.CivilDate): Phase =>
  day < from ? "upcoming" : day <= to ? "running" : day <= to + graceDays ? "in_grace" : "final";

/**
 * The instant from which a challenge may be finalised: its last day and the days of grace have ended in the westernmost
 * zone there is (UTC−12), so in every other too.
 */
export const finalisableFrom = ({ to, graceDays }: Challenge): number =>
  (to + graceDays + 1) * 86_400_000 + 12 * 3_600_000;

/** A participant whose final result late facts would change. */
export interface WouldChange<Id> {
  readonly participantId: Id;
  readonly finalised: number;
  readonly now: number;
}

/** Compares what was finalised with what the facts say now; re-finalising is a decision of its own. */
export const wouldChange = <Id>(
  finalised: ReadonlyMap<Id, Pick<Progress, "value" | "reachedOn">>,
  now: ReadonlyMap<Id, Pick<Progress, "value" | "reachedOn">>,
): ReadonlyArray<WouldChange<Id>> =>
  [...finalised].flatMap(([participantId, before]) => {
    const after = now.get(participantId);
    return after === undefined || (after.value === before.value && after.reachedOn === before.reachedOn)
      ? []
      : [{ participantId, finalised: before.value, now: after.value }];
  });

interface Measured {
  readonly value: number;
  readonly target: number;
  readonly reachedOn?: CivilDate.CivilDate;
  readonly periods: ReadonlyArray<PeriodProgress>;
}

type Cells = ReadonlyArray<readonly [CivilDate.CivilDate, DayCell.DayCell]>;

const measure = (
  challenge: Challenge,
  cells: Cells,
  counted: Period.Span | undefined,
  excused: Excuse.ExcusedDays,
): Measured => {
  const { kind } = challenge;
  switch (kind.kind) {
    case "cumulative":
    case "team":
      return cumulative(kind, cells, counted);
    case "best_effort":
      return bestEffort(kind, cells, counted);
    case "frequency":
      return frequency(kind, challenge, cells, counted);
    case "streak":
      return streak(kind, cells, counted, excused);
  }
};

const cumulative = (
  { metric, target }: { readonly metric: Metric.Metric; readonly target: number },
  cells: Cells,
  counted: Period.Span | undefined,
): Measured => {
  const value = Metric.ofDays(
    metric,
    cells.map(([, cell]) => cell),
  );
  const reachedOn = firstDayOf(cells, target, cumulativeValues(metric, cells));
  return {
    value,
    target,
    ...reached(value, target, reachedOn, counted),
    periods: counted === undefined ? [] : [{ ...counted, value, target, isMet: value >= target }],
  };
};

const cumulativeValues = (metric: Metric.Metric, cells: Cells): ReadonlyArray<number> => {
  if (metric.measure === "session_types") {
    return cells.map((_, index) =>
      Metric.ofDays(
        metric,
        cells.slice(0, index + 1).map(([, cell]) => cell),
      ),
    );
  }
  let total = 0;
  return cells.map(([, cell]) => (total += Metric.ofDay(metric, cell)));
};

const bestEffort = (
  { metric, target }: { readonly metric: Metric.Metric; readonly target: number },
  cells: Cells,
  counted: Period.Span | undefined,
): Measured => {
  const values = cells.map(([, cell]) => Metric.ofDay(metric, cell));
  const value = Math.max(0, ...values);
  return {
    value,
    target,
    ...reached(value, target, firstDayOf(cells, target, values), counted),
    periods: cells.map(([day], index) => ({
      from: day,
      to: day,
      value: values[index]!,
      target,
      isMet: values[index]! >= target,
    })),
  };
};

const frequency = (
  { metric, perPeriod, period, periods: wanted }: Kind & { readonly kind: "frequency" },
  { from: anchor }: Challenge,
  cells: Cells,
  counted: Period.Span | undefined,
): Measured => {
  if (counted === undefined) return { value: 0, target: wanted, periods: [] };
  const row: Period.Period = period === "week" ? { kind: "days", lengthDays: 7, anchor } : { kind: period };
  let value = 0;
  let reachedOn: CivilDate.CivilDate | undefined;
  const periods = Period.spansBetween(row, counted.from, counted.to).map((span): PeriodProgress => {
    const within = cells.filter(([day]) => day >= span.from && day <= span.to);
    const amount = Metric.ofDays(
      metric,
      within.map(([, cell]) => cell),
    );
    const isMet = amount >= perPeriod;
    if (isMet) value++;
    if (isMet && value === wanted) reachedOn = firstDayOf(within, perPeriod, cumulativeValues(metric, within));
    return { from: later(span.from, counted.from), to: span.to, value: amount, target: perPeriod, isMet };
  });
  return { value, target: wanted, ...reached(value, wanted, reachedOn, counted), periods };
};

const streak = (
  { rule, target }: Kind & { readonly kind: "streak" },
  cells: Cells,
  counted: Period.Span | undefined,
  excused: Excuse.ExcusedDays,
): Measured => {
  if (counted === undefined) return { value: 0, target, periods: [] };
  const input = { calendar: new Map(cells), rule, since: counted.from, excused };
  const result = Streak.evaluate({ ...input, asOf: counted.to, explain: true });
  const value = result.best.length;
  let reachedOn: CivilDate.CivilDate | undefined;
  if (value >= target && target > 0) {
    // The best streak only grows from day to day, so the first day it suffices is found by halving.
    let low = counted.from;
    let high = counted.to;
    while (low < high) {
      const middle = CivilDate.fromEpochDay(Math.floor((low + high) / 2));
      if (Streak.evaluate({ ...input, asOf: middle }).best.length >= target) high = middle;
      else low = CivilDate.addDays(middle, 1);
    }
    reachedOn = low;
  }
  return {
    value,
    target,
    ...reached(value, target, reachedOn, counted),
    periods: result.periods!.map(({ from, to, status, needs }) => ({
      from,
      to,
      value: needs[0]?.have ?? 0,
      target: needs[0]?.atLeast ?? 0,
      isMet: status === "met",
    })),
  };
};

/** A target of nothing is reached on the first day. */
const reached = (
  value: number,
  target: number,
  on: CivilDate.CivilDate | undefined,
  counted: Period.Span | undefined,
): { readonly reachedOn?: CivilDate.CivilDate } => {
  const day = target <= 0 ? counted?.from : value >= target ? on : undefined;
  return day === undefined ? {} : { reachedOn: day };
};

const firstDayOf = (cells: Cells, target: number, values: ReadonlyArray<number>): CivilDate.CivilDate | undefined =>
  cells[values.findIndex((value) => value >= target)]?.[0];

/** The cells of the window in order of time, without facts of other sources. */
const eligible = (calendar: ActivityCalendar, { sources }: Challenge, counted: Period.Span | undefined): Cells => {
  if (counted === undefined) return [];
  const cells: Array<Cells[number]> = [];
  for (const [day, cell] of calendar) {
    if (day < counted.from || day > counted.to) continue;
    const isEligible = ({ source }: DayCell.Contribution) => sources?.includes(source) === true;
    cells.push([day, sources === undefined ? cell : DayCell.of(cell.contributions.filter(isEligible))]);
  }
  return cells.sort(([left], [right]) => left - right);
};

const later = (one: CivilDate.CivilDate, other: CivilDate.CivilDate): CivilDate.CivilDate =>
  one > other ? one : other;
const earlier = (one: CivilDate.CivilDate, other: CivilDate.CivilDate): CivilDate.CivilDate =>
  one < other ? one : other;
