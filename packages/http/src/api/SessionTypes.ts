import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import { createSessionType, getSessionType, listSessionTypes } from "./UseCases.ts";

/** What a tenant offers: the templates of its sessions. */
export const SessionTypes = HttpApiGroup.make("session-types").add(
  HttpApiEndpoint.post("createSessionType", "/session-types", {
    payload: createSessionType.command,
    success: created(createSessionType.answer),
    error: changing(),
  }).annotateMerge(
    aboutCommand("Add a session type", "Adds a kind of session to what the tenant offers.", {
      name: "Sunrise yoga",
      category: "class",
      intensity: "light",
      defaultDuration: 60,
      defaultCapacity: 12,
    }),
  ),
  HttpApiEndpoint.get("listSessionTypes", "/session-types", {
    query: listSessionTypes.command,
    success: listSessionTypes.answer,
    error: reading(),
  }).annotateMerge(about("List session types", "What the tenant offers, oldest first.")),
  HttpApiEndpoint.get("getSessionType", "/session-types/:sessionTypeId", {
    params: getSessionType.command,
    success: getSessionType.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("Get a session type", "One kind of session.")),
);
