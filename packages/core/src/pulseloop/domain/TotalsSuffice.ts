/**
 * Whether day totals are enough to know how somebody stands in a challenge, so that single facts need not be read.
 *
 * Most challenges count events or minutes as they are. Filters, assumptions, tables and sources look into the facts of a day.
 */
import { type CivilDate, fromEpochDay } from "../../kernel/CivilDate.ts";
import type { ActivityCalendar } from "./ActivityCalendar.ts";
import type { Challenge } from "./Challenge.ts";
import type { DayCell } from "./DayCell.ts";
import type * as Metric from "./Metric.ts";
import { firstFrom, type PackedCalendar } from "./PackedCalendar.ts";

/** Whether the totals of each day decide. */
export const totalsSuffice = ({ kind, sources }: Pick<Challenge, "kind" | "sources">): boolean => {
  // Days of a team are merged fact by fact, so that fractions add up alike on every path.
  if (sources !== undefined || kind.kind === "team") return false;
  return kind.kind === "streak" ? kind.rule.thresholds.every(({ metric }) => isTotal(metric)) : isTotal(kind.metric);
};

const isTotal = (metric: Metric.Metric): boolean => {
  switch (metric.measure) {
    case "events":
    case "minutes":
    case "moderate_equivalent_minutes":
      return isPlain(metric);
    case "active_days":
      return metric.of === undefined || isTotal(metric.of);
    case "met_minutes":
    case "points":
    case "session_types":
      return false;
  }
};

/** Nothing is filtered and nothing assumed of what is unknown. */
const isPlain = ({ where, assumeMinutes, assumeIntensity }: Metric.Filtered & Metric.Assuming): boolean =>
  where === undefined && assumeMinutes === undefined && assumeIntensity === undefined;

/** The days `from` to `to` of a packed calendar, as cells that know their totals and not the facts behind them. */
export const totalsBetween = (
  { days, events, minutes, moderateEquivalentMinutes }: PackedCalendar,
  from: CivilDate,
  to: CivilDate,
): ActivityCalendar => {
  const cells = new Map<CivilDate, DayCell>();
  for (let index = firstFrom(days, from); index < days.length && days[index]! <= to; index++) {
    cells.set(fromEpochDay(days[index]!), {
      contributions: [],
      events: events[index]!,
      minutes: minutes[index]!,
      moderateEquivalentMinutes: moderateEquivalentMinutes[index]!,
    });
  }
  return cells;
};
