import { Instant, type PageRequest, rowsOf as pageOf, type SessionInstanceId } from "@zmos/core/kernel";
import { SessionInstance, SessionInstanceStore } from "@zmos/core/moveos";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Schema from "effect/Schema";
import * as SqlClient from "effect/sql/SqlClient";
import { isUuid } from "./AfterId.ts";
import { json } from "./Json.ts";
import type { Row } from "./Row.ts";
import { tenantTable } from "./TenantTable.ts";
import { toTimestamp } from "./Timestamp.ts";

/** What the timetable changes of a session; its seats are the roster's. */
const CHANGING = [
  "start_time",
  "end_time",
  "timezone",
  "civil_date",
  "instructor_id",
  "room_id",
  "schedule_id",
  "recurrence_start",
  "own_changes",
  "status",
  "sequence",
  "updated_at",
];

const isInstant = Schema.is(Instant);

/** Start and id of the last session of the page before; a cursor that somebody made up begins at the beginning. */
const afterStart = ({ after }: PageRequest): { readonly start: Instant; readonly id: string } | undefined => {
  const [millis, id] = after ?? [];
  const start = Number(millis);
  return millis !== undefined && isInstant(start) && isUuid(id) ? { start, id } : undefined;
};

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const sessions = tenantTable(sql, {
    table: "session_instance",
    entityType: "SessionInstance",
    schema: SessionInstance,
  });
  return SessionInstanceStore.of({
    find: sessions.find,
    insert: (session) => sessions.insert([session]),

    insertMissing: (wanted) =>
      wanted.length === 0
        ? Effect.succeed([])
        : sql<{ readonly id: SessionInstanceId }>`
            insert into session_instance
            select * from jsonb_populate_recordset(null::session_instance, ${json(wanted.map(sessions.encode))})
            on conflict (tenant_id, schedule_id, recurrence_start) do nothing
            returning id`.pipe(
            Effect.orDie,
            Effect.map((added) => added.map(({ id }) => id)),
          ),

    change: (changed) =>
      changed.length === 0
        ? Effect.void
        : sql`
            update session_instance as kept
            set ${sql.csv(CHANGING.map((column) => sql`${sql(column)} = changed.${sql(column)}`))}
            from jsonb_populate_recordset(null::session_instance, ${json(changed.map(sessions.encode))}) as changed
            where kept.tenant_id = changed.tenant_id and kept.id = changed.id
              and kept.tenant_id = any(${[...new Set(changed.map(({ tenantId }) => tenantId))]}::uuid[])`.unprepared.pipe(
            Effect.asVoid,
            Effect.orDie,
          ),

    lock: (tenantId, ids) =>
      ids.length === 0
        ? Effect.succeed([])
        : sql<Row>`
            select * from session_instance where tenant_id = ${tenantId} and id = any(${ids}::uuid[])
            order by id for no key update`.unprepared.pipe(
            Effect.orDie,
            Effect.map((found) => found.map(sessions.decode)),
          ),

    ofSchedule: (tenantId, scheduleId, from) =>
      sql<Row>`
        select * from session_instance
        where tenant_id = ${tenantId} and schedule_id = ${scheduleId} and recurrence_start >= ${from}
        order by recurrence_start`.pipe(
        Effect.orDie,
        Effect.map((found) => found.map(sessions.decode)),
      ),

    list: (tenantId, filter, page) => {
      const conditions = [sql`tenant_id = ${tenantId}`];
      if (filter.from !== undefined) conditions.push(sql`start_time >= ${toTimestamp(filter.from)}`);
      if (filter.to !== undefined) conditions.push(sql`start_time < ${toTimestamp(filter.to)}`);
      if (filter.locationId !== undefined) conditions.push(sql`location_id = ${filter.locationId}`);
      if (filter.sessionTypeId !== undefined) conditions.push(sql`session_type_id = ${filter.sessionTypeId}`);
      if (filter.instructorId !== undefined) conditions.push(sql`instructor_id = ${filter.instructorId}`);
      if (filter.roomId !== undefined) conditions.push(sql`room_id = ${filter.roomId}`);
      if (filter.memberId !== undefined) {
        conditions.push(sql`exists (
          select from booking b
          where b.tenant_id = ${tenantId} and b.session_instance_id = session_instance.id
            and b.member_id = ${filter.memberId} and (b.status <> 'cancelled' or session_instance.status = 'cancelled'))`);
      }
      const after = afterStart(page);
      if (after !== undefined)
        conditions.push(sql`(start_time, id) > (${toTimestamp(after.start)}, ${after.id}::uuid)`);
      return sql<Row>`
        select * from session_instance where ${sql.and(conditions)}
        order by start_time, id limit ${page.limit + 1}`.pipe(
        Effect.orDie,
        Effect.map((found) =>
          pageOf(found.map(sessions.decode), page.limit, ({ startTime, id }) => [String(startTime), id]),
        ),
      );
    },
  });
});

/** The timetable in PostgreSQL. */
export const layer = Layer.effect(SessionInstanceStore, make);
