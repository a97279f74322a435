/** How what was done in a period is read, by what a formula measures: a tally, days covered, or what was prescribed and done. */
import * as CivilDate from "../../kernel/CivilDate.ts";
import type { ActivityCalendar } from "./ActivityCalendar.ts";
import * as Completion from "./Completion.ts";
import * as DayCell from "./DayCell.ts";
import type * as Excuse from "./Excuse.ts";
import type * as Formula from "./Formula.ts";
import * as Metric from "./Metric.ts";
import * as Period from "./Period.ts";
import { tally } from "./Tally.ts";

/** **Shape** `prescribed`: what was asked, where the facts say it and not the formula. */
export interface PeriodReader {
  readonly actual: (span: Period.Span) => number;
  readonly prescribed?: (span: Period.Span) => number;
}

export const readerOf = (
  formula: Formula.Formula,
  calendar: ActivityCalendar,
  since: CivilDate.CivilDate,
  asOf: CivilDate.CivilDate,
  excused: Excuse.ExcusedDays,
  prescribed: ReadonlyArray<Completion.Item> | undefined,
): PeriodReader => {
  const { measure } = formula;
  const until = (span: Period.Span): Period.Span => ({
    from: span.from,
    to: CivilDate.fromEpochDay(Math.min(span.to, asOf)),
  });
  if (measure.kind === "tally") return { actual: (span) => tally(measure, calendar, until(span), formula.weekStart) };
  if (measure.kind === "coverage") {
    const covered = coverage(measure, calendar, since, asOf, excused);
    return { actual: (span) => sumOver(until(span), (day) => covered[day - since]!) };
  }
  const items = prescribed ?? Completion.onWeekdays(measure.weekdays, since, asOf);
  const completion = Completion.match(items, calendar, { from: since, to: asOf }, formula.weekStart);
  return {
    actual: (span) => sumOver(until(span), (day) => completion.done.get(day) ?? 0),
    prescribed: (span) => sumOver(until(span), (day) => completion.due.get(day) ?? 0),
  };
};

/** What each day from `since` on is covered by: 1 or 0 with `shift`, the days supplied with `add`. */
const coverage = (
  measure: Formula.Coverage,
  calendar: ActivityCalendar,
  since: CivilDate.CivilDate,
  asOf: CivilDate.CivilDate,
  excused: Excuse.ExcusedDays,
): ReadonlyArray<number> => {
  let supply = 0;
  return Array.from(Period.daysOf({ from: since, to: asOf }), (day) => {
    const isActive = Metric.ofDay(measure.metric, calendar.get(day) ?? DayCell.empty) >= measure.atLeast;
    if (measure.overlap === "add") return isActive ? measure.coverDays : 0;
    if (isActive) supply += measure.coverDays;
    // An excused day uses up no supply: it is not asked about.
    if (supply < 1 || (!isActive && excused(day) !== undefined)) return 0;
    supply -= 1;
    return 1;
  });
};

const sumOver = (span: Period.Span, valueOn: (day: CivilDate.CivilDate) => number): number => {
  let total = 0;
  for (const day of Period.daysOf(span)) total += valueOn(day);
  return total;
};
