/**
 * One score from scored periods: which of them count, what they come to, and what each adds.
 *
 * **Invariant** I10: the parts sum to the score.
 */
import type * as CivilDate from "../../kernel/CivilDate.ts";
import type * as Formula from "./Formula.ts";
import type * as Period from "./Period.ts";
import { isOpen, type ScoredPeriod } from "./ScoredPeriod.ts";

/** A share of the score; all parts of a score add up to it. */
export interface Part extends Period.Span {
  readonly amount: number;
  /** What `amount` is due to: a period, or the ceiling that cut the sum. */
  readonly due: "period" | "ceiling";
}

/** **Shape** `counted`: the periods with a say, in order of time. */
export interface Score {
  readonly score?: number;
  readonly parts: ReadonlyArray<Part>;
  readonly counted: ReadonlyArray<ScoredPeriod>;
}

/** The score that these periods make, as of `end`. */
export const scoreOf = (
  formula: Formula.Formula,
  periods: ReadonlyArray<ScoredPeriod>,
  end: CivilDate.CivilDate,
): Score => {
  const counted = countedAt(formula, periods, end);
  if (counted.length === 0) return { parts: [], counted };
  const amounts = amountsOf(formula.aggregate, counted);
  const parts: Array<Part> = counted.map(({ from, to }, index) => ({
    from,
    to,
    amount: amounts[index]!,
    due: "period",
  }));
  const ceiling = formula.scoreAtMost ?? Infinity;
  const total = totalOf(formula.aggregate, counted);
  if (total <= ceiling) return { score: total, parts, counted };
  parts.push({ from: counted[0]!.from, to: counted.at(-1)!.to, amount: ceiling - total, due: "ceiling" });
  return { score: ceiling, parts, counted };
};

/** The periods with a say in the score as of `end`, in order of time. */
const countedAt = (
  { window, aggregate }: Formula.Formula,
  periods: ReadonlyArray<ScoredPeriod>,
  end: CivilDate.CivilDate,
): ReadonlyArray<ScoredPeriod> => {
  const eligible = periods.filter(
    ({ leftOut, from }) => leftOut === undefined && (window.kind !== "last_days" || from > end - window.days),
  );
  // Strength is built step by step, each step seeing to it that an excused day does not lower it.
  if (isStepwise(aggregate)) return window.kind === "last_periods" ? eligible.slice(-window.count) : eligible;

  const open = eligible.filter(isOpen);
  const expected = window.kind === "last_periods" ? open.slice(-window.count) : open;
  const opening = expected.length < open.length ? expected[0]!.from : -Infinity;
  // An excused period that was met all the same takes nobody's place, and counts if it helps: the best first.
  let counted: ReadonlyArray<ScoredPeriod> = expected;
  const extra = eligible.filter((period) => !isOpen(period) && period.from > opening);
  const worth = aggregate.kind === "mean_actual" ? "actual" : "ratio";
  for (const period of extra.toSorted((left, right) => right[worth] - left[worth])) {
    const more = [...counted, period];
    if (counted.length > 0 && totalOf(aggregate, more) < totalOf(aggregate, counted)) break;
    counted = more;
  }
  return counted.toSorted((left, right) => left.from - right.from);
};

/** Whether each period builds on the one before. */
export const isStepwise = (rule: Formula.Aggregate): rule is Stepwise =>
  rule.kind === "exponential" || rule.kind === "habit";

const sum = (amounts: ReadonlyArray<number>): number => {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total;
};

/** The score before its ceiling, computed as its definition reads, so that a limit met exactly is met. */
const totalOf = (rule: Formula.Aggregate, counted: ReadonlyArray<ScoredPeriod>): number => {
  if (rule.kind === "mean") return sum(counted.map(({ ratio }) => ratio)) / counted.length;
  if (rule.kind === "share_met") return counted.filter(({ status }) => status === "met").length / counted.length;
  if (rule.kind === "mean_actual") return sum(counted.map(({ actual }) => actual)) / counted.length;
  if (rule.kind === "ratio_of_sums") {
    const asked = sum(counted.map(({ target }) => target));
    // Nothing was asked, so all of it was done.
    return asked > 0 ? sum(counted.map(({ actual }) => actual)) / asked : 1;
  }
  return strengths(rule, counted).at(-1)!;
};

/** What each counted period adds to that. */
const amountsOf = (rule: Formula.Aggregate, counted: ReadonlyArray<ScoredPeriod>): ReadonlyArray<number> => {
  const count = counted.length;
  if (rule.kind === "mean") return counted.map(({ ratio }) => ratio / count);
  if (rule.kind === "share_met") return counted.map(({ status }) => (status === "met" ? 1 / count : 0));
  if (rule.kind === "mean_actual") return counted.map(({ actual }) => actual / count);
  if (rule.kind === "ratio_of_sums") {
    const asked = sum(counted.map(({ target }) => target));
    return counted.map(({ actual }) => (asked > 0 ? actual / asked : 1 / count));
  }
  return strengths(rule, counted).map((strength, index, all) => strength - (all[index - 1] ?? 0));
};

type Stepwise = Extract<Formula.Aggregate, { readonly kind: "exponential" | "habit" }>;

/** The strength after each period. A period wholly excused is here only because it was met, and never lowers it. */
export const strengths = (rule: Stepwise, counted: ReadonlyArray<ScoredPeriod>): ReadonlyArray<number> => {
  const decay = rule.kind === "habit" ? 0.5 ** (Math.sqrt(rule.times / rule.days) / 13) : rule.decay;
  const success =
    rule.kind === "habit" ? habitSuccesses(rule.times, rule.days, counted) : counted.map(({ ratio }) => ratio);
  let strength = 0;
  return counted.map((period, index) => {
    const usual = strength * decay + success[index]! * (1 - decay);
    strength = isOpen(period) ? usual : Math.max(strength, usual);
    return strength;
  });
};

/** Each day's success: its own for a daily habit, else how full the last 2·`days` counted days are. */
const habitSuccesses = (times: number, days: number, counted: ReadonlyArray<ScoredPeriod>): ReadonlyArray<number> => {
  let recent = 0;
  return counted.map(({ status }, index) => {
    if (status === "met") recent++;
    if (counted[index - 2 * days]?.status === "met") recent--;
    if (times === days) return status === "met" ? 1 : 0;
    return Math.min(1, recent / (2 * times));
  });
};
