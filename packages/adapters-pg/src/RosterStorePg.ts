import { type BookingId, Instant, type MemberId, type SessionInstanceId, type TenantId } from "@zmos/core/kernel";
import {
  Booking,
  BookingPolicy,
  inLine,
  type MemberKey,
  type Penalty,
  type PoliciedRoster,
  PolicyOverride,
  policyOf,
  type Roster,
  type RosterRequest,
  RosterStore,
  SessionInstance,
  standingPenalty,
  WaitlistEntry,
} from "@zmos/core/moveos";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Schema from "effect/Schema";
import * as SqlClient from "effect/sql/SqlClient";
import type { SqlError } from "effect/sql/SqlError";
import type { Fragment } from "effect/sql/Statement";
import { arrayText } from "./ArrayText.ts";
import { columnsOf } from "./Columns.ts";
import { json } from "./Json.ts";
import { plainRowsOf, type Row, rowsOf } from "./Row.ts";
import { tenantTable } from "./TenantTable.ts";
import { fromTimestamp, toTimestamp } from "./Timestamp.ts";

interface SessionRow extends Row {
  readonly week_start: PoliciedRoster["weekStart"];
  readonly contraindications: ReadonlyArray<string>;
  readonly tenant_policy: string | null;
  readonly type_override: string | null;
}

interface MemberRow {
  readonly tenant_id: TenantId;
  readonly id: MemberId;
  readonly constraints: ReadonlyArray<string> | null;
}

interface CommitmentRow {
  readonly tenant_id: TenantId;
  readonly id: BookingId;
  readonly member_id: MemberId;
  readonly session_instance_id: SessionInstanceId;
  readonly start_time: Date;
  readonly end_time: Date;
}

interface PenaltyRow {
  readonly tenant_id: TenantId;
  readonly id: BookingId;
  readonly member_id: MemberId;
  readonly penalty: Penalty;
  readonly cancelled_at: Date | null;
  readonly start_time: Date;
}

const toStanding = ({ id, penalty, cancelled_at, start_time }: PenaltyRow) => {
  const cancelledAt = cancelled_at === null ? {} : { cancelledAt: fromTimestamp(cancelled_at) };
  const standing = standingPenalty({ id, penalty, ...cancelledAt }, { startTime: fromTimestamp(start_time) });
  return standing === undefined ? [] : [standing];
};

const sessions = plainRowsOf(SessionInstance);
const seats = plainRowsOf(Booking);
const entries = plainRowsOf(WaitlistEntry);
const seatColumns = columnsOf(Booking, {
  tenant_id: "uuid",
  id: "uuid",
  member_id: "uuid",
  session_instance_id: "uuid",
  status: "text",
  channel: "text",
  origin: "text",
  paid_by: "jsonb",
  advised_against: "jsonb",
  is_acknowledged: "boolean",
  penalty: "jsonb",
  check_ins: "integer",
  nonce: "text",
  reason: "text",
  created_at: "timestamptz",
  checked_in_at: "timestamptz",
  cancelled_at: "timestamptz",
});
// `to_jsonb` writes instants as text, which the checked form reads.
const checkedSessions = rowsOf(SessionInstance);

/** How many policies are remembered as they were read: nearly all sessions of a tenant have the same. */
const POLICIES_KEPT = 1_000;

/** Reads a kept policy, once for each text that there is. */
const readerOf = <Policy>(schema: Schema.Codec<Policy, unknown>) => {
  const read = Schema.decodeUnknownSync(Schema.fromJsonString(schema));
  const known = new Map<string, Policy>();
  return (text: string | null): Policy | undefined => {
    if (text === null) return undefined;
    let policy = known.get(text);
    if (policy === undefined) {
      policy = read(text);
      if (known.size >= POLICIES_KEPT) known.clear();
      known.set(text, policy);
    }
    return policy;
  };
};
const readPolicy = readerOf(BookingPolicy);
const readOverride = readerOf(PolicyOverride);

interface Key {
  readonly tenantId: TenantId;
  readonly id: string;
}

/** What requests come to. **Shape** `wholes`: the sessions asked for as a whole. `seatsOf`: whose seats, in which session. */
interface Asked {
  readonly sessions: ReadonlyArray<Key>;
  readonly wholes: ReadonlyArray<Key>;
  readonly seatsOf: ReadonlyArray<Key & { readonly memberId: string }>;
  readonly named: ReadonlyArray<Key>;
}

const lockOrder = (left: Key, right: Key): number =>
  left.id < right.id ? -1 : left.id > right.id ? 1 : left.tenantId < right.tenantId ? -1 : 1;

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const bookings = tenantTable(sql, { table: "booking", entityType: "Booking", schema: Booking });
  const unionAll = sql.join(" union all ", false);

  /** Keys as a table `key (tenant_id, id)`, in the order in which rows are locked. */
  const tableOf = (keys: ReadonlyArray<Key>): Fragment => {
    const inOrder = keys.toSorted(lockOrder);
    return sql`unnest(${arrayText(inOrder.map(({ tenantId }) => tenantId))}::uuid[], ${arrayText(inOrder.map(({ id }) => id))}::uuid[])
      as key (tenant_id, id)`;
  };

  /** The sessions that requests name, or whose bookings or places in line they name, and whose seats matter. A booking stays with its session. */
  const askedOf = Effect.fnUntraced(function* (
    requests: ReadonlyArray<RosterRequest>,
  ): Effect.fn.Return<Asked, SqlError> {
    const sessionKeys = new Map<string, Key>();
    const wholes = new Map<string, Key>();
    const seatsOf: Array<Asked["seatsOf"][number]> = [];
    const named: Array<Key> = [];
    const byBooking = new Map<string, RosterRequest>();
    const want = (key: Key, isWhole: boolean | undefined, memberId: string | undefined) => {
      // By tenant too: who names another's session does not take it from them.
      sessionKeys.set(`${key.tenantId}/${key.id}`, key);
      if (isWhole === true) wholes.set(`${key.tenantId}/${key.id}`, key);
      if (memberId !== undefined) seatsOf.push({ ...key, memberId });
    };
    for (const request of requests) {
      const { tenantId, sessionInstanceId, bookingId, isWhole, memberId } = request;
      if (sessionInstanceId !== undefined) want({ tenantId, id: sessionInstanceId }, isWhole, memberId);
      if (bookingId === undefined) continue;
      named.push({ tenantId, id: bookingId });
      byBooking.set(bookingId, request);
    }
    if (named.length > 0) {
      const found = yield* sql<{ tenant_id: TenantId; id: string; session_instance_id: string; member_id: string }>`
        select key.tenant_id, key.id, found.* from ${tableOf(named)} cross join lateral (
          select b.session_instance_id, b.member_id from booking b where b.tenant_id = key.tenant_id and b.id = key.id
          union all
          select w.session_instance_id, w.member_id from waitlist_entry w
          where w.tenant_id = key.tenant_id and w.id = key.id) found`;
      for (const { tenant_id, id, session_instance_id, member_id } of found) {
        want({ tenantId: tenant_id, id: session_instance_id }, byBooking.get(id)?.isWhole, member_id);
      }
    }
    return { sessions: [...sessionKeys.values()], wholes: [...wholes.values()], seatsOf, named };
  });

  /** The bookings that a decision needs, each part found by its own index: what is none of the decision's business is not read. */
  const bookingsFor = ({ sessions: keys, wholes, seatsOf, named }: Asked, now: Instant) => {
    const parts = [
      sql`select b.* from ${tableOf(keys)}
          cross join lateral (select * from booking b where b.tenant_id = key.tenant_id and b.session_instance_id = key.id
            and b.penalty ->> 'status' = 'pending' offset 0) b`,
      sql`select b.* from ${tableOf(keys)}
          cross join lateral (select s.id from session_instance s where s.tenant_id = key.tenant_id and s.id = key.id
            and s.start_time - interval '1 hour' <= ${toTimestamp(now)} offset 0) s
          cross join lateral (select * from booking b where b.tenant_id = key.tenant_id and b.session_instance_id = key.id
            and b.status in ('booked', 'checked_in') offset 0) b`,
    ];
    if (seatsOf.length > 0) {
      parts.push(sql`
          select b.* from unnest(${arrayText(seatsOf.map(({ tenantId }) => tenantId))}::uuid[],
            ${arrayText(seatsOf.map(({ id }) => id))}::uuid[], ${arrayText(seatsOf.map(({ memberId }) => memberId))}::uuid[])
            as key (tenant_id, id, member_id)
          cross join lateral (select * from booking b where b.tenant_id = key.tenant_id and b.session_instance_id = key.id
            and b.member_id = key.member_id and b.status in ('booked', 'checked_in') offset 0) b`);
    }
    if (wholes.length > 0) {
      parts.push(sql`select b.* from ${tableOf(wholes)}
          cross join lateral (select * from booking b where b.tenant_id = key.tenant_id and b.session_instance_id = key.id
            and (b.status in ('booked', 'checked_in') or b.penalty ->> 'status' = 'final') offset 0) b`);
    }
    if (named.length > 0) {
      parts.push(sql`select b.* from ${tableOf(named)}
          cross join lateral (select * from booking b where b.tenant_id = key.tenant_id and b.id = key.id offset 0) b`);
    }
    return sql<Row>`${unionAll(parts)}`;
  };

  const entriesFor = ({ sessions: keys, named }: Asked) => {
    const parts = [
      sql`select w.* from ${tableOf(keys)}
          cross join lateral (select * from waitlist_entry w where w.tenant_id = key.tenant_id
            and w.session_instance_id = key.id and w.status in ('waiting', 'offered') offset 0) w`,
    ];
    if (named.length > 0) {
      parts.push(sql`select w.* from ${tableOf(named)}
          cross join lateral (select * from waitlist_entry w where w.tenant_id = key.tenant_id and w.id = key.id offset 0)
          w`);
    }
    return sql<Row>`${unionAll(parts)}`;
  };

  // One message, several statements: each sees what was committed before it began, so what follows the lock sees what the lock waited for. A
  // sub-select for each key keeps the planner to the index, and to the order of the locks, however little it knows of the tables.
  const read = (lock: Fragment) =>
    Effect.fnUntraced(function* (requests: ReadonlyArray<RosterRequest>, now: Instant) {
      const asked = yield* askedOf(requests);
      const [sessionRows, bookingRows, entryRows] = yield* Effect.all(
        [
          sql<SessionRow>`
            select s.*, t.contraindications, e.week_start, p.policy::text as tenant_policy, o.policy::text as type_override
            from ${tableOf(asked.sessions)}
            cross join lateral (
              select * from session_instance s where s.tenant_id = key.tenant_id and s.id = key.id ${lock}) s
            cross join lateral (select week_start from tenant e where e.id = key.tenant_id offset 0) e
            cross join lateral (
              select contraindications from session_type t
              where t.tenant_id = key.tenant_id and t.id = s.session_type_id offset 0) t
            left join lateral (
              select policy from booking_policy p where p.tenant_id = key.tenant_id and p.applies_to = 'tenant' offset 0)
              p on true
            left join lateral (
              select policy from booking_policy o
              where o.tenant_id = key.tenant_id and o.applies_to = s.session_type_id::text offset 0) o on true`,
          bookingsFor(asked, now),
          entriesFor(asked),
        ],
        { concurrency: "unbounded" },
      );
      const bookingsBySession = grouped(bookingRows.map(seats.decode));
      const entriesBySession = grouped(entryRows.map(entries.decode));
      return sessionRows.map((row) => {
        const session = sessions.decode(row);
        return {
          roster: {
            session,
            bookings: bookingsBySession.get(session.id) ?? new Map<BookingId, Booking>(),
            waitlist: [...(entriesBySession.get(session.id)?.values() ?? [])].toSorted(inLine),
          },
          policy: policyOf(readPolicy(row.tenant_policy), readOverride(row.type_override)),
          weekStart: row.week_start,
          contraindications: row.contraindications,
        };
      });
    }, Effect.orDie);

  /** Penalties that stand against members, of sessions that begin when it is asked from, or later. */
  const penaltiesOf = (members: ReadonlyArray<MemberKey>) => sql<PenaltyRow>`
    select b.tenant_id, b.id, b.member_id, b.penalty, b.cancelled_at, s.start_time
    from unnest(${members.map(({ tenantId }) => tenantId)}::uuid[], ${members.map(({ memberId }) => memberId)}::uuid[],
      ${members.map(({ penaltiesFrom }) => toTimestamp(penaltiesFrom ?? Instant.make(0)))}::timestamptz[])
      as key (tenant_id, id, since)
    cross join lateral (
      select * from booking b where b.tenant_id = key.tenant_id and b.member_id = key.id
        and b.penalty ->> 'status' = 'final' offset 0) b
    cross join lateral (
      select start_time from session_instance s
      where s.tenant_id = key.tenant_id and s.id = b.session_instance_id and s.start_time >= key.since offset 0) s
    order by b.id`;

  const readMembers = (lock: Fragment) =>
    Effect.fnUntraced(function* (members: ReadonlyArray<MemberKey>, now: Instant) {
      const keys = members.map(({ tenantId, memberId }) => ({ tenantId, id: memberId }));
      const looked = members.filter(({ penaltiesFrom }) => penaltiesFrom !== undefined);
      const [memberRows, commitmentRows, penaltyRows] = yield* Effect.all(
        [
          sql<MemberRow>`
            select m.tenant_id, m.id, m.constraints from ${tableOf(keys)}
            cross join lateral (
              select tenant_id, id, constraints from member m where m.tenant_id = key.tenant_id and m.id = key.id ${lock}) m`,
          sql<CommitmentRow>`
            select b.tenant_id, b.id, b.member_id, b.session_instance_id, s.start_time, s.end_time
            from ${tableOf(keys)}
            cross join lateral (
              select * from booking b where b.tenant_id = key.tenant_id and b.member_id = key.id and b.status = 'booked'
              offset 0) b
            cross join lateral (
              select start_time, end_time from session_instance s
              where s.tenant_id = key.tenant_id and s.id = b.session_instance_id and s.end_time > ${toTimestamp(now)}
              offset 0) s
            order by s.start_time, b.id`,
          looked.length === 0 ? Effect.succeed([]) : penaltiesOf(looked),
        ],
        { concurrency: "unbounded" },
      );
      const commitments = new Map<string, Array<Roster.Commitment>>();
      for (const row of commitmentRows) {
        const key = `${row.tenant_id}/${row.member_id}`;
        const ofMember = commitments.get(key) ?? [];
        if (ofMember.length === 0) commitments.set(key, ofMember);
        ofMember.push({
          bookingId: row.id,
          sessionInstanceId: row.session_instance_id,
          startTime: fromTimestamp(row.start_time),
          endTime: fromTimestamp(row.end_time),
        });
      }
      const penalties = Map.groupBy(penaltyRows, ({ tenant_id, member_id }) => `${tenant_id}/${member_id}`);
      return memberRows.map(({ tenant_id, id, constraints }) => ({
        tenantId: tenant_id,
        memberId: id,
        constraints: constraints ?? [],
        penalties: (penalties.get(`${tenant_id}/${id}`) ?? []).flatMap(toStanding),
        commitments: commitments.get(`${tenant_id}/${id}`) ?? [],
      }));
    }, Effect.orDie);

  const saveSessions = (changed: ReadonlyArray<SessionInstance>) => {
    const column = (of: (session: SessionInstance) => string | number): string => arrayText(changed.map(of));
    return sql`
      update session_instance s set
        capacity = c.capacity, seats_taken = c.seats_taken, seats_taken_online = c.seats_taken_online,
        offers_open = c.offers_open, waitlist_length = c.waitlist_length, status = c.status, sequence = c.sequence,
        updated_at = c.updated_at
      from unnest(${column(({ tenantId }) => tenantId)}::uuid[], ${column(({ id }) => id)}::uuid[],
        ${column(({ capacity }) => capacity)}::int[], ${column(({ seatsTaken }) => seatsTaken)}::int[],
        ${column(({ seatsTakenOnline }) => seatsTakenOnline)}::int[], ${column(({ offersOpen }) => offersOpen)}::int[],
        ${column(({ waitlistLength }) => waitlistLength)}::int[], ${column(({ status }) => status)}::text[],
        ${column(({ sequence }) => sequence)}::int[],
        ${column(({ updatedAt }) => toTimestamp(updatedAt).toISOString())}::timestamptz[])
        as c (tenant_id, id, capacity, seats_taken, seats_taken_online, offers_open, waitlist_length, status, sequence,
          updated_at)
      where s.tenant_id = c.tenant_id and s.id = c.id and s.id = any(${column(({ id }) => id)}::uuid[])`;
  };

  return RosterStore.of({
    lock: read(sql`for no key update`),
    look: read(sql``),
    lockMembers: readMembers(sql`for no key update`),
    lookAtMembers: readMembers(sql``),
    knownMembers: (members) =>
      sql<{ readonly tenant_id: TenantId; readonly id: MemberId }>`
        select m.tenant_id, m.id from ${tableOf(members.map(({ tenantId, memberId }) => ({ tenantId, id: memberId })))}
        cross join lateral (
          select tenant_id, id from member m where m.tenant_id = key.tenant_id and m.id = key.id offset 0) m`.pipe(
        Effect.orDie,
        Effect.map((rows) => rows.map(({ tenant_id, id }) => ({ tenantId: tenant_id, memberId: id }))),
      ),

    save: ({ sessions: changed, bookings: taken, entries: placed }) => {
      const writes: Array<Effect.Effect<unknown, SqlError>> = [];
      if (taken.length > 0) {
        writes.push(sql`
          insert into booking ${seatColumns(sql, taken.map(seats.encode))}
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
            paid_by = excluded.paid_by, is_held = excluded.is_held, is_acknowledged = excluded.is_acknowledged, passed_over = excluded.passed_over,
            offer_expires_at = excluded.offer_expires_at, created_at = excluded.created_at, ended_at = excluded.ended_at`);
      }
      if (changed.length > 0) writes.push(saveSessions(changed));
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

/** By session, then by id: what was found by two ways is there once. */
const grouped = <Thing extends { readonly id: BookingId; readonly sessionInstanceId: SessionInstanceId }>(
  things: ReadonlyArray<Thing>,
): ReadonlyMap<SessionInstanceId, ReadonlyMap<BookingId, Thing>> => {
  const groups = new Map<SessionInstanceId, Map<BookingId, Thing>>();
  for (const thing of things) {
    const group = groups.get(thing.sessionInstanceId);
    if (group === undefined) groups.set(thing.sessionInstanceId, new Map([[thing.id, thing]]));
    else group.set(thing.id, thing);
  }
  return groups;
};

/** Rosters in PostgreSQL: the session's row is the lock of its roster, the member's row the lock of what the member holds. */
export const layer = Layer.effect(RosterStore, make);
