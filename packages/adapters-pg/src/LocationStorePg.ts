import type { LocationId, ZoneName } from "@zmos/core/kernel";
import { Location, LocationStore } from "@zmos/core/platform";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { tenantTable } from "./TenantTable.ts";

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const locations = tenantTable(sql, { table: "location", entityType: "Location", schema: Location });
  return LocationStore.of({
    find: locations.find,
    list: locations.list,
    insert: (location) => locations.insert([location]),
    zones: (tenantId, locationIds) =>
      sql<{ id: LocationId; timezone: ZoneName }>`
        select id, timezone from location where tenant_id = ${tenantId} and id = any(${locationIds}::uuid[])`.pipe(
        Effect.orDie,
        Effect.map((found) => new Map(found.map(({ id, timezone }) => [id, timezone]))),
      ),
  });
});

/** Locations in PostgreSQL. */
export const layer = Layer.effect(LocationStore, make);
