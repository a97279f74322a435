import { ScoringRulesStore, VersionedRules } from "@zmos/core/pulseloop";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { insertInto, type Row, rowsOf } from "./Row.ts";

const rows = rowsOf(VersionedRules);

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  return ScoringRulesStore.of({
    latest: (tenantId) =>
      sql<Row>`
        select version, rules, set_at from scoring_rules where tenant_id = ${tenantId}
        order by version desc limit 1`.pipe(
        Effect.orDie,
        Effect.map(([row]) => (row === undefined ? undefined : rows.decode(row))),
      ),

    insert: (tenantId, rules) => insertInto(sql, "scoring_rules", [{ tenant_id: tenantId, ...rows.encode(rules) }]),
  });
});

/** A tenant's scoring rules in PostgreSQL, every version. */
export const layer = Layer.effect(ScoringRulesStore, make);
