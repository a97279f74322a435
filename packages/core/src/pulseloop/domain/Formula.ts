/**
 * How an adherence score is computed, as data: a value that can be stored as JSON, versioned, checked and explained.
 *
 * **Shape** read it from the top: what is measured → in which periods → against which target → which periods count → how
 * they become one number → which band that is. `Adherence.evaluate` computes it; `FormulaSchema` decodes it.
 *
 * **Units** the measure's unit for caps and targets; ratios and most scores have none (`mean_actual` keeps the unit).
 */
import type * as CivilDate from "../../kernel/CivilDate.ts";
import type * as CivilWeek from "../../kernel/CivilWeek.ts";
import type * as Metric from "./Metric.ts";

/** What counts, cut to size step by step: activity, day, week. */
export interface Tally {
  readonly kind: "tally";
  readonly metric: Metric.Metric;
  /** One activity counts at most this. Additive metrics only. */
  readonly activityAtMost?: number;
  /** Only the day's best activity counts. Additive metrics only. */
  readonly bestOfDay?: boolean;
  readonly dayAtMost?: number;
  /** Weeks of the formula's week start; a longer period adds up its weeks. */
  readonly weekAtMost?: number;
}

/** Each active day supplies `coverDays` days; with `shift` overlapping supply moves on to the next uncovered day. */
export interface Coverage {
  readonly kind: "coverage";
  readonly metric: Metric.Metric;
  /** From this value of the metric on, a day is active. */
  readonly atLeast: number;
  readonly coverDays: number;
  readonly overlap: "shift" | "add";
}

/** Prescribed items done; an item done on another day of its week is done. One event does one item. */
export interface Completion {
  readonly kind: "completion";
  /** What is prescribed when no plan is given: one item, any event, on each of these weekdays. */
  readonly weekdays: ReadonlyArray<CivilDate.Weekday>;
}

export type Measure = Tally | Coverage | Completion;

/** Runs of days begin on the day the score begins. */
export type FormulaPeriod =
  | { readonly kind: "day" }
  | { readonly kind: "week" }
  | { readonly kind: "month" }
  | { readonly kind: "days"; readonly lengthDays: number };

export type Target =
  | { readonly kind: "constant"; readonly perPeriod: number }
  /** Phases follow one another from the first period; the last one lasts. */
  | {
      readonly kind: "phases";
      readonly phases: ReadonlyArray<{ readonly periods: number; readonly perPeriod: number }>;
    }
  /** The first goal is the mean of the periods before; each success raises it by `step`. */
  | {
      readonly kind: "adaptive";
      readonly meanOfPeriods: number;
      readonly atLeast: number;
      readonly step: number;
      readonly atMost: number;
    }
  /** The number of items prescribed, for `completion`. */
  | { readonly kind: "prescribed" };

export type Window =
  | { readonly kind: "all" }
  /** The last so many periods that are not excused. */
  | { readonly kind: "last_periods"; readonly count: number }
  /** The periods that begin within so many days up to as-of; excused ones are dropped from both sides. */
  | { readonly kind: "last_days"; readonly days: number };

export type Aggregate =
  | { readonly kind: "mean" }
  | { readonly kind: "ratio_of_sums" }
  | { readonly kind: "share_met" }
  /** The mean of what was measured, in its own unit. */
  | { readonly kind: "mean_actual" }
  /** s' = s·decay + ratio·(1 − decay). */
  | { readonly kind: "exponential"; readonly decay: number }
  /** Habit strength for `times` in `days` days. */
  | { readonly kind: "habit"; readonly times: number; readonly days: number };

/** The first band whose limits hold gives the score its name; the best band comes first. */
export interface Band {
  readonly name: string;
  readonly atLeast?: number;
  readonly moreThan?: number;
  readonly atMost?: number;
}

export const laws = [
  "bounded",
  "monotone",
  "skip_neutral",
  "zero_target_defined",
  "order_free",
  "unit_consistent",
  "window_local",
] as const;

export type Law = (typeof laws)[number];

/** Where a named parameter sits in the formula. */
export interface Parameter {
  readonly name: string;
  readonly path: ReadonlyArray<string | number>;
}

export interface Formula {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  /** Who published it, so that anyone can compare. */
  readonly source: string;
  readonly measure: Measure;
  readonly period: FormulaPeriod;
  /** Where weeks begin; Monday when absent. */
  readonly weekStart?: CivilWeek.WeekStart;
  readonly target: Target;
  /** A period's ratio counts at most this. */
  readonly ratioAtMost?: number;
  /** What a period has over its target is added to the next, up to this. */
  readonly carryAtMost?: number;
  /**
   * A period all of whose days are excused is left out unless it is met. A period partly excused keeps its whole target
   * (`skip`) or its share of it (`prorate`).
   */
  readonly excused: "skip" | "prorate";
  /** A first period that began before the score did: left out, with a share of its target, or as if it were whole. */
  readonly firstPartial: "leave_out" | "prorate" | "whole";
  /** The period that contains as-of is not over yet: left out, or counted as it stands. */
  readonly current: "leave_out" | "count";
  readonly window: Window;
  readonly aggregate: Aggregate;
  readonly scoreAtMost?: number;
  readonly bands: ReadonlyArray<Band>;
  /** The laws it keeps; the kit checks each. */
  readonly laws: ReadonlyArray<Law>;
  readonly parameters: ReadonlyArray<Parameter>;
}

/** The formula with some parameters set to other values; `undefined` when it has no parameter of that name. */
export const withParameters = (formula: Formula, values: Readonly<Record<string, unknown>>): Formula | undefined => {
  let result: unknown = formula;
  for (const [name, value] of Object.entries(values)) {
    const paths = formula.parameters.filter((parameter) => parameter.name === name);
    if (paths.length === 0) return undefined;
    for (const { path } of paths) result = replacedAt(result, path, value);
  }
  // The schema has the last word on values that came from outside.
  return result as Formula;
};

const replacedAt = (value: unknown, path: ReadonlyArray<string | number>, replacement: unknown): unknown => {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (Array.isArray(value)) return value.with(Number(key), replacedAt(value[Number(key)], rest, replacement));
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [key]: replacedAt(record[key], rest, replacement) };
};

/** The name of the first band whose limits hold. */
export const bandOf = (formula: Formula, score: number): string | undefined =>
  formula.bands.find(
    ({ atLeast = -Infinity, moreThan = -Infinity, atMost = Infinity }) =>
      score >= atLeast && score > moreThan && score <= atMost,
  )?.name;
