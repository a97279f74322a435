/** The two places ZMOS keeps its data, seen as one: an embedded PGlite, or a PostgreSQL server. */
import type { PGlite } from "@electric-sql/pglite";
import type * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Reactivity from "effect/reactivity/Reactivity";
import * as Redacted from "effect/Redacted";
import * as SqlClient from "effect/sql/SqlClient";
import { openEmbedded } from "./embedded/EmbeddedDatabase.ts";
import { keepTidy } from "./embedded/Housekeeping.ts";
import { PgliteDuplex } from "./embedded/PgliteDuplex.ts";
import { migrate } from "./Migrations.ts";
import * as PipelinedClient from "./PipelinedClient.ts";

const CONNECTION_WAIT: Duration.Input = "5 seconds";
/** A WASM query cannot be stopped and connections take turns, so an embedded database is worth waiting longer for. */
const EMBEDDED_WAIT: Duration.Input = "30 seconds";
const STATEMENT_TIMEOUT_MILLIS = 15_000;
const LOCK_TIMEOUT_MILLIS = 5_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MILLIS = 30_000;
const DEFAULT_CONNECTIONS = 10;
/** Rows are looked up by their keys: a plan made while a table was still empty must not read the whole of it once it is full. */
const PLANNING = { enable_seqscan: "off", jit: "off" };

export interface EmbeddedOptions {
  /** The folder of the data; in memory when there is none. */
  readonly dataDir?: string | undefined;
}

export interface ServerOptions {
  /** `postgres://user:password@host:port/database`. The user owns nothing and is a member of `zmos_app`. */
  readonly url: Redacted.Redacted;
  readonly maxConnections?: number | undefined;
  readonly connectionWait?: Duration.Input | undefined;
  /** How long one statement may take before the server gives it up. */
  readonly statementTimeoutMillis?: number | undefined;
}

/** The client on a PGlite that somebody else opened and closes. */
export const makeOnPglite = (database: PGlite) =>
  PipelinedClient.make({
    stream: () => new PgliteDuplex(database),
    maxConnections: 1,
    connectionWait: EMBEDDED_WAIT,
    username: "postgres",
    database: "postgres",
    password: Redacted.make(""),
  });

/**
 * An embedded database, up to date.
 *
 * **Errors** `DataFolderInUse` when another process has the folder, `DataFolderUnusable` when it cannot be written.
 */
export const layerEmbedded = (options: EmbeddedOptions = {}) =>
  Layer.effect(
    SqlClient.SqlClient,
    Effect.gen(function* () {
      const database = yield* openEmbedded(options.dataDir);
      const client = yield* makeOnPglite(database);
      yield* Effect.provideService(Effect.andThen(migrate, keepTidy), SqlClient.SqlClient, client);
      return client;
    }),
  ).pipe(Layer.provide(Reactivity.layer));

/**
 * A PostgreSQL server, as it is: {@link migrate} brings it up to date, run by the user who owns the tables.
 *
 * **Contract** No statement outlasts the statement timeout, no transaction idles longer than half a minute, and waiting
 * for a lock or a connection is bounded.
 */
export const layerServer = (options: ServerOptions) =>
  Layer.effect(
    SqlClient.SqlClient,
    PipelinedClient.make({
      url: options.url,
      maxConnections: options.maxConnections ?? DEFAULT_CONNECTIONS,
      connectionWait: options.connectionWait ?? CONNECTION_WAIT,
      applicationName: "zmos",
      startupParameters: {
        statement_timeout: String(options.statementTimeoutMillis ?? STATEMENT_TIMEOUT_MILLIS),
        lock_timeout: String(LOCK_TIMEOUT_MILLIS),
        idle_in_transaction_session_timeout: String(IDLE_IN_TRANSACTION_TIMEOUT_MILLIS),
        ...PLANNING,
      },
    }),
  ).pipe(Layer.provide(Reactivity.layer));
