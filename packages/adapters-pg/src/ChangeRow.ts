import * as Effect from "effect/Effect";
import type { SqlClient } from "effect/sql/SqlClient";
import { json } from "./Json.ts";
import type { Row } from "./Row.ts";

/** Makes a tenant's row that is there what `row` says, in these columns; which row it is stays as it was. */
export const changeRow = (
  sql: SqlClient,
  table: string,
  row: Row,
  columns: ReadonlyArray<string>,
): Effect.Effect<void> =>
  sql`update ${sql(table)} as kept set ${sql.csv(columns.map((column) => sql`${sql(column)} = changed.${sql(column)}`))}
    from jsonb_populate_record(null::${sql(table)}, ${json(row)}) as changed
    where kept.tenant_id = ${row["tenant_id"]} and kept.id = ${row["id"]}`.pipe(Effect.asVoid, Effect.orDie);
