/** A real PostgreSQL for a benchmark: migrated, and logged in to as the user that owns nothing. */
import { PgClient } from "@effect/sql-pg";
import { layerServer, migrate } from "@zmos/adapters-pg";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Redacted from "effect/Redacted";
import * as SqlClient from "effect/sql/SqlClient";
import { startPostgresServer, SUPERUSER } from "../../adapters-pg/test/support/PostgresServer.ts";

/** A server as people set it up who have data of this size: what is used stays in memory, and checkpoints are minutes apart. */
const SETTINGS = ["shared_buffers=1GB", "max_wal_size=4GB"];

const DATABASE = "bench";
const OWNER = "bench_owner";
const LOGIN = "bench_login";

const urlOf = (port: number, user: string, database: string) =>
  Redacted.make(`postgres://${user}@127.0.0.1:${port}/${database}`);

const as = (port: number, user: string, database: string) =>
  Effect.provide(PgClient.layer({ url: urlOf(port, user, database), maxConnections: 1 }));

const perform = (...statements: ReadonlyArray<string>) =>
  SqlClient.SqlClient.use((sql) => Effect.forEach(statements, (statement) => sql.unsafe(statement)));

/** What an answer promises on a server that keeps its promises: it is on the disk. */
const DURABLE = ["fsync=on", "synchronous_commit=on", "full_page_writes=on"];

/**
 * The server runs as long as the scope; `layer` is the application's connection to it.
 *
 * **Shape** `isDurable`: every commit waits for the disk; without it none does, so that only work is compared.
 */
export const makeBenchDatabase = Effect.fnUntraced(function* ({ isDurable }: { readonly isDurable: boolean }) {
  const { port } = yield* Effect.acquireRelease(
    Effect.promise(() => startPostgresServer(isDurable ? [...SETTINGS, ...DURABLE] : SETTINGS)),
    (server) => Effect.promise(() => server.stop()),
  );
  yield* perform(
    `create role ${OWNER} login createrole`,
    `create role ${LOGIN} login`,
    `create database ${DATABASE} owner ${OWNER}`,
  ).pipe(as(port, SUPERUSER, "postgres"));
  yield* migrate.pipe(as(port, OWNER, DATABASE));
  yield* perform(`grant zmos_app to ${LOGIN}`).pipe(as(port, SUPERUSER, DATABASE));
  return {
    layer: layerServer({ url: urlOf(port, LOGIN, DATABASE) }),
    layerSuperuser: Layer.orDie(PgClient.layer({ url: urlOf(port, SUPERUSER, DATABASE), maxConnections: 1 })),
  };
});

/** A server on which no commit waits for the disk. */
export const benchDatabase = makeBenchDatabase({ isDurable: false });
