/**
 * Days on which nobody is expected to move, each with a reason and who granted it.
 *
 * **Shape** a span of civil days, inclusive; without `to` it lasts until it is ended. May be granted backwards in time.
 *
 * **Invariant** an excuse only ever helps: a period that is met stays met.
 */
import * as CivilDate from "../../kernel/CivilDate.ts";

export const reasons = [
  "rest_weekday",
  "membership_pause",
  "illness",
  "travel",
  "closure",
  /** The member's zone skipped this date (Apia, 2011-12-30). */
  "no_such_day",
  "other",
] as const;

export type Reason = (typeof reasons)[number];

export interface Excuse {
  readonly from: CivilDate.CivilDate;
  readonly to?: CivilDate.CivilDate;
  readonly reason: Reason;
  readonly grantedBy: string;
}

/** Tells which excuse covers a day, if any. */
export type ExcusedDays = (day: CivilDate.CivilDate) => Excuse | undefined;

/** Nobody is excused. */
export const none: ExcusedDays = () => undefined;

/** The days these excuses cover; the first in the list speaks for a day covered twice. */
export const daysOf = (excuses: ReadonlyArray<Excuse>): ExcusedDays =>
  excuses.length === 0 ? none : (day) => excuses.find(({ from, to }) => from <= day && (to === undefined || day <= to));

/** These weekdays, week after week, besides the days already excused. */
export const withRestWeekdays = (
  excused: ExcusedDays,
  weekdays: ReadonlyArray<CivilDate.Weekday>,
  grantedBy = "rule",
): ExcusedDays =>
  weekdays.length === 0
    ? excused
    : (day) =>
        excused(day) ??
        (weekdays.includes(CivilDate.weekday(day))
          ? { from: day, to: day, reason: "rest_weekday", grantedBy }
          : undefined);
