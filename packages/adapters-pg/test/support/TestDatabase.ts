/** A database for one test file: an empty, migrated one of its own, on a server or embedded. */
import { PgClient } from "@effect/sql-pg";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Redacted from "effect/Redacted";
import * as SqlClient from "effect/sql/SqlClient";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import * as Database from "../../src/Database.ts";
import { SUPERUSER } from "./PostgresServer.ts";
import { LOGIN, OWNER, TEMPLATE } from "./PostgresServer.globalSetup.ts";

export const urlOf = (user: string, database: string): Redacted.Redacted =>
  Redacted.make(`postgres://${user}@127.0.0.1:${inject("postgresPort")}/${database}`);

const asSuperuser = (statement: string) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe(statement)).pipe(
    Effect.provide(PgClient.layer({ url: urlOf(SUPERUSER, "postgres"), maxConnections: 1 })),
    Effect.orDie,
  );

/** The name of a fresh copy of the template, which is dropped when the scope closes. */
export const freshDatabase = Effect.acquireRelease(
  Effect.gen(function* () {
    const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
    yield* asSuperuser(`create database ${name} template ${TEMPLATE} owner ${OWNER}`);
    return name;
  }),
  (name) => asSuperuser(`drop database ${name} with (force)`),
);

/** The temporary folder's path; the folder is removed when the scope closes. */
export const temporaryFolder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "zmos-embedded-"))),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true })),
);

/** On PostgreSQL, logged in as the user that owns nothing. */
export const layerPostgres: Layer.Layer<SqlClient.SqlClient> = Layer.unwrap(
  Effect.map(freshDatabase, (name) => Database.layerServer({ url: urlOf(LOGIN, name) })),
).pipe(Layer.orDie);

/** On an embedded PGlite in a folder. */
export const layerPglite: Layer.Layer<SqlClient.SqlClient> = Layer.unwrap(
  Effect.map(temporaryFolder, (dataDir) => Database.layerEmbedded({ dataDir })),
).pipe(Layer.orDie);
