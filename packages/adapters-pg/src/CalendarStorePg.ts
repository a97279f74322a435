import { CivilDate, type MemberId, type TenantId } from "@zmos/core/kernel";
import { CalendarStore, type CellKey, DayCell, type KeyedCell, PackedCalendar } from "@zmos/core/pulseloop";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { json } from "./Json.ts";

interface CellRow {
  readonly member_id: MemberId;
  readonly civil_date: string;
  readonly cell: ReadonlyArray<DayCell.Contribution>;
  readonly events: number;
  readonly minutes: number;
  readonly moderate_equivalent_minutes: number;
}

const toCell = (row: CellRow): DayCell.DayCell => ({
  contributions: row.cell,
  events: row.events,
  minutes: row.minutes,
  moderateEquivalentMinutes: row.moderate_equivalent_minutes,
});

const toRow = (tenantId: TenantId, { memberId, civilDate, cell }: KeyedCell) => ({
  tenant_id: tenantId,
  member_id: memberId,
  civil_date: CivilDate.toIso(civilDate),
  cell: cell.contributions,
  events: cell.events,
  minutes: cell.minutes,
  moderate_equivalent_minutes: cell.moderateEquivalentMinutes,
});

/** The one order in which calendars are locked, so that two who lock the same ones never wait for each other. */
const byKey = (left: CellKey, right: CellKey): number =>
  left.memberId < right.memberId ? -1 : left.memberId > right.memberId ? 1 : left.civilDate - right.civilDate;

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;

  /** Locks the packed calendars of these members, made first where they are missing, and answers them. */
  const lockPacked = Effect.fnUntraced(function* (tenantId: TenantId, members: ReadonlyArray<MemberId>) {
    const lock = sql<{ member_id: MemberId; packed: Uint8Array<ArrayBuffer> }>`
      select packed.* from unnest(${members}::uuid[]) as key(member_id)
      cross join lateral (
        select member_id, packed from member_calendar
        where tenant_id = ${tenantId} and member_id = key.member_id for no key update
      ) packed`.unprepared;
    const found = yield* lock;
    if (found.length === members.length) return found;
    const nothing = PackedCalendar.encode(PackedCalendar.empty);
    yield* sql`
      insert into member_calendar (tenant_id, member_id, packed)
      select ${tenantId}::uuid, member_id, ${nothing}::bytea from unnest(${members}::uuid[]) as key(member_id)
      on conflict (tenant_id, member_id) do nothing`;
    return yield* lock;
  });

  const keepPacked = Effect.fnUntraced(function* (
    tenantId: TenantId,
    cells: ReadonlyMap<MemberId, ReadonlyArray<KeyedCell>>,
  ) {
    const members = [...cells.keys()].toSorted();
    const before = yield* lockPacked(tenantId, members);
    const after = before.map(({ member_id, packed }) => {
      const changes = (cells.get(member_id) ?? []).map(({ civilDate, cell }) => [civilDate, cell] as const);
      return PackedCalendar.encode(PackedCalendar.put(PackedCalendar.decode(packed).packed, changes));
    });
    // Inserted where it is there already: so it is looked up by its key, whatever the planner thinks of the table.
    yield* sql`
      insert into member_calendar (tenant_id, member_id, packed)
      select ${tenantId}::uuid, member_id, packed
      from unnest(${before.map(({ member_id }) => member_id)}::uuid[], ${after}::bytea[]) as changed(member_id, packed)
      on conflict (tenant_id, member_id) do update set packed = excluded.packed`;
  });

  return CalendarStore.of({
    // Whoever holds a member's calendar has all its days, those without a cell too. The cells are read by a second statement, which sees
    // what was committed while the first one waited; key by key and planned each time, because a plan made while the table was empty
    // would be kept while it grows.
    lock: Effect.fnUntraced(function* (tenantId: TenantId, keys: ReadonlyArray<CellKey>) {
      if (keys.length === 0) return [];
      const inOrder = keys.toSorted(byKey);
      const members = inOrder.map(({ memberId }) => memberId);
      yield* lockPacked(tenantId, [...new Set(members)]);
      const found = yield* sql<CellRow>`
        select day.*
        from unnest(${members}::uuid[], ${inOrder.map(({ civilDate }) => CivilDate.toIso(civilDate))}::date[])
          as key(member_id, civil_date)
        cross join lateral (
          select member_id, civil_date, cell, events, minutes, moderate_equivalent_minutes
          from member_day
          where tenant_id = ${tenantId} and member_id = key.member_id and civil_date = key.civil_date
        ) day`.unprepared;
      const cells = new Map(found.map((row) => [`${row.member_id}/${row.civil_date}`, toCell(row)]));
      return inOrder.map(({ memberId, civilDate }): KeyedCell => {
        const cell = cells.get(`${memberId}/${CivilDate.toIso(civilDate)}`) ?? DayCell.empty;
        return { memberId, civilDate, cell };
      });
    }, Effect.orDie),

    hold: (tenantId, memberIds) => lockPacked(tenantId, memberIds.toSorted()).pipe(Effect.asVoid, Effect.orDie),

    save: Effect.fnUntraced(function* (tenantId: TenantId, cells: ReadonlyArray<KeyedCell>) {
      if (cells.length === 0) return;
      yield* sql`
        insert into member_day
        select * from jsonb_populate_recordset(null::member_day, ${json(cells.map((cell) => toRow(tenantId, cell)))})
        order by member_id, civil_date
        on conflict (tenant_id, member_id, civil_date) do update set
          cell = excluded.cell, events = excluded.events, minutes = excluded.minutes,
          moderate_equivalent_minutes = excluded.moderate_equivalent_minutes`;
      yield* keepPacked(
        tenantId,
        Map.groupBy(cells, ({ memberId }) => memberId),
      );
    }, Effect.orDie),

    // All in one row: a thousand rows take longer to read than what is in them. Both aggregates see the rows in the same order.
    packed: (tenantId, memberIds) => {
      const conditions = [sql`tenant_id = ${tenantId}`];
      if (memberIds !== undefined) conditions.push(sql`member_id = any(${memberIds}::uuid[])`);
      return sql<{ ids: string | null; columns: Uint8Array<ArrayBuffer> | null }>`
        select string_agg(member_id::text, ',') as ids, string_agg(packed, '') as columns
        from member_calendar where ${sql.and(conditions)}`.pipe(
        Effect.orDie,
        Effect.map(([row]) => {
          const calendars = new Map<MemberId, PackedCalendar.PackedCalendar>();
          for (const memberId of memberIds ?? []) calendars.set(memberId, PackedCalendar.empty);
          const bytes = row?.columns ?? new Uint8Array();
          let offset = 0;
          for (const id of row?.ids?.split(",") ?? []) {
            const { packed, next } = PackedCalendar.decode(bytes, offset);
            calendars.set(id as MemberId, packed);
            offset = next;
          }
          return calendars;
        }),
      );
    },

    read: (tenantId, memberIds, { from, to }) => {
      const conditions = [sql`tenant_id = ${tenantId}`, sql`member_id = any(${memberIds}::uuid[])`];
      if (from !== undefined) conditions.push(sql`civil_date >= ${CivilDate.toIso(from)}`);
      if (to !== undefined) conditions.push(sql`civil_date <= ${CivilDate.toIso(to)}`);
      return sql<CellRow>`
        select member_id, civil_date, cell, events, minutes, moderate_equivalent_minutes
        from member_day where ${sql.and(conditions)} order by member_id, civil_date`.pipe(
        Effect.orDie,
        Effect.map((found) => {
          const calendars = new Map<MemberId, Map<CivilDate.CivilDate, DayCell.DayCell>>();
          for (const memberId of memberIds) calendars.set(memberId, new Map());
          for (const row of found) {
            if (row.cell.length > 0) calendars.get(row.member_id)?.set(CivilDate.of(row.civil_date), toCell(row));
          }
          return calendars;
        }),
      );
    },
  });
});

/** Day cells in PostgreSQL. */
export const layer = Layer.effect(CalendarStore, make);
