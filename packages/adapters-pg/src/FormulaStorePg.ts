import type { PageRequest } from "@zmos/core/kernel";
import { FormulaSchema, FormulaStore, type StoredFormula, toFormula } from "@zmos/core/pulseloop";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Schema from "effect/Schema";
import * as SqlClient from "effect/sql/SqlClient";
import { json } from "./Json.ts";
import { fromTimestamp, toTimestamp } from "./Timestamp.ts";

interface FormulaRow {
  readonly definition: unknown;
  readonly created_at: Date;
}

const readDefinition = Schema.decodeUnknownSync(FormulaSchema);

const decode = ({ definition, created_at }: FormulaRow): StoredFormula => ({
  formula: toFormula(readDefinition(definition)),
  createdAt: fromTimestamp(created_at),
});

/** The id after which a page begins; a cursor that somebody made up begins at the beginning. */
const afterFormula = ({ after }: PageRequest): string =>
  /^[a-z0-9-]+$/.test(after?.[0] ?? "") ? (after?.[0] ?? "") : "";

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  return FormulaStore.of({
    insert: (tenantId, { formula, createdAt }) =>
      sql`
        insert into adherence_formula (tenant_id, formula, version, definition, created_at)
        values (${tenantId}, ${formula.id}, ${formula.version}, ${json(formula)}, ${toTimestamp(createdAt)})`.pipe(
        Effect.asVoid,
        Effect.orDie,
      ),

    find: (tenantId, id, version) => {
      const conditions = [sql`tenant_id = ${tenantId}`, sql`formula = ${id}`];
      if (version !== undefined) conditions.push(sql`version = ${version}`);
      return sql<FormulaRow>`
        select definition, created_at from adherence_formula where ${sql.and(conditions)}
        order by version desc limit 1`.pipe(
        Effect.orDie,
        Effect.map(([row]) => (row === undefined ? undefined : decode(row))),
      );
    },

    list: (tenantId, page) =>
      sql<FormulaRow>`
        select distinct on (formula collate "C") definition, created_at from adherence_formula
        where tenant_id = ${tenantId} and formula collate "C" > ${afterFormula(page)}
        order by formula collate "C", version desc limit ${page.limit}`.pipe(
        Effect.orDie,
        Effect.map((found) => found.map(decode)),
      ),
  });
});

/** A tenant's own formulas in PostgreSQL, a row for every version. */
export const layer = Layer.effect(FormulaStore, make);
