import { Room, RoomStore } from "@zmos/core/moveos";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { tenantTable } from "./TenantTable.ts";

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const rooms = tenantTable(sql, { table: "room", entityType: "Room", schema: Room });
  return RoomStore.of({
    find: rooms.find,
    list: (tenantId, { locationId }, page) =>
      rooms.list(tenantId, page, locationId === undefined ? [] : [sql`location_id = ${locationId}`]),
    insert: (room) => rooms.insert([room]),
  });
});

/** Rooms in PostgreSQL. */
export const layer = Layer.effect(RoomStore, make);
