import { NotFound, type TenantId } from "@zmos/core/kernel";
import { Tenant, TenantStore } from "@zmos/core/platform";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { insertInto, type Row, rowsOf } from "./Row.ts";
import { fromTimestamp } from "./Timestamp.ts";

const rows = rowsOf(Tenant);

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  return TenantStore.of({
    find: (tenantId) =>
      sql<Row>`select * from tenant where id = ${tenantId}`.pipe(
        Effect.orDie,
        Effect.flatMap(([row]) =>
          row === undefined
            ? Effect.fail(new NotFound({ entityType: "Tenant", entityId: tenantId }))
            : Effect.sync(() => rows.decode(row)),
        ),
      ),

    insert: Effect.fnUntraced(function* (tenant) {
      const row = rows.encode(tenant);
      yield* insertInto(sql, "tenant", [row]);
      const { id, name, created_at } = row;
      yield* insertInto(sql, "tenant_directory", [{ id, name, created_at }]);
    }),

    directory: sql<{ id: TenantId; name: string; created_at: Date }>`
      select id, name, created_at from tenant_directory order by created_at, id`.pipe(
      Effect.orDie,
      Effect.map((found) =>
        found.map(({ id, name, created_at }) => ({ id, name, createdAt: fromTimestamp(created_at) })),
      ),
    ),
  });
});

/** Tenants in PostgreSQL, and the directory of them that belongs to none. */
export const layer = Layer.effect(TenantStore, make);
