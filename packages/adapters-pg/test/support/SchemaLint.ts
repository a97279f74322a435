/**
 * What a schema must be so that it can be sharded by tenant tomorrow and isolated today, read from pg_catalog.
 *
 * Each rule is a query for the offenders. **Source** `architecture.md`, "PostgreSQL, so that it can be sharded
 * tomorrow"; Citus, "Determining application type: multi-tenant".
 */
import * as Effect from "effect/Effect";
import * as SqlClient from "effect/sql/SqlClient";

/** Tables of the deployment, not of a tenant. To add one here is a decision: nothing isolates it. */
const UNSHARDED = ["zmos_migration", "signing_key", "tenant_directory", "wake_up"];

const APP_ROLE = "zmos_app";

const tables = `select c.oid, c.relname, case when c.relname = 'tenant' then 'id' else 'tenant_id' end as key,
    c.relrowsecurity, c.relforcerowsecurity, c.relowner
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p')`;
const tenantTables = `${tables} and c.relname not in (${UNSHARDED.map((name) => `'${name}'`).join(", ")})`;

const columns = `select t.relname, t.key, a.attname, a.attnum, a.attnotnull, a.atttypid::regtype::text as type,
    a.attidentity, pg_get_expr(d.adbin, d.adrelid) as default_expression, t.oid
  from (${tables}) t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum`;

const hasKey = (array: string) =>
  `exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = t.key and a.attnum = any (${array}))`;

/** Each rule's sentence, and the query that names who breaks it. */
/** As PostgreSQL writes it, within a quoted text. */
const tenantsOfTransaction =
  "( SELECT (string_to_array(current_setting(''zmos.tenant_ids''::text, true), '',''::text))::uuid[] AS string_to_array)";

export const rules: Readonly<Record<string, string>> = {
  "a tenant's table has its tenant's id: uuid, not null": `
    select t.relname as offender from (${tenantTables}) t
    where not exists (select from (${columns}) c
      where c.oid = t.oid and c.attname = t.key and c.type = 'uuid' and c.attnotnull)`,

  "a tenant's table has a primary key, which contains its tenant": `
    select t.relname as offender from (${tenantTables}) t
    where not exists (select from pg_constraint k
      where k.conrelid = t.oid and k.contype = 'p' and ${hasKey("k.conkey")})`,

  "a unique index of a tenant's table contains its tenant": `
    select i.indexrelid::regclass::text as offender from (${tenantTables}) t join pg_index i on i.indrelid = t.oid
    where i.indisunique and not ${hasKey("i.indkey")}`,

  "a foreign key of a tenant's table pairs tenant with tenant": `
    select k.conname as offender from (${tenantTables}) t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
    where not exists (
      select from unnest(k.conkey, k.confkey) as pair(mine, theirs)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.mine and a.attname = t.key
      join (${tables}) referenced on referenced.oid = k.confrelid
      join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.theirs and b.attname = referenced.key)`,

  "no table of the deployment points into a tenant's, or the other way": `
    select k.conname as offender from pg_constraint k
    where k.contype = 'f'
      and (k.conrelid in (select oid from (${tenantTables}) t)) <> (k.confrelid in (select oid from (${tenantTables}) t))`,

  "row-level security is on and forced": `
    select relname as offender from (${tenantTables}) t where not (relrowsecurity and relforcerowsecurity)`,

  "there is one policy, for every command and everyone, and it compares the tenant with the transaction's, once a statement": `
    select t.relname as offender from (${tenantTables}) t
    where (select count(*) from pg_policy p where p.polrelid = t.oid) <> 1
      or not exists (select from pg_policy p
        where p.polrelid = t.oid and p.polpermissive and p.polcmd = '*' and p.polroles = '{0}'
          and pg_get_expr(p.polqual, p.polrelid) = pg_get_expr(p.polwithcheck, p.polrelid)
          and regexp_replace(pg_get_expr(p.polqual, p.polrelid), '\\s+', ' ', 'g') in (
            format('(%s = ANY (${tenantsOfTransaction}::uuid[]))', t.key),
            format('(array_position(${tenantsOfTransaction}, %s) IS NOT NULL)', t.key)))`,

  "an id is a uuid": `
    select relname || '.' || attname as offender from (${columns}) c
    where (attname = 'id' or (attname like '%\\_id' and relname <> 'zmos_migration' and attname <> 'key_id')) and type <> 'uuid'
      and attname not in ('actor_id', 'entity_id', 'external_id', 'external_party_id')`,

  "an instant knows its offset": `
    select relname || '.' || attname as offender from (${columns}) c
    where type in ('timestamp without time zone', 'time with time zone')`,

  "nothing counts for itself: no serial, no identity, no sequence": `
    select relname || '.' || attname as offender from (${columns}) c
    where attidentity <> '' or default_expression like '%nextval%'
    union all select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'S'`,

  "a default is the same whoever computes it: no volatile function": `
    select d.adrelid::regclass || '.' || d.adnum as offender from pg_attrdef d
    join (${tables}) t on t.oid = d.adrelid
    join pg_depend p on p.classid = 'pg_attrdef'::regclass and p.objid = d.oid and p.refclassid = 'pg_proc'::regclass
    join pg_proc f on f.oid = p.refobjid where f.provolatile = 'v'
    union all select relname || '.' || attname from (${columns}) c
    where default_expression ~ '(gen_random_uuid|uuidv7|uuidv4|random|clock_timestamp|timeofday)\\('`,

  "there are no triggers, rules or functions: the application writes audit and outbox": `
    select g.tgname as offender from pg_trigger g join (${tables}) t on t.oid = g.tgrelid where not g.tgisinternal
    union all select r.rulename from pg_rewrite r join (${tables}) t on t.oid = r.ev_class
    union all select f.proname from pg_proc f join pg_namespace n on n.oid = f.pronamespace where n.nspname = 'public'`,

  "there are no exclusion constraints": `
    select k.conname as offender from pg_constraint k join (${tables}) t on t.oid = k.conrelid where k.contype = 'x'`,

  "the application's role owns nothing and cannot pass row-level security": `
    select r.rolname as offender from pg_roles r
    where r.rolname = '${APP_ROLE}'
      and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolcanlogin
        or exists (select from pg_class c where c.relowner = r.oid)
        or exists (select from pg_auth_members m where m.member = r.oid))`,

  "the application may not empty, alter or hook a table, nor move a row to another tenant": `
    select t.relname || ': ' || privilege as offender
    from (${tables}) t, unnest(array['truncate', 'references', 'trigger', 'maintain']) as privilege
    where has_table_privilege('${APP_ROLE}', t.oid, privilege)
    union all select c.relname || '.' || c.attname || ': update' from (${columns}) c
    where c.attname = c.key and has_column_privilege('${APP_ROLE}', c.oid, c.attnum, 'update')`,

  "facts, audit and outbox are only ever added to": `
    select t.relname || ': ' || privilege as offender
    from (${tables}) t, unnest(array['update', 'delete']) as privilege
    where t.relname in ('movement_event', 'audit_entry', 'outbox', 'scoring_rules', 'excuse', 'adherence_formula', 'ledger_entry')
      and (has_table_privilege('${APP_ROLE}', t.oid, privilege)
        or (privilege = 'update' and has_any_column_privilege('${APP_ROLE}', t.oid, 'update')))`,
};

/** Everyone who breaks a rule, as sentences. */
export const offences = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const found: Array<string> = [];
  for (const [rule, query] of Object.entries(rules)) {
    const rows = yield* sql.unsafe<{ offender: string }>(`select offender::text from (${query}) o order by 1`);
    for (const { offender } of rows) found.push(`${rule}: ${offender}`);
  }
  return found;
});
