/**
 * One PostgreSQL server for the whole run, with a migrated template that each test file copies.
 *
 * Three users, as in production: the superuser makes databases, `zmos_owner` migrates and owns the tables, and
 * `zmos_login`, which owns nothing, is who the adapters log in as.
 */
import { PgClient } from "@effect/sql-pg";
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import * as SqlClient from "effect/sql/SqlClient";
import type { TestProject } from "vitest/node";
import { migrate } from "../../src/Migrations.ts";
import { startPostgresServer, SUPERUSER } from "./PostgresServer.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly postgresPort: number;
  }
}

export const TEMPLATE = "zmos_template";
export const OWNER = "zmos_owner";
export const LOGIN = "zmos_login";

const as = (port: number, user: string, database: string) =>
  PgClient.layer({ url: Redacted.make(`postgres://${user}@127.0.0.1:${port}/${database}`), maxConnections: 1 });

const makeTemplate = (port: number) =>
  Effect.gen(function* () {
    yield* Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient;
      yield* sql.unsafe(`create role ${OWNER} login createrole`);
      yield* sql.unsafe(`create role ${LOGIN} login`);
      yield* sql.unsafe(`create database ${TEMPLATE} owner ${OWNER}`);
    }).pipe(Effect.provide(as(port, SUPERUSER, "postgres")));
    yield* migrate.pipe(Effect.provide(as(port, OWNER, TEMPLATE)));
    yield* Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient;
      yield* sql.unsafe(`grant zmos_app to ${LOGIN}`);
    }).pipe(Effect.provide(as(port, SUPERUSER, "postgres")));
  });

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await import("../../src/prebuilt.ts");
  const server = await startPostgresServer();
  try {
    await Effect.runPromise(makeTemplate(server.port));
  } catch (cause) {
    await server.stop();
    throw cause;
  }
  project.provide("postgresPort", server.port);
  return () => server.stop();
}
