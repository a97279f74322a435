/** After a measurement: was anybody told of a seat that is not there, and was any seat sold twice? */
import * as Effect from "effect/Effect";
import * as SqlClient from "effect/sql/SqlClient";
import { connected, type FilledDatabase } from "./BookingDatabases.ts";

/** **Shape** every number but `booked` must be 0. The tables have the same names in ZMOS and in its peer. */
export interface BookingAudit {
  readonly booked: number;
  readonly oversold: number;
  readonly miscounted: number;
  readonly twice: number;
  readonly lost: number;
  readonly untold: number;
  readonly withoutAudit: number;
  readonly withoutOutbox: number;
}

const CHUNK = 20_000;

export const auditBookings = (database: FilledDatabase, toldIds: ReadonlyArray<string>): Promise<BookingAudit> =>
  connected(database.superuserUrl)(
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient;
      // The planner knows these tables as they were before anybody booked: it would read a tenant's whole audit for every booking.
      yield* sql`analyze`;
      let found = 0;
      for (let start = 0; start < toldIds.length; start += CHUNK) {
        const ids = toldIds.slice(start, start + CHUNK);
        const [row] = yield* sql<{ count: number }>`
          select count(*)::int as count from booking where id = any(${ids}::uuid[]) and status = 'booked'`;
        found += row?.count ?? 0;
      }
      const [row] = yield* sql.unsafe<Omit<BookingAudit, "lost" | "untold">>(`
        with held as (
          select tenant_id, session_instance_id as id, count(*)::int as seats, count(distinct member_id)::int as members
          from booking where status <> 'cancelled' group by tenant_id, session_instance_id
        )
        select coalesce(sum(coalesce(seats, 0)), 0)::int as booked,
          coalesce(sum(greatest(coalesce(seats, 0) - capacity, 0)), 0)::int as oversold,
          coalesce(sum(abs(coalesce(seats, 0) - seats_taken)), 0)::int as miscounted,
          coalesce(sum(seats - members), 0)::int as twice,
          (select count(*) from booking b where status <> 'cancelled' and not exists (
             select from audit_entry a where a.tenant_id = b.tenant_id and a.entity_id = b.id::text))::int as "withoutAudit",
          (select count(*) from booking b where status <> 'cancelled' and not exists (
             select from outbox_event o where o.tenant_id = b.tenant_id and o.entity_id = b.id::text))::int as "withoutOutbox"
        from session_instance left join held using (tenant_id, id)`);
      if (row === undefined) throw new Error("an aggregate without a row");
      return { ...row, lost: toldIds.length - found, untold: row.booked - found };
    }),
  );

/** What is wrong, in words; empty when all is well. */
export const faultsOf = (audit: BookingAudit): string =>
  Object.entries(audit)
    .filter(([what, count]) => what !== "booked" && count !== 0)
    .map(([what, count]) => `${count} ${what}`)
    .join(", ");
