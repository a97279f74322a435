import { JourneyStore, MovementJourney } from "@zmos/core/carepath";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { changeRow } from "./ChangeRow.ts";
import { tenantTable } from "./TenantTable.ts";

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const journeys = tenantTable(sql, {
    table: "movement_journey",
    entityType: "MovementJourney",
    schema: MovementJourney,
  });
  return JourneyStore.of({
    find: journeys.find,
    list: (tenantId, { status }, page) =>
      journeys.list(tenantId, page, status === undefined ? [] : [sql`status = ${status}`]),
    insert: (journey) => journeys.insert([journey]),
    save: (journey) => changeRow(sql, "movement_journey", journeys.encode(journey), ["status", "updated_at"]),
  });
});

/** Journeys in PostgreSQL. What a journey asks for is written once; its status changes. */
export const layer = Layer.effect(JourneyStore, make);
