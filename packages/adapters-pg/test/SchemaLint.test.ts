import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as SqlClient from "effect/sql/SqlClient";
import { PgClient } from "@effect/sql-pg";
import * as Layer from "effect/Layer";
import { offences, rules } from "./support/SchemaLint.ts";
import { SUPERUSER } from "./support/PostgresServer.ts";
import { freshDatabase, urlOf } from "./support/TestDatabase.ts";

/** The superuser, because the planted tables need one; the schema is the migrated one. */
const layer = Layer.unwrap(
  Effect.map(freshDatabase, (name) => PgClient.layer({ url: urlOf(SUPERUSER, name), maxConnections: 1 })),
);

const sound = `create table planted (tenant_id uuid not null, id uuid not null, primary key (tenant_id, id))`;
const secured = [
  "alter table planted enable row level security",
  "alter table planted force row level security",
  `create policy p on planted
     using (tenant_id = any ((select string_to_array(current_setting('zmos.tenant_ids', true), ',')::uuid[])::uuid[]))
     with check (tenant_id = any ((select string_to_array(current_setting('zmos.tenant_ids', true), ',')::uuid[])::uuid[]))`,
];

/** For each rule, at least one table that breaks it and no other in the same way. */
const planted: ReadonlyArray<readonly [rule: string, statements: ReadonlyArray<string>]> = [
  ["a tenant's table has its tenant's id", ["create table planted (id uuid primary key)"]],
  ["a tenant's table has its tenant's id", ["create table planted (tenant_id text not null primary key)"]],
  ["a tenant's table has its tenant's id", ["create table planted (tenant_id uuid)"]],
  ["a tenant's table has a primary key", ["create table planted (tenant_id uuid not null, id uuid primary key)"]],
  ["a unique index of a tenant's table", [sound, "create unique index planted_id on planted (id)"]],
  [
    "a foreign key of a tenant's table",
    [
      sound,
      "create table other (tenant_id uuid not null, id uuid unique)",
      "alter table planted add constraint planted_fk foreign key (id) references other (id)",
    ],
  ],
  ["no table of the deployment points", ["alter table signing_key add column tenant_id uuid references tenant (id)"]],
  ["row-level security is on and forced", [sound, ...secured, "alter table planted no force row level security"]],
  ["row-level security is on and forced", [sound, ...secured, "alter table planted disable row level security"]],
  ["there is one policy", [sound, ...secured.slice(0, 2)]],
  ["there is one policy", [sound, ...secured, "create policy open on planted using (true)"]],
  [
    "there is one policy",
    [
      sound,
      ...secured.slice(0, 2),
      `create policy p on planted
       using (tenant_id = any ((select string_to_array(current_setting('zmos.tenant_ids', true), ',')::uuid[])::uuid[]))`,
    ],
  ],
  [
    "there is one policy",
    [
      sound,
      ...secured.slice(0, 2),
      `create policy p on planted
       using (tenant_id = any (string_to_array(current_setting('zmos.tenant_ids', true), ',')::uuid[]))
       with check (tenant_id = any (string_to_array(current_setting('zmos.tenant_ids', true), ',')::uuid[]))`,
    ],
  ],
  ["an id is a uuid", ["alter table location add column room_id text"]],
  ["an instant knows its offset", ["alter table location add column opened timestamp"]],
  ["nothing counts for itself", ["alter table location add column n bigserial"]],
  ["nothing counts for itself", ["alter table location add column n bigint generated always as identity"]],
  ["a default is the same whoever computes it", ["alter table location add column u uuid default gen_random_uuid()"]],
  [
    "there are no triggers",
    [
      "create function f() returns trigger language plpgsql as 'begin return new; end'",
      "create trigger g before insert on location for each row execute function f()",
    ],
  ],
  ["there are no exclusion constraints", ["alter table location add constraint planted exclude (name with =)"]],
  ["the application's role owns nothing", ["alter table location owner to zmos_app"]],
  ["the application may not empty", ["grant truncate on location to zmos_app"]],
  ["the application may not empty", ["grant update (tenant_id) on location to zmos_app"]],
  ["facts, audit and outbox are only ever added to", ["grant delete on audit_entry to zmos_app"]],
  ["facts, audit and outbox are only ever added to", ["grant update (action) on audit_entry to zmos_app"]],
];

describe("the schema", () => {
  it.layer(layer)((it) => {
    it.effect("breaks no rule", () => Effect.map(offences, (found) => assert.deepStrictEqual(found, [])));

    it.effect.each(planted)("is seen to break the rule when it does: %s", ([rule, statements]) =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient;
        // Failing on purpose takes the planted table away again.
        const found = yield* Effect.flip(
          sql.withTransaction(
            Effect.gen(function* () {
              for (const statement of statements) yield* sql.unsafe(statement);
              return yield* Effect.flatMap(offences, Effect.fail);
            }),
          ),
        );
        assert.isTrue(Array.isArray(found) && found.some((offence) => offence.startsWith(rule)), JSON.stringify(found));
      }),
    );

    it("has no rule that is never seen to fail", () => {
      for (const rule of Object.keys(rules)) {
        assert.isTrue(
          planted.some(([breaks]) => rule.startsWith(breaks)),
          rule,
        );
      }
    });
  });
});
