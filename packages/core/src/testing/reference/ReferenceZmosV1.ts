/**
 * The plan's adherence, slow enough to be obviously right: walk back week by week until N weeks that count are found.
 */
import * as CivilDate from "../../kernel/CivilDate.ts";
import type { CalendarFact } from "../../pulseloop/domain/ActivityCalendar.ts";
import type { ExcusedDays } from "../../pulseloop/domain/Excuse.ts";
import { liveFacts } from "./LiveFacts.ts";

/** Events against a weekly target over the last `weeks` full Monday weeks; `undefined` while no week counts. */
export const zmosV1 = (
  facts: ReadonlyArray<CalendarFact>,
  since: CivilDate.CivilDate,
  asOf: CivilDate.CivilDate,
  excused: ExcusedDays,
  { weeks = 4, perWeek = 3 } = {},
): number | undefined => {
  const live = liveFacts(facts);
  let monday = asOf;
  while (CivilDate.weekday(monday) !== 1) monday = CivilDate.addDays(monday, -1);
  let actual = 0;
  let asked = 0;
  let found = 0;
  const excusedButMet: Array<{ actual: number; asked: number }> = [];
  for (
    monday = CivilDate.addDays(monday, -7);
    monday >= since && found < weeks;
    monday = CivilDate.addDays(monday, -7)
  ) {
    const days = [0, 1, 2, 3, 4, 5, 6].map((offset) => CivilDate.addDays(monday, offset));
    const open = days.filter((day) => excused(day) === undefined).length;
    const events = live.filter((fact) => days.includes(fact.civilDate)).length;
    const asks = (perWeek * Math.max(open, 1)) / 7;
    if (open > 0) {
      actual += events;
      asked += asks;
      found += 1;
    } else if (events >= asks) excusedButMet.push({ actual: events, asked: asks });
  }
  // Of the weeks that were excused and met all the same, any selection may count: the member gets the best.
  let best = asked > 0 ? actual / asked : undefined;
  for (let selection = 1; selection < 2 ** excusedButMet.length; selection++) {
    const chosen = excusedButMet.filter((_, index) => (selection >> index) % 2 === 1);
    const sumActual = chosen.reduce((sum, week) => sum + week.actual, actual);
    const sumAsked = chosen.reduce((sum, week) => sum + week.asked, asked);
    best = Math.max(best ?? 0, sumActual / sumAsked);
  }
  return best === undefined ? undefined : Math.min(1, best);
};
