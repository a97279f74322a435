import { styled } from "../output/Terminal.ts";
import { heatMap } from "./draw/HeatMap.ts";
import type { Person } from "./Study.ts";

/** A person's calendar, the last year of it. */
export const heatMapOf = (person: Person): string => {
  const calendar = person.calendar();
  return heatMap(
    person.since,
    person.asOf,
    (day) => {
      const events = calendar.get(day)?.events ?? 0;
      return events === 0 && person.excused(day) !== undefined ? "excused" : events;
    },
    53,
    (shade, text) => (shade === 0 ? styled("dim", text) : styled("green", text)),
  );
};
