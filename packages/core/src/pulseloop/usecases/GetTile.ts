import * as Schema from "effect/Schema";
import { MovementTileId } from "../../kernel/Ids.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { MovementTile } from "../domain/MovementTile.ts";
import { TileStore } from "../ports/TileStore.ts";

export const GetTile = Schema.Struct({ tileId: MovementTileId }).annotate({ identifier: "GetTile" });

/** One tile. */
export const getTile = UseCase.query(
  "GetTile",
  { command: GetTile, answer: MovementTile, first: () => authorize("session:read") },
  function* ({ tileId }, { tenantId }) {
    return yield* TileStore.use((tiles) => tiles.find(tenantId, tileId));
  },
);
