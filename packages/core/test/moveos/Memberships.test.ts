import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import * as CivilDate from "../../src/kernel/CivilDate.ts";
import { EventLog, MoveOs, type PrincipalClaims, PulseLoop, type UsageRules, Zmos } from "../../src/index.ts";
import { UnitOfWork, WakeUps } from "../../src/kernel/index.ts";
import { actingAs, at, openGym } from "../support/Gym.ts";

const day = CivilDate.of;

/** Nairobi, Friday 2026-03-06 at 15:00, a gym, Amina, and a membership of hers. */
const openWith = Effect.fnUntraced(function* (
  usageRules: typeof UsageRules.Type,
  billingPeriod: "monthly" | "once_off" = "once_off",
  startDate = day("2026-03-06"),
) {
  yield* TestClock.setTime(at("2026-03-06T12:00:00Z"));
  const { asOwner, join, tenant } = yield* openGym();
  const moveOs = yield* MoveOs;
  const amina = yield* join("Amina");
  const plan = yield* asOwner(moveOs.createAccessPlan({ name: "Her plan", type: "pack", billingPeriod, usageRules }));
  const membership = yield* asOwner(moveOs.startMembership({ memberId: amina.id, accessPlanId: plan.id, startDate }));
  const { id: membershipId } = membership;
  const look = asOwner(moveOs.getMembership({ membershipId }));
  const ledger = Effect.map(asOwner(moveOs.listLedgerEntries({ membershipId })), ({ items }) =>
    items.map(({ kind, credits }) => [kind, credits]),
  );
  return { asOwner, tenant, moveOs, amina, plan, membership, membershipId, look, ledger };
});

describe("a membership at the desk", () => {
  it.effect("a pack begins with its credits, which expire three months later", () =>
    Effect.gen(function* () {
      const { look, ledger } = yield* openWith({ credits: { count: 10, validMonths: 3 } });
      const { membership, balance, lots, nextRenewal } = yield* look;
      assert.strictEqual(membership.endDate, day("2026-06-05"));
      assert.strictEqual(balance, 10);
      assert.strictEqual(lots[0]?.expiresOn, day("2026-06-05"));
      assert.strictEqual(nextRenewal, undefined);
      assert.deepStrictEqual(yield* ledger, [["grant", 10]]);
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );

  it.effect(
    "one begun in the past has renewed since, on its anchor day, with the credits of today's period alone",
    () =>
      Effect.gen(function* () {
        const rules = { credits: { count: 8, validMonths: 1 }, visits: { count: 3, per: "week" as const } };
        const { look } = yield* openWith(rules, "monthly", day("2025-12-31"));
        const { membership, balance, usage, nextRenewal } = yield* look;
        assert.strictEqual(membership.periodStart, day("2026-02-28"));
        assert.strictEqual(nextRenewal, day("2026-03-31"));
        assert.strictEqual(balance, 8);
        assert.deepStrictEqual(usage, {
          per: "week",
          from: day("2026-03-02"),
          to: day("2026-03-08"),
          used: 0,
          allowed: 3,
        });
      }).pipe(Effect.provide(Zmos.layerMemory)),
  );

  it.effect("a pause excuses the member, past days too, and the excuse ends with the pause", () =>
    Effect.gen(function* () {
      const { asOwner, moveOs, membershipId, amina } = yield* openWith({}, "monthly", day("2026-01-31"));
      const pulseLoop = yield* PulseLoop;
      const excuses = Effect.map(asOwner(pulseLoop.listExcuses({ memberId: amina.id })), ({ items }) =>
        items.map(({ from, to, reason }) => [
          reason,
          CivilDate.toIso(from),
          to === undefined ? undefined : CivilDate.toIso(to),
        ]),
      );
      const paused = yield* asOwner(moveOs.pauseMembership({ membershipId, from: day("2026-03-02") }));
      assert.strictEqual(paused.status, "paused");
      assert.deepStrictEqual(yield* excuses, [["membership_pause", "2026-03-02", undefined]]);
      const resumed = yield* asOwner(moveOs.resumeMembership({ membershipId }));
      assert.strictEqual(resumed.status, "active");
      assert.deepStrictEqual(yield* excuses, [["membership_pause", "2026-03-02", "2026-03-05"]]);
      yield* asOwner(moveOs.pauseMembership({ membershipId, from: day("2026-03-20"), to: day("2026-03-25") }));
      assert.strictEqual((yield* excuses).length, 2);
      const calledOff = yield* asOwner(moveOs.resumeMembership({ membershipId }));
      assert.strictEqual(calledOff.pauses.length, 1);
      assert.deepStrictEqual(yield* excuses, [["membership_pause", "2026-03-02", "2026-03-05"]]);
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );

  it.effect("an excuse that staff have ended by hand does not keep the pause from ending", () =>
    Effect.gen(function* () {
      const { asOwner, moveOs, membershipId } = yield* openWith({}, "monthly", day("2026-01-31"));
      const pulseLoop = yield* PulseLoop;
      const { pauses } = yield* asOwner(moveOs.pauseMembership({ membershipId, from: day("2026-03-02") }));
      const excuseId = pauses[0]?.excuseId;
      assert.isDefined(excuseId);
      if (excuseId === undefined) return;
      yield* asOwner(pulseLoop.endExcuse({ excuseId, isEnteredInError: true }));
      assert.strictEqual((yield* asOwner(moveOs.resumeMembership({ membershipId }))).status, "active");
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );

  it.effect("staff give credits and take them, never more than are there, and only where the plan has any", () =>
    Effect.gen(function* () {
      const { asOwner, moveOs, membershipId, ledger } = yield* openWith({ credits: { count: 2 } });
      const adjust = (credits: number) =>
        asOwner(moveOs.adjustCredits({ membershipId, credits, reason: "The heating" }));
      assert.strictEqual((yield* adjust(1)).balance, 3);
      assert.strictEqual((yield* adjust(-3)).balance, 0);
      assert.strictEqual((yield* Effect.flip(adjust(-1)))._tag, "CreditsMissing");
      assert.strictEqual((yield* ledger).length, 4);
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );

  it.effect("a plan without credits takes none", () =>
    Effect.gen(function* () {
      const { asOwner, moveOs, membershipId } = yield* openWith({});
      const refused = yield* Effect.flip(asOwner(moveOs.adjustCredits({ membershipId, credits: 1, reason: "A gift" })));
      assert.strictEqual(refused._tag, "PlanWithoutCredits");
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );

  it.effect("blocked it stays until the block is lifted; cancelled it pays to its last day", () =>
    Effect.gen(function* () {
      const { asOwner, moveOs, membershipId } = yield* openWith({}, "monthly");
      const blocked = yield* asOwner(moveOs.blockMembership({ membershipId, reason: "Owes for March" }));
      assert.strictEqual(blocked.blockedReason, "Owes for March");
      assert.isUndefined((yield* asOwner(moveOs.unblockMembership({ membershipId }))).blockedReason);
      const cancelled = yield* asOwner(moveOs.cancelMembership({ membershipId, lastDay: day("2026-03-31") }));
      assert.deepStrictEqual([cancelled.status, cancelled.endDate], ["cancelled", day("2026-03-31")]);
      const refused = yield* Effect.flip(asOwner(moveOs.renewMembership({ membershipId })));
      assert.strictEqual(refused._tag, "MembershipStatusForbids");
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );

  it.effect("a used-up pack is filled again", () =>
    Effect.gen(function* () {
      const { asOwner, moveOs, membershipId, look } = yield* openWith({ credits: { count: 10, validMonths: 1 } });
      yield* TestClock.setTime(at("2026-04-20T12:00:00Z"));
      const expired = yield* look;
      assert.deepStrictEqual([expired.membership.status, expired.balance], ["expired", 0]);
      const renewed = yield* asOwner(moveOs.renewMembership({ membershipId }));
      assert.deepStrictEqual([renewed.status, renewed.endDate], ["active", day("2026-05-19")]);
      assert.strictEqual((yield* look).balance, 10);
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );

  it.effect("time is looked after: woken on the day, it grants, expires and ends; woken twice, nothing more", () =>
    Effect.gen(function* () {
      const rules = { credits: { count: 8, validMonths: 1 } };
      const { tenant, moveOs, membershipId, ledger, asOwner } = yield* openWith(rules, "monthly", day("2026-02-28"));
      const wakeUps = yield* WakeUps;
      const next = wakeUps.next(["membership"]);
      assert.strictEqual(yield* next, at("2026-03-27T21:00:00Z"));
      yield* TestClock.setTime(at("2026-05-01T12:00:00Z"));
      const system: PrincipalClaims = { tenantId: tenant.id, actorId: "zmos", actorType: "system", roles: [] };
      const advance = actingAs(system)(moveOs.advanceMembership({ membershipId }));
      yield* advance;
      yield* advance;
      const expected = [
        ["grant", 8],
        ["grant", 8],
        ["expire", -8],
        ["grant", 8],
        ["expire", -8],
      ];
      assert.sameDeepMembers(yield* ledger, expected);
      assert.strictEqual(yield* next, at("2026-05-27T21:00:00Z"));
      yield* asOwner(moveOs.cancelMembership({ membershipId }));
      yield* TestClock.setTime(at("2026-05-02T12:00:00Z"));
      assert.strictEqual(yield* next, at("2026-05-01T21:00:00Z"));
      yield* advance;
      assert.deepStrictEqual((yield* ledger).at(-1), ["expire", -8]);
      assert.isUndefined(yield* next);
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );

  it.effect("a member sees its own, and not that there are others'", () =>
    Effect.gen(function* () {
      const { moveOs, membershipId, membership, amina, tenant, asOwner } = yield* openWith({ credits: { count: 1 } });
      const as = (actorId: string) =>
        actingAs({ tenantId: tenant.id, actorId, actorType: "member", roles: ["member"] });
      const mine = yield* as(amina.id)(moveOs.getMembership({ membershipId }));
      assert.deepStrictEqual(mine.membership, membership);
      const listed = yield* as(amina.id)(moveOs.listMemberships({ memberId: amina.id }));
      assert.deepStrictEqual(listed.items, [membership]);
      const stranger = as("somebody");
      const refusals = [
        yield* Effect.flip(stranger(moveOs.getMembership({ membershipId }))),
        yield* Effect.flip(stranger(moveOs.listLedgerEntries({ membershipId }))),
      ];
      assert.deepStrictEqual(
        refusals.map(({ _tag }) => _tag),
        ["NotFound", "NotFound"],
      );
      const paused = yield* Effect.flip(as(amina.id)(moveOs.pauseMembership({ membershipId })));
      assert.strictEqual(paused._tag, "NotPermitted");
      assert.strictEqual((yield* asOwner(moveOs.listMemberships({}))).items.length, 1);
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );

  it.effect("every change leaves one event, and what time did one each", () =>
    Effect.gen(function* () {
      const { tenant, asOwner, moveOs, membershipId } = yield* openWith(
        { credits: { count: 4, validMonths: 1 } },
        "monthly",
      );
      yield* TestClock.setTime(at("2026-04-06T12:00:00Z"));
      yield* asOwner(moveOs.pauseMembership({ membershipId }));
      const units = yield* UnitOfWork;
      const log = yield* EventLog;
      const outbox = yield* units.read(tenant.id, log.outbox(tenant.id, { limit: 50 }));
      assert.deepStrictEqual(outbox.rows.map(({ type }) => type).slice(-6), [
        "AccessPlanCreated",
        "MembershipStarted",
        "MembershipPeriodBegun",
        "CreditsExpired",
        "ExcuseGranted",
        "MembershipPaused",
      ]);
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );
});

describe("a plan that is changed", () => {
  const visits = (count: number) => ({ credits: { count, validMonths: 1 } });

  it.effect("is so for who buys it from then on; who has it keeps what was bought, also when it renews", () =>
    Effect.gen(function* () {
      const { asOwner, moveOs, amina, plan, membershipId, look } = yield* openWith(visits(10));
      const changed = yield* asOwner(
        moveOs.changeAccessPlan({ accessPlanId: plan.id, name: "Eight", usageRules: visits(8) }),
      );
      assert.deepStrictEqual([changed.id, changed.revision, changed.name], [plan.id, 2, "Eight"]);
      const later = yield* asOwner(moveOs.startMembership({ memberId: amina.id, accessPlanId: plan.id }));
      const bought = yield* asOwner(moveOs.getMembership({ membershipId: later.id }));
      assert.deepStrictEqual([bought.balance, bought.plan.name], [8, "Eight"]);
      yield* TestClock.setTime(at("2026-04-20T12:00:00Z"));
      yield* asOwner(moveOs.renewMembership({ membershipId }));
      const kept = yield* look;
      assert.deepStrictEqual([kept.balance, kept.plan.name], [10, "Her plan"]);
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );

  it.effect("is told with what is sold now, and only its last state is listed", () =>
    Effect.gen(function* () {
      const { asOwner, moveOs, plan } = yield* openWith(visits(10));
      const accessPlanId = plan.id;
      const changed = yield* asOwner(moveOs.changeAccessPlan({ accessPlanId, billingPeriod: "monthly" }));
      assert.deepStrictEqual(changed.usageRules, plan.usageRules);
      assert.deepStrictEqual(yield* asOwner(moveOs.getAccessPlan({ accessPlanId })), changed);
      assert.deepStrictEqual((yield* asOwner(moveOs.listAccessPlans({}))).items, [changed]);
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );

  it.effect("to what it is already is not changed", () =>
    Effect.gen(function* () {
      const { asOwner, moveOs, plan } = yield* openWith(visits(10));
      const same = { accessPlanId: plan.id, name: plan.name, usageRules: visits(10) };
      assert.strictEqual((yield* asOwner(moveOs.changeAccessPlan(same))).revision, 1);
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );

  it.effect("withdrawn is bought by nobody any more, nor changed; who has it keeps it, and may renew it", () =>
    Effect.gen(function* () {
      const { asOwner, moveOs, amina, plan, membershipId, look } = yield* openWith(visits(10));
      const accessPlanId = plan.id;
      const withdrawn = yield* asOwner(moveOs.withdrawAccessPlan({ accessPlanId }));
      assert.strictEqual(withdrawn.withdrawnAt, at("2026-03-06T12:00:00Z"));
      assert.deepStrictEqual(yield* asOwner(moveOs.withdrawAccessPlan({ accessPlanId })), withdrawn);
      const refusals = [
        yield* Effect.flip(asOwner(moveOs.startMembership({ memberId: amina.id, accessPlanId }))),
        yield* Effect.flip(asOwner(moveOs.changeAccessPlan({ accessPlanId, name: "Again" }))),
      ];
      assert.deepStrictEqual(
        refusals.map(({ _tag }) => _tag),
        ["PlanWithdrawn", "PlanWithdrawn"],
      );
      yield* TestClock.setTime(at("2026-04-20T12:00:00Z"));
      yield* asOwner(moveOs.renewMembership({ membershipId }));
      assert.strictEqual((yield* look).balance, 10);
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );
});
