/**
 * The stretches of civil days a rule looks at one by one: days, weeks, months, or runs of m days.
 *
 * **Shape** a span is inclusive at both ends. Runs of m days tumble, without overlap, from their anchor.
 *
 * **Units** `lengthDays` counts days.
 */
import * as CivilDate from "../../kernel/CivilDate.ts";
import * as CivilWeek from "../../kernel/CivilWeek.ts";

export type Period =
  | { readonly kind: "day" }
  | { readonly kind: "week"; readonly weekStart?: CivilWeek.WeekStart }
  | { readonly kind: "month" }
  | {
      readonly kind: "days";
      readonly lengthDays: number;
      /** The first day of one run; any run will do. */
      readonly anchor: CivilDate.CivilDate;
    };

export interface Span {
  readonly from: CivilDate.CivilDate;
  readonly to: CivilDate.CivilDate;
}

/** The period that holds `day`. */
export const spanAt = (period: Period, day: CivilDate.CivilDate): Span => {
  const from = startOf(period, day);
  return { from, to: CivilDate.addDays(startAfter(period, from), -1) };
};

/** The periods from the one that holds `from` to the one that holds `to`, whole. */
export const spansBetween = (period: Period, from: CivilDate.CivilDate, to: CivilDate.CivilDate): Array<Span> => {
  const spans: Array<Span> = [];
  for (let start = startOf(period, from); start <= to;) {
    const next = startAfter(period, start);
    spans.push({ from: start, to: CivilDate.addDays(next, -1) });
    start = next;
  }
  return spans;
};

export const lengthDays = (span: Span): number => span.to - span.from + 1;

const startOf = (period: Period, day: CivilDate.CivilDate): CivilDate.CivilDate => {
  if (period.kind === "day") return day;
  if (period.kind === "week") return CivilWeek.startOfWeek(day, period.weekStart);
  if (period.kind === "month") return CivilDate.startOfMonth(day);
  const runs = Math.floor((day - period.anchor) / period.lengthDays);
  return CivilDate.addDays(period.anchor, runs * period.lengthDays);
};

const startAfter = (period: Period, start: CivilDate.CivilDate): CivilDate.CivilDate =>
  period.kind === "month"
    ? CivilDate.addMonths(start, 1)
    : CivilDate.addDays(start, period.kind === "day" ? 1 : period.kind === "week" ? 7 : period.lengthDays);

/** Each day of a span. */
export function* daysOf({ from, to }: Span): Generator<CivilDate.CivilDate> {
  for (let day = from; day <= to; day = CivilDate.addDays(day, 1)) yield day;
}
