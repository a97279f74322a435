/**
 * A member's movement by civil day: what every streak, score, challenge and journey is computed from.
 *
 * **Shape** civil day → `DayCell`, in ascending order of days; days without a fact have no cell.
 *
 * **Invariant** `of(a ∪ b)` equals `merge(of(a), of(b))`, and a fact stands on one day only: the day its prevailing
 * version names. No order, repetition or delay of the facts changes a calendar.
 */
import type { CivilDate } from "../../kernel/CivilDate.ts";
import * as DayCell from "./DayCell.ts";

export type ActivityCalendar = ReadonlyMap<CivilDate, DayCell.DayCell>;

/** A fact as the calendar sees it: its contribution, and the civil day that was decided for it once. */
export interface CalendarFact {
  readonly civilDate: CivilDate;
  readonly contribution: DayCell.Contribution;
}

export const empty: ActivityCalendar = new Map();

/** The calendar of these facts: versions, corrections, errors and repetitions in any order. */
export const fromFacts = (facts: Iterable<CalendarFact>): ActivityCalendar => {
  const standing = new Map<string, CalendarFact>();
  for (const fact of facts) {
    const other = standing.get(fact.contribution.factId);
    if (other === undefined || supersedes(fact, other)) standing.set(fact.contribution.factId, fact);
  }
  const byDay = new Map<CivilDate, Array<DayCell.Contribution>>();
  for (const { civilDate, contribution } of standing.values()) {
    const sameDay = byDay.get(civilDate);
    if (sameDay === undefined) byDay.set(civilDate, [contribution]);
    else sameDay.push(contribution);
  }
  return inOrder([...byDay].map(([day, contributions]) => [day, DayCell.of(contributions)]));
};

/** The calendar of cells as they were stored. */
export const fromCells = (cells: Iterable<readonly [CivilDate, DayCell.DayCell]>): ActivityCalendar =>
  inOrder([...cells]);

/** The facts a calendar holds, withdrawn ones included. */
export function* facts(calendar: ActivityCalendar): Generator<CalendarFact> {
  for (const [civilDate, cell] of calendar) {
    for (const contribution of cell.contributions) yield { civilDate, contribution };
  }
}

/** The calendar of everything either calendar knows. */
export const merge = (left: ActivityCalendar, right: ActivityCalendar): ActivityCalendar =>
  left.size === 0 ? right : right.size === 0 ? left : fromFacts([...facts(left), ...facts(right)]);

/** Records one fact; a correction leaves its former day. Looks through the whole calendar: stores know the former day. */
export const put = (calendar: ActivityCalendar, fact: CalendarFact): ActivityCalendar =>
  merge(calendar, new Map([[fact.civilDate, DayCell.of([fact.contribution])]]));

/** The calendar without marks of facts entered in error, and without days on which nothing is left. */
export const prune = (calendar: ActivityCalendar): ActivityCalendar =>
  new Map(
    [...calendar]
      .map(([day, cell]) => [day, DayCell.prune(cell)] as const)
      .filter(([, cell]) => cell.contributions.length > 0),
  );

export const cellOn = (calendar: ActivityCalendar, day: CivilDate): DayCell.DayCell =>
  calendar.get(day) ?? DayCell.empty;

/** Entered in error wins, then the version; equal versions on two days are refused at recording, here the later day stands. */
const supersedes = (next: CalendarFact, previous: CalendarFact): boolean =>
  DayCell.supersedes(next.contribution, previous.contribution) ||
  (next.civilDate > previous.civilDate && !DayCell.supersedes(previous.contribution, next.contribution));

const inOrder = (cells: ReadonlyArray<readonly [CivilDate, DayCell.DayCell]>): ActivityCalendar =>
  new Map(cells.toSorted(([left], [right]) => left - right));
