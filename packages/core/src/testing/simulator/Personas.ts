/**
 * Kinds of members, by how their movement goes over the year.
 *
 * **Units** a likelihood is a factor on a member's own habit, 0–1.
 */
import * as CivilDate from "../../kernel/CivilDate.ts";

export const personas = ["regular", "fading", "weekend", "new_year", "returning"] as const;

export type Persona = (typeof personas)[number];

/** How much of their habit is left on a day. */
export const likelihood = (persona: Persona, since: CivilDate.CivilDate, day: CivilDate.CivilDate): number => {
  const days = CivilDate.daysBetween(since, day);
  switch (persona) {
    case "regular":
      return 1;
    case "fading":
      return Math.max(0.05, 1 - days / 200);
    case "weekend":
      return CivilDate.weekday(day) >= 6 ? 1 : 0.08;
    case "new_year": {
      const { month } = CivilDate.toYmd(day);
      return month === 1 ? 1 : month === 2 ? 0.5 : month === 3 ? 0.2 : 0.05;
    }
    case "returning":
      // Six weeks on, six weeks off.
      return Math.floor(days / 42) % 2 === 0 ? 1 : 0.05;
  }
};
