/**
 * Between rows and the things of the domain, by way of the form things have on the wire: a column is the snake_case of a
 * field, NULL is an absent field, an instant is its ISO text. So no field is written down twice, and what is read is
 * checked by the schema that everyone else reads.
 */
import { CivilDate, CivilDateFromString, type Instant, InstantFromString } from "@zmos/core/kernel";
import * as Predicate from "effect/Predicate";
import * as Schema from "effect/Schema";
import type { SqlClient } from "effect/sql/SqlClient";
import * as Effect from "effect/Effect";
import { json } from "./Json.ts";
import { toTimestamp } from "./Timestamp.ts";

export type Row = Readonly<Record<string, unknown>>;

const remembered = (translate: (name: string) => string) => {
  const known = new Map<string, string>();
  return (name: string): string => {
    let translated = known.get(name);
    if (translated === undefined) known.set(name, (translated = translate(name)));
    return translated;
  };
};

const toField = remembered((column) => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()));
/** The column of a field. */
export const toColumn = remembered((field) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

/** Both directions for one kind of thing. **Shape** `encode`: what the schema encodes, where something does it faster. */
export const rowsOf = <Thing>(schema: Schema.Codec<Thing, Row>, encode = Schema.encodeSync(schema)) => {
  const decode = Schema.decodeUnknownSync(schema);
  return {
    /** The thing a row holds; columns that are no field of it are passed over. */
    decode: (row: Row): Thing => {
      const fields: Record<string, unknown> = {};
      for (const [column, value] of Object.entries(row)) {
        if (value !== null) fields[toField(column)] = value instanceof Date ? value.toISOString() : value;
      }
      return decode(fields);
    },
    encode: (thing: Thing): Row => {
      const row: Record<string, unknown> = {};
      for (const [field, value] of Object.entries(encode(thing))) row[toColumn(field)] = value;
      return row;
    },
  };
};

type Column = "instant" | "civilDate" | "same";

/** What a field's column holds; the schema says so itself. */
const columnOf = (field: unknown): Column => {
  const within = Predicate.hasProperty(field, "schema") ? field.schema : field;
  if (within === InstantFromString) return "instant";
  return within === CivilDateFromString ? "civilDate" : "same";
};

/**
 * Both directions for a kind of thing of which thousands are read and written in a second: its fields hold what its columns hold, but for
 * instants and civil days. What is read is taken as it was checked when it was written.
 */
export const plainRowsOf = <Thing extends object>(
  schema: Schema.Codec<Thing, Row> & { readonly fields: Readonly<Record<string, unknown>> },
) => {
  const columns = Object.entries(schema.fields).map(
    ([field, within]) => [field, toColumn(field), columnOf(within)] as const,
  );
  return {
    decode: (row: Row): Thing => {
      const thing: Record<string, unknown> = {};
      for (const [field, column, kind] of columns) {
        const value = row[column];
        if (value === null || value === undefined) continue;
        if (kind === "instant") thing[field] = (value as Date).getTime();
        else thing[field] = kind === "civilDate" ? CivilDate.of(value as string) : value;
      }
      return thing as Thing;
    },
    encode: (thing: Thing): Row => {
      const row: Record<string, unknown> = {};
      for (const [field, column, kind] of columns) {
        const value = (thing as Readonly<Record<string, unknown>>)[field];
        if (value === undefined) continue;
        if (kind === "instant") row[column] = toTimestamp(value as Instant).toISOString();
        else row[column] = kind === "civilDate" ? CivilDate.toIso(value as CivilDate.CivilDate) : value;
      }
      return row;
    },
  };
};

/** Adds rows to a table, however many, with one statement that is the same for every number of them. */
export const insertInto = (sql: SqlClient, table: string, rows: ReadonlyArray<Row>): Effect.Effect<void> =>
  rows.length === 0
    ? Effect.void
    : sql`insert into ${sql(table)}
        select * from jsonb_populate_recordset(null::${sql(table)}, ${json(rows)})`.pipe(Effect.asVoid, Effect.orDie);
