import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./about.ts";
import { created } from "./created.ts";
import { changing, reading } from "./refusing.ts";
import { getMember, listMembers, registerMember } from "./useCases.ts";

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
);
