import { SessionType, SessionTypeStore } from "@zmos/core/moveos";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { tenantTable } from "./TenantTable.ts";

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const types = tenantTable(sql, { table: "session_type", entityType: "SessionType", schema: SessionType });
  return SessionTypeStore.of({
    find: types.find,
    list: types.list,
    insert: (sessionType) => types.insert([sessionType]),
  });
});

/** Session types in PostgreSQL. */
export const layer = Layer.effect(SessionTypeStore, make);
