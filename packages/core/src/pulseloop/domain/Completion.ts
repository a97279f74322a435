/**
 * Which prescribed items were done: each live fact does at most one item of its week, as many items as possible.
 *
 * **Shape** an item is due on a day and says which contributions do it; done on another day of its week it is done.
 *
 * **Invariant** more movement never undoes an item.
 */
import * as CivilDate from "../../kernel/CivilDate.ts";
import * as CivilWeek from "../../kernel/CivilWeek.ts";
import type { ActivityCalendar } from "./ActivityCalendar.ts";
import * as DayCell from "./DayCell.ts";
import * as Metric from "./Metric.ts";
import type { Span } from "./Period.ts";

export interface Item {
  readonly itemId: string;
  readonly dueOn: CivilDate.CivilDate;
  /** Which contributions do it; any when absent. */
  readonly where?: Metric.Filter;
}

export interface Completion {
  /** Items due, by day. */
  readonly due: ReadonlyMap<CivilDate.CivilDate, number>;
  /** Items done, by the day they were due. */
  readonly done: ReadonlyMap<CivilDate.CivilDate, number>;
  /** The fact that did each item. */
  readonly doneBy: ReadonlyMap<string, Doer>;
}

/** One item, done by any event, on each of these weekdays. */
export const onWeekdays = (
  weekdays: ReadonlyArray<CivilDate.Weekday>,
  from: CivilDate.CivilDate,
  to: CivilDate.CivilDate,
): ReadonlyArray<Item> => {
  const items: Array<Item> = [];
  for (let day = from; day <= to; day = CivilDate.addDays(day, 1)) {
    if (weekdays.includes(CivilDate.weekday(day))) items.push({ itemId: CivilDate.toIso(day), dueOn: day });
  }
  return items;
};

/** Matches items to facts within `span`, week by week. */
export const match = (
  items: ReadonlyArray<Item>,
  calendar: ActivityCalendar,
  span: Span,
  weekStart?: CivilWeek.WeekStart,
): Completion => {
  const due = new Map<CivilDate.CivilDate, number>();
  const done = new Map<CivilDate.CivilDate, number>();
  const doneBy = new Map<string, Doer>();
  const inSpan = items.filter(({ dueOn }) => dueOn >= span.from && dueOn <= span.to).toSorted(byDayThenId);
  const weeks = Map.groupBy(inSpan, ({ dueOn }) => CivilWeek.startOfWeek(dueOn, weekStart));
  for (const [week, ofWeek] of weeks) {
    const to = CivilDate.fromEpochDay(Math.min(CivilWeek.endOfWeek(week, weekStart), span.to));
    const days: Array<CivilDate.CivilDate> = [];
    for (let day = CivilDate.fromEpochDay(Math.max(week, span.from)); day <= to; day = CivilDate.addDays(day, 1))
      days.push(day);
    const doneOfWeek = matchWithin(ofWeek, calendar, days);
    for (const { itemId, dueOn } of ofWeek) {
      due.set(dueOn, (due.get(dueOn) ?? 0) + 1);
      const doer = doneOfWeek.get(itemId);
      if (doer === undefined) continue;
      done.set(dueOn, (done.get(dueOn) ?? 0) + 1);
      doneBy.set(itemId, doer);
    }
  }
  return { due, done, doneBy };
};

/** The fact that did an item, and its day. */
export interface Doer {
  readonly factId: string;
  readonly on: CivilDate.CivilDate;
}

/** Matches items to the facts of these days: as many as possible, the earlier due first. Item ids must differ. */
export const matchWithin = (
  items: ReadonlyArray<Item>,
  calendar: ActivityCalendar,
  days: ReadonlyArray<CivilDate.CivilDate>,
): ReadonlyMap<string, Doer> => {
  const facts = days.flatMap((on): ReadonlyArray<DatedContribution> =>
    (calendar.get(on)?.contributions ?? []).filter(DayCell.isLive).map((contribution) => ({ on, contribution })),
  );
  const itemOfFact = new Map<string, Item>();
  for (const item of items.toSorted(byDayThenId)) claim(item, facts, itemOfFact, new Set());
  const doneBy = new Map<string, Doer>();
  for (const { on, contribution } of facts) {
    const item = itemOfFact.get(contribution.factId);
    if (item !== undefined) doneBy.set(item.itemId, { factId: contribution.factId, on });
  }
  return doneBy;
};

interface DatedContribution {
  readonly on: CivilDate.CivilDate;
  readonly contribution: DayCell.Contribution;
}

/** Finds the item a fact, on its own day first; a fact already taken is freed if its item can have another. */
const claim = (
  item: Item,
  facts: ReadonlyArray<DatedContribution>,
  itemOfFact: Map<string, Item>,
  tried: Set<string>,
): boolean => {
  const suitable = facts
    .filter(({ contribution }) => Metric.matches(item.where, contribution))
    .toSorted((left, right) => Number(right.on === item.dueOn) - Number(left.on === item.dueOn));
  for (const { contribution } of suitable) {
    if (tried.has(contribution.factId)) continue;
    tried.add(contribution.factId);
    const other = itemOfFact.get(contribution.factId);
    if (other === undefined || claim(other, facts, itemOfFact, tried)) {
      itemOfFact.set(contribution.factId, item);
      return true;
    }
  }
  return false;
};

const byDayThenId = (left: Item, right: Item): number =>
  left.dueOn - right.dueOn || (left.itemId < right.itemId ? -1 : left.itemId > right.itemId ? 1 : 0);
