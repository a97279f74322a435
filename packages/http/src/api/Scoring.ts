import type { CivilDate, Streak, StreakRuleJson } from "@zmos/core";
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import { getScoringRules, getStandings, setScoringRules } from "./UseCases.ts";

/** What counts with a tenant, and how everybody stands by it. */
export const Scoring = HttpApiGroup.make("scoring").add(
  HttpApiEndpoint.get("getScoringRules", "/scoring-rules", {
    success: getScoringRules.answer,
    error: reading(),
  }).annotateMerge(about("Get the scoring rules", "What makes a day active and a week full with this tenant.")),
  HttpApiEndpoint.post("setScoringRules", "/scoring-rules", {
    payload: setScoringRules.command,
    success: created(setScoringRules.answer),
    error: changing("NotFound"),
  }).annotateMerge(
    aboutCommand("Set the scoring rules", "A new version of the rules, from now on.", {
      activeDay: { measure: "moderate_equivalent_minutes", atLeast: 30 },
      weeklyTarget: { measure: "moderate_equivalent_minutes", amount: 150 },
      weeks: 4,
    }),
  ),
  HttpApiEndpoint.get("getStandings", "/standings", {
    query: getStandings.command,
    success: getStandings.answer,
    error: reading(),
  }).annotateMerge(about("Get the standings", "Every member by the month's movement, with streak and adherence.")),
);

/** For the declarations of this module, which name it. */
export type { CivilDate, Streak, StreakRuleJson };
