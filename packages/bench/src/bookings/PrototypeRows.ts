/**
 * The rows of a prototype tenant, read whatever their columns are, and the SQL that copies them; so that a new column or table needs no
 * change here.
 */
import * as Effect from "effect/Effect";
import * as SqlClient from "effect/sql/SqlClient";
import {
  type BookingPlan,
  type Kind,
  membersPerTenant,
  numberedId,
  sessionsPerTenant,
  sqlIdOf,
} from "./BookingPlan.ts";
import type { Prototype } from "./BookingWorld.ts";

/** One row. **Shape** `values` as JSON has them; `place` is its ctid; `types` the columns' type names; `key` the primary key's columns. */
export interface PrototypeRow {
  readonly table: string;
  readonly place: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly types: Readonly<Record<string, string>>;
  readonly key: ReadonlyArray<string>;
}

/** Written by what made the prototype, and needed by nobody who books. */
const HISTORY = new Set(["audit_entry", "outbox", "outbox_event", "idempotency_key"]);

export const readTenant = Effect.fnUntraced(function* (tenant: string) {
  const sql = yield* SqlClient.SqlClient;
  const tables = yield* sql<Pick<PrototypeRow, "types" | "key"> & { readonly name: string }>`
    select c.table_name as name, jsonb_object_agg(c.column_name, c.udt_name) as types,
      (select jsonb_agg(attname) from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
       where indisprimary and indrelid = c.table_name::regclass) as key
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' group by c.table_name order by c.table_name`;
  const rows: Array<PrototypeRow> = [];
  for (const { name, types, key } of tables) {
    const owner = "tenant_id" in types ? "tenant_id" : name.startsWith("tenant") ? "id" : undefined;
    if (owner === undefined) continue;
    const found = yield* sql.unsafe<Pick<PrototypeRow, "place" | "values">>(
      `select ctid::text as place, to_jsonb(t) as values from ${name} t where ${owner} = '${tenant}'`,
    );
    rows.push(...found.map((row) => ({ ...row, table: name, types, key })));
  }
  return rows;
});

/** How many copies of a row there are. A row that names the member, or something of the member's, is there once a member, and so on. */
const kindsOf = (rows: ReadonlyArray<PrototypeRow>, prototype: Prototype): ((row: PrototypeRow) => Kind) => {
  const known = new Map<unknown, Kind>([
    [prototype.session, "session"],
    [prototype.member, "member"],
  ]);
  const kindOf = ({ values }: PrototypeRow): Kind => {
    const kinds = new Set(Object.values(values).map((value) => known.get(value)));
    return kinds.has("member") ? "member" : kinds.has("session") ? "session" : "tenant";
  };
  // What belongs to something of the member's is found once that is known to be the member's.
  for (let before = 0; before < known.size;) {
    before = known.size;
    for (const row of rows) {
      const kind = kindOf(row);
      if (kind !== "tenant" && row.values["id"] !== undefined) known.set(row.values["id"], kind);
    }
  }
  return kindOf;
};

/** An id of the prototype and what stands for it in the copies. */
interface Renaming {
  readonly kind: Kind;
  readonly sql: (index: string) => string;
}

/**
 * What every id of the prototype is called in its copies. A tenant's single things keep their ids, since the tenant is part of every key.
 */
export const renamings = (rows: ReadonlyArray<PrototypeRow>, prototype: Prototype): ReadonlyMap<string, Renaming> => {
  const kindOf = kindsOf(rows, prototype);
  const all = new Map<string, Renaming>();
  for (const kind of ["tenant", "session", "member"] as const) {
    all.set(prototype[kind], { kind, sql: (index) => sqlIdOf(kind, index) });
  }
  for (const [number, row] of rows.entries()) {
    const { id } = row.values;
    const kind = kindOf(row);
    if (typeof id !== "string" || all.has(id) || kind === "tenant" || HISTORY.has(row.table)) continue;
    const prefix = `0190b${number.toString(16).padStart(3, "0")}-0000-7000-8000-`;
    all.set(id, { kind, sql: (index) => numberedId(prefix, index) });
  }
  return all;
};

/** Statements that make the world of a plan beside its prototype: table by table, not in the order of foreign keys. */
export const copies = (
  rows: ReadonlyArray<PrototypeRow>,
  prototype: Prototype,
  plan: BookingPlan,
): ReadonlyArray<string> => {
  const names = renamings(rows, prototype);
  const kindOf = kindsOf(rows, prototype);
  const perTenant = { tenant: 1, session: sessionsPerTenant(plan), member: membersPerTenant(plan) };
  const inserts = rows
    .filter(({ table }) => !HISTORY.has(table))
    .map((row) => {
      const kind = kindOf(row);
      const each = perTenant[kind];
      const columns = Object.keys(row.values);
      const copied = columns.map((column) => {
        const value = row.values[column];
        const renamed = typeof value === "string" ? names.get(value) : undefined;
        if (row.table === "session_instance" && column === "capacity") return String(plan.capacity);
        if (renamed === undefined) return `kept.${column}`;
        const id = renamed.sql(renamed.kind === "tenant" ? `i / ${each}` : "i");
        return row.types[column] === "uuid" ? id : `${id}::text`;
      });
      return `insert into ${row.table} (${columns.join(", ")}) select ${copied.join(", ")}
        from ${row.table} kept cross join generate_series(0, ${plan.tenants * each - 1}) i
        where kept.ctid = '${row.place}'`;
    });
  return inserts;
};
