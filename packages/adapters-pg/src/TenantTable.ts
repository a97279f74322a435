import { NotFound, type PageRequest, type Rows, rowsOf as pageOf, type TenantId } from "@zmos/core/kernel";
import * as Effect from "effect/Effect";
import type * as Schema from "effect/Schema";
import type { SqlClient } from "effect/sql/SqlClient";
import type { Fragment } from "effect/sql/Statement";
import { afterId } from "./AfterId.ts";
import { insertInto, type Row, rowsOf } from "./Row.ts";

/** What every table of things with an id can do: find one, page through them by id, add some. */
export const tenantTable = <Thing extends { readonly id: string }>(
  sql: SqlClient,
  options: { readonly table: string; readonly entityType: string; readonly schema: Schema.Codec<Thing, Row> },
) => {
  const table = sql(options.table);
  const rows = rowsOf(options.schema);
  return {
    ...rows,

    find: (tenantId: TenantId, id: Thing["id"]): Effect.Effect<Thing, NotFound> =>
      sql<Row>`select * from ${table} where tenant_id = ${tenantId} and id = ${id}`.pipe(
        Effect.orDie,
        Effect.flatMap(([row]) =>
          row === undefined
            ? Effect.fail(new NotFound({ entityType: options.entityType, entityId: id }))
            : Effect.sync(() => rows.decode(row)),
        ),
      ),

    list: (tenantId: TenantId, page: PageRequest, filter: ReadonlyArray<Fragment> = []): Effect.Effect<Rows<Thing>> => {
      const after = afterId(page);
      const conditions = [sql`tenant_id = ${tenantId}`, ...filter];
      if (after !== undefined) conditions.push(sql`id > ${after}`);
      return sql<Row>`select * from ${table} where ${sql.and(conditions)} order by id limit ${page.limit + 1}`.pipe(
        Effect.orDie,
        Effect.map((found) => pageOf(found.map(rows.decode), page.limit, ({ id }) => [id])),
      );
    },

    insert: (things: ReadonlyArray<Thing>): Effect.Effect<void> =>
      insertInto(sql, options.table, things.map(rows.encode)),
  };
};
