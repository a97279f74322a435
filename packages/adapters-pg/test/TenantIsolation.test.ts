import { TenantId, UnitOfWork } from "@zmos/core/kernel";
import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { sqlErrorIn, sqlState } from "../src/SqlState.ts";
import * as UnitOfWorkPg from "../src/UnitOfWorkPg.ts";
import { layerPglite, layerPostgres } from "./support/TestDatabase.ts";

const INSUFFICIENT_PRIVILEGE = "42501";

/** A tenant with one location, as its own unit of work would make it. */
const seed = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const unit = yield* UnitOfWork;
  const id = TenantId.make(crypto.randomUUID());
  const location = crypto.randomUUID();
  const member = crypto.randomUUID();
  yield* unit.run(
    id,
    Effect.gen(function* () {
      yield* sql`insert into tenant (id, name, timezone, created_at, updated_at) values (${id}, 'T', 'UTC', now(), now())`;
      yield* sql`insert into location (tenant_id, id, name, timezone, created_at, updated_at)
        values (${id}, ${location}, 'L', 'UTC', now(), now())`;
      yield* sql`insert into member (tenant_id, id, first_name, last_name, member_since, created_at, updated_at)
        values (${id}, ${member}, 'F', 'L', '2026-03-01', now(), now())`;
    }).pipe(Effect.orDie),
  );
  return { id, location, member };
});

const refusal = (exit: Exit.Exit<unknown, unknown>) => {
  const error = Exit.isFailure(exit) ? sqlErrorIn(exit.cause) : undefined;
  return error && sqlState(error);
};

describe.each([
  ["pglite", layerPglite],
  ["postgres", layerPostgres],
] as const)("a tenant on %s", (_adapter, database) => {
  it.layer(Layer.provideMerge(UnitOfWorkPg.layer, database))((it) => {
    it.effect("is served by a role that is no superuser, passes no policy and owns no table", () =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient;
        const unit = yield* UnitOfWork;
        const { id } = yield* seed;
        const [role] = yield* unit.run(
          id,
          sql`select rolname::text as name, rolsuper, rolbypassrls,
                (select count(*)::int from pg_class where relowner = r.oid) as owned
              from pg_roles r where rolname = current_user`,
        );
        assert.deepStrictEqual(role, { name: "zmos_app", rolsuper: false, rolbypassrls: false, owned: 0 });
      }),
    );

    it.effect("sees its own rows alone, where a statement forgets to name the tenant too", () =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient;
        const unit = yield* UnitOfWork;
        const [mine, theirs] = [yield* seed, yield* seed];
        for (const work of [unit.run, unit.read]) {
          assert.deepStrictEqual(yield* work(mine.id, sql`select id from location`), [{ id: mine.location }]);
          assert.deepStrictEqual(yield* work(mine.id, sql`select id from tenant`), [{ id: mine.id }]);
          assert.deepStrictEqual(yield* work(mine.id, sql`select id from location where tenant_id = ${theirs.id}`), []);
        }
      }),
    );

    it.effect("changes and removes nothing of another, and cannot write as one", () =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient;
        const unit = yield* UnitOfWork;
        const [mine, theirs] = [yield* seed, yield* seed];
        yield* unit.run(mine.id, sql`update location set name = 'stolen'`);
        assert.deepStrictEqual(yield* unit.read(theirs.id, sql`select name from location`), [{ name: "L" }]);
        const foreign = yield* Effect.exit(
          unit.run(
            mine.id,
            sql`insert into location (tenant_id, id, name, timezone, created_at, updated_at)
              values (${theirs.id}, ${crypto.randomUUID()}, 'planted', 'UTC', now(), now())`,
          ),
        );
        assert.strictEqual(refusal(foreign), INSUFFICIENT_PRIVILEGE);
        const moved = yield* Effect.exit(unit.run(mine.id, sql`update location set tenant_id = ${theirs.id}`));
        assert.strictEqual(refusal(moved), INSUFFICIENT_PRIVILEGE);
      }),
    );

    it.effect("cannot point to a row of another", () =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient;
        const unit = yield* UnitOfWork;
        const [mine, theirs] = [yield* seed, yield* seed];
        const exit = yield* Effect.exit(
          unit.run(
            mine.id,
            sql`insert into member_zone (tenant_id, member_id, effective_from, timezone)
              values (${mine.id}, ${theirs.member}, now(), 'UTC')`,
          ),
        );
        assert.strictEqual(refusal(exit), "23503");
      }),
    );

    it.effect("is nobody when no tenant is set: the role sees nothing", () =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient;
        yield* seed;
        const names = yield* sql<{ name: string }>`
          select c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'public' and c.relkind = 'r' and c.relrowsecurity`;
        assert.isAbove(names.length, 15);
        yield* sql.withTransaction(
          Effect.gen(function* () {
            yield* sql`set local role zmos_app`;
            for (const { name } of names) assert.deepStrictEqual(yield* sql`select 1 from ${sql(name)}`, [], name);
          }),
        );
      }),
    );

    it.effect("has no name: the role of the application cannot set the rules aside", () =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient;
        const unit = yield* UnitOfWork;
        const { id } = yield* seed;
        for (const statement of [
          "alter table location disable row level security",
          "drop policy tenant_isolation on location",
          "truncate audit_entry",
          "delete from movement_event",
          "update audit_entry set action = 'nothing'",
          "create table mine (id int)",
        ]) {
          assert.strictEqual(
            refusal(yield* Effect.exit(unit.run(id, sql.unsafe(statement)))),
            INSUFFICIENT_PRIVILEGE,
            statement,
          );
        }
      }),
    );
  });
});
