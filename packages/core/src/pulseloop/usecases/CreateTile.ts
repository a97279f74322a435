import * as Schema from "effect/Schema";
import * as Struct from "effect/Struct";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { MovementTileId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { MovementTile } from "../domain/MovementTile.ts";
import { TileStore } from "../ports/TileStore.ts";

export const CreateTile = Schema.Struct(
  Struct.pick(MovementTile.fields, ["name", "description", "durationMinutes", "intensity", "category"]),
).annotate({ identifier: "CreateTile" });

/** Adds a tile to what the tenant offers. */
export const createTile = UseCase.command(
  "CreateTile",
  { command: CreateTile, answer: MovementTile, first: () => authorize("session:manage") },
  function* (command, { tenantId }) {
    const at = yield* now;
    const tile: MovementTile = { ...command, id: yield* newId(MovementTileId), tenantId, createdAt: at, updatedAt: at };
    yield* TileStore.use((tiles) => tiles.insert(tile));
    yield* record({ type: "TileCreated", entityType: "Tile", entityId: tile.id, data: { ...command } });
    return tile;
  },
);
