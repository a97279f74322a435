import * as Schema from "effect/Schema";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { MovementTile } from "../domain/MovementTile.ts";
import { TileStore } from "../ports/TileStore.ts";

export const ListTiles = Schema.Struct(pageFields).annotate({ identifier: "ListTiles" });

/** The tenant's tiles, oldest first. */
export const listTiles = UseCase.query(
  "ListTiles",
  { command: ListTiles, answer: Page(MovementTile), first: () => authorize("session:read") },
  function* (command, { tenantId }) {
    return toPage(yield* TileStore.use((tiles) => tiles.list(tenantId, pageRequest(command))));
  },
);
