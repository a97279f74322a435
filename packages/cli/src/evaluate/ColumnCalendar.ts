/**
 * A member's calendar over columns of facts: totals at once, contributions only for those who ask.
 *
 * **Invariant** each cell equals `DayCell.of` its contributions; facts of a day are in an order of their own, not the file's, so that
 * fractions of minutes add up alike however the file is sorted.
 */
import { CivilDate } from "@zmos/core/kernel";
import type { ActivityCalendar, DayCell } from "@zmos/core/pulseloop";
import type { FactColumns } from "./FactColumns.ts";

class ColumnCell implements DayCell.DayCell {
  readonly events: number;
  readonly minutes: number;
  readonly moderateEquivalentMinutes: number;
  readonly #facts: FactColumns;
  readonly #rows: Uint32Array;
  readonly #from: number;
  #contributions: ReadonlyArray<DayCell.Contribution> | undefined;

  constructor(facts: FactColumns, rows: Uint32Array, from: number, to: number) {
    let minutes = 0;
    let moderateEquivalentMinutes = 0;
    for (let index = from; index < to; index++) {
      const row = rows[index]!;
      const duration = facts.minutes[row]!;
      if (duration === duration) minutes += duration;
      moderateEquivalentMinutes += facts.moderateEquivalentMinutes(row);
    }
    this.events = to - from;
    this.minutes = minutes;
    this.moderateEquivalentMinutes = moderateEquivalentMinutes;
    this.#facts = facts;
    this.#rows = rows;
    this.#from = from;
  }

  get contributions(): ReadonlyArray<DayCell.Contribution> {
    this.#contributions ??= Array.from(this.#rows.subarray(this.#from, this.#from + this.events), (row) =>
      this.#facts.contribution(row),
    );
    return this.#contributions;
  }
}

/** The calendar of the facts in the rows from `first` to before `end`. */
export const columnCalendar = (facts: FactColumns, first: number, end: number): ActivityCalendar.ActivityCalendar => {
  const { days } = facts;
  const rows = new Uint32Array(end - first);
  for (let index = 0; index < rows.length; index++) rows[index] = first + index;
  sortByDay(facts, rows);
  const calendar = new Map<CivilDate.CivilDate, DayCell.DayCell>();
  for (let from = 0; from < rows.length;) {
    const day = days[rows[from]!]!;
    let to = from + 1;
    while (to < rows.length && days[rows[to]!] === day) to++;
    if (to - from > 1) sortByContent(facts, rows, from, to);
    calendar.set(CivilDate.fromEpochDay(day), new ColumnCell(facts, rows, from, to));
    from = to;
  }
  return calendar;
};

/** Files are mostly in order of time, and then there is nothing to do. */
const sortByDay = ({ days }: FactColumns, rows: Uint32Array): void => {
  for (let index = 1; index < rows.length; index++) {
    if (days[rows[index]!]! < days[rows[index - 1]!]!) {
      rows.sort((left, right) => days[left]! - days[right]!);
      return;
    }
  }
};

/** Facts of a day are few, and mostly in order. */
const sortByContent = (facts: FactColumns, rows: Uint32Array, from: number, to: number): void => {
  if (to - from > MANY) {
    rows.subarray(from, to).sort((left, right) => byContent(facts, left, right));
    return;
  }
  for (let index = from + 1; index < to; index++) {
    const row = rows[index]!;
    let place = index;
    for (; place > from && byContent(facts, rows[place - 1]!, row) > 0; place--) rows[place] = rows[place - 1]!;
    rows[place] = row;
  }
};

/** From here on a sort that is made for many is faster. */
const MANY = 24;

/** Two facts of a day that are alike in both may stand in either order: it makes no difference to any sum. */
const byContent = ({ minutes, kinds }: FactColumns, left: number, right: number): number =>
  kinds[left]! - kinds[right]! ||
  // Unknown last: comparing with NaN says nothing.
  (Number.isNaN(minutes[left]) ? LONGEST : minutes[left]!) - (Number.isNaN(minutes[right]) ? LONGEST : minutes[right]!);

const LONGEST = Number.MAX_VALUE;
