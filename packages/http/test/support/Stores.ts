/** The API over each of its stores: in memory, on PGlite in a folder, and on a PostgreSQL server. */
import { layerServer } from "@zmos/adapters-pg";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Redacted from "effect/Redacted";
import * as SqlClient from "effect/sql/SqlClient";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { layerFrom } from "../../src/main.ts";
import { layerMemory, Logged, type Needed } from "./TestApp.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly postgresPort: number;
  }
}

/** The server and its migrated template are the whole run's: see the global set-up of `@zmos/adapters-pg`. */
const urlOf = (user: string, database: string) =>
  Redacted.make(`postgres://${user}@127.0.0.1:${inject("postgresPort")}/${database}`);

const asSuperuser = (statement: string) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe(statement)).pipe(
    Effect.provide(layerServer({ url: urlOf("postgres", "postgres"), maxConnections: 1 })),
    Effect.orDie,
  );

const database = Effect.acquireRelease(
  Effect.gen(function* () {
    const name = `test_${randomUUID().replaceAll("-", "")}`;
    yield* asSuperuser(`create database ${name} template zmos_template owner zmos_owner`);
    return name;
  }),
  (name) => asSuperuser(`drop database ${name} with (force)`),
);

/** A folder that is removed when the scope closes. */
export const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "zmos-http-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true })),
);

const onPglite = Layer.unwrap(Effect.map(folder, (dataDir) => layerFrom({ dataDir, databaseUrl: undefined })));

const onPostgres = Layer.unwrap(
  Effect.map(database, (name) => layerFrom({ dataDir: "", databaseUrl: urlOf("zmos_login", name) })),
);

type Store = readonly [name: string, layer: Layer.Layer<Needed>];

export const stores: ReadonlyArray<Store> = [
  ["in memory", layerMemory],
  ["on PGlite", onPglite.pipe(Layer.provideMerge(Logged.layer), Layer.orDie)],
  ["on PostgreSQL", onPostgres.pipe(Layer.provideMerge(Logged.layer), Layer.orDie)],
];
