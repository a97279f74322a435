import { Instant, type PageRequest, rowsOf as pageOf } from "@zmos/core/kernel";
import { SessionInstance, SessionInstanceStore } from "@zmos/core/moveos";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Schema from "effect/Schema";
import * as SqlClient from "effect/sql/SqlClient";
import { isUuid } from "./AfterId.ts";
import type { Row } from "./Row.ts";
import { tenantTable } from "./TenantTable.ts";
import { toTimestamp } from "./Timestamp.ts";

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
    list: (tenantId, filter, page) => {
      const conditions = [sql`tenant_id = ${tenantId}`];
      if (filter.from !== undefined) conditions.push(sql`start_time >= ${toTimestamp(filter.from)}`);
      if (filter.to !== undefined) conditions.push(sql`start_time < ${toTimestamp(filter.to)}`);
      if (filter.locationId !== undefined) conditions.push(sql`location_id = ${filter.locationId}`);
      if (filter.sessionTypeId !== undefined) conditions.push(sql`session_type_id = ${filter.sessionTypeId}`);
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
