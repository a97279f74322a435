import { CivilDate, type MemberId, type TenantId } from "@zmos/core/kernel";
import { CalendarStore, type CellKey, DayCell, type KeyedCell, PackedCalendar } from "@zmos/core/pulseloop";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { arrayText } from "./ArrayText.ts";

interface CellRow {
  readonly member_id: MemberId;
  readonly civil_date: string;
  readonly cell: ReadonlyArray<DayCell.Contribution>;
  readonly events: number;
  readonly minutes: number;
  readonly moderate_equivalent_minutes: number;
}

interface PackedRow {
  readonly member_id: MemberId;
  readonly packed: Uint8Array<ArrayBuffer>;
}

type Packed = ReadonlyMap<MemberId, PackedCalendar.PackedCalendar>;

const toCell = (row: CellRow): DayCell.DayCell => ({
  contributions: row.cell,
  events: row.events,
  minutes: row.minutes,
  moderateEquivalentMinutes: row.moderate_equivalent_minutes,
});

/** The one order in which calendars are locked, so that two who lock the same ones never wait for each other. */
const byKey = (left: CellKey, right: CellKey): number =>
  left.memberId < right.memberId ? -1 : left.memberId > right.memberId ? 1 : left.civilDate - right.civilDate;

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;

  const selectPacked = (tenantId: TenantId, members: ReadonlyArray<MemberId>) =>
    sql<PackedRow>`
      select packed.* from unnest(${arrayText(members)}::uuid[]) as key(member_id)
      cross join lateral (
        select member_id, packed from member_calendar
        where tenant_id = ${tenantId} and member_id = key.member_id for no key update
      ) packed`.unprepared;

  const selectCells = (tenantId: TenantId, keys: ReadonlyArray<CellKey>) => {
    const members = arrayText(keys.map(({ memberId }) => memberId));
    const days = arrayText(keys.map(({ civilDate }) => CivilDate.toIso(civilDate)));
    return sql<CellRow>`
      select day.*
      from unnest(${members}::uuid[], ${days}::date[]) as key(member_id, civil_date)
      cross join lateral (
        select member_id, civil_date, cell, events, minutes, moderate_equivalent_minutes
        from member_day
        where tenant_id = ${tenantId} and member_id = key.member_id and civil_date = key.civil_date
      ) day`.unprepared;
  };

  const addMissing = (tenantId: TenantId, members: ReadonlyArray<MemberId>) =>
    sql`
      insert into member_calendar (tenant_id, member_id, packed)
      select ${tenantId}::uuid, member_id, ${PackedCalendar.encode(PackedCalendar.empty)}::bytea
      from unnest(${arrayText(members)}::uuid[]) as key(member_id)
      on conflict (tenant_id, member_id) do nothing`;

  /** Locks the packed calendars of these members, made first where they are missing, and answers them. */
  const lockPacked = Effect.fnUntraced(function* (tenantId: TenantId, members: ReadonlyArray<MemberId>) {
    const found = yield* selectPacked(tenantId, members);
    if (found.length === members.length) return unpacked(found);
    yield* addMissing(tenantId, members);
    return unpacked(yield* selectPacked(tenantId, members));
  });

  const keepCells = (tenantId: TenantId, cells: ReadonlyArray<KeyedCell>) =>
    sql`
      insert into member_day (tenant_id, member_id, civil_date, cell, events, minutes, moderate_equivalent_minutes)
      select ${tenantId}::uuid, kept.*
      from rows from (
        unnest(${arrayText(cells.map(({ memberId }) => memberId))}::uuid[],
          ${arrayText(cells.map(({ civilDate }) => CivilDate.toIso(civilDate)))}::date[]),
        json_array_elements(${JSON.stringify(cells.map(({ cell }) => cell.contributions))}::json),
        unnest(${arrayText(cells.map(({ cell }) => cell.events))}::integer[],
          ${arrayText(cells.map(({ cell }) => cell.minutes))}::double precision[],
          ${arrayText(cells.map(({ cell }) => cell.moderateEquivalentMinutes))}::double precision[])) as kept
      on conflict (tenant_id, member_id, civil_date) do update set
        cell = excluded.cell, events = excluded.events, minutes = excluded.minutes,
        moderate_equivalent_minutes = excluded.moderate_equivalent_minutes`;

  // Inserted where it is there already: so it is looked up by its key, whatever the planner thinks of the table.
  const keepPacked = (tenantId: TenantId, packed: Packed) => {
    const members = [...packed.keys()].toSorted();
    const columns = members.map((memberId) => PackedCalendar.encode(packed.get(memberId) ?? PackedCalendar.empty));
    return sql`
      insert into member_calendar (tenant_id, member_id, packed)
      select ${tenantId}::uuid, member_id, packed
      from unnest(${arrayText(members)}::uuid[], ${columns}::bytea[]) as changed(member_id, packed)
      on conflict (tenant_id, member_id) do update set packed = excluded.packed`;
  };

  return CalendarStore.of({
    // Whoever has a member's calendar has all its days, those without a cell too.
    lock: (tenantId, memberIds) =>
      memberIds.length === 0
        ? Effect.succeed(new Map())
        : lockPacked(tenantId, memberIds.toSorted()).pipe(Effect.orDie),

    cells: Effect.fnUntraced(function* (tenantId: TenantId, keys: ReadonlyArray<CellKey>) {
      if (keys.length === 0) return [];
      const found = yield* selectCells(tenantId, keys.toSorted(byKey));
      const cells = new Map(found.map((row) => [`${row.member_id}/${row.civil_date}`, toCell(row)]));
      return keys.map(({ memberId, civilDate }): KeyedCell => {
        const cell = cells.get(`${memberId}/${CivilDate.toIso(civilDate)}`) ?? DayCell.empty;
        return { memberId, civilDate, cell };
      });
    }, Effect.orDie),

    save: Effect.fnUntraced(function* (tenantId: TenantId, cells: ReadonlyArray<KeyedCell>, packed?: Packed) {
      if (cells.length === 0) return;
      const inOrder = cells.toSorted(byKey);
      const columns =
        packed ?? withCells(yield* lockPacked(tenantId, [...new Set(inOrder.map((c) => c.memberId))]), inOrder);
      yield* Effect.all([keepCells(tenantId, inOrder), keepPacked(tenantId, columns)], {
        concurrency: 2,
        discard: true,
      });
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

const unpacked = (rows: ReadonlyArray<PackedRow>): Packed =>
  new Map(rows.map(({ member_id, packed }) => [member_id, PackedCalendar.decode(packed).packed]));

/** The packed calendars with these cells in them. */
const withCells = (packed: Packed, cells: ReadonlyArray<KeyedCell>): Packed => {
  const changes = Map.groupBy(cells, ({ memberId }) => memberId);
  return new Map(
    [...packed].map(([memberId, before]) => [
      memberId,
      PackedCalendar.put(
        before,
        (changes.get(memberId) ?? []).map(({ civilDate, cell }) => [civilDate, cell] as const),
      ),
    ]),
  );
};

/** Day cells in PostgreSQL. */
export const layer = Layer.effect(CalendarStore, make);
