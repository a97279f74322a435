import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import { createRoom, getRoom, listRooms } from "./UseCases.ts";

/** The rooms of a tenant's locations. */
export const Rooms = HttpApiGroup.make("rooms").add(
  HttpApiEndpoint.post("createRoom", "/rooms", {
    payload: createRoom.command,
    success: created(createRoom.answer),
    error: changing("NotFound"),
  }).annotateMerge(
    aboutCommand("Add a room", "A place within a location where one session is held at a time.", {
      locationId: "01a0a1f4-0000-7000-8000-000000000001",
      name: "Studio 1",
      capacity: 20,
    }),
  ),
  HttpApiEndpoint.get("listRooms", "/rooms", {
    query: listRooms.command,
    success: listRooms.answer,
    error: reading(),
  }).annotateMerge(about("List rooms", "The tenant's rooms, oldest first; or those of a location.")),
  HttpApiEndpoint.get("getRoom", "/rooms/:roomId", {
    params: getRoom.command,
    success: getRoom.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("Get a room", "One room.")),
);
