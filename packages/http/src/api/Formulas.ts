import type { CivilDate, Formula } from "@zmos/core";
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import * as Struct from "effect/Struct";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import { defineFormula, getFormula, listFormulas } from "./UseCases.ts";

/** How scores are computed: formulas as data, those that come with ZMOS and a tenant's own. */
export const Formulas = HttpApiGroup.make("formulas").add(
  HttpApiEndpoint.get("listFormulas", "/formulas", {
    query: listFormulas.command,
    success: listFormulas.answer,
    error: reading(),
  }).annotateMerge(about("List formulas", "Every formula scores can be asked by, as data and in words, by id.")),
  HttpApiEndpoint.get("getFormula", "/formulas/:formula", {
    params: getFormula.command.mapFields(Struct.pick(["formula"])),
    query: getFormula.command.mapFields(Struct.omit(["formula"])),
    success: getFormula.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("Get a formula", "One formula, in its latest version unless `version` says otherwise.")),
  HttpApiEndpoint.post("defineFormula", "/formulas", {
    payload: defineFormula.command,
    success: created(defineFormula.answer),
    error: changing("FormulaIsShipped"),
  }).annotateMerge(
    aboutCommand(
      "Define a formula",
      "A formula of the tenant's own, each time as a new version. What is wrong with it is told field by field.",
      {
        id: "half-hours",
        name: "Half hours",
        source: "Our own programme",
        measure: { kind: "tally", metric: { measure: "minutes" }, dayAtMost: 60 },
        period: { kind: "week" },
        target: { kind: "constant", perPeriod: 120 },
        ratioAtMost: 1,
        excused: "prorate",
        firstPartial: "leave_out",
        current: "leave_out",
        window: { kind: "last_periods", count: 4 },
        aggregate: { kind: "mean" },
        bands: [{ name: "on_track", atLeast: 0.8 }, { name: "off_track" }],
        laws: ["bounded", "monotone"],
        parameters: [{ name: "weeks", path: ["window", "count"] }],
      },
    ),
  ),
);

/** For the declarations of this module, which name it. */
export type { CivilDate, Formula };
