/** What a measurement wrote, table by table, as PostgreSQL itself counted it: two rates can be compared if these are alike. */
import * as Effect from "effect/Effect";
import * as Schedule from "effect/Schedule";
import * as SqlClient from "effect/sql/SqlClient";
import { connected, type FilledDatabase } from "./BookingDatabases.ts";

/** **Shape** rows by what was done to which table, as `insert booking`. */
export type RowsWritten = ReadonlyMap<string, number>;

/** Rows written for each of so many bookings since the database was made. */
export const rowsPerBooking = (database: FilledDatabase, bookings: number): Promise<RowsWritten> =>
  connected(database.superuserUrl)(
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient;
      // A connection hands in what it counted when it is closed, and that takes a moment.
      const others = sql<{ count: number }>`
        select count(*)::int as count from pg_stat_activity
        where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`;
      yield* Effect.repeat(others, {
        until: ([row]) => row?.count === 0,
        schedule: Schedule.spaced("20 millis"),
        times: 500,
      });
      const rows = yield* sql<{ what: string; count: number }>`
        select action || ' ' || relname as what, count::float8 as count
        from pg_stat_user_tables, lateral (
          values ('insert', n_tup_ins), ('update', n_tup_upd), ('delete', n_tup_del)) as written (action, count)
        where count > 0`;
      return new Map(rows.map(({ what, count }) => [what, count / bookings]));
    }),
  );
