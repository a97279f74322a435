import { EnrollmentStore, JourneyEnrollment } from "@zmos/core/carepath";
import { NotFound } from "@zmos/core/kernel";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { changeRow } from "./ChangeRow.ts";
import type { Row } from "./Row.ts";
import { tenantTable } from "./TenantTable.ts";

const changing = ["status", "end_date", "pauses", "adherence_score", "last_evaluated_at", "updated_at"];

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const enrollments = tenantTable(sql, {
    table: "journey_enrollment",
    entityType: "JourneyEnrollment",
    schema: JourneyEnrollment,
  });
  return EnrollmentStore.of({
    find: enrollments.find,

    lock: Effect.fnUntraced(function* (tenantId, enrollmentId) {
      const [row] = yield* sql<Row>`
        select * from journey_enrollment where tenant_id = ${tenantId} and id = ${enrollmentId}
        for no key update`.pipe(Effect.orDie);
      if (row === undefined) return yield* new NotFound({ entityType: "JourneyEnrollment", entityId: enrollmentId });
      return enrollments.decode(row);
    }),

    findOpen: (tenantId, journeyId, memberId) =>
      sql<Row>`
        select * from journey_enrollment
        where tenant_id = ${tenantId} and journey_id = ${journeyId} and member_id = ${memberId}
          and status in ('active', 'paused')`.pipe(
        Effect.orDie,
        Effect.map(([row]) => (row === undefined ? undefined : enrollments.decode(row))),
      ),

    list: (tenantId, { journeyId, memberId, status }, page) => {
      const conditions = [];
      if (journeyId !== undefined) conditions.push(sql`journey_id = ${journeyId}`);
      if (memberId !== undefined) conditions.push(sql`member_id = ${memberId}`);
      if (status !== undefined) conditions.push(sql`status = ${status}`);
      return enrollments.list(tenantId, page, conditions);
    },

    insert: (enrollment) => enrollments.insert([enrollment]),
    save: (enrollment) => changeRow(sql, "journey_enrollment", enrollments.encode(enrollment), changing),
  });
});

/** Enrolments in PostgreSQL: a partial unique index keeps a member from being twice on a journey. */
export const layer = Layer.effect(EnrollmentStore, make);
