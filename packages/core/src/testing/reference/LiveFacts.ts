/**
 * The live facts of a history, found the slow and obvious way: per fact id look at everything ever said about it.
 */
import type { CalendarFact } from "../../pulseloop/domain/ActivityCalendar.ts";

export const liveFacts = (history: ReadonlyArray<CalendarFact>): ReadonlyArray<CalendarFact> => {
  const ids = [...new Set(history.map((fact) => fact.contribution.factId))].toSorted();
  return ids.flatMap((id) => {
    const said = history.filter((fact) => fact.contribution.factId === id);
    if (said.some((fact) => fact.contribution.enteredInError)) return [];
    const highest = Math.max(...said.map((fact) => fact.contribution.version));
    return said.filter((fact) => fact.contribution.version === highest).slice(0, 1);
  });
};
