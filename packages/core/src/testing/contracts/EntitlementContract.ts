import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { newId } from "../../kernel/IdSource.ts";
import * as Ids from "../../kernel/Ids.ts";
import {
  accessKey,
  type AccessPlan,
  bookingKey,
  CreditLedger,
  EntitlementStore,
  type LedgerEntry,
  type MemberAccess,
  type Membership,
} from "../../moveos/index.ts";
import { clausesOf, everything, same } from "./Clause.ts";
import { addMember, addTenant, EPOCH, inTenant, minutes } from "./World.ts";

const day = CivilDate.of;
const MONDAY = day("2026-03-02");
const MARCH = { today: MONDAY, from: day("2026-03-01"), to: day("2026-03-31") };

const addPlan = Effect.fnUntraced(function* (tenantId: Ids.TenantId, more: Partial<AccessPlan> = {}) {
  const plan: AccessPlan = {
    id: yield* newId(Ids.AccessPlanId),
    revision: 1,
    tenantId,
    name: "Ten visits",
    type: "pack",
    billingPeriod: "once_off",
    usageRules: { credits: { count: 10, validMonths: 3 } },
    isProgramLinked: false,
    createdAt: EPOCH,
    updatedAt: EPOCH,
    ...more,
  };
  yield* inTenant(
    tenantId,
    EntitlementStore.use((store) => store.insertPlan(plan)),
  );
  return plan;
});

const addMembership = Effect.fnUntraced(function* (tenantId: Ids.TenantId, more: Partial<Membership> = {}) {
  const accessPlanId = more.accessPlanId ?? (yield* addPlan(tenantId)).id;
  const memberId = more.memberId ?? (yield* addMember(tenantId)).id;
  const startDate = more.startDate ?? day("2026-03-01");
  const membership: Membership = {
    id: yield* newId(Ids.MembershipId),
    tenantId,
    planRevision: 1,
    status: "active",
    startDate,
    anchorDay: CivilDate.toYmd(startDate).dayOfMonth,
    periodStart: startDate,
    pauses: [],
    source: "direct",
    createdAt: EPOCH,
    updatedAt: EPOCH,
    ...more,
    accessPlanId,
    memberId,
  };
  yield* inTenant(
    tenantId,
    EntitlementStore.use((store) => store.insertMembership(membership)),
  );
  return membership;
});

const accountOf = ({ tenantId, memberId, id: membershipId }: Membership): CreditLedger.Account => ({
  tenantId,
  memberId,
  membershipId,
});

/** Keeps entries, each with an id of its own. */
const append = Effect.fnUntraced(function* (entries: ReadonlyArray<CreditLedger.NewEntry>) {
  const [first] = entries;
  if (first === undefined) return [];
  const kept = yield* Effect.forEach(entries, (entry) =>
    Effect.map(newId(Ids.LedgerEntryId), (id): LedgerEntry => ({ ...entry, id })),
  );
  yield* inTenant(
    first.tenantId,
    EntitlementStore.use((store) => store.append(kept)),
  );
  return kept;
});

/** A membership's new lot. */
const addLot = Effect.fnUntraced(function* (membership: Membership, credits: number, expiresOn?: CivilDate.CivilDate) {
  const lotId = yield* newId(Ids.CreditLotId);
  const due = { credits, civilDate: MONDAY, ...(expiresOn !== undefined && { expiresOn }) };
  const entries = yield* append(CreditLedger.grant(accountOf(membership), lotId, due, MONDAY, EPOCH));
  return { lotId, expiresOn, entries };
});

/** A membership holds a visit for a new booking; with a lot, one credit of it. */
const addHold = Effect.fnUntraced(function* (
  membership: Membership,
  civilDate: CivilDate.CivilDate,
  credits: 0 | 1 = 1,
  lot: { readonly lotId?: Ids.CreditLotId; readonly expiresOn?: CivilDate.CivilDate | undefined } = {},
) {
  const bookingId = yield* newId(Ids.BookingId);
  const { lotId, expiresOn } = lot;
  const payment: CreditLedger.Payment = {
    membershipId: membership.id,
    credits,
    ...(lotId !== undefined && { lotId, left: credits }),
    ...(expiresOn !== undefined && { expiresOn }),
  };
  const { tenantId, memberId } = membership;
  const visit = { tenantId, memberId, bookingId, civilDate };
  return yield* append(yield* Effect.fromResult(CreditLedger.hold([], payment, visit, EPOCH)));
});

const accessOf = Effect.fnUntraced(function* (tenantId: Ids.TenantId, memberId: Ids.MemberId, days = MARCH) {
  const query = { tenantId, memberId, ...days };
  const found = yield* inTenant(
    tenantId,
    EntitlementStore.use((store) => store.access([query])),
  );
  return found.get(accessKey(query));
});

const idsOf = (access: MemberAccess | undefined) => access?.memberships.map(({ membership }) => membership.id);

export const entitlementStoreContract = clausesOf("EntitlementStore")({
  "finds a plan as it was kept, every rule included, and lists oldest first": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const store = yield* EntitlementStore;
    const plan = yield* addPlan(id, {
      name: "Off-peak, twice a week",
      type: "membership",
      billingPeriod: "monthly",
      usageRules: {
        visits: { count: 2, per: "week" },
        credits: { count: 8, validDays: 10, validMonths: 1 },
        allowedLocations: [yield* newId(Ids.LocationId)],
        allowedSessionTypes: [yield* newId(Ids.SessionTypeId)],
        allowedTimes: [{ weekdays: [1, 2, 3, 4, 5], from: "09:00", to: "16:00" }],
        openBookings: 3,
        waitlistPriority: -1,
      },
      isProgramLinked: true,
    });
    const other = yield* addPlan(id);
    yield* addPlan((yield* addTenant()).id);
    yield* same("the plan", yield* inTenant(id, store.findPlan(id, plan.id)), plan);
    yield* same("all", yield* everything(id, (page) => store.listPlans(id, page)), [plan, other]);
  }),

  "keeps a plan as it was beside what it became: it is sold as it is now, and a membership has what was bought":
    Effect.gen(function* () {
      const { id } = yield* addTenant();
      const store = yield* EntitlementStore;
      const plan = yield* addPlan(id, { usageRules: { visits: { count: 2, per: "week" } } });
      const early = yield* addMembership(id, { accessPlanId: plan.id });
      const changed = yield* addPlan(id, { ...plan, revision: 2, name: "Less", usageRules: { credits: { count: 8 } } });
      const late = yield* addMembership(id, { accessPlanId: plan.id, planRevision: 2, memberId: early.memberId });
      const withdrawn = yield* addPlan(id, { ...changed, revision: 3, withdrawnAt: minutes(9) });
      const other = yield* addPlan(id);
      yield* same("sold now", yield* inTenant(id, store.findPlan(id, plan.id)), withdrawn);
      yield* same("all", yield* everything(id, (page) => store.listPlans(id, page)), [withdrawn, other]);
      yield* addHold(early, day("2026-03-05"));
      const access = yield* accessOf(id, early.memberId);
      yield* same("what was bought", access?.memberships.map((held) => held.plan) ?? [], [plan, changed]);
      yield* same("visits, which the first counts", access?.memberships[0]?.usage.length, 1);
      const held = yield* inTenant(id, store.held(id, late.id, MARCH));
      yield* same("looked at alone", held.plan, changed);
    }),

  "finds a membership as it was kept, and as it was changed": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const store = yield* EntitlementStore;
    const membership = yield* addMembership(id, { startDate: day("2026-01-31"), source: "corporate" });
    yield* same("the new one", yield* inTenant(id, store.findMembership(id, membership.id)), membership);
    const changed: Membership = {
      ...membership,
      status: "paused",
      endDate: day("2026-12-30"),
      periodStart: day("2026-02-28"),
      pauses: [
        { from: day("2026-02-03"), to: day("2026-02-09"), excuseId: yield* newId(Ids.ExcuseId) },
        { from: day("2026-03-01") },
      ],
      blockedReason: 'Owes for "January"',
      updatedAt: minutes(5),
    };
    yield* inTenant(id, store.saveMembership(changed));
    yield* same("the changed one", yield* inTenant(id, store.findMembership(id, membership.id)), changed);
    yield* inTenant(id, store.saveMembership(membership));
    yield* same("changed back", yield* inTenant(id, store.findMembership(id, membership.id)), membership);
  }),

  "lists memberships oldest first: all, a member's, in a state": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const store = yield* EntitlementStore;
    const { id: memberId } = yield* addMember(id);
    const one = yield* addMembership(id, { memberId });
    const two = yield* addMembership(id);
    const three = yield* addMembership(id, { memberId, status: "expired", endDate: day("2026-03-01") });
    yield* addMembership((yield* addTenant()).id);
    const list = (filter: Parameters<typeof store.listMemberships>[1]) =>
      everything(id, (page) => store.listMemberships(id, filter, page));
    yield* same("all", yield* list({}), [one, two, three]);
    yield* same("a member's", yield* list({ memberId }), [one, three]);
    yield* same("in a state", yield* list({ memberId, status: "active" }), [one]);
  }),

  "does not find what is not there, nor another tenant's": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const store = yield* EntitlementStore;
    const theirs = yield* addMembership((yield* addTenant()).id);
    for (const membershipId of [theirs.id, yield* newId(Ids.MembershipId)]) {
      const find = store.findMembership(id, membershipId);
      const look = store.held(id, membershipId, MARCH);
      for (const error of [yield* Effect.flip(inTenant(id, find)), yield* Effect.flip(inTenant(id, look))]) {
        yield* same("the membership", error._tag === "NotFound" && error.entityType, "Membership");
      }
    }
    for (const planId of [theirs.accessPlanId, yield* newId(Ids.AccessPlanId)]) {
      const error = yield* Effect.flip(inTenant(id, store.findPlan(id, planId)));
      yield* same("the plan", error._tag === "NotFound" && error.entityType, "AccessPlan");
    }
  }),

  "keeps the ledger as it was written, in order, a booking's entries by their steps": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const store = yield* EntitlementStore;
    const membership = yield* addMembership(id);
    const lot = yield* addLot(membership, 10, day("2026-05-31"));
    const held = yield* addHold(membership, day("2026-03-05"), 1, lot);
    const spent = yield* append(yield* Effect.fromResult(CreditLedger.consume(held, minutes(1), "no-show")));
    const back = yield* append(
      yield* Effect.fromResult(CreditLedger.release([...held, ...spent], MONDAY, minutes(2), "forgiven")),
    );
    const other = yield* addHold(membership, day("2026-03-06"), 1, lot);
    const all = yield* everything(id, (page) => store.entries(id, membership.id, page));
    yield* same("the ledger", all, [...lot.entries, ...held, ...spent, ...back, ...other]);
    const keys = [held, other].map(([entry]) => ({
      tenantId: id,
      bookingId: entry?.bookingId ?? Ids.BookingId.make(""),
    }));
    const unknown = { tenantId: id, bookingId: yield* newId(Ids.BookingId) };
    const found = yield* inTenant(id, store.entriesOfBookings([...keys, unknown]));
    yield* same(
      "by booking",
      [...keys, unknown].map((key) => found.get(bookingKey(key))),
      [[...held, ...spent, ...back], other, []],
    );
  }),

  "answers what a member holds: plan, lots that may still be used, visits by day, open bookings": Effect.gen(
    function* () {
      const { id } = yield* addTenant();
      const plan = yield* addPlan(id, {
        usageRules: { credits: { count: 10 }, visits: { count: 2, per: "week" }, openBookings: 9 },
      });
      const membership = yield* addMembership(id, { accessPlanId: plan.id });
      yield* addLot(membership, 2, day("2026-03-01"));
      const soon = yield* addLot(membership, 3, day("2026-03-31"));
      const never = yield* addLot(membership, 5);
      const empty = yield* addLot(membership, 1, day("2026-04-30"));
      yield* addHold(membership, day("2026-03-01"), 1, soon);
      const today = yield* addHold(membership, MONDAY, 1, soon);
      yield* addHold(membership, day("2026-03-09"), 1, never);
      yield* addHold(membership, day("2026-03-09"), 1, empty);
      yield* addHold(membership, day("2026-04-01"), 1, never);
      yield* append(yield* Effect.fromResult(CreditLedger.consume(today, minutes(1))));
      const given = yield* addHold(membership, day("2026-03-10"), 1, never);
      yield* append(yield* Effect.fromResult(CreditLedger.release(given, MONDAY, minutes(1))));
      const access = yield* accessOf(id, membership.memberId);
      const expected = {
        membership,
        plan,
        lots: [
          { lotId: soon.lotId, expiresOn: soon.expiresOn, balance: 1 },
          { lotId: empty.lotId, expiresOn: empty.expiresOn, balance: 0 },
          { lotId: never.lotId, balance: 3 },
        ],
        usage: [
          { civilDate: day("2026-03-01"), visits: 1 },
          { civilDate: MONDAY, visits: 1 },
          { civilDate: day("2026-03-09"), visits: 2 },
        ],
        openBookings: 3,
      };
      yield* same<unknown>("the access", access, { memberId: membership.memberId, memberships: [expected] });
      const held = yield* inTenant(
        id,
        EntitlementStore.use((store) => store.held(id, membership.id, MARCH)),
      );
      yield* same<unknown>("the one", held, expected);
    },
  ),

  "counts the visits of the whole membership where its plan counts by term": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const plan = yield* addPlan(id, { usageRules: { visits: { count: 20, per: "term" } } });
    const membership = yield* addMembership(id, { accessPlanId: plan.id, startDate: day("2025-03-01") });
    yield* addHold(membership, day("2025-06-01"));
    yield* addHold(membership, day("2026-06-01"));
    const access = yield* accessOf(id, membership.memberId);
    yield* same("the visits", access?.memberships[0]?.usage.length, 2);
  }),

  "answers members of several tenants at once, who is asked about twice over both spans, who holds nothing with nothing":
    Effect.gen(function* () {
      const tenants = [(yield* addTenant()).id, (yield* addTenant()).id];
      const held: Array<Membership> = [];
      for (const tenantId of tenants) {
        const weekly = yield* addPlan(tenantId, { usageRules: { visits: { count: 2, per: "week" } } });
        const membership = yield* addMembership(tenantId, { accessPlanId: weekly.id });
        const second = yield* addMembership(tenantId, { memberId: membership.memberId });
        yield* addHold(membership, day("2026-03-05"), 1);
        yield* addHold(membership, day("2026-05-05"), 1);
        held.push(membership, second);
        const nobody = (yield* addMember(tenantId)).id;
        const query = { tenantId, memberId: membership.memberId, ...MARCH };
        const may = { ...query, from: day("2026-05-01"), to: day("2026-05-31") };
        const found = yield* inTenant(
          tenantId,
          EntitlementStore.use((store) => store.access([query, may, { ...query, memberId: nobody }])),
        );
        const access = found.get(accessKey(query));
        yield* same("in order of id", idsOf(access), [membership.id, second.id]);
        yield* same("both spans", access?.memberships[0]?.usage.length, 2);
        yield* same("who holds nothing", idsOf(found.get(accessKey({ tenantId, memberId: nobody }))), []);
      }
      const [mine, theirs] = [held[0], held[2]];
      if (mine === undefined || theirs === undefined) return;
      const both = yield* inTenant(
        mine.tenantId,
        EntitlementStore.use((store) =>
          store.access([mine, theirs].map(({ memberId }) => ({ tenantId: mine.tenantId, memberId, ...MARCH }))),
        ),
      );
      yield* same("another tenant's member", idsOf(both.get(accessKey({ ...theirs, tenantId: mine.tenantId }))), []);
    }),

  "tells of a membership that ended a hundred days ago, and not of one that ended before that": Effect.gen(
    function* () {
      const { id } = yield* addTenant();
      const first = day("2026-03-01");
      const told = yield* addMembership(id, { endDate: CivilDate.addDays(first, -100), startDate: day("2025-01-01") });
      const { memberId } = told;
      yield* addMembership(id, { memberId, endDate: CivilDate.addDays(first, -101), startDate: day("2025-01-01") });
      yield* same("told of", idsOf(yield* accessOf(id, memberId)), [told.id]);
    },
  ),

  "never lets a lot go below zero: nothing of what would is kept": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const store = yield* EntitlementStore;
    const membership = yield* addMembership(id);
    const lot = yield* addLot(membership, 1);
    const before = yield* addHold(membership, MONDAY, 1, lot);
    const exit = yield* Effect.exit(addHold(membership, MONDAY, 1, lot));
    yield* same("refused", Exit.isFailure(exit), true);
    const all = yield* everything(id, (page) => store.entries(id, membership.id, page));
    yield* same("the ledger", all, [...lot.entries, ...before]);
  }),

  "keeps one entry for each step of a booking, so that nothing is given back twice": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const store = yield* EntitlementStore;
    const membership = yield* addMembership(id);
    const lot = yield* addLot(membership, 3);
    const held = yield* addHold(membership, MONDAY, 1, lot);
    const back = yield* Effect.fromResult(CreditLedger.release(held, MONDAY, minutes(1)));
    yield* append(back);
    yield* same("refused", Exit.isFailure(yield* Effect.exit(append(back))), true);
    const all = yield* everything(id, (page) => store.entries(id, membership.id, page));
    yield* same("the balance", CreditLedger.balance(all), 3);
  }),

  "answers balances that are the sums of the ledger, after any sequence of grants, visits and adjustments": Effect.gen(
    function* () {
      const { id } = yield* addTenant();
      const store = yield* EntitlementStore;
      const membership = yield* addMembership(id);
      const lots = [
        yield* addLot(membership, 4, day("2026-03-10")),
        yield* addLot(membership, 2),
        yield* addLot(membership, 3),
      ];
      const bookings: Array<ReadonlyArray<LedgerEntry>> = [];
      for (const [index, lot] of [...lots, ...lots].entries()) {
        bookings.push(yield* addHold(membership, CivilDate.addDays(MONDAY, index), 1, lot));
      }
      for (const [index, booking] of bookings.entries()) {
        const today = CivilDate.addDays(MONDAY, index * 4);
        const result =
          index % 2 === 0
            ? CreditLedger.release(booking, today, minutes(1))
            : CreditLedger.consume(booking, minutes(1));
        yield* append(yield* Effect.fromResult(result));
      }
      const lotId = yield* newId(Ids.CreditLotId);
      const account = accountOf(membership);
      const give = CreditLedger.adjust(account, [], { credits: 2, reason: "Sorry", lotId }, MONDAY, minutes(2));
      yield* append(yield* Effect.fromResult(give));
      const held = yield* inTenant(id, store.held(id, membership.id, MARCH));
      const take = CreditLedger.adjust(
        account,
        held.lots,
        { credits: -4, reason: "Mistake", lotId },
        MONDAY,
        minutes(3),
      );
      yield* append(yield* Effect.fromResult(take));
      const all = yield* everything(id, (page) => store.entries(id, membership.id, page));
      const after = yield* inTenant(id, store.held(id, membership.id, MARCH));
      const usable = CreditLedger.lotsOf(all).filter(
        ({ balance, expiresOn }) => balance > 0 || expiresOn !== undefined,
      );
      yield* same<unknown>("the lots", after.lots, usable);
      yield* same("the usage", after.usage, CreditLedger.usageOf(all));
      yield* same("the open bookings", after.openBookings, CreditLedger.openBookings(all, MONDAY));
    },
  ),
});
