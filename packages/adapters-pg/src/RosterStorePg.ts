import type { BookingId, Instant, MemberId, SessionInstanceId, TenantId } from "@zmos/core/kernel";
import {
  Booking,
  BookingPolicy,
  type ConcernedMember,
  type MemberKey,
  type PoliciedRoster,
  PolicyOverride,
  policyOf,
  type RosterRequest,
  RosterStore,
  SessionInstance,
  WaitlistEntry,
} from "@zmos/core/moveos";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Schema from "effect/Schema";
import * as SqlClient from "effect/sql/SqlClient";
import type { Fragment } from "effect/sql/Statement";
import { json } from "./Json.ts";
import { plainRowsOf, type Row, rowsOf } from "./Row.ts";
import { tenantTable } from "./TenantTable.ts";
import { fromTimestamp, toTimestamp } from "./Timestamp.ts";

interface SessionRow extends Row {
  readonly week_start: PoliciedRoster["weekStart"];
  readonly contraindications: ReadonlyArray<string>;
  readonly tenant_policy: unknown;
  readonly type_override: unknown;
}

interface MemberRow {
  readonly id: MemberId;
  readonly constraints: ReadonlyArray<string> | null;
}

interface CommitmentRow {
  readonly id: BookingId;
  readonly member_id: MemberId;
  readonly session_instance_id: SessionInstanceId;
  readonly start_time: Date;
  readonly end_time: Date;
}

const sessions = plainRowsOf(SessionInstance);
// `to_jsonb` writes instants as text, which the checked form reads.
const checkedSessions = rowsOf(SessionInstance);
const seats = plainRowsOf(Booking);
const entries = plainRowsOf(WaitlistEntry);
const readPolicy = Schema.decodeUnknownSync(Schema.NullOr(BookingPolicy));
const readOverride = Schema.decodeUnknownSync(Schema.NullOr(PolicyOverride));

interface Key {
  readonly tenantId: TenantId;
  readonly id: string;
}

interface SessionKey extends Key {
  readonly isWhole: boolean;
}

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const bookings = tenantTable(sql, { table: "booking", entityType: "Booking", schema: Booking });

  /** Keys as a table `key (tenant_id, id)`, in the order in which rows are locked. */
  const tableOf = (keys: ReadonlyArray<Key>): Fragment =>
    sql`unnest(${keys.map(({ tenantId }) => tenantId)}::uuid[], ${keys.map(({ id }) => id)}::uuid[]) as key (tenant_id, id)`;

  /** The sessions that requests name, or whose bookings or places in line they name, and the members concerned. A booking stays with its session. */
  const sessionsOf = Effect.fnUntraced(function* (requests: ReadonlyArray<RosterRequest>) {
    const keys = new Map<string, SessionKey>();
    const members = new Set<string>();
    const named: Array<Key> = [];
    const wholeBookings = new Set<string>();
    const want = (tenantId: TenantId, id: string, isWhole: boolean) =>
      keys.set(id, { tenantId, id, isWhole: isWhole || keys.get(id)?.isWhole === true });
    for (const { tenantId, sessionInstanceId, bookingId, memberId, isWhole = false } of requests) {
      if (memberId !== undefined) members.add(memberId);
      if (sessionInstanceId !== undefined) want(tenantId, sessionInstanceId, isWhole);
      if (bookingId === undefined) continue;
      named.push({ tenantId, id: bookingId });
      if (isWhole) wholeBookings.add(bookingId);
    }
    if (named.length > 0) {
      const found = yield* sql<{ tenant_id: TenantId; id: string; session_instance_id: string; member_id: string }>`
        select b.tenant_id, b.id, b.session_instance_id, b.member_id
        from ${tableOf(named)} join booking b on b.tenant_id = key.tenant_id and b.id = key.id
        union
        select w.tenant_id, w.id, w.session_instance_id, w.member_id
        from ${tableOf(named)} join waitlist_entry w on w.tenant_id = key.tenant_id and w.id = key.id`.unprepared;
      for (const { tenant_id, id, session_instance_id, member_id } of found) {
        want(tenant_id, session_instance_id, wholeBookings.has(id));
        members.add(member_id);
      }
    }
    return { keys: [...keys.values()], members: [...members], named: named.map(({ id }) => id) };
  });

  // One message, several statements: each sees what was committed before it began, so what follows the lock sees what the lock waited for.
  // Look-ups by sets are planned each time: a plan made while a table was empty is wrong once it is full.
  const read = (lock: Fragment) =>
    Effect.fnUntraced(function* (requests: ReadonlyArray<RosterRequest>, now: Instant) {
      const { keys, members, named } = yield* sessionsOf(requests);
      const wholeIds = keys.filter(({ isWhole }) => isWhole).map(({ id }) => id);
      const [sessionRows, bookingRows, entryRows] = yield* Effect.all(
        [
          sql<SessionRow>`
            select s.*, t.contraindications, e.week_start, p.policy as tenant_policy, o.policy as type_override
            from ${tableOf(keys)}
            join session_instance s on s.tenant_id = key.tenant_id and s.id = key.id
            join session_type t on t.tenant_id = s.tenant_id and t.id = s.session_type_id
            join tenant e on e.id = s.tenant_id
            left join booking_policy p on p.tenant_id = s.tenant_id and p.applies_to = 'tenant'
            left join booking_policy o on o.tenant_id = s.tenant_id and o.applies_to = s.session_type_id::text
            order by s.tenant_id, s.id ${lock}`.unprepared,
          sql<Row>`
            select b.* from ${tableOf(keys)}
            join session_instance s on s.tenant_id = key.tenant_id and s.id = key.id
            join booking b on b.tenant_id = s.tenant_id and b.session_instance_id = s.id
            where (b.status in ('booked', 'checked_in') and (b.member_id = any(${members}::uuid[])
                or s.start_time <= ${toTimestamp(now)} or s.id = any(${wholeIds}::uuid[])))
              or b.penalty ->> 'status' = 'pending' or b.id = any(${named}::uuid[])`.unprepared,
          sql<Row>`
            select w.* from ${tableOf(keys)}
            join waitlist_entry w on w.tenant_id = key.tenant_id and w.session_instance_id = key.id
            where w.status in ('waiting', 'offered') or w.id = any(${named}::uuid[])
            order by w.priority, w.sequence`.unprepared,
        ],
        { concurrency: "unbounded" },
      );
      const bookingsBySession = grouped(bookingRows.map(seats.decode));
      const entriesBySession = grouped(entryRows.map(entries.decode));
      return sessionRows.map((row) => {
        const session = sessions.decode(row);
        const ofSession = bookingsBySession.get(session.id) ?? [];
        return {
          roster: {
            session,
            bookings: new Map(ofSession.map((booking) => [booking.id, booking])),
            waitlist: entriesBySession.get(session.id) ?? [],
          },
          policy: policyOf(readPolicy(row.tenant_policy) ?? undefined, readOverride(row.type_override) ?? undefined),
          weekStart: row.week_start,
          contraindications: row.contraindications,
        };
      });
    }, Effect.orDie);

  const readMembers = (lock: Fragment) =>
    Effect.fnUntraced(function* (members: ReadonlyArray<MemberKey>, now: Instant) {
      const keys = members.map(({ tenantId, memberId }) => ({ tenantId, id: memberId }));
      const [memberRows, commitmentRows] = yield* Effect.all(
        [
          sql<MemberRow>`
            select m.id, m.constraints
            from ${tableOf(keys)} join member m on m.tenant_id = key.tenant_id and m.id = key.id
            order by m.tenant_id, m.id ${lock}`.unprepared,
          sql<CommitmentRow>`
            select b.id, b.member_id, b.session_instance_id, s.start_time, s.end_time
            from ${tableOf(keys)}
            join booking b on b.tenant_id = key.tenant_id and b.member_id = key.id and b.status = 'booked'
            join session_instance s on s.tenant_id = b.tenant_id and s.id = b.session_instance_id
            where s.end_time > ${toTimestamp(now)}
            order by s.start_time, b.id`.unprepared,
        ],
        { concurrency: "unbounded" },
      );
      const commitments = new Map<MemberId, Array<ConcernedMember["commitments"][number]>>();
      for (const row of commitmentRows) {
        const ofMember = commitments.get(row.member_id) ?? [];
        if (ofMember.length === 0) commitments.set(row.member_id, ofMember);
        ofMember.push({
          bookingId: row.id,
          sessionInstanceId: row.session_instance_id,
          startTime: fromTimestamp(row.start_time),
          endTime: fromTimestamp(row.end_time),
        });
      }
      return memberRows.map(({ id, constraints }) => ({
        memberId: id,
        constraints: constraints ?? [],
        commitments: commitments.get(id) ?? [],
      }));
    }, Effect.orDie);

  return RosterStore.of({
    lock: read(sql`for no key update of s`),
    look: read(sql``),
    lockMembers: readMembers(sql`for no key update of m`),
    lookAtMembers: readMembers(sql``),

    save: ({ sessions: changed, bookings: taken, entries: placed }) => {
      const writes: Array<Effect.Effect<unknown, unknown>> = [];
      if (taken.length > 0) {
        writes.push(sql`
          insert into booking
          select * from jsonb_populate_recordset(null::booking, ${json(taken.map(seats.encode))})
          on conflict (tenant_id, id) do update set
            status = excluded.status, channel = excluded.channel, origin = excluded.origin, paid_by = excluded.paid_by,
            advised_against = excluded.advised_against, is_acknowledged = excluded.is_acknowledged,
            penalty = excluded.penalty, check_ins = excluded.check_ins, nonce = excluded.nonce, reason = excluded.reason,
            checked_in_at = excluded.checked_in_at, cancelled_at = excluded.cancelled_at`);
      }
      if (placed.length > 0) {
        writes.push(sql`
          insert into waitlist_entry
          select * from jsonb_populate_recordset(null::waitlist_entry, ${json(placed.map(entries.encode))})
          on conflict (tenant_id, id) do update set
            status = excluded.status, priority = excluded.priority, sequence = excluded.sequence,
            paid_by = excluded.paid_by, is_held = excluded.is_held, passed_over = excluded.passed_over,
            offer_expires_at = excluded.offer_expires_at, ended_at = excluded.ended_at`);
      }
      if (changed.length > 0) {
        writes.push(
          sql`
          update session_instance s set
            capacity = c.capacity, seats_taken = c.seats_taken, seats_taken_online = c.seats_taken_online, offers_open = c.offers_open,
            waitlist_length = c.waitlist_length, status = c.status, sequence = c.sequence, updated_at = c.updated_at
          from jsonb_populate_recordset(null::session_instance, ${json(changed.map(sessions.encode))}) c
          where s.tenant_id = c.tenant_id and s.id = c.id`.unprepared,
        );
      }
      return Effect.all(writes, { concurrency: "unbounded", discard: true }).pipe(Effect.orDie);
    },

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
            session: checkedSessions.decode(session),
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

const grouped = <Thing extends { readonly sessionInstanceId: SessionInstanceId }>(
  things: ReadonlyArray<Thing>,
): ReadonlyMap<SessionInstanceId, ReadonlyArray<Thing>> => {
  const groups = new Map<SessionInstanceId, Array<Thing>>();
  for (const thing of things) {
    const group = groups.get(thing.sessionInstanceId);
    if (group === undefined) groups.set(thing.sessionInstanceId, [thing]);
    else group.push(thing);
  }
  return groups;
};

/** Rosters in PostgreSQL: the session's row is the lock of its roster, the member's row the lock of what the member holds. */
export const layer = Layer.effect(RosterStore, make);
