import type { CivilDate } from "@zmos/core";
import * as Struct from "effect/Struct";
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import { endExcuse, grantExcuse, listExcuses } from "./UseCases.ts";

/** Days on which nobody expects a member to move. */
export const ExcusedDays = HttpApiGroup.make("excused-days").add(
  HttpApiEndpoint.post("grantExcuse", "/members/:memberId/excused-days", {
    params: grantExcuse.command.mapFields(Struct.pick(["memberId"])),
    payload: grantExcuse.command.mapFields(Struct.omit(["memberId"])),
    success: created(grantExcuse.answer),
    error: changing("NotFound", "ExcuseEndImpossible"),
  }).annotateMerge(
    aboutCommand(
      "Excuse a member",
      "From these days, past or to come, both included; without `to`, until they are ended. Staff only.",
      { from: "2026-11-02", to: "2026-11-08", reason: "illness", note: "flu" },
    ),
  ),
  HttpApiEndpoint.get("listExcuses", "/members/:memberId/excused-days", {
    params: listExcuses.command.mapFields(Struct.pick(["memberId"])),
    query: listExcuses.command.mapFields(Struct.omit(["memberId"])),
    success: listExcuses.answer,
    error: reading(),
  }).annotateMerge(about("List excused days", "What a member is excused from, why, and who granted it.")),
  HttpApiEndpoint.post("endExcuse", "/excused-days/:excuseId/end", {
    params: endExcuse.command.mapFields(Struct.pick(["excuseId"])),
    payload: endExcuse.command.mapFields(Struct.omit(["excuseId"])),
    success: endExcuse.answer,
    error: changing("NotFound", "ExcuseEndImpossible", "ExcuseWithdrawn"),
  }).annotateMerge(
    aboutCommand(
      "End excused days",
      "`to` is the last excused day; `isEnteredInError` withdraws them. What they were before stays on record.",
      { to: "2026-11-05" },
    ),
  ),
);

/** For the declarations of this module, which name it. */
export type { CivilDate };
