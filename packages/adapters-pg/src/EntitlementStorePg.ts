import { CivilDate, type MembershipId, NotFound, rowsOf as pageOf, type TenantId } from "@zmos/core/kernel";
import {
  accessKey,
  AccessPlan,
  type AccessQuery,
  bookingKey,
  CreditLot,
  DayUsage,
  EntitlementStore,
  type HeldMembership,
  LedgerEntry,
  type MemberAccess,
  Membership,
  mergeQueries,
  TOLD_AFTER_END_DAYS,
} from "@zmos/core/moveos";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Schema from "effect/Schema";
import * as SqlClient from "effect/sql/SqlClient";
import type { Fragment } from "effect/sql/Statement";
import { afterId } from "./AfterId.ts";
import { changeRow } from "./ChangeRow.ts";
import { json } from "./Json.ts";
import { insertInto, type Row, rowsOf } from "./Row.ts";
import { tenantTable } from "./TenantTable.ts";

const changing = ["status", "end_date", "anchor_day", "period_start", "pauses", "blocked_reason", "updated_at"];

const ledger = rowsOf(LedgerEntry);
const decodeLots = Schema.decodeUnknownSync(Schema.Array(CreditLot));
const decodeUsage = Schema.decodeUnknownSync(Schema.Array(DayUsage));

interface HeldRow {
  readonly membership: Row;
  readonly plan: Row;
  readonly lots: unknown;
  readonly usage: unknown;
  readonly open_bookings: number;
}

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const plans = tenantTable(sql, { table: "access_plan", entityType: "AccessPlan", schema: AccessPlan });
  const memberships = tenantTable(sql, { table: "membership", entityType: "Membership", schema: Membership });

  const toHeld = (row: HeldRow): HeldMembership => ({
    membership: memberships.decode(row.membership),
    plan: plans.decode(row.plan),
    lots: decodeLots(row.lots),
    usage: decodeUsage(row.usage),
    openBookings: row.open_bookings,
  });

  /**
   * What memberships have left, found key by key: `offset 0` keeps the planner from weighing every order of so many tables, which took it longer than
   * the look-up, and from reading a whole tenant's rows where it knows nothing of them yet. **Shape** `asked`: the keys, with `today` and the span of days; `which`: the memberships of a key.
   */
  const heldBy = (asked: Fragment, which: Fragment) => sql<HeldRow>`
    select to_jsonb(m) as membership, to_jsonb(p) as plan, lot.lots, visit.usage, open.bookings as open_bookings
    from ${asked}
    cross join lateral (select * from membership m where m.tenant_id = key.tenant_id and ${which} offset 0) m
    cross join lateral (
      select * from access_plan where tenant_id = m.tenant_id and id = m.access_plan_id offset 0
    ) p
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_strip_nulls(
        jsonb_build_object('lotId', l.id, 'expiresOn', l.expires_on, 'balance', l.balance)) order by l.expires_on, l.id), '[]') as lots
      from credit_lot l
      where l.tenant_id = m.tenant_id and l.membership_id = m.id and (l.balance > 0 or l.expires_on >= key.today)
    ) lot
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('civilDate', day.civil_date, 'visits', day.visits)
        order by day.civil_date), '[]') as usage
      from (
        select e.civil_date, -sum(e.credits) as visits from ledger_entry e
        where e.tenant_id = m.tenant_id and e.membership_id = m.id and e.kind in ('hold', 'release')
          and e.civil_date >= case when p.usage_rules -> 'visits' ->> 'per' = 'term' then '-infinity' else key.first_day end
          and e.civil_date <= case when p.usage_rules -> 'visits' ->> 'per' = 'term' then 'infinity' else key.last_day end
        group by e.civil_date having sum(e.credits) <> 0
      ) day
    ) visit
    cross join lateral (
      select count(*)::int as bookings from ledger_entry e
      where e.tenant_id = m.tenant_id and e.membership_id = m.id and e.civil_date >= key.today
        and e.booking_id is not null and e.kind = 'hold'
        and not exists (
          select from ledger_entry later
          where later.tenant_id = e.tenant_id and later.booking_id = e.booking_id and later.step > e.step)
    ) open
    order by m.id`;

  const keysOf = (queries: ReadonlyArray<AccessQuery>) => {
    const iso = (pick: (query: AccessQuery) => CivilDate.CivilDate) =>
      queries.map((query) => CivilDate.toIso(pick(query)));
    return sql`unnest(
      ${queries.map(({ tenantId }) => tenantId)}::uuid[], ${queries.map(({ memberId }) => memberId)}::uuid[],
      ${iso(({ today }) => today)}::date[], ${iso(({ from }) => from)}::date[], ${iso(({ to }) => to)}::date[]
    ) as key (tenant_id, member_id, today, first_day, last_day)`;
  };

  return EntitlementStore.of({
    insertPlan: (plan) => plans.insert([plan]),
    findPlan: plans.find,
    listPlans: (tenantId, page) => plans.list(tenantId, page),

    insertMembership: (membership) => memberships.insert([membership]),
    findMembership: memberships.find,
    listMemberships: (tenantId, { memberId, status }, page) => {
      const conditions = [];
      if (memberId !== undefined) conditions.push(sql`member_id = ${memberId}`);
      if (status !== undefined) conditions.push(sql`status = ${status}`);
      return memberships.list(tenantId, page, conditions);
    },
    saveMembership: (membership) => changeRow(sql, "membership", memberships.encode(membership), changing),

    append: Effect.fnUntraced(function* (entries: ReadonlyArray<LedgerEntry>) {
      yield* insertInto(sql, "ledger_entry", entries.map(ledger.encode));
      const lots = Map.groupBy(
        entries.filter(({ lotId, credits }) => lotId !== undefined && credits !== 0),
        ({ lotId }) => lotId,
      );
      if (lots.size === 0) return;
      const opened = [...lots.values()].flatMap((lines) => {
        const first = lines.find(({ kind, credits }) => kind === "grant" || (kind === "adjust" && credits > 0));
        return first === undefined ? [] : [ledger.encode(first)];
      });
      if (opened.length > 0) {
        yield* sql`
          insert into credit_lot (tenant_id, id, membership_id, expires_on, balance)
          select tenant_id, lot_id, membership_id, expires_on, 0
          from jsonb_populate_recordset(null::ledger_entry, ${json(opened)})
          on conflict (tenant_id, id) do nothing`;
      }
      const changes = [...lots.values()].map((lines) => ({
        tenantId: lines[0]?.tenantId,
        lotId: lines[0]?.lotId,
        credits: lines.reduce((sum, { credits }) => sum + credits, 0),
      }));
      const changed = yield* sql`
        update credit_lot l set balance = l.balance + change.credits
        from unnest(
          ${changes.map(({ tenantId }) => tenantId)}::uuid[], ${changes.map(({ lotId }) => lotId)}::uuid[],
          ${changes.map(({ credits }) => credits)}::int[]
        ) as change (tenant_id, lot_id, credits)
        where l.tenant_id = change.tenant_id and l.id = change.lot_id
        returning l.id`.unprepared;
      if (changed.length !== changes.length) throw new Error("The ledger takes from a lot that was never granted");
    }, Effect.orDie),

    entries: (tenantId, membershipId, page) => {
      const conditions = [sql`tenant_id = ${tenantId}`, sql`membership_id = ${membershipId}`];
      const after = afterId(page);
      if (after !== undefined) conditions.push(sql`id > ${after}`);
      return sql<Row>`
        select * from ledger_entry where ${sql.and(conditions)} order by id limit ${page.limit + 1}`.pipe(
        Effect.orDie,
        Effect.map((found) => pageOf(found.map(ledger.decode), page.limit, ({ id }) => [id])),
      );
    },

    entriesOfBookings: (keys) =>
      keys.length === 0
        ? Effect.succeed(new Map())
        : sql<Row>`
            select e.*
            from unnest(${keys.map(({ tenantId }) => tenantId)}::uuid[], ${keys.map(({ bookingId }) => bookingId)}::uuid[])
              as key (tenant_id, booking_id)
            join ledger_entry e on e.tenant_id = key.tenant_id and e.booking_id = key.booking_id
            order by e.step`.unprepared.pipe(
            Effect.orDie,
            Effect.map((found) => {
              const entries = new Map<string, Array<LedgerEntry>>(keys.map((key) => [bookingKey(key), []]));
              for (const entry of found.map(ledger.decode)) {
                const { tenantId, bookingId } = entry;
                if (bookingId !== undefined) entries.get(bookingKey({ tenantId, bookingId }))?.push(entry);
              }
              return entries;
            }),
          ),

    access: (asked) => {
      const queries = mergeQueries(asked);
      if (queries.length === 0) return Effect.succeed(new Map());
      const which = sql`m.member_id = key.member_id
        and (m.end_date is null or m.end_date >= key.first_day - ${TOLD_AFTER_END_DAYS}::int)`;
      return heldBy(keysOf(queries), which).unprepared.pipe(
        Effect.orDie,
        Effect.map((found) => {
          const held = Map.groupBy(found.map(toHeld), ({ membership }) => accessKey(membership));
          return new Map(
            queries.map((query): [string, MemberAccess] => [
              accessKey(query),
              { memberId: query.memberId, memberships: held.get(accessKey(query)) ?? [] },
            ]),
          );
        }),
      );
    },

    held: (tenantId: TenantId, membershipId: MembershipId, { today, from, to }) => {
      const [now, first, last] = [today, from, to].map(CivilDate.toIso);
      const asked = sql`(
        select ${tenantId}::uuid as tenant_id, ${now}::date as today, ${first}::date as first_day, ${last}::date as last_day
      ) key`;
      return heldBy(asked, sql`m.id = ${membershipId}`).pipe(
        Effect.orDie,
        Effect.flatMap(([row]) =>
          row === undefined
            ? Effect.fail(new NotFound({ entityType: "Membership", entityId: membershipId }))
            : Effect.sync(() => toHeld(row)),
        ),
      );
    },
  });
});

/** Plans, memberships and the ledger in PostgreSQL; a lot's balance is kept with its entries, and a check keeps it from going below zero. */
export const layer = Layer.effect(EntitlementStore, make);
