import type { MovementTileId } from "@zmos/core/kernel";
import { MovementTile, TileAssignment, TileStore } from "@zmos/core/pulseloop";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import type { Row } from "./Row.ts";
import { tenantTable } from "./TenantTable.ts";

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const tiles = tenantTable(sql, { table: "movement_tile", entityType: "Tile", schema: MovementTile });
  const assignments = tenantTable(sql, {
    table: "tile_assignment",
    entityType: "TileAssignment",
    schema: TileAssignment,
  });
  return TileStore.of({
    insert: (tile) => tiles.insert([tile]),
    find: tiles.find,
    list: tiles.list,

    known: (tenantId, tileIds) =>
      tileIds.length === 0
        ? Effect.succeed(new Map<MovementTileId, MovementTile>())
        : sql<Row>`
            select * from movement_tile where tenant_id = ${tenantId} and id = any(${tileIds}::uuid[])`.pipe(
            Effect.orDie,
            Effect.map((found) => new Map(found.map(tiles.decode).map((tile) => [tile.id, tile]))),
          ),

    assign: (assignment) => assignments.insert([assignment]),
    assigned: (tenantId, memberId, page) => assignments.list(tenantId, page, [sql`member_id = ${memberId}`]),
  });
});

/** Tiles, and who is to do them, in PostgreSQL. */
export const layer = Layer.effect(TileStore, make);
