/**
 * The SQL client of ZMOS: @effect/sql-pg with transactions that send before they hear back.
 *
 * The driver's own client sends one statement, waits, and sends the next. Here a connection is leased to one user at a
 * time as there, but what that user says at the same moment goes out as one message, in order. So a transaction's
 * `BEGIN` and the settings that make it safe go out with its first statements, and its `COMMIT` with the last.
 */
import * as PgClient from "@effect/sql-pg/PgClient";
import type { PgConnection, Result } from "@effect/sql-pg/PgConnection";
import * as PgPool from "@effect/sql-pg/PgPool";
import type * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import type * as Reactivity from "effect/reactivity/Reactivity";
import type * as Scope from "effect/Scope";
import * as SqlClient from "effect/sql/SqlClient";
import type { Connection } from "effect/sql/SqlConnection";
import { ConnectionError, SqlError, UnknownError } from "effect/sql/SqlError";
import * as Stream from "effect/Stream";

export interface PipelinedConfig extends PgClient.PgPoolConfig {
  /** How long a unit of work waits for a free connection before it is told that there is none. */
  readonly connectionWait: Duration.Input;
}

/** What separates the statements of a `SqlClient.BeginTransaction`. */
export const STATEMENT_SEPARATOR = "; ";

type Transform = (<A extends object>(rows: ReadonlyArray<A>) => ReadonlyArray<A>) | undefined;

class LeasedConnection implements Connection {
  readonly #session: PgConnection;
  /** The statements that began the transaction, on their way. */
  readonly #beginning: Array<Fiber.Fiber<unknown, SqlError>> = [];
  /** Whether the end of the transaction was asked for: what came after it would be outside. */
  #isEnding = false;

  constructor(session: PgConnection) {
    this.#session = session;
  }

  #rows(sql: string, params: ReadonlyArray<unknown>, transform: Transform, prepare: boolean) {
    return Effect.suspend(() =>
      this.#isEnding
        ? Effect.die(new Error("a statement after the end of its transaction"))
        : Effect.map(this.#session.query(sql, params, prepare), ({ rows }) => transform?.(rows) ?? rows),
    );
  }

  /** One of the first words of a transaction, sent with whatever follows. What carries a literal is seldom said twice, so it is not prepared. */
  begin(sql: string): Effect.Effect<void> {
    const said = this.#session.query(sql, [], !sql.includes("'"));
    return Effect.map(Effect.forkChild(said, { startImmediately: true }), (fiber) => void this.#beginning.push(fiber));
  }

  /** The last word of a transaction. **Errors** also what went wrong with its first words. */
  end(sql: "COMMIT" | "ROLLBACK"): Effect.Effect<Result, SqlError> {
    return Effect.suspend(() => {
      this.#isEnding = true;
      return Effect.tap(this.#session.query(sql, []), Effect.forEach(this.#beginning, Fiber.join, { discard: true }));
    });
  }

  execute(sql: string, params: ReadonlyArray<unknown>, transform: Transform) {
    return this.#rows(sql, params, transform, true);
  }
  executeUnprepared(sql: string, params: ReadonlyArray<unknown>, transform: Transform) {
    return this.#rows(sql, params, transform, false);
  }
  executeRaw(sql: string, params: ReadonlyArray<unknown>): Effect.Effect<Result, SqlError> {
    return this.#session.query(sql, params);
  }
  executeValues(sql: string, params: ReadonlyArray<unknown>) {
    return this.#session.queryValues(sql, params);
  }
  executeValuesUnprepared(sql: string, params: ReadonlyArray<unknown>) {
    return this.#session.queryValues(sql, params, false);
  }
  executeStream(sql: string, params: ReadonlyArray<unknown>, transform: Transform) {
    const rows = this.#session.stream(sql, params);
    return transform === undefined ? rows : Stream.map(rows, (row) => transform([row])[0]);
  }
}

const control = (connection: Connection, sql: string) => Effect.asVoid(connection.execute(sql, [], undefined));

/** Sends all statements that begin a transaction, and does not wait for their answers: {@link commit} does. */
const begin = (connection: Connection, statement: string | undefined) =>
  Effect.forEach(
    (statement ?? "BEGIN").split(STATEMENT_SEPARATOR),
    (text) => (connection as LeasedConnection).begin(text),
    { discard: true },
  );

/** A transaction in which a statement failed ends as a rollback, which PostgreSQL tells only in passing. */
const commit = (connection: Connection) =>
  Effect.flatMap((connection as LeasedConnection).end("COMMIT"), ({ command }) =>
    command === "ROLLBACK"
      ? Effect.fail(
          new SqlError({
            reason: new UnknownError({
              cause: new Error("COMMIT of a transaction in which a statement had failed"),
              operation: "commit",
            }),
          }),
        )
      : Effect.void,
  );

const rollback = (connection: Connection) => Effect.asVoid((connection as LeasedConnection).end("ROLLBACK"));

const noConnection = () =>
  new SqlError({
    reason: new ConnectionError({
      cause: new Error("every connection is in use"),
      message: "No connection became free in time",
      operation: "acquire",
    }),
  });

/**
 * Makes the client.
 *
 * **Contract** Statements run at the same time inside one transaction are sent together and answered in the order in
 * which they were made. Waiting for a connection is bounded by `connectionWait`; then it is a `ConnectionError`.
 */
export const make = Effect.fnUntraced(function* (
  config: PipelinedConfig,
): Effect.fn.Return<SqlClient.SqlClient, SqlError, Scope.Scope | Reactivity.Reactivity> {
  // Multiplexing is what makes the driver send without waiting; one lease a connection is what keeps it exclusive.
  const pool = yield* PgPool.make({ ...config, multiplex: true, multiplexConcurrency: 1 });
  const bounded = <A, R>(wait: Effect.Effect<A, SqlError, R>) =>
    Effect.timeoutOrElse(wait, { duration: config.connectionWait, orElse: () => Effect.fail(noConnection()) });
  const lease = Effect.map(bounded(pool.get), (session) => new LeasedConnection(session));
  const spanAttributes: ReadonlyArray<readonly [string, unknown]> = [["db.system.name", "postgresql"]];

  const client = yield* SqlClient.make({
    driver: "pg",
    acquirer: lease,
    transactionAcquirer: lease,
    compiler: PgClient.makeCompiler(),
    prepareTransactionControls: true,
    spanAttributes,
  });
  const withTransaction = SqlClient.makeWithTransaction({
    transactionService: client.transactionService,
    spanAttributes,
    acquireConnection: (restore) => restore(lease),
    begin,
    commit,
    savepoint: (connection, depth) => control(connection, `SAVEPOINT zmos_${depth}`),
    releaseSavepoint: (connection, depth) => control(connection, `RELEASE SAVEPOINT zmos_${depth}`),
    rollback,
    rollbackSavepoint: (connection, depth) => control(connection, `ROLLBACK TO SAVEPOINT zmos_${depth}`),
  });
  return Object.assign(client, { withTransaction });
});
