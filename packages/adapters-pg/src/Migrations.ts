/** The schema's history, and how a database is brought up to it. */
import * as Effect from "effect/Effect";
import * as Migrator from "effect/sql/Migrator";
import * as SqlClient from "effect/sql/SqlClient";
import { statements as foundation } from "./migrations/0001_foundation.ts";
import { statements as scores } from "./migrations/0002_scores.ts";
import { statements as challenges } from "./migrations/0003_challenges.ts";
import { statements as carepath } from "./migrations/0004_carepath.ts";
import { statements as roster } from "./migrations/0005_roster.ts";
import { statements as entitlement } from "./migrations/0006_entitlement.ts";
import { statements as timetable } from "./migrations/0007_timetable.ts";
import { statements as wakeUps } from "./migrations/0008_wake_ups.ts";
import { statements as writeRate } from "./migrations/0010_write_rate.ts";
import { statements as planRevisions } from "./migrations/0012_plan_revisions.ts";
import { statements as entriesOfLots } from "./migrations/0013_entries_of_lots.ts";
import { statements as standingPenalties } from "./migrations/0014_standing_penalties.ts";
import { statements as fewerPages } from "./migrations/0015_fewer_pages.ts";
import { statements as roomToChange } from "./migrations/0016_room_to_change.ts";
import { statements as lookedUpByKey } from "./migrations/0017_looked_up_by_key.ts";

/** The table that says which migrations a database has had. */
export const MIGRATION_TABLE = "zmos_migration";

/** Each migration's statements, by the number and name under which they are recorded. */
export const migrations: Readonly<Record<string, ReadonlyArray<string>>> = {
  "0001_foundation": foundation,
  "0002_scores": scores,
  "0003_challenges": challenges,
  "0004_carepath": carepath,
  "0005_roster": roster,
  "0006_entitlement": entitlement,
  "0007_timetable": timetable,
  "0008_wake_ups": wakeUps,
  "0010_write_rate": writeRate,
  "0012_plan_revisions": planRevisions,
  "0013_entries_of_lots": entriesOfLots,
  "0014_standing_penalties": standingPenalties,
  "0015_fewer_pages": fewerPages,
  "0016_room_to_change": roomToChange,
  "0017_looked_up_by_key": lookedUpByKey,
};

const execute = (statements: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient;
    for (const statement of statements) yield* sql.unsafe(statement);
  });

/**
 * Brings the database up to date and answers which migrations that took.
 *
 * **Contract** Run twice, it does nothing the second time. Run by two nodes at once, one waits for the other. Killed
 * half-way, it leaves the database as it was: all that is missing is done in one transaction.
 */
export const migrate = Effect.suspend(() =>
  Migrator.make({})({
    table: MIGRATION_TABLE,
    loader: Migrator.fromRecord(
      Object.fromEntries(Object.entries(migrations).map(([name, statements]) => [name, execute(statements)])),
    ),
  }),
).pipe(Effect.withSpan("migrate"));

/** The number of the last migration that this version of the code knows. */
export const latestMigration: number = Math.max(...Object.keys(migrations).map((name) => Number.parseInt(name, 10)));

/** The number of the last migration that the database has had; 0 for an empty database. */
export const currentMigration = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const [found] = yield* sql<{ found: boolean }>`select to_regclass(${MIGRATION_TABLE}) is not null as found`;
  if (found?.found !== true) return 0;
  const [row] = yield* sql<{ id: number }>`
    select coalesce(max(migration_id), 0)::int as id from ${sql(MIGRATION_TABLE)}`;
  return row?.id ?? 0;
});
