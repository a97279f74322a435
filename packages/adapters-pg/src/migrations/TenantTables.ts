/**
 * The walls around a tenant's table: row-level security, and what the application may do to it.
 *
 * Migrations that have been run are made of these statements, so they are never changed; a new rule is a new function.
 */

/** The role in which every unit of work runs. It owns nothing and cannot pass row-level security. */
export const APP_ROLE = "zmos_app";

/**
 * The tenants of the transaction, as a scalar subquery so that it is evaluated once a statement and not once a row. The
 * outer cast does nothing but make PostgreSQL read the subquery as one array, not as rows.
 */
const CURRENT_TENANTS = `((select string_to_array(current_setting('zmos.tenant_ids', true), ',')::uuid[])::uuid[])`;

/** The name of the table that a statement creates. */
export const nameOf = (table: string) => /^create table (\w+)/.exec(table)?.[1] ?? "";

/** The second lock: rows of other tenants do not exist, for the owner of the table either. */
export const isolate = (table: string) => {
  const key = table === "tenant" ? "id" : "tenant_id";
  const isCurrent = `${key} = any (${CURRENT_TENANTS})`;
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy tenant_isolation on ${table} using (${isCurrent}) with check (${isCurrent})`,
  ];
};

/**
 * The same lock for a table whose rows are looked up by key, for many tenants at once: asked of each row that is found, not of the index. There it was
 * compared with every tenant of the transaction before a single row was looked at. A table in which long stretches are counted keeps the other.
 */
export const askEachRow = (table: string) => {
  const key = table === "tenant" ? "id" : "tenant_id";
  const isCurrent = `array_position(${CURRENT_TENANTS}, ${key}) is not null`;
  return `alter policy tenant_isolation on ${table} using (${isCurrent}) with check (${isCurrent})`;
};

/** The application may change every column but those that say whose and which row it is. */
const grantUpdate = (table: string) => `do $$
declare
  columns text;
begin
  select string_agg(quote_ident(attname), ', ') into columns
  from pg_attribute
  where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attname not in ('tenant_id', 'id');
  execute format('grant update (%s) on ${table} to ${APP_ROLE}', columns);
end
$$`;

/** What is written once and then only read. */
export const grantAppend = (table: string) => [`grant select, insert on ${table} to ${APP_ROLE}`];

export const grantChange = (table: string) => [...grantAppend(table), grantUpdate(table)];
