import { CivilDate, type MembershipId, NotFound, rowsOf as pageOf, type TenantId } from "@zmos/core/kernel";
import {
  accessKey,
  AccessPlan,
  type AccessQuery,
  bookingKey,
  type CreditLot,
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
import type { SqlError } from "effect/sql/SqlError";
import type { Fragment } from "effect/sql/Statement";
import { arrayText } from "./ArrayText.ts";
import { afterId } from "./AfterId.ts";
import { changeRow } from "./ChangeRow.ts";
import { columnsOf } from "./Columns.ts";
import { json } from "./Json.ts";
import { plainRowsOf, type Row } from "./Row.ts";
import { tenantTable } from "./TenantTable.ts";

const changing = ["status", "end_date", "anchor_day", "period_start", "pauses", "blocked_reason", "updated_at"];

const ledger = plainRowsOf(LedgerEntry);
const ledgerColumns = columnsOf(LedgerEntry, {
  tenant_id: "uuid",
  id: "uuid",
  member_id: "uuid",
  membership_id: "uuid",
  lot_id: "uuid",
  booking_id: "uuid",
  step: "integer",
  kind: "text",
  credits: "integer",
  civil_date: "date",
  expires_on: "date",
  at: "timestamptz",
  reason: "text",
});
const subscriptions = plainRowsOf(Membership);
const products = plainRowsOf(AccessPlan);
const decodePauses = Schema.decodeUnknownSync(Membership.fields.pauses);

interface HeldRow extends Row {
  readonly lots: ReadonlyArray<CreditLotJson>;
  readonly usage: ReadonlyArray<{ readonly civilDate: string; readonly visits: number }>;
  readonly open_bookings: number;
}

interface CreditLotJson {
  readonly lotId: CreditLot["lotId"];
  readonly expiresOn?: string;
  readonly balance: number;
}

/** A membership as its row has it; only the days within its pauses need to be read. */
const toMembership = (row: Row): Membership => ({
  ...subscriptions.decode(row),
  pauses: decodePauses(row["pauses"]),
});

const toLot = ({ lotId, expiresOn, balance }: CreditLotJson): CreditLot => ({
  lotId,
  balance,
  ...(expiresOn !== undefined && { expiresOn: CivilDate.of(expiresOn) }),
});

const toHeld = (row: HeldRow, planOf: ReadonlyMap<string, AccessPlan>): HeldMembership => {
  const membership = toMembership(row);
  const plan = planOf.get(`${membership.tenantId}/${membership.accessPlanId}/${membership.planRevision}`);
  if (plan === undefined) throw new Error("A membership of a plan that is not there");
  return {
    membership,
    plan,
    lots: row.lots.map(toLot),
    usage: row.usage.map(({ civilDate, visits }) => ({ civilDate: CivilDate.of(civilDate), visits })),
    openBookings: row.open_bookings,
  };
};

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const plans = tenantTable(sql, { table: "access_plan", entityType: "AccessPlan", schema: AccessPlan });
  const isLastRevision = sql`not exists (
    select from access_plan later where later.tenant_id = access_plan.tenant_id and later.id = access_plan.id
      and later.revision > access_plan.revision)`;
  const memberships = tenantTable(sql, { table: "membership", entityType: "Membership", schema: Membership });

  /**
   * What memberships have left, found key by key: `offset 0` keeps the planner from weighing every order of so many tables, which took it longer than
   * the look-up, and from reading a whole tenant's rows where it knows nothing of them yet.
   *
   * **Shape** `asked`: the keys, with `today` and the span of days. `which`: the memberships of a key. `isCounted`: whether visits and open bookings
   * are counted of every plan, or only of those that limit them.
   */
  const heldBy = (asked: Fragment, which: Fragment, isCounted: boolean) => sql<HeldRow>`
    select m.*, lot.lots, visit.usage, open.bookings as open_bookings
    from ${asked}
    cross join lateral (select * from membership m where m.tenant_id = key.tenant_id and ${which} offset 0) m
    cross join lateral (
      select usage_rules from access_plan
      where tenant_id = m.tenant_id and id = m.access_plan_id and revision = m.plan_revision offset 0
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
        where (${isCounted}::boolean or jsonb_exists(p.usage_rules, 'visits'))
          and e.tenant_id = m.tenant_id and e.membership_id = m.id and e.kind in ('hold', 'release')
          and e.civil_date >= case when p.usage_rules -> 'visits' ->> 'per' = 'term' then '-infinity' else key.first_day end
          and e.civil_date <= case when p.usage_rules -> 'visits' ->> 'per' = 'term' then 'infinity' else key.last_day end
        group by e.civil_date having sum(e.credits) <> 0
      ) day
    ) visit
    cross join lateral (
      select count(*)::int as bookings from ledger_entry e
      where (${isCounted}::boolean or jsonb_exists(p.usage_rules, 'openBookings'))
        and e.tenant_id = m.tenant_id and e.membership_id = m.id and e.civil_date >= key.today
        and e.booking_id is not null and e.kind = 'hold'
        and not exists (
          select from ledger_entry later
          where later.tenant_id = e.tenant_id and later.booking_id = e.booking_id and later.step > e.step offset 0)
    ) open
    order by m.id`;

  /** Every plan of these tenants, as it is and as it was sold: they are few, and most members share one. */
  const plansOf = (tenantIds: ReadonlyArray<TenantId>) =>
    Effect.map(
      sql<Row>`
        select p.* from unnest(${arrayText([...new Set(tenantIds)])}::uuid[]) as key (tenant_id)
        cross join lateral (select * from access_plan p where p.tenant_id = key.tenant_id offset 0) p`,
      (rows) =>
        new Map(rows.map(products.decode).map((plan) => [`${plan.tenantId}/${plan.id}/${plan.revision}`, plan])),
    );

  const keysOf = (queries: ReadonlyArray<AccessQuery>) => {
    const iso = (pick: (query: AccessQuery) => CivilDate.CivilDate) =>
      arrayText(queries.map((query) => CivilDate.toIso(pick(query))));
    return sql`unnest(
      ${arrayText(queries.map(({ tenantId }) => tenantId))}::uuid[],
      ${arrayText(queries.map(({ memberId }) => memberId))}::uuid[],
      ${iso(({ today }) => today)}::date[], ${iso(({ from }) => from)}::date[], ${iso(({ to }) => to)}::date[]
    ) as key (tenant_id, member_id, today, first_day, last_day)`;
  };

  return EntitlementStore.of({
    insertPlan: (plan) => plans.insert([plan]),
    findPlan: (tenantId, planId) =>
      sql<Row>`
        select * from access_plan where tenant_id = ${tenantId} and id = ${planId} order by revision desc limit 1`.pipe(
        Effect.orDie,
        Effect.flatMap(([row]) =>
          row === undefined
            ? Effect.fail(new NotFound({ entityType: "AccessPlan", entityId: planId }))
            : Effect.sync(() => plans.decode(row)),
        ),
      ),
    listPlans: (tenantId, page) => plans.list(tenantId, page, [isLastRevision]),

    insertMembership: (membership) => memberships.insert([membership]),
    findMembership: memberships.find,
    listMemberships: (tenantId, { memberId, status }, page) => {
      const conditions = [];
      if (memberId !== undefined) conditions.push(sql`member_id = ${memberId}`);
      if (status !== undefined) conditions.push(sql`status = ${status}`);
      return memberships.list(tenantId, page, conditions);
    },
    saveMembership: (membership) => changeRow(sql, "membership", memberships.encode(membership), changing),

    // All in one message: first the lots that are opened, which the entries name.
    append: (entries) => {
      const lots = Map.groupBy(
        entries.filter(({ lotId, credits }) => lotId !== undefined && credits !== 0),
        ({ lotId }) => lotId,
      );
      const opened = [...lots.values()].flatMap((lines) => {
        const first = lines.find(({ kind, credits }) => kind === "grant" || (kind === "adjust" && credits > 0));
        return first === undefined ? [] : [ledger.encode(first)];
      });
      const changes = [...lots.entries()].flatMap(([lotId, lines]) =>
        lotId === undefined || lines[0] === undefined
          ? []
          : [{ tenantId: lines[0].tenantId, lotId, credits: lines.reduce((sum, { credits }) => sum + credits, 0) }],
      );
      const writes: Array<Effect.Effect<unknown, SqlError>> = [];
      if (opened.length > 0) {
        writes.push(sql`
          insert into credit_lot (tenant_id, id, membership_id, expires_on, balance)
          select tenant_id, lot_id, membership_id, expires_on, 0
          from jsonb_populate_recordset(null::ledger_entry, ${json(opened)})
          on conflict (tenant_id, id) do nothing`);
      }
      writes.push(sql`insert into ledger_entry ${ledgerColumns(sql, entries.map(ledger.encode))}`);
      if (changes.length > 0) {
        writes.push(sql`
          update credit_lot l set balance = l.balance + change.credits
          from unnest(
            ${arrayText(changes.map(({ tenantId }) => tenantId))}::uuid[],
            ${arrayText(changes.map(({ lotId }) => lotId))}::uuid[],
            ${arrayText(changes.map(({ credits }) => credits))}::int[]
          ) as change (tenant_id, lot_id, credits)
          where l.tenant_id = change.tenant_id and l.id = change.lot_id
            and l.id = any(${arrayText(changes.map(({ lotId }) => lotId))}::uuid[])`);
      }
      return Effect.orDie(Effect.all(writes, { concurrency: "unbounded", discard: true }));
    },

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
            order by e.step`.pipe(
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
      const tenantIds = queries.map(({ tenantId }) => tenantId);
      return Effect.all([heldBy(keysOf(queries), which, false), plansOf(tenantIds)], {
        concurrency: "unbounded",
      }).pipe(
        Effect.orDie,
        Effect.map(([rows, planOf]) => {
          const held = Map.groupBy(
            rows.map((row) => toHeld(row, planOf)),
            ({ membership }) => accessKey(membership),
          );
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
      return Effect.all([heldBy(asked, sql`m.id = ${membershipId}`, true), plansOf([tenantId])], {
        concurrency: "unbounded",
      }).pipe(
        Effect.orDie,
        Effect.flatMap(([[row], planOf]) =>
          row === undefined
            ? Effect.fail(new NotFound({ entityType: "Membership", entityId: membershipId }))
            : Effect.sync(() => toHeld(row, planOf)),
        ),
      );
    },
  });
});

/** Plans, memberships and the ledger in PostgreSQL; a lot's balance is kept with its entries, and a check keeps it from going below zero. */
export const layer = Layer.effect(EntitlementStore, make);
