import type { CivilDate } from "@zmos/core";
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import { checkMovements, getMovementEvent, listMovementEvents, recordMovement, recordMovements } from "./UseCases.ts";

const walk = {
  memberId: "01a0a1f4-0000-7000-8000-000000000004",
  type: "outdoor_event",
  occurredAt: "2026-11-20",
  durationMinutes: 35,
  intensity: "moderate",
  source: "import",
  externalId: "walk-17",
};

/** Facts: this member moved. */
export const MovementEvents = HttpApiGroup.make("movement-events").add(
  HttpApiEndpoint.post("recordMovement", "/movement-events", {
    payload: [recordMovement.command, recordMovements.command],
    success: [created(recordMovement.answer), recordMovements.answer],
    error: changing("NotFound", "MovementInFuture", "FactConflict", "MovementsRefused"),
  }).annotateMerge(
    aboutCommand(
      "Record movement",
      "One event (201), or `{events: […]}`, up to 1,000 that are recorded together or not at all (200). " +
        "A higher `version` corrects a fact; `isEnteredInError` withdraws it.",
      walk,
    ),
  ),
  HttpApiEndpoint.get("listMovementEvents", "/movement-events", {
    query: listMovementEvents.command,
    success: listMovementEvents.answer,
    error: reading(),
  }).annotateMerge(about("List movement", "A member's movements that stand, by civil day, `from` and `to` included.")),
  HttpApiEndpoint.get("getMovementEvent", "/movement-events/:movementEventId", {
    params: getMovementEvent.command,
    success: getMovementEvent.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("Get a movement", "One movement, in the version that stands.")),
  HttpApiEndpoint.post("checkMovements", "/movement-events/check", {
    payload: checkMovements.command,
    success: checkMovements.answer,
    error: changing("MovementsRefused"),
  }).annotateMerge(
    aboutCommand("Check movements", "What would come of recording these together. Keeps nothing.", { events: [walk] }),
  ),
);

/** For the declarations of this module, which name it. */
export type { CivilDate };
