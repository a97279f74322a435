import { CivilDate, NotFound } from "@zmos/core/kernel";
import { Schedule, ScheduleStore } from "@zmos/core/moveos";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { changeRow } from "./ChangeRow.ts";
import type { Row } from "./Row.ts";
import { tenantTable } from "./TenantTable.ts";

const CHANGING = [
  "room_id",
  "instructor_id",
  "starts_at",
  "duration_minutes",
  "rrule",
  "exceptions",
  "extended_to",
  "updated_at",
];

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const schedules = tenantTable(sql, { table: "schedule", entityType: "Schedule", schema: Schedule });
  return ScheduleStore.of({
    find: schedules.find,
    lock: (tenantId, id) =>
      sql<Row>`select * from schedule where tenant_id = ${tenantId} and id = ${id} for no key update`.pipe(
        Effect.orDie,
        Effect.flatMap(([row]) =>
          row === undefined
            ? Effect.fail(new NotFound({ entityType: "Schedule", entityId: id }))
            : Effect.succeed(schedules.decode(row)),
        ),
      ),
    lockBehind: (tenantId, extendedTo) =>
      sql<Row>`
        select * from schedule where tenant_id = ${tenantId} and extended_to < ${CivilDate.toIso(extendedTo)}
        order by id for no key update`.pipe(
        Effect.orDie,
        Effect.map((rows) => rows.map(schedules.decode)),
      ),
    list: (tenantId, { locationId }, page) =>
      schedules.list(tenantId, page, locationId === undefined ? [] : [sql`location_id = ${locationId}`]),
    insert: (schedule) => schedules.insert([schedule]),
    change: (schedule) => changeRow(sql, "schedule", schedules.encode(schedule), CHANGING),
  });
});

/** Series in PostgreSQL. */
export const layer = Layer.effect(ScheduleStore, make);
