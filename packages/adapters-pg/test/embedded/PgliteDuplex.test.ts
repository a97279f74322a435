import { PGlite } from "@electric-sql/pglite";
import { PgClient } from "@effect/sql-pg";
import { assert, describe, it } from "@effect/vitest";
import * as Deferred from "effect/Deferred";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import * as Redacted from "effect/Redacted";
import * as Stream from "effect/Stream";
import { afterAll } from "vitest";
import { PgliteDuplex } from "../../src/embedded/PgliteDuplex.ts";

const database = await PGlite.create();
await database.exec("create table note (id int primary key, body text not null)");
afterAll(() => database.close());

const connect = () =>
  PgClient.layer({
    stream: () => new PgliteDuplex(database),
    maxConnections: 1,
    username: "postgres",
    database: "postgres",
    password: Redacted.make(""),
  });

const emptied = Effect.gen(function* () {
  const sql = yield* PgClient.PgClient;
  yield* sql`delete from note`;
  return sql;
});

const countNotes = Effect.gen(function* () {
  const sql = yield* PgClient.PgClient;
  const [row] = yield* sql<{ count: number }>`select count(*)::int as count from note`;
  return row?.count;
});

describe("PgliteDuplex", () => {
  it.layer(connect())((it) => {
    it.effect("keeps what a transaction wrote, and nothing of one that failed", () =>
      Effect.gen(function* () {
        const sql = yield* emptied;
        yield* sql.withTransaction(sql`insert into note values (1, 'kept')`);
        yield* Effect.exit(
          sql.withTransaction(Effect.andThen(sql`insert into note values (2, 'lost')`, Effect.fail("changed my mind"))),
        );
        assert.deepStrictEqual(yield* sql`select * from note`, [{ id: 1, body: "kept" }]);
      }),
    );

    it.effect("rolls a nested transaction back to its savepoint only", () =>
      Effect.gen(function* () {
        const sql = yield* emptied;
        yield* sql.withTransaction(
          Effect.gen(function* () {
            yield* sql`insert into note values (1, 'outer')`;
            yield* Effect.exit(sql.withTransaction(sql`insert into note values (1, 'duplicate')`));
            yield* sql`insert into note values (2, 'after the savepoint')`;
          }),
        );
        assert.strictEqual(yield* countNotes, 2);
      }),
    );

    it.effect("names the constraint and the SQLSTATE of what the database refused", () =>
      Effect.gen(function* () {
        const sql = yield* emptied;
        yield* sql`insert into note values (1, 'first')`;
        const { reason } = yield* Effect.flip(sql`insert into note values (1, 'second')`);
        assert.strictEqual(reason._tag, "UniqueViolation");
        assert.propertyVal(reason, "constraint", "note_pkey");
        assert.propertyVal(reason.cause, "code", "23505");
      }),
    );

    it.effect("goes on after an error, because the rest of the failed cycle is skipped", () =>
      Effect.gen(function* () {
        const sql = yield* emptied;
        yield* Effect.flip(sql`select 1 / ${0}::int`);
        yield* Effect.flip(sql`select nonsense from note`);
        assert.deepStrictEqual(yield* sql`select ${"well"}::text as mood`, [{ mood: "well" }]);
      }),
    );

    it.effect("streams more rows than one message holds", () =>
      Effect.gen(function* () {
        const sql = yield* emptied;
        const total = yield* sql<{ n: number }>`select n from generate_series(1, 5000) n`.stream.pipe(
          Stream.runFold(
            () => 0,
            (sum, row) => sum + row.n,
          ),
        );
        assert.strictEqual(total, 12_502_500);
        const firsts = yield* sql<{ n: number }>`select n from generate_series(1, 5000) n`.stream.pipe(
          Stream.take(3),
          Stream.runCollect,
        );
        assert.deepStrictEqual(
          firsts.map((row) => row.n),
          [1, 2, 3],
        );
        assert.strictEqual(yield* countNotes, 0);
      }),
    );

    it.effect("carries statements and answers larger than one chunk of a stream", () =>
      Effect.gen(function* () {
        const sql = yield* emptied;
        const body = "ä".repeat(1_000_000);
        yield* sql`insert into note values (1, ${body})`;
        const [row] = yield* sql<{ body: string }>`select body from note`;
        assert.isTrue(row?.body === body);
      }),
    );

    it.effect("runs 100 concurrent transactions one after another, each seeing only its own beginning", () =>
      Effect.gen(function* () {
        const sql = yield* emptied;
        yield* sql`insert into note values (0, '0')`;
        yield* Effect.forEach(
          Array.from({ length: 100 }),
          () =>
            sql.withTransaction(
              Effect.gen(function* () {
                const [row] = yield* sql<{ body: string }>`select body from note where id = 0`;
                yield* Effect.yieldNow;
                yield* sql`update note set body = ${String(Number(row?.body) + 1)} where id = 0`;
              }),
            ),
          { concurrency: "unbounded", discard: true },
        );
        assert.deepStrictEqual(yield* sql`select body from note`, [{ body: "100" }]);
      }),
    );

    it.effect("makes a direct user of PGlite wait until the open transaction has ended", () =>
      Effect.gen(function* () {
        const sql = yield* emptied;
        const inside = yield* Deferred.make<void>();
        const transaction = yield* Effect.forkChild(
          sql.withTransaction(
            Effect.gen(function* () {
              yield* sql`insert into note values (1, 'uncommitted')`;
              yield* Deferred.succeed(inside, undefined);
              yield* Effect.promise(() => new Promise((wake) => setTimeout(wake, 20)));
              return yield* Effect.fail("rolled back");
            }),
          ),
        );
        yield* Deferred.await(inside);
        const seen = yield* Effect.promise(() => database.query("select * from note"));
        assert.deepStrictEqual(seen.rows, []);
        yield* Effect.exit(Fiber.join(transaction));
      }),
    );

    it.effect("is usable after an interruption in the middle of a transaction, which leaves nothing behind", () =>
      Effect.gen(function* () {
        const sql = yield* emptied;
        const inside = yield* Deferred.make<void>();
        const transaction = yield* Effect.forkChild(
          sql.withTransaction(
            Effect.gen(function* () {
              yield* sql`insert into note values (1, 'half')`;
              yield* Deferred.succeed(inside, undefined);
              return yield* Effect.never;
            }),
          ),
        );
        yield* Deferred.await(inside);
        yield* Fiber.interrupt(transaction);
        assert.strictEqual(yield* countNotes, 0);
        yield* sql.withTransaction(sql`insert into note values (1, 'whole')`);
        assert.strictEqual(yield* countNotes, 1);
      }),
    );
  });

  it.live("rolls back what a destroyed connection left open, and gives the session to the next one", () =>
    Effect.gen(function* () {
      yield* Effect.provide(emptied, connect());
      const connection = new PgliteDuplex(database);
      const held = PgClient.layer({
        stream: () => connection,
        maxConnections: 1,
        username: "postgres",
        database: "postgres",
        password: Redacted.make(""),
      });
      yield* Effect.gen(function* () {
        const sql = yield* PgClient.PgClient;
        yield* sql`begin`;
        yield* sql`insert into note values (7, 'orphan')`;
        connection.destroy();
        yield* Effect.promise(() => new Promise((closed) => connection.once("close", closed)));
      }).pipe(Effect.scoped, Effect.provide(held));
      const prepared = yield* Effect.promise(() => database.query("select name from pg_prepared_statements"));
      assert.deepStrictEqual(prepared.rows, []);
      assert.strictEqual(yield* Effect.provide(countNotes, connect()), 0);
    }),
  );

  it.live("answers a request for encryption with no, and swallows a cancel", () =>
    Effect.gen(function* () {
      const request = Buffer.alloc(16);
      request.writeInt32BE(16, 0);
      request.writeInt32BE(80_877_102, 4);
      const canceller = new PgliteDuplex(database);
      const closed = new Promise((resolve) => canceller.once("close", resolve));
      canceller.write(request);
      yield* Effect.promise(() => closed);
      const encryption = new PgliteDuplex(database);
      const sslRequest = Buffer.alloc(8);
      sslRequest.writeInt32BE(8, 0);
      sslRequest.writeInt32BE(80_877_103, 4);
      const answer = new Promise<Buffer>((resolve) => encryption.once("data", resolve));
      encryption.write(sslRequest);
      assert.strictEqual((yield* Effect.promise(() => answer)).toString(), "N");
      encryption.destroy();
      assert.strictEqual(yield* Effect.provide(countNotes, connect()), 0);
    }),
  );
});
