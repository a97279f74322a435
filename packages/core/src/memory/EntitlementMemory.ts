/** Plans, memberships and the ledger in memory. */
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as CivilDate from "../kernel/CivilDate.ts";
import { NotFound } from "../kernel/NotFound.ts";
import {
  type AccessPlan,
  accessKey,
  bookingKey,
  CreditLedger,
  EntitlementStore,
  type HeldMembership,
  type LedgerEntry,
  type Membership,
  mergeQueries,
  TOLD_AFTER_END_DAYS,
} from "../moveos/index.ts";
import { MemoryDatabase, type MemoryTable } from "./MemoryDatabase.ts";
import { pageOf } from "./PageOf.ts";

const find = <Row>(rows: MemoryTable<Row>, entityType: string, tenantId: string, entityId: string) =>
  Effect.suspend(() => {
    const row = rows.get(`${tenantId}/${entityId}`);
    return row === undefined ? Effect.fail(new NotFound({ entityType, entityId })) : Effect.succeed(row);
  });

type Days = Parameters<EntitlementStore["Service"]["held"]>[2];

const byId = (left: { readonly id: string }, right: { readonly id: string }): number => (left.id < right.id ? -1 : 1);

export const layer = Layer.effect(
  EntitlementStore,
  Effect.gen(function* () {
    const database = yield* MemoryDatabase;
    const plans = database.table<AccessPlan>();
    const revisions = database.table<AccessPlan>();
    const memberships = database.table<Membership>();
    const ledger = database.table<LedgerEntry>();

    const linesOf = (tenantId: string, membershipId: string) =>
      [...ledger.values()].filter((entry) => entry.tenantId === tenantId && entry.membershipId === membershipId);

    const heldOf = (membership: Membership, { today, from, to }: Days): HeldMembership => {
      const { tenantId, accessPlanId, planRevision, id } = membership;
      const plan = revisions.get(`${tenantId}/${accessPlanId}/${planRevision}`);
      if (plan === undefined) throw new Error(`Membership ${id} was kept without its plan`);
      const entries = linesOf(tenantId, id);
      const isTerm = plan.usageRules.visits?.per === "term";
      return {
        membership,
        plan,
        lots: CreditLedger.lotsOf(entries).filter(
          ({ balance, expiresOn }) => balance > 0 || (expiresOn !== undefined && expiresOn >= today),
        ),
        usage: CreditLedger.usageOf(entries).filter(
          ({ civilDate }) => isTerm || (from <= civilDate && civilDate <= to),
        ),
        openBookings: CreditLedger.openBookings(entries, today),
      };
    };

    const keep = (entries: ReadonlyArray<LedgerEntry>) => {
      for (const entry of entries) {
        const { tenantId, membershipId, bookingId, step } = entry;
        const isTaken =
          bookingId !== undefined &&
          [...ledger.values()].some(
            (line) => line.tenantId === tenantId && line.bookingId === bookingId && line.step === step,
          );
        if (isTaken) throw new Error(`Booking ${bookingId} has an entry with step ${step} already`);
        ledger.set(`${tenantId}/${entry.id}`, entry);
        const below = CreditLedger.lotsOf(linesOf(tenantId, membershipId)).find(({ balance }) => balance < 0);
        if (below !== undefined) throw new Error(`Lot ${below.lotId} would have ${below.balance} credits`);
      }
    };

    return EntitlementStore.of({
      insertPlan: (plan) =>
        Effect.sync(() => {
          plans.set(`${plan.tenantId}/${plan.id}`, plan);
          revisions.set(`${plan.tenantId}/${plan.id}/${plan.revision}`, plan);
        }),
      findPlan: (tenantId, id) => find(plans, "AccessPlan", tenantId, id),
      listPlans: (tenantId, page) =>
        Effect.sync(() =>
          pageOf(
            [...plans.values()].filter((plan) => plan.tenantId === tenantId),
            page,
            ({ id }) => [id],
          ),
        ),
      insertMembership: (membership) =>
        Effect.sync(() => memberships.set(`${membership.tenantId}/${membership.id}`, membership)),
      findMembership: (tenantId, id) => find(memberships, "Membership", tenantId, id),
      listMemberships: (tenantId, { memberId, status }, page) =>
        Effect.sync(() =>
          pageOf(
            [...memberships.values()].filter(
              (membership) =>
                membership.tenantId === tenantId &&
                membership.memberId === (memberId ?? membership.memberId) &&
                membership.status === (status ?? membership.status),
            ),
            page,
            ({ id }) => [id],
          ),
        ),
      saveMembership: (membership) =>
        Effect.sync(() => memberships.set(`${membership.tenantId}/${membership.id}`, membership)),
      append: (entries) => Effect.sync(() => keep(entries)),
      entries: (tenantId, membershipId, page) =>
        Effect.sync(() => pageOf(linesOf(tenantId, membershipId), page, ({ id }) => [id])),
      entriesOfBookings: (keys) =>
        Effect.sync(
          () =>
            new Map(
              keys.map((key) => [
                bookingKey(key),
                [...ledger.values()]
                  .filter(({ tenantId, bookingId }) => tenantId === key.tenantId && bookingId === key.bookingId)
                  .toSorted((left, right) => (left.step ?? 0) - (right.step ?? 0)),
              ]),
            ),
        ),
      access: (keys) =>
        Effect.sync(
          () =>
            new Map(
              mergeQueries(keys).map((key) => [
                accessKey(key),
                {
                  memberId: key.memberId,
                  memberships: [...memberships.values()]
                    .filter(
                      ({ tenantId, memberId, endDate }) =>
                        tenantId === key.tenantId &&
                        memberId === key.memberId &&
                        (endDate === undefined || endDate >= CivilDate.addDays(key.from, -TOLD_AFTER_END_DAYS)),
                    )
                    .toSorted(byId)
                    .map((membership) => heldOf(membership, key)),
                },
              ]),
            ),
        ),
      held: (tenantId, id, days) =>
        Effect.map(find(memberships, "Membership", tenantId, id), (membership) => heldOf(membership, days)),
    });
  }),
);
