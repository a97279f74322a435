/** How a database is, as the doctor sees it. */
import { currentMigration, latestMigration, layerEmbedded, layerServer, StoresPg } from "@zmos/adapters-pg";
import { CredentialStore, TenantId, UnitOfWork } from "@zmos/core";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import type { Finding } from "./Finding.ts";
import type { Settings } from "./Settings.ts";

/** Keys belong to no tenant; they are read in nobody's unit of work. */
const NOBODY = TenantId.make("00000000-0000-0000-0000-000000000000");

interface Role {
  readonly name: string;
  readonly bypasses: boolean;
  readonly mayServe: boolean;
}

export const checkDatabase = Effect.fn("checkDatabase")(function* ({
  databaseUrl,
  dataDir,
}: Pick<Settings, "databaseUrl" | "dataDir">) {
  const client =
    databaseUrl === undefined ? layerEmbedded({ dataDir }) : layerServer({ url: databaseUrl, maxConnections: 1 });
  const services = yield* Layer.build(Layer.provideMerge(StoresPg.layer, client));
  const look = Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient;
    const [server] = yield* sql<{ version: string }>`select split_part(version(), ' on ', 1) as version`;
    const findings: Array<Finding> = [{ what: "Database", found: `${server?.version ?? "?"} answers` }];
    const current = yield* currentMigration;
    findings.push({
      what: "Migrations",
      found: `${current} of ${latestMigration}`,
      ...(current < latestMigration && { problem: "Run `zmos migrate` as the user who owns the tables." }),
      ...(current > latestMigration && { problem: "The database is newer than this ZMOS. Update ZMOS." }),
    });
    if (current !== latestMigration) return findings;

    if (databaseUrl !== undefined) {
      const [role] = yield* sql<Role>`
        select rolname::text as name, rolsuper or rolbypassrls as bypasses,
          pg_has_role(current_user, 'zmos_app', 'member') as "mayServe"
        from pg_roles where rolname = current_user`;
      const name = role?.name ?? "?";
      findings.push({
        what: "Role",
        found: `${name}${role?.bypasses === true ? ", which bypasses row-level security" : ""}`,
        ...(role?.bypasses === true && {
          problem: "Serve as a user that is no superuser: create role zmos_login login; grant zmos_app to zmos_login;",
        }),
        ...(role?.mayServe === false && { problem: `As the owner: grant zmos_app to ${name};` }),
      });
    }
    // `wake_up` is the deployment's: it is polled across tenants, and names them by their ids alone.
    const open = yield* sql<{ name: string }>`
      select distinct c.relname::text as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
      where n.nspname = current_schema() and c.relkind in ('r', 'p') and a.attname = 'tenant_id'
        and not (c.relrowsecurity and c.relforcerowsecurity) and c.relname <> 'wake_up'
      order by 1`;
    findings.push(
      open.length === 0
        ? { what: "Row security", found: "forced on every tenant's table" }
        : {
            what: "Row security",
            found: `not forced on ${open.map(({ name }) => name).join(", ")}`,
            problem:
              "As the owner, for each: alter table … enable row level security; alter table … force row level security;",
          },
    );
    const units = yield* UnitOfWork;
    const credentials = yield* CredentialStore;
    const keys = yield* units.read(NOBODY, credentials.signingKeys);
    const inUse = keys.filter(({ retiredAt }) => retiredAt === undefined);
    findings.push({
      what: "Signing key",
      found:
        keys.length === 0
          ? "none yet; the first token makes it"
          : `${inUse.length} in use, ${keys.length - inUse.length} retired`,
      ...(keys.length > 0 &&
        inUse.length === 0 && {
          problem: "Every key is retired; the next token makes a new one: zmos token --role owner",
        }),
    });
    return findings;
  });
  return yield* Effect.provide(look, services);
});
