import { FollowUpFlag, FollowUpFlagStore } from "@zmos/core/carepath";
import { NotFound } from "@zmos/core/kernel";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { changeRow } from "./ChangeRow.ts";
import type { Row } from "./Row.ts";
import { tenantTable } from "./TenantTable.ts";

const changing = ["status", "resolution", "resolved_by", "resolved_at"];

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const flags = tenantTable(sql, { table: "follow_up_flag", entityType: "FollowUpFlag", schema: FollowUpFlag });
  return FollowUpFlagStore.of({
    lock: Effect.fnUntraced(function* (tenantId, flagId) {
      const [row] = yield* sql<Row>`
        select * from follow_up_flag where tenant_id = ${tenantId} and id = ${flagId} for no key update`.pipe(
        Effect.orDie,
      );
      if (row === undefined) return yield* new NotFound({ entityType: "FollowUpFlag", entityId: flagId });
      return flags.decode(row);
    }),

    ofEnrollments: (tenantId, enrollmentIds) =>
      sql<Row>`
        select * from follow_up_flag
        where tenant_id = ${tenantId} and enrollment_id = any(${enrollmentIds}::uuid[]) order by id`.pipe(
        Effect.orDie,
        Effect.map((found) => found.map(flags.decode)),
      ),

    list: (tenantId, { journeyId, status }, page) => {
      const conditions = [sql`journey_id = ${journeyId}`];
      if (status !== undefined) conditions.push(sql`status = ${status}`);
      return flags.list(tenantId, page, conditions);
    },

    insert: (flag) => flags.insert([flag]),
    save: (flag) => changeRow(sql, "follow_up_flag", flags.encode(flag), changing),
  });
});

/** Flags in PostgreSQL. */
export const layer = Layer.effect(FollowUpFlagStore, make);
