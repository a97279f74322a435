/**
 * What a PostgreSQL server's autovacuum does, for an embedded database that has none: without it the planner goes on
 * believing that tables are as empty as when the first statements were planned.
 */
import * as Effect from "effect/Effect";
import * as Schedule from "effect/Schedule";
import * as SqlClient from "effect/sql/SqlClient";

/** **Source** PostgreSQL's defaults for `autovacuum_analyze_threshold` and `autovacuum_analyze_scale_factor`. */
const CHANGED_ROWS = 50;
const CHANGED_SHARE = 0.1;

/** Vacuums and analyzes the tables of which enough has changed, and answers their names. */
export const tidy = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  // Counts are kept back for up to a second, to be told together.
  yield* sql`select pg_stat_force_next_flush()`;
  const changed = yield* sql<{ name: string }>`
    select relname::text as name from pg_stat_user_tables
    where n_mod_since_analyze > ${CHANGED_ROWS} + ${CHANGED_SHARE}::float8 * n_live_tup
    order by relname`;
  for (const { name } of changed) yield* sql`vacuum (analyze) ${sql(name)}`;
  return changed.map(({ name }) => name);
});

/** Tidies every quarter of a minute until the scope closes; there is seldom anything to do. */
export const keepTidy = tidy.pipe(
  Effect.ignore,
  Effect.repeat(Schedule.spaced("15 seconds")),
  Effect.delay("15 seconds"),
  Effect.forkScoped,
  Effect.asVoid,
);
