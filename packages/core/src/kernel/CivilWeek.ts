/**
 * Seven civil days from a tenant's week start; ISO week numbers exist for display only.
 *
 * **Units** a week is named by the civil date on which it starts; week starts are ISO weekdays, 1 = Monday … 7 = Sunday.
 *
 * **Source** ISO 8601-1:2019 §4.2.2 for `isoWeekOf`.
 */
import * as CivilDate from "./CivilDate.ts";

export type WeekStart = CivilDate.Weekday;

export const monday: WeekStart = 1;

/** The first day of the week that holds `day`. */
export const startOfWeek = (day: CivilDate.CivilDate, weekStart: WeekStart = monday): CivilDate.CivilDate =>
  CivilDate.addDays(day, -((CivilDate.weekday(day) - weekStart + 7) % 7));

/** The last day of the week that holds `day`. */
export const endOfWeek = (day: CivilDate.CivilDate, weekStart: WeekStart = monday): CivilDate.CivilDate =>
  CivilDate.addDays(startOfWeek(day, weekStart), 6);

/** ISO week-numbering year and week (1–53): week 1 is the week of the year's first Thursday. */
export const isoWeekOf = (day: CivilDate.CivilDate): { readonly year: number; readonly week: number } => {
  const thursday = CivilDate.addDays(startOfWeek(day), 3);
  const { year, month } = CivilDate.toYmd(thursday);
  const newYear = CivilDate.addMonths(CivilDate.startOfMonth(thursday), 1 - month);
  return { year, week: Math.floor(CivilDate.daysBetween(newYear, thursday) / 7) + 1 };
};

/** Writes `YYYY-Www`. */
export const toIsoWeek = (day: CivilDate.CivilDate): string => {
  const { year, week } = isoWeekOf(day);
  return `${year}-W${String(week).padStart(2, "0")}`;
};
