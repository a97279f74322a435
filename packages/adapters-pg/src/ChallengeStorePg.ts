import { CivilDate, NotFound } from "@zmos/core/kernel";
import { Challenge, ChallengeStore } from "@zmos/core/pulseloop";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import type { Row } from "./Row.ts";
import { tenantTable } from "./TenantTable.ts";
import { toTimestamp } from "./Timestamp.ts";

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const table = tenantTable(sql, { table: "challenge", entityType: "Challenge", schema: Challenge });
  return ChallengeStore.of({
    find: table.find,

    lock: Effect.fnUntraced(function* (tenantId, challengeId) {
      const [row] = yield* sql<Row>`
        select * from challenge where tenant_id = ${tenantId} and id = ${challengeId} for no key update`.pipe(
        Effect.orDie,
      );
      if (row === undefined) return yield* new NotFound({ entityType: "Challenge", entityId: challengeId });
      return table.decode(row);
    }),

    list: table.list,

    touching: (tenantId, { from, to }) =>
      sql<Row>`
        select * from challenge
        where tenant_id = ${tenantId} and "to" >= ${CivilDate.toIso(from)} and "from" <= ${CivilDate.toIso(to)}
        order by id`.pipe(
        Effect.orDie,
        Effect.map((rows) => rows.map(table.decode)),
      ),

    insert: (challenge) => table.insert([challenge]),

    finalise: (tenantId, challengeId, at) =>
      sql`
        update challenge set status = 'final', finalised_at = ${toTimestamp(at)}, updated_at = ${toTimestamp(at)}
        where tenant_id = ${tenantId} and id = ${challengeId}`.pipe(Effect.asVoid, Effect.orDie),
  });
});

/** Challenges in PostgreSQL. */
export const layer = Layer.effect(ChallengeStore, make);
