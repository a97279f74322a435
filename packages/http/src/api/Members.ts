import type { AdherenceExplanation, CivilDate } from "@zmos/core";
import * as Struct from "effect/Struct";
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import {
  declareConstraints,
  getAdherenceSummary,
  getMember,
  getMemberSummary,
  getStreak,
  listMembers,
  registerMember,
} from "./UseCases.ts";

/** The people who move, and how they are doing. */
export const Members = HttpApiGroup.make("members").add(
  HttpApiEndpoint.post("registerMember", "/members", {
    payload: registerMember.command,
    success: created(registerMember.answer),
    error: changing(),
  }).annotateMerge(
    aboutCommand("Register a member", "Makes a person known to the tenant.", {
      firstName: "Wanjiru",
      lastName: "Kamau",
      timezone: "Africa/Nairobi",
    }),
  ),
  HttpApiEndpoint.get("listMembers", "/members", {
    query: listMembers.command,
    success: listMembers.answer,
    error: reading(),
  }).annotateMerge(about("List members", "Members, oldest first; or those a partner knows by `externalPartyId`.")),
  HttpApiEndpoint.get("getMember", "/members/:memberId", {
    params: getMember.command,
    success: getMember.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("Get a member", "One member; a member may see itself.")),
  HttpApiEndpoint.post("declareConstraints", "/members/:memberId/constraints", {
    params: declareConstraints.command.mapFields(Struct.pick(["memberId"])),
    payload: declareConstraints.command.mapFields(Struct.omit(["memberId"])),
    success: declareConstraints.answer,
    error: changing("NotFound"),
  }).annotateMerge(
    aboutCommand(
      "Declare what a session may not be good for",
      "All that holds of the member from now on, in the words of the session types' contraindications; the booking policy says what follows.",
      { constraints: ["knee injury"] },
    ),
  ),
  HttpApiEndpoint.get("getStreak", "/members/:memberId/streak", {
    params: getStreak.command.mapFields(Struct.pick(["memberId"])),
    query: getStreak.command.mapFields(Struct.omit(["memberId"])),
    success: getStreak.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("Get a streak", "Active days in a row: the current run, the best, and what keeps it alive.")),
  HttpApiEndpoint.get("getAdherenceSummary", "/members/:memberId/adherence-summary", {
    params: getAdherenceSummary.command.mapFields(Struct.pick(["memberId"])),
    query: getAdherenceSummary.command.mapFields(Struct.omit(["memberId"])),
    success: getAdherenceSummary.answer,
    error: reading("NotFound"),
  }).annotateMerge(
    about(
      "Get adherence",
      "How well the member keeps to a target: by the tenant's formula or by `formula` with `parameters` (`weeks=8;target=200`), " +
        "as of a day, as known at an instant; with `explain=true`, every movement, counted or not, and why.",
    ),
  ),
  HttpApiEndpoint.get("getMemberSummary", "/members/:memberId/summary", {
    params: getMemberSummary.command.mapFields(Struct.pick(["memberId"])),
    query: getMemberSummary.command.mapFields(Struct.omit(["memberId"])),
    success: getMemberSummary.answer,
    error: reading("NotFound"),
  }).annotateMerge(
    about("Get a member at a glance", "Who it is, how it goes, the last seven days, and what comes next."),
  ),
);

/** For the declarations of this module, which name it. */
export type { AdherenceExplanation, CivilDate };
