/**
 * How many periods in a row a member has met, as of a civil day: current, best, and what comes next.
 *
 * **Shape** a rule is data; the default rule is "days in a row with at least one event".
 *
 * **Units** lengths count met periods; days are civil days; excused and pending periods neither add nor break.
 *
 * **Invariant** the same facts give the same streak in any order; more movement and more excuses never lower it.
 *
 * **Source** `design/pulseloop-calculators.md`, "Streaks".
 */
import * as CivilDate from "../../kernel/CivilDate.ts";
import type { ActivityCalendar } from "./ActivityCalendar.ts";
import type { DayCell } from "./DayCell.ts";
import * as Excuse from "./Excuse.ts";
import * as Metric from "./Metric.ts";
import * as Period from "./Period.ts";
import * as StreakChain from "./StreakChain.ts";

/** The default rule straight from civil days, for reading many members fast. */
export { evaluate as ofDays } from "./DailyStreak.ts";

export interface Threshold {
  readonly metric: Metric.Metric;
  readonly atLeast: number;
}

export interface Rule {
  readonly period: Period.Period;
  /** At least one. */
  readonly thresholds: ReadonlyArray<Threshold>;
  /** Whether a period must reach all thresholds (the default) or any of them. */
  readonly join?: "all" | "any";
  readonly restWeekdays?: ReadonlyArray<CivilDate.Weekday>;
  /**
   * When a period that is not met counts as excused: if all its days are, or too few are left for its active days
   * (`whole`, the default); if any day is (`any`); or as `whole`, with thresholds lowered to the share of days that are
   * open (`prorate`).
   */
  readonly excuse?: "whole" | "any" | "prorate";
  readonly freezes?: StreakChain.Freezes;
}

/** Days in a row with at least one event. */
export const daily: Rule = { period: { kind: "day" }, thresholds: [{ metric: Metric.events, atLeast: 1 }] };

/** Runs of `days` days, counted from `anchor`, each with at least `times` active days. */
export const timesInDays = (times: number, days: number, anchor: CivilDate.CivilDate): Rule => ({
  period: { kind: "days", lengthDays: days, anchor },
  thresholds: [{ metric: Metric.activeDays, atLeast: times }],
});

export interface Input {
  readonly calendar: ActivityCalendar;
  readonly rule?: Rule;
  /** Facts on later days are not looked at. */
  readonly asOf: CivilDate.CivilDate;
  /** The first day that counts: the rule's or the enrolment's; without it, the first day of the calendar. */
  readonly since?: CivilDate.CivilDate;
  readonly excused?: Excuse.ExcusedDays;
  /** Adds every period to the result. */
  readonly explain?: boolean;
}

export interface Run {
  readonly length: number;
  /** First day of the first met period. */
  readonly start?: CivilDate.CivilDate;
  /** Last day of the last met period, or as-of when that period goes on. */
  readonly end?: CivilDate.CivilDate;
}

/**
 * `active`: this period is met. `at_risk`: it is not met yet. `paused`: it is excused. `broken`: there is no streak.
 */
export type Status = "active" | "at_risk" | "broken" | "paused";

/** How far one threshold has come. */
export interface Need {
  readonly metric: Metric.Metric;
  readonly atLeast: number;
  readonly have: number;
}

export interface PeriodReport extends Period.Span {
  readonly status: StreakChain.PeriodStatus;
  readonly needs: ReadonlyArray<Need>;
  readonly excuses: ReadonlyArray<Excuse.Excuse>;
  readonly frozen: boolean;
}

export interface Result {
  readonly current: Run;
  readonly best: Run;
  readonly status: Status;
  /** The period to meet next, by its last day; absent when every day to come is excused. */
  readonly keepsAliveNext?: Period.Span & { readonly join: "all" | "any"; readonly needs: ReadonlyArray<Need> };
  /** The missed period with which the streak before the current one was lost. */
  readonly brokenBy?: Period.Span;
  readonly freezes?: { readonly left: number; readonly spentOn: ReadonlyArray<Period.Span> };
  readonly periods?: ReadonlyArray<PeriodReport>;
}

export const evaluate = (input: Input): Result => {
  const { calendar, asOf, rule = daily } = input;
  const excused = Excuse.withRestWeekdays(input.excused ?? Excuse.none, rule.restWeekdays ?? []);
  const cells = cellsBetween(calendar, input.since ?? -Infinity, asOf);
  const since = input.since ?? cells[0]?.[0] ?? asOf;

  let next = 0;
  const assessed = (since > asOf ? [] : Period.spansBetween(rule.period, since, asOf)).map((span) => {
    const within: Array<DayCell> = [];
    for (; next < cells.length && cells[next]![0] <= span.to; next++) within.push(cells[next]![1]);
    return assess(rule, span, within, excused, since, asOf);
  });
  const last = assessed.at(-1);

  const result = ofPeriods(assessed, asOf, rule.freezes);
  const ahead =
    last?.status === "pending"
      ? last
      : upcoming(rule, last === undefined ? since : CivilDate.addDays(last.to, 1), excused);
  return {
    ...result,
    ...(ahead && {
      keepsAliveNext: { from: ahead.from, to: ahead.to, join: rule.join ?? "all", needs: ahead.needs },
    }),
    ...(input.explain === true && {
      periods: assessed.map((period) => ({
        ...period,
        excuses: excusesIn(period, excused),
        frozen: result.freezes?.spentOn.some(({ from }) => from === period.from) ?? false,
      })),
    }),
  };
};

/** The streak over periods whose status is already known, such as weeks of a score; the last one contains as-of. */
export const ofPeriods = (
  periods: ReadonlyArray<Period.Span & { readonly status: StreakChain.PeriodStatus }>,
  asOf: CivilDate.CivilDate,
  freezes?: StreakChain.Freezes,
): Result => {
  const { current, best, brokenBy, freezesLeft } = StreakChain.evaluate(
    periods.map(({ status }) => status),
    freezes,
  );
  const last = periods.at(-1)?.status;
  const span = (index: number): Period.Span => ({ from: periods[index]!.from, to: periods[index]!.to });
  const run = ({ length, first, last: end }: StreakChain.Chain): Run =>
    length === 0
      ? { length }
      : { length, start: span(first).from, end: CivilDate.fromEpochDay(Math.min(span(end).to, asOf)) };
  return {
    current: run(current),
    best: run(best),
    status: current.length === 0 ? "broken" : last === "pending" ? "at_risk" : last === "excused" ? "paused" : "active",
    ...(brokenBy >= 0 && { brokenBy: span(brokenBy) }),
    ...(freezes && { freezes: { left: freezesLeft, spentOn: current.frozen.map(span) } }),
  };
};

/** The streak over a score: a period is met when its score reaches `atLeast`. */
export const overScores = (
  periods: ReadonlyArray<Period.Span & { readonly status: StreakChain.PeriodStatus; readonly score: number }>,
  atLeast: number,
  asOf: CivilDate.CivilDate,
  freezes?: StreakChain.Freezes,
): Result =>
  ofPeriods(
    periods.map(({ from, to, status, score }) => ({
      from,
      to,
      status: status === "excused" ? status : score >= atLeast ? "met" : status === "pending" ? status : "missed",
    })),
    asOf,
    freezes,
  );

type Assessed = Period.Span & { readonly status: StreakChain.PeriodStatus; readonly needs: ReadonlyArray<Need> };

const assess = (
  rule: Rule,
  span: Period.Span,
  cells: ReadonlyArray<DayCell>,
  excused: Excuse.ExcusedDays,
  since: CivilDate.CivilDate,
  asOf: CivilDate.CivilDate,
): Assessed => {
  const from = CivilDate.fromEpochDay(Math.max(span.from, since));
  const days = Period.lengthDays(span);
  let open = span.to - from + 1;
  let anyExcused = false;
  if (excused !== Excuse.none) {
    for (let day = from; day <= span.to; day = CivilDate.addDays(day, 1)) {
      if (excused(day) === undefined) continue;
      open--;
      anyExcused = true;
    }
  }
  const needs = rule.thresholds.map(({ metric, atLeast }) => ({
    metric,
    atLeast: rule.excuse === "prorate" ? prorated(metric, atLeast, Math.max(open, 1), days) : atLeast,
    have: Metric.ofDays(metric, cells),
  }));
  if (rule.join === "any" ? needs.some(reached) : needs.every(reached))
    return { from, to: span.to, status: "met", needs };
  const isExcused =
    open === 0 ||
    (anyExcused && (rule.excuse === "any" || !canBeMet(rule.join, needs, open))) ||
    // Whoever joined in the middle of a period may meet it, but has not missed it.
    (from > span.from && span.to < asOf);
  return { from, to: span.to, status: isExcused ? "excused" : span.to >= asOf ? "pending" : "missed", needs };
};

const reached = ({ have, atLeast }: Need): boolean => have >= atLeast;

/** A threshold lowered to the share of open days; counts are rounded up, since nobody attends a third of a class. */
const prorated = (metric: Metric.Metric, atLeast: number, openDays: number, days: number): number =>
  // Multiplied first: 7 × 3 ÷ 7 is 3, where 7 × (3 ÷ 7) is a little more and would be rounded up to 4.
  Metric.isCount(metric) ? Math.ceil((atLeast * openDays) / days) : (atLeast * openDays) / days;

/** More active days than open days would ask for movement on an excused day. */
const canBeMet = (join: Rule["join"], needs: ReadonlyArray<Need>, open: number): boolean => {
  const possible = ({ metric, atLeast }: Need): boolean => metric.measure !== "active_days" || atLeast <= open;
  return join === "any" ? needs.some(possible) : needs.every(possible);
};

// A pause of more periods than this has no foreseeable end.
const lookAheadPeriods = 400;

const upcoming = (rule: Rule, from: CivilDate.CivilDate, excused: Excuse.ExcusedDays): Assessed | undefined => {
  let start = from;
  for (let count = 0; count < lookAheadPeriods; count++) {
    const span = Period.spanAt(rule.period, start);
    const period = assess(rule, span, [], excused, start, CivilDate.addDays(start, -1));
    if (period.status === "pending") return period;
    start = CivilDate.addDays(span.to, 1);
  }
  return undefined;
};

const cellsBetween = (
  calendar: ActivityCalendar,
  from: number,
  to: number,
): ReadonlyArray<readonly [CivilDate.CivilDate, DayCell]> =>
  [...calendar].filter(([day]) => day >= from && day <= to).toSorted(([left], [right]) => left - right);

const excusesIn = (span: Period.Span, excused: Excuse.ExcusedDays): ReadonlyArray<Excuse.Excuse> => {
  const found: Array<Excuse.Excuse> = [];
  for (let day = span.from; day <= span.to; day = CivilDate.addDays(day, 1)) {
    const excuse = excused(day);
    if (excuse !== undefined && !found.includes(excuse)) found.push(excuse);
  }
  return found;
};
