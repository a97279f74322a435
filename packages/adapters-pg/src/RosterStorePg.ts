import { NotFound } from "@zmos/core/kernel";
import { Booking, type Roster, RosterStore, SessionInstance } from "@zmos/core/moveos";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { json } from "./Json.ts";
import { type Row, rowsOf } from "./Row.ts";
import { tenantTable } from "./TenantTable.ts";
import { toTimestamp } from "./Timestamp.ts";

const sessions = rowsOf(SessionInstance);

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const bookings = tenantTable(sql, { table: "booking", entityType: "Booking", schema: Booking });
  return RosterStore.of({
    // Two statements: the second sees what was committed while the first waited for the lock.
    lock: Effect.fnUntraced(function* (tenantId, sessionInstanceId, bookingId) {
      const [session] = yield* sql<Row>`
        select * from session_instance where tenant_id = ${tenantId} and id = ${sessionInstanceId}
        for no key update`.pipe(Effect.orDie);
      if (session === undefined) {
        return yield* new NotFound({ entityType: "SessionInstance", entityId: sessionInstanceId });
      }
      const counts =
        bookingId === undefined ? sql`status <> 'cancelled'` : sql`(status <> 'cancelled' or id = ${bookingId})`;
      const found = yield* sql<Row>`
        select * from booking
        where tenant_id = ${tenantId} and session_instance_id = ${sessionInstanceId} and ${counts}`.pipe(Effect.orDie);
      return {
        session: sessions.decode(session),
        bookings: new Map(found.map(bookings.decode).map((booking) => [booking.id, booking])),
      };
    }),

    save: Effect.fnUntraced(function* ({ session }: Roster.Roster, changed) {
      if (changed.length > 0) {
        yield* sql`
          insert into booking
          select * from jsonb_populate_recordset(null::booking, ${json(changed.map(bookings.encode))})
          on conflict (tenant_id, id) do update set
            status = excluded.status, checked_in_at = excluded.checked_in_at, cancelled_at = excluded.cancelled_at`;
      }
      yield* sql`
        update session_instance set seats_taken = ${session.seatsTaken}
        where tenant_id = ${session.tenantId} and id = ${session.id}`;
    }, Effect.orDie),

    findBooking: bookings.find,

    upcoming: (tenantId, memberId, from, count) =>
      sql<{ booking: Row; session: Row }>`
        select to_jsonb(b) as booking, to_jsonb(s) as session
        from booking b join session_instance s on s.tenant_id = b.tenant_id and s.id = b.session_instance_id
        where b.tenant_id = ${tenantId} and s.tenant_id = ${tenantId} and b.member_id = ${memberId}
          and b.status = 'booked' and s.start_time >= ${toTimestamp(from)}
        order by s.start_time, b.id limit ${count}`.pipe(
        Effect.orDie,
        Effect.map((found) =>
          found.map(({ booking, session }) => ({
            booking: bookings.decode(booking),
            session: sessions.decode(session),
          })),
        ),
      ),

    listBookings: (tenantId, filter, page) => {
      const conditions = [];
      if (filter.memberId !== undefined) conditions.push(sql`member_id = ${filter.memberId}`);
      if (filter.sessionInstanceId !== undefined) {
        conditions.push(sql`session_instance_id = ${filter.sessionInstanceId}`);
      }
      return bookings.list(tenantId, page, conditions);
    },
  });
});

/** Rosters in PostgreSQL: the session's row is the lock. */
export const layer = Layer.effect(RosterStore, make);
