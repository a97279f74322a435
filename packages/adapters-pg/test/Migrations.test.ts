import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as SqlClient from "effect/sql/SqlClient";
import { PgClient } from "@effect/sql-pg";
import * as Migrator from "effect/sql/Migrator";
import { currentMigration, latestMigration, migrate, migrations } from "../src/Migrations.ts";
import { SUPERUSER } from "./support/PostgresServer.ts";
import { OWNER } from "./support/PostgresServer.globalSetup.ts";
import { urlOf } from "./support/TestDatabase.ts";

const all = Object.keys(migrations).length;

/** A database that has had no migration; the node that migrates has its own connection. */
const emptyDatabase = Effect.acquireRelease(
  Effect.gen(function* () {
    const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
    const sql = yield* SqlClient.SqlClient;
    yield* sql.unsafe(`create database ${name} owner ${OWNER}`);
    return name;
  }),
  (name) =>
    Effect.flatMap(SqlClient.SqlClient, (sql) => Effect.orDie(sql.unsafe(`drop database ${name} with (force)`))),
);
const server = PgClient.layer({ url: urlOf(SUPERUSER, "postgres"), maxConnections: 1 });
const node = (name: string) => PgClient.layer({ url: urlOf(OWNER, name), maxConnections: 1 });

describe("migrate", () => {
  it.layer(server, { excludeTestServices: true })((it) => {
    it.effect("brings an empty database up to date, and does nothing when run again", () =>
      Effect.gen(function* () {
        const name = yield* emptyDatabase;
        yield* Effect.gen(function* () {
          assert.strictEqual(yield* currentMigration, 0);
          assert.strictEqual((yield* migrate).length, all);
          assert.strictEqual(yield* currentMigration, latestMigration);
          assert.deepStrictEqual(yield* migrate, []);
        }).pipe(Effect.provide(node(name)));
      }),
    );

    it.effect("lets two nodes start at once: together they migrate once", () =>
      Effect.gen(function* () {
        const name = yield* emptyDatabase;
        const both = yield* Effect.all(
          [migrate.pipe(Effect.provide(node(name))), migrate.pipe(Effect.provide(node(name)))],
          { concurrency: "unbounded" },
        );
        assert.strictEqual(both.flat().length, all);
      }),
    );

    it.effect("gives sessions that were there before the timetable their zone, and their civil day in it", () =>
      Effect.gen(function* () {
        const name = yield* emptyDatabase;
        yield* Effect.gen(function* () {
          const sql = yield* SqlClient.SqlClient;
          const earlier = Object.entries(migrations).filter(([each]) => each < "0005");
          const execute = (statements: ReadonlyArray<string>) =>
            Effect.forEach(statements, (statement) => sql.unsafe(statement));
          yield* Migrator.make({})({
            table: "zmos_migration",
            loader: Migrator.fromRecord(Object.fromEntries(earlier.map(([each, all]) => [each, execute(all)]))),
          });
          const [tenant, location, type, session] = Array.from({ length: 4 }, () => crypto.randomUUID());
          const put = (text: string) => sql.unsafe(text);
          yield* put(`select set_config('zmos.tenant_ids', '${tenant}', false)`);
          yield* put(`insert into tenant values ('${tenant}', 'T', 'UTC', 1, 4, 'zmos_only', '{}', now(), now())`);
          yield* put(`insert into location (tenant_id, id, name, timezone, created_at, updated_at)
            values ('${tenant}', '${location}', 'L', 'Europe/Vienna', now(), now())`);
          yield* put(`insert into session_type (tenant_id, id, name, category, contraindications, default_duration,
              default_capacity, created_at, updated_at)
            values ('${tenant}', '${type}', 'Y', 'class', '[]', 60, 5, now(), now())`);
          // 03:30 in Vienna: the tenant's day, which starts at four, is still the one before.
          yield* put(`insert into session_instance
            values ('${tenant}', '${session}', '${type}', '${location}', '2026-07-02T01:30:00Z', '2026-07-02T02:30:00Z',
              5, 2, 'scheduled', now(), now())`);
          yield* put(`select set_config('zmos.tenant_ids', '', false)`);
          yield* migrate;
          yield* put(`select set_config('zmos.tenant_ids', '${tenant}', false)`);
          const [row] = yield* sql`select timezone, civil_date::text, sequence, schedule_id from session_instance`;
          assert.deepStrictEqual(
            { ...row },
            { timezone: "Europe/Vienna", civil_date: "2026-07-01", sequence: 0, schedule_id: null },
          );
        }).pipe(Effect.provide(node(name)));
      }),
    );

    it.effect("leaves nothing behind when it dies half-way, and works when it is run again", () =>
      Effect.gen(function* () {
        const name = yield* emptyDatabase;
        yield* Effect.gen(function* () {
          const sql = yield* SqlClient.SqlClient;
          const dying = Migrator.make({})({
            table: "zmos_migration",
            loader: Migrator.fromRecord({
              "0001_half": Effect.andThen(sql`create table tenant (id int)`, Effect.die("killed")),
            }),
          });
          assert.isTrue(Exit.isFailure(yield* Effect.exit(dying)));
          assert.strictEqual(yield* currentMigration, 0);
          assert.strictEqual((yield* migrate).length, all);
        }).pipe(Effect.provide(node(name)));
      }),
    );
  });
});
