import type { CivilDate } from "@zmos/core";
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import * as Struct from "effect/Struct";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import { assignTile, createTile, getTile, listAssignedTiles, listTiles } from "./UseCases.ts";

/** Micro-activities, and who is to do them. */
export const Tiles = HttpApiGroup.make("tiles").add(
  HttpApiEndpoint.post("createTile", "/tiles", {
    payload: createTile.command,
    success: created(createTile.answer),
    error: changing(),
  }).annotateMerge(
    aboutCommand(
      "Add a tile",
      "Adds a micro-activity. Done, it is a movement of type `tile_completion` with its `tileId`.",
      { name: "Ten squats", durationMinutes: 2, intensity: "moderate", category: "strength" },
    ),
  ),
  HttpApiEndpoint.get("listTiles", "/tiles", {
    query: listTiles.command,
    success: listTiles.answer,
    error: reading(),
  }).annotateMerge(about("List tiles", "The tenant's micro-activities, oldest first.")),
  HttpApiEndpoint.get("getTile", "/tiles/:tileId", {
    params: getTile.command,
    success: getTile.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("Get a tile", "One micro-activity.")),
  HttpApiEndpoint.post("assignTile", "/members/:memberId/tile-assignments", {
    params: assignTile.command.mapFields(Struct.pick(["memberId"])),
    payload: assignTile.command.mapFields(Struct.omit(["memberId"])),
    success: created(assignTile.answer),
    error: changing("NotFound"),
  }).annotateMerge(
    aboutCommand("Assign a tile", "Gives a member a tile to do, from today unless told otherwise. Staff only.", {
      tileId: "01a0a1f4-0000-7000-8000-000000000009",
      from: "2026-11-20",
    }),
  ),
  HttpApiEndpoint.get("listAssignedTiles", "/members/:memberId/tile-assignments", {
    params: listAssignedTiles.command.mapFields(Struct.pick(["memberId"])),
    query: listAssignedTiles.command.mapFields(Struct.omit(["memberId"])),
    success: listAssignedTiles.answer,
    error: reading(),
  }).annotateMerge(about("List assigned tiles", "What a member is to do, and how often it did.")),
);

/** For the declarations of this module, which name it. */
export type { CivilDate };
