/** What a tally counts of a calendar, cut to size: activity, day, week. */
import * as CivilWeek from "../../kernel/CivilWeek.ts";
import type { ActivityCalendar } from "./ActivityCalendar.ts";
import * as DayCell from "./DayCell.ts";
import type * as Formula from "./Formula.ts";
import * as Metric from "./Metric.ts";
import * as Period from "./Period.ts";

/** What a tally counts between two days, cut to size: activity, day, week. */
export const tally = (
  measure: Formula.Tally,
  calendar: ActivityCalendar,
  span: Period.Span,
  weekStart: CivilWeek.WeekStart | undefined,
): number => {
  if (measure.metric.measure === "session_types") {
    const cells = [...Period.daysOf(span)].map((day) => calendar.get(day) ?? DayCell.empty);
    return Metric.ofDays(measure.metric, cells);
  }
  let total = 0;
  let ofWeek = 0;
  let week = NaN;
  for (const day of Period.daysOf(span)) {
    if (measure.weekAtMost !== undefined && CivilWeek.startOfWeek(day, weekStart) !== week) {
      week = CivilWeek.startOfWeek(day, weekStart);
      total += ofWeek;
      ofWeek = 0;
    }
    const cell = calendar.get(day);
    if (cell === undefined) continue;
    ofWeek = Math.min(ofWeek + valueOfDay(measure, cell), measure.weekAtMost ?? Infinity);
  }
  return total + ofWeek;
};

/** What one day is worth to a tally, cut by activity and day. */
export const valueOfDay = (measure: Formula.Tally, cell: DayCell.DayCell): number =>
  Math.min(uncutValueOfDay(measure, cell), measure.dayAtMost ?? Infinity);

const uncutValueOfDay = ({ metric, activityAtMost, bestOfDay }: Formula.Tally, cell: DayCell.DayCell): number => {
  if (metric.measure === "session_types" || metric.measure === "active_days") return Metric.ofDay(metric, cell);
  if (activityAtMost === undefined && bestOfDay !== true) return Metric.ofDay(metric, cell);
  let sum = 0;
  let best = 0;
  for (const one of cell.contributions) {
    const value = Math.min(Metric.ofContribution(metric, one), activityAtMost ?? Infinity);
    sum += value;
    best = Math.max(best, value);
  }
  return bestOfDay === true ? best : sum;
};
