/**
 * How well a member keeps to a target, by a formula that is data: the score, its periods, its band, and parts that add up.
 *
 * **Shape** calendar → periods (actual, target, ratio, status) → the periods that count → one score.
 *
 * **Units** as the formula says; nothing is rounded.
 *
 * **Invariant** the parts of a result sum to its score; the same facts give the same score in any order.
 *
 * **Source** `design/pulseloop-calculators.md`, "Adherence".
 */
import * as CivilDate from "../../kernel/CivilDate.ts";
import * as CivilWeek from "../../kernel/CivilWeek.ts";
import { type Input, periodsOf } from "./AdherencePeriods.ts";
import { isStepwise, type Part, scoreOf, strengths } from "./AdherenceScore.ts";
import * as Formula from "./Formula.ts";
import { isOpen, type ScoredPeriod } from "./ScoredPeriod.ts";

export type { Input } from "./AdherencePeriods.ts";
export type { Part } from "./AdherenceScore.ts";
export type { ScoredPeriod, Status } from "./ScoredPeriod.ts";
export { valueOfDay } from "./Tally.ts";

export interface Result {
  readonly formula: { readonly id: string; readonly version: number };
  readonly asOf: CivilDate.CivilDate;
  readonly since: CivilDate.CivilDate;
  /** Absent while no period counts yet. */
  readonly score?: number;
  readonly band?: string;
  readonly periods: ReadonlyArray<ScoredPeriod>;
  readonly parts: ReadonlyArray<Part>;
}

export interface SeriesPoint extends ScoredPeriod {
  /** The score as it stood at the end of this period, or at as-of while the period goes on. */
  readonly score?: number;
}

export const evaluate = (input: Input): Result => {
  const { formula, asOf, since } = input;
  const periods = periodsOf(input);
  const { score, parts, counted } = scoreOf(formula, periods, asOf);
  const hasSay = new Set(counted);
  const band = score === undefined ? undefined : Formula.bandOf(formula, score);
  return {
    formula: { id: formula.id, version: formula.version },
    asOf,
    since,
    ...(score !== undefined && { score }),
    ...(band !== undefined && { band }),
    periods: periods.map((period) =>
      period.leftOut === undefined && !hasSay.has(period) ? { ...period, leftOut: "outside_the_window" } : period,
    ),
    parts,
  };
};

/** Every period with the score as it stood at its end. */
export const series = (input: Input): ReadonlyArray<SeriesPoint> => {
  const { formula, asOf } = input;
  const periods = periodsOf(input);
  const running = formula.window.kind === "all" ? runningScores(formula, periods) : [];
  return periods.map((period, index) => {
    const end = CivilDate.fromEpochDay(Math.min(period.to, asOf));
    const score = index in running ? running[index] : scoreOf(formula, knownAt(input, periods, index, end), end).score;
    return score === undefined ? period : { ...period, score };
  });
};

/** The periods as they were known at the end of one of them. */
const knownAt = (
  input: Input,
  periods: ReadonlyArray<ScoredPeriod>,
  index: number,
  end: CivilDate.CivilDate,
): ReadonlyArray<ScoredPeriod> => {
  const { measure, window, weekStart } = input.formula;
  if (measure.kind !== "completion") return periods.slice(0, index + 1);
  // What was done later in the week was not yet known. Items are matched week by week, so earlier weeks may be passed over.
  const reach =
    window.kind === "last_days" ? CivilWeek.startOfWeek(CivilDate.addDays(end, -window.days), weekStart) : input.since;
  return periodsOf({ ...input, asOf: end, since: CivilDate.fromEpochDay(Math.max(reach, input.since)) });
};

/**
 * Scores over all periods so far, each from the one before: the same sums in the same order as `totalOf`, without beginning anew.
 *
 * Stops where an excused period was met, since such a period may count or not.
 */
const runningScores = (
  { aggregate, scoreAtMost = Infinity, measure }: Formula.Formula,
  periods: ReadonlyArray<ScoredPeriod>,
): ReadonlyArray<number | undefined> => {
  if (measure.kind === "completion") return [];
  const eligible = periods.filter(({ leftOut }) => leftOut === undefined);
  const steps = isStepwise(aggregate) ? strengths(aggregate, eligible) : undefined;
  const scores: Array<number | undefined> = [];
  let count = 0;
  let met = 0;
  let ratios = 0;
  let actual = 0;
  let asked = 0;
  for (const period of periods) {
    if (period.leftOut === undefined) {
      if (steps === undefined && !isOpen(period)) return scores;
      count++;
      if (period.status === "met") met++;
      ratios += period.ratio;
      actual += period.actual;
      asked += period.target;
    }
    const total =
      steps !== undefined
        ? steps[count - 1]
        : aggregate.kind === "mean"
          ? ratios / count
          : aggregate.kind === "share_met"
            ? met / count
            : aggregate.kind === "mean_actual"
              ? actual / count
              : asked > 0
                ? actual / asked
                : 1;
    scores.push(count === 0 || total === undefined ? undefined : Math.min(scoreAtMost, total));
  }
  return scores;
};
