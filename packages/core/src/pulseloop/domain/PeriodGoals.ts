/** What each period is asked, in order: always the same, phase by phase, or more after each success. */
import * as CivilDate from "../../kernel/CivilDate.ts";
import type { ActivityCalendar } from "./ActivityCalendar.ts";
import type * as Excuse from "./Excuse.ts";
import type * as Formula from "./Formula.ts";
import * as Period from "./Period.ts";
import { tally } from "./Tally.ts";

/** **Shape** `next`: what the next period is asked; `learn`: how that one went. */
export interface PeriodGoals {
  readonly next: () => number;
  readonly learn: (success: boolean) => void;
}

export const goalsOf = (
  formula: Formula.Formula,
  calendar: ActivityCalendar,
  period: Period.Period,
  since: CivilDate.CivilDate,
  excused: Excuse.ExcusedDays,
): PeriodGoals => {
  const { target } = formula;
  const learn = (): void => {};
  if (target.kind === "constant") return { next: () => target.perPeriod, learn };
  if (target.kind === "prescribed") return { next: () => 0, learn };
  if (target.kind === "phases") {
    const perPeriod = target.phases.flatMap(({ periods, perPeriod: goal }) =>
      Array.from({ length: periods }, () => goal),
    );
    let index = 0;
    return { next: () => perPeriod[index++] ?? perPeriod.at(-1) ?? 0, learn };
  }
  let goal = Math.min(
    target.atMost,
    Math.max(target.atLeast, meanBefore(formula, calendar, period, since, excused, target.meanOfPeriods)),
  );
  return {
    next: () => goal,
    learn: (success) => {
      if (success) goal = Math.min(target.atMost, goal + target.step);
    },
  };
};

/** The mean of the last `count` whole periods before the first, those wholly excused aside. */
const meanBefore = (
  formula: Formula.Formula,
  calendar: ActivityCalendar,
  period: Period.Period,
  since: CivilDate.CivilDate,
  excused: Excuse.ExcusedDays,
  count: number,
): number => {
  const { measure } = formula;
  if (measure.kind !== "tally") return 0;
  let total = 0;
  let periods = 0;
  let span = Period.spanAt(period, since);
  for (let index = 0; index < count; index++) {
    span = Period.spanAt(period, CivilDate.addDays(span.from, -1));
    const actual = tally(measure, calendar, span, formula.weekStart);
    if (actual === 0 && [...Period.daysOf(span)].every((day) => excused(day) !== undefined)) continue;
    total += actual;
    periods++;
  }
  return periods === 0 ? 0 : total / periods;
};
