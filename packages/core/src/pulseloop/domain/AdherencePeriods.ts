/** The periods of a score: from the calendar to actual, target, ratio and status of each. */
import * as CivilDate from "../../kernel/CivilDate.ts";
import type { ActivityCalendar } from "./ActivityCalendar.ts";
import type * as Completion from "./Completion.ts";
import * as Excuse from "./Excuse.ts";
import type * as Formula from "./Formula.ts";
import * as Period from "./Period.ts";
import { goalsOf } from "./PeriodGoals.ts";
import { readerOf } from "./PeriodReader.ts";
import type { ScoredPeriod } from "./ScoredPeriod.ts";

export interface Input {
  readonly formula: Formula.Formula;
  readonly calendar: ActivityCalendar;
  /** Facts on later days are not looked at. */
  readonly asOf: CivilDate.CivilDate;
  /** The first day that counts: the enrolment's or the rule's, never the first fact's. */
  readonly since: CivilDate.CivilDate;
  readonly excused?: Excuse.ExcusedDays;
  /** What was prescribed, for formulas over completion. */
  readonly prescribed?: ReadonlyArray<Completion.Item>;
}

/** Every period from `since` to as-of, in order of time. */
export const periodsOf = ({
  formula,
  calendar,
  asOf,
  since,
  excused = Excuse.none,
  prescribed,
}: Input): ReadonlyArray<ScoredPeriod> => {
  if (since > asOf) return [];
  const period = periodFrom(formula, since);
  const reader = readerOf(formula, calendar, since, asOf, excused, prescribed);
  const goals = goalsOf(formula, calendar, period, since, excused);
  let carry = 0;
  return Period.spansBetween(period, since, asOf).map((span): ScoredPeriod => {
    const from = CivilDate.fromEpochDay(Math.max(span.from, since));
    const beganBefore = from > span.from;
    const days = Period.lengthDays(span);
    const countedDays = beganBefore && formula.firstPartial === "prorate" ? span.to - from + 1 : days;
    let excusedDays = 0;
    if (excused !== Excuse.none)
      for (const day of Period.daysOf({ from, to: span.to })) if (excused(day)) excusedDays++;
    const openDays = span.to - from + 1 - excusedDays;
    const askedDays = countedDays - (formula.excused === "prorate" ? Math.min(excusedDays, countedDays - 1) : 0);

    const carried = carry;
    const actual = reader.actual({ from, to: span.to }) + carried;
    const full = reader.prescribed === undefined ? goals.next() : reader.prescribed({ from, to: span.to });
    const target = reader.prescribed === undefined ? (full * askedDays) / days : full;
    const isMet = actual >= target;
    const status = isMet ? "met" : openDays === 0 ? "excused" : span.to >= asOf ? "pending" : "missed";
    if (status !== "excused") goals.learn(status === "met");
    carry = Math.min(formula.carryAtMost ?? 0, Math.max(0, actual - target));
    const leftOut =
      status === "excused"
        ? "excused"
        : beganBefore && formula.firstPartial === "leave_out"
          ? "began_before_the_score"
          : span.to >= asOf && formula.current === "leave_out"
            ? "not_over"
            : undefined;
    return {
      from,
      to: span.to,
      actual,
      target,
      ratio: Math.min(formula.ratioAtMost ?? Infinity, target > 0 ? actual / target : 1),
      status,
      carried,
      openDays,
      ...(leftOut && { leftOut }),
    };
  });
};

const periodFrom = ({ period, weekStart }: Formula.Formula, since: CivilDate.CivilDate): Period.Period =>
  period.kind === "days"
    ? { ...period, anchor: since }
    : period.kind === "week" && weekStart !== undefined
      ? { ...period, weekStart }
      : period;
