import { StoreUnavailable, TenantId, UnitOfWork } from "@zmos/core/kernel";
import { assert, describe, it } from "@effect/vitest";
import * as Deferred from "effect/Deferred";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import * as Layer from "effect/Layer";
import * as Ref from "effect/Ref";
import * as Redacted from "effect/Redacted";
import * as SqlClient from "effect/sql/SqlClient";
import * as Database from "../src/Database.ts";
import { sqlErrorIn, sqlState } from "../src/SqlState.ts";
import * as UnitOfWorkPg from "../src/UnitOfWorkPg.ts";
import { LOGIN } from "./support/PostgresServer.globalSetup.ts";
import { freshDatabase, layerPglite, layerPostgres, urlOf } from "./support/TestDatabase.ts";

const newTenantId = Effect.sync(() => TenantId.make(crypto.randomUUID()));

const insertTenant = (id: TenantId, name = "Studio") =>
  Effect.flatMap(
    SqlClient.SqlClient,
    (sql) => sql`insert into tenant (id, name, timezone, created_at, updated_at)
      values (${id}, ${name}, 'UTC', now(), now())`,
  ).pipe(Effect.orDie);

const tenantNames = Effect.flatMap(SqlClient.SqlClient, (sql) => sql<{ name: string }>`select name from tenant`).pipe(
  Effect.orDie,
  Effect.map((rows) => rows.map((row) => row.name)),
);

const rename = (id: TenantId, name: string) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) => sql`update tenant set name = ${name} where id = ${id}`).pipe(
    Effect.orDie,
  );

const later = (millis: number) => Effect.promise(() => new Promise((wake) => setTimeout(wake, millis)));

describe.each([
  ["pglite", layerPglite],
  ["postgres", layerPostgres],
] as const)("UnitOfWorkPg on %s", (_adapter, database) => {
  it.layer(Layer.provideMerge(UnitOfWorkPg.layer, database))((it) => {
    it.effect("keeps every write of work that succeeds, and none of work that fails, dies or is interrupted", () =>
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const id = yield* newTenantId;
        yield* unit.run(id, insertTenant(id, "first"));
        yield* Effect.exit(unit.run(id, Effect.andThen(rename(id, "failed"), Effect.fail("refused"))));
        yield* Effect.exit(unit.run(id, Effect.andThen(rename(id, "died"), Effect.die("bug"))));
        const inside = yield* Deferred.make<void>();
        const fiber = yield* Effect.forkChild(
          unit.run(
            id,
            rename(id, "interrupted").pipe(
              Effect.andThen(Deferred.succeed(inside, undefined)),
              Effect.andThen(Effect.never),
            ),
          ),
        );
        yield* Deferred.await(inside);
        yield* Fiber.interrupt(fiber);
        assert.deepStrictEqual(yield* unit.read(id, tenantNames), ["first"]);
      }),
    );

    it.effect("gives the refusal of the work back unchanged", () =>
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const id = yield* newTenantId;
        assert.strictEqual(yield* Effect.flip(unit.run(id, Effect.fail("session full" as const))), "session full");
      }),
    );

    it.effect("joins an inner unit of work to the outer one", () =>
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const id = yield* newTenantId;
        yield* Effect.exit(
          unit.run(
            id,
            Effect.gen(function* () {
              yield* unit.run(id, insertTenant(id));
              assert.deepStrictEqual(yield* unit.read(id, tenantNames), ["Studio"]);
              return yield* Effect.fail("all of it goes");
            }),
          ),
        );
        assert.deepStrictEqual(yield* unit.read(id, tenantNames), []);
      }),
    );

    it.effect("refuses an inner unit of work of another tenant", () =>
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const [mine, theirs] = [yield* newTenantId, yield* newTenantId];
        assert.isTrue(Exit.hasDies(yield* Effect.exit(unit.run(mine, unit.run(theirs, Effect.void)))));
      }),
    );

    it.effect("refuses to write in work that only reads", () =>
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const id = yield* newTenantId;
        const exit = yield* Effect.exit(unit.read(id, insertTenant(id)));
        assert.isTrue(Exit.isFailure(exit));
        if (Exit.isSuccess(exit)) return;
        const error = sqlErrorIn(exit.cause);
        assert.strictEqual(error && sqlState(error), "25006");
      }),
    );

    it.effect("runs in the role that owns nothing, for the tenant alone, and leaves neither behind", () =>
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const sql = yield* SqlClient.SqlClient;
        const id = yield* newTenantId;
        const asked = sql<{ role: string; tenants: string | null }>`
          select current_user::text as role, nullif(current_setting('zmos.tenant_ids', true), '') as tenants`;
        assert.deepStrictEqual(yield* unit.run(id, asked), [{ role: "zmos_app", tenants: id }]);
        const [after] = yield* asked;
        assert.notStrictEqual(after?.role, "zmos_app");
        assert.isNull(after?.tenants);
      }),
    );

    it.effect("keeps what was asked in passing with everything else, and answers it after the end", () =>
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const id = yield* newTenantId;
        const names = yield* unit.run(
          id,
          Effect.andThen(unit.inPassing(insertTenant(id, "first")), unit.inPassing(tenantNames)),
        );
        assert.deepStrictEqual(yield* names, ["first"]);
        assert.deepStrictEqual(yield* unit.read(id, tenantNames), ["first"]);
      }),
    );

    it.effect("keeps nothing of work that succeeds when something asked in passing goes wrong", () =>
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const sql = yield* SqlClient.SqlClient;
        const id = yield* newTenantId;
        const exit = yield* Effect.exit(
          unit.run(id, Effect.andThen(insertTenant(id), unit.inPassing(Effect.orDie(sql`select nonsense`)))),
        );
        assert.isTrue(Exit.hasDies(exit));
        assert.deepStrictEqual(yield* unit.read(id, tenantNames), []);
      }),
    );

    it.effect("runs work again whose words in passing lost a race", () =>
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const id = yield* newTenantId;
        const tries = yield* Ref.make(0);
        yield* unit.run(id, insertTenant(id, "first"));
        const written = yield* unit.run(
          id,
          Effect.flatMap(
            Ref.updateAndGet(tries, (count) => count + 1),
            (count) => unit.inPassing(count === 1 ? insertTenant(id, "taken") : Effect.asVoid(rename(id, "second"))),
          ),
        );
        yield* written;
        assert.strictEqual(yield* Ref.get(tries), 2);
        assert.deepStrictEqual(yield* unit.read(id, tenantNames), ["second"]);
      }),
    );

    it.effect("lets nothing be asked after its end: it would be kept outside", () =>
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const id = yield* newTenantId;
        const twoSteps = Effect.andThen(tenantNames, insertTenant(id, "too late"));
        assert.isTrue(Exit.hasDies(yield* Effect.exit(unit.run(id, unit.inPassing(twoSteps)))));
        assert.deepStrictEqual(yield* unit.read(id, tenantNames), []);
      }),
    );

    it.effect("refuses a tenant id that is not a UUID, because it is set as a literal", () =>
      Effect.gen(function* () {
        assert.throws(() => UnitOfWorkPg.beginFor(["x'; drop table tenant; --" as TenantId], "write"), TypeError);
        const [one, two] = [yield* newTenantId, yield* newTenantId];
        assert.include(UnitOfWorkPg.beginFor([one, two], "write"), `'${one},${two}'`);
      }),
    );

    it.effect("lets a mistake in a statement stay a defect", () =>
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const sql = yield* SqlClient.SqlClient;
        const id = yield* newTenantId;
        assert.isTrue(Exit.hasDies(yield* Effect.exit(unit.run(id, Effect.orDie(sql`select nonsense`)))));
        assert.deepStrictEqual(yield* unit.read(id, tenantNames), []);
      }),
    );

    it.effect("runs work again that lost a race, and gives up after three more times", () =>
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const sql = yield* SqlClient.SqlClient;
        const id = yield* newTenantId;
        const raise = (state: string) =>
          Effect.asVoid(
            Effect.orDie(sql.unsafe(`do $$ begin raise exception 'planted' using errcode = '${state}'; end $$`)),
          );
        const runs = yield* Ref.make(0);
        const losing = (times: number, state: string) =>
          Effect.flatMap(
            Ref.updateAndGet(runs, (n) => n + 1),
            (n) => (n <= times ? Effect.as(raise(state), "lost") : Effect.succeed("won")),
          );
        for (const state of ["40001", "40P01", "55P03", "23505"]) {
          yield* Ref.set(runs, 0);
          assert.strictEqual(yield* unit.run(id, losing(3, state)), "won");
        }
        for (const state of ["40001", "40P01", "55P03"]) {
          yield* Ref.set(runs, 0);
          assert.instanceOf(yield* Effect.flip(unit.run(id, losing(99, state))), StoreUnavailable);
          assert.strictEqual(yield* Ref.get(runs), 4);
        }
        yield* Ref.set(runs, 0);
        assert.isTrue(Exit.hasDies(yield* Effect.exit(unit.run(id, losing(99, "23505")))));
      }),
    );

    it.effect("says that the store is unavailable for the SQLSTATEs that say so, and for no other", () =>
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const sql = yield* SqlClient.SqlClient;
        const id = yield* newTenantId;
        const raise = (state: string) =>
          Effect.asVoid(
            Effect.orDie(sql.unsafe(`do $$ begin raise exception 'planted' using errcode = '${state}'; end $$`)),
          );
        for (const state of ["08006", "53300", "57P01", "57P03", "57014"]) {
          const error = yield* Effect.flip(unit.run(id, raise(state)));
          assert.instanceOf(error, StoreUnavailable);
          assert.isAbove(error.retryAfterSeconds, 0);
        }
        for (const state of ["22012", "23514", "42601", "57000", "XX000"]) {
          assert.isTrue(Exit.hasDies(yield* Effect.exit(unit.run(id, raise(state)))), state);
        }
      }),
    );

    it.effect("never loses an update among 50 racers that lock before they read", () =>
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const sql = yield* SqlClient.SqlClient;
        const id = yield* newTenantId;
        yield* unit.run(id, insertTenant(id, "0"));
        const increment = Effect.gen(function* () {
          yield* sql`select from tenant where id = ${id} for update`;
          const [row] = yield* sql<{ name: string }>`select name from tenant where id = ${id}`;
          yield* sql`update tenant set name = ${String(Number(row?.name) + 1)} where id = ${id}`;
        }).pipe(Effect.orDie);
        yield* Effect.all(
          Array.from({ length: 50 }, () => unit.run(id, increment)),
          { concurrency: "unbounded" },
        );
        assert.deepStrictEqual(yield* unit.read(id, tenantNames), ["50"]);
      }),
    );
  });
});

describe("a server", () => {
  const withServer = <A, E>(
    options: { readonly maxConnections?: number; readonly statementTimeoutMillis?: number },
    work: Effect.Effect<A, E, UnitOfWork | SqlClient.SqlClient>,
  ) =>
    Effect.gen(function* () {
      const name = yield* freshDatabase;
      const server = Database.layerServer({ url: urlOf(LOGIN, name), connectionWait: "300 millis", ...options });
      return yield* Effect.provide(work, Layer.provideMerge(UnitOfWorkPg.layer, server));
    });

  it.live("whose connections are all in use is unavailable after a bounded wait", () =>
    withServer(
      { maxConnections: 1 },
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const id = yield* newTenantId;
        const inside = yield* Deferred.make<void>();
        const holder = yield* Effect.forkChild(
          unit.run(id, Effect.andThen(Deferred.succeed(inside, undefined), Effect.never)),
        );
        yield* Deferred.await(inside);
        assert.instanceOf(yield* Effect.flip(unit.run(id, Effect.void)), StoreUnavailable);
        yield* Fiber.interrupt(holder);
        yield* unit.run(id, Effect.void);
      }),
    ),
  );

  it.live("gives up a statement that takes too long", () =>
    withServer(
      { statementTimeoutMillis: 100 },
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const sql = yield* SqlClient.SqlClient;
        const id = yield* newTenantId;
        assert.instanceOf(yield* Effect.flip(unit.run(id, Effect.orDie(sql`select pg_sleep(5)`))), StoreUnavailable);
      }),
    ),
  );

  it.live("that drops its connections is unavailable at most once each, and then works again", () =>
    withServer(
      { maxConnections: 2 },
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const sql = yield* SqlClient.SqlClient;
        const id = yield* newTenantId;
        const dropped = yield* Effect.exit(
          unit.run(id, Effect.orDie(sql`select pg_terminate_backend(pg_backend_pid())`)),
        );
        assert.isTrue(Exit.isFailure(dropped));
        yield* later(50);
        yield* unit.run(id, insertTenant(id));
        assert.deepStrictEqual(yield* unit.read(id, tenantNames), ["Studio"]);
      }),
    ),
  );

  it.live("that is not there is unavailable", () =>
    Effect.gen(function* () {
      const unit = yield* UnitOfWork;
      const id = yield* newTenantId;
      assert.instanceOf(yield* Effect.flip(unit.run(id, Effect.void)), StoreUnavailable);
    }).pipe(
      Effect.provide(
        Layer.provideMerge(
          UnitOfWorkPg.layer,
          Database.layerServer({ url: Redacted.make("postgres://nobody@127.0.0.1:1/nothing") }),
        ),
      ),
    ),
  );

  it.live("breaks a deadlock by running one of the two again", () =>
    withServer(
      { maxConnections: 4 },
      Effect.gen(function* () {
        const unit = yield* UnitOfWork;
        const sql = yield* SqlClient.SqlClient;
        const id = yield* newTenantId;
        const [a, b] = [crypto.randomUUID(), crypto.randomUUID()];
        yield* unit.run(
          id,
          Effect.gen(function* () {
            yield* insertTenant(id);
            for (const location of [a, b]) {
              yield* sql`insert into location (tenant_id, id, name, timezone, created_at, updated_at)
                values (${id}, ${location}, '', 'UTC', now(), now())`;
            }
          }).pipe(Effect.orDie),
        );
        const touch = (first: string, second: string) =>
          Effect.gen(function* () {
            for (const location of [first, second]) {
              yield* sql`update location set name = name || 'x' where tenant_id = ${id} and id = ${location}`;
              yield* later(100);
            }
          }).pipe(Effect.orDie);
        yield* Effect.all([unit.run(id, touch(a, b)), unit.run(id, touch(b, a))], { concurrency: "unbounded" });
        const names = yield* unit.read(id, Effect.orDie(sql<{ name: string }>`select name from location`));
        assert.deepStrictEqual(names, [{ name: "xx" }, { name: "xx" }]);
      }),
    ),
  );
});
