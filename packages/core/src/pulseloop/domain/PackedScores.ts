/**
 * The two questions that lists ask of every member at once, answered from packed calendars: the streak of active days, and `zmos-v1`.
 *
 * Not another set of rules but a shortcut through them: where nobody is excused, it gives what `Streak.evaluate` and
 * `Adherence.evaluate` give, to the last bit. A law holds it to that.
 *
 * **Units** civil days as epoch days; scores 0–1.
 */
import type { CivilDate } from "../../kernel/CivilDate.ts";
import * as CivilWeek from "../../kernel/CivilWeek.ts";
import * as DailyStreak from "./DailyStreak.ts";
import { firstFrom, type PackedCalendar } from "./PackedCalendar.ts";
import type { Measure } from "./Measure.ts";
import type { ScoringRules } from "./ScoringRules.ts";

const COLUMNS = {
  events: "events",
  minutes: "minutes",
  moderate_equivalent_minutes: "moderateEquivalentMinutes",
} as const satisfies Record<Measure, keyof PackedCalendar>;

/** The streak of active days as of a day. */
export const streak = (
  packed: PackedCalendar,
  { measure, atLeast }: ScoringRules["activeDay"],
  asOf: CivilDate,
): DailyStreak.Result => {
  const { days } = packed;
  if (measure === "events" && atLeast <= 1) return DailyStreak.evaluate(days, asOf);
  const values = packed[COLUMNS[measure]];
  const active = new Int32Array(days.length);
  let count = 0;
  for (let index = 0; index < days.length; index++) {
    if (values[index]! >= atLeast) active[count++] = days[index]!;
  }
  return DailyStreak.evaluate(active.subarray(0, count), asOf);
};

/** What a measure adds up to between two days, both included. */
export const total = (packed: PackedCalendar, measure: Measure, from: number, to: number): number => {
  const { days } = packed;
  const values = packed[COLUMNS[measure]];
  let sum = 0;
  for (let index = firstFrom(days, from); index < days.length && days[index]! <= to; index++) sum += values[index]!;
  return sum;
};

/** The `zmos-v1` score as of a day: the last full weeks' sum ÷ their targets, at most 1; none while no full week counts. */
export const zmosV1 = (
  packed: PackedCalendar,
  { weeklyTarget: { measure, amount }, weeks }: ScoringRules,
  weekStart: CivilWeek.WeekStart,
  since: CivilDate,
  asOf: CivilDate,
): number | undefined => {
  const thisWeek = CivilWeek.startOfWeek(asOf, weekStart);
  const firstWeek = CivilWeek.startOfWeek(since, weekStart);
  const firstFull = firstWeek < since ? firstWeek + 7 : firstWeek;
  const lastFull = thisWeek - 7;
  const counted = Math.min(weeks, (lastFull - firstFull) / 7 + 1);
  if (counted < 1) return undefined;
  let actual = 0;
  let asked = 0;
  // Week by week, as the periods are added up, so that fractions come out alike.
  for (let week = lastFull - (counted - 1) * 7; week <= lastFull; week += 7) {
    actual += total(packed, measure, week, week + 6);
    asked += amount;
  }
  if (asked === 0) return 1;
  return Math.min(1, actual / asked);
};
