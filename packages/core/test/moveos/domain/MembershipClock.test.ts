import { assert, describe, it } from "@effect/vitest";
import * as fc from "fast-check";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as Ledger from "../../../src/moveos/domain/CreditLedger.ts";
import type { HeldMembership } from "../../../src/moveos/domain/Entitlement.ts";
import { advance, entriesOf, grantsIn, isDue, nextDue } from "../../../src/moveos/domain/MembershipClock.ts";
import {
  at,
  day,
  heldOf,
  lotId,
  memberId,
  membershipId,
  membershipOf,
  planOf,
  tenantId,
} from "../../support/Memberships.ts";

const account = { tenantId, memberId, membershipId };
const eight = planOf({ billingPeriod: "monthly", usageRules: { credits: { count: 8, validMonths: 1 } } });

/** What a use case does with what has come about. Lots get ids in the order in which they are granted. */
const kept = (held: HeldMembership, today: CivilDate.CivilDate, granted: { count: number }) => {
  const advanced = advance(held, today);
  const lotIds = Array.from({ length: grantsIn(advanced) }, () => lotId(++granted.count));
  const entries = entriesOf(account, advanced, held.lots, lotIds, today, at(0));
  return { held: { ...held, membership: advanced.membership, lots: Ledger.afterEntries(held.lots, entries) }, entries };
};

const tags = (held: HeldMembership, today: string) => advance(held, day(today)).events.map(({ _tag }) => _tag);

describe("as days pass", () => {
  const held = heldOf({ plan: eight, membership: membershipOf({ startDate: day("2026-01-31") }) });

  it("a period begins on its day and not before, and grants credits to the day before the next", () => {
    assert.deepStrictEqual(tags(held, "2026-02-27"), []);
    assert.deepStrictEqual(advance(held, day("2026-02-28")).events, [
      {
        _tag: "MembershipPeriodBegun",
        on: day("2026-02-28"),
        due: { credits: 8, civilDate: day("2026-02-28"), expiresOn: day("2026-03-30") },
      },
    ]);
  });

  it("periods that were missed are made up for, and credits that are over expire as they are granted", () => {
    const { held: after, entries } = kept(held, day("2026-04-30"), { count: 0 });
    assert.strictEqual(after.membership.periodStart, day("2026-04-30"));
    assert.deepStrictEqual(
      entries.map(({ kind, credits }) => [kind, credits]),
      [
        ["grant", 8],
        ["expire", -8],
        ["grant", 8],
        ["expire", -8],
        ["grant", 8],
      ],
    );
  });

  it("credits expire the day after their last", () => {
    const lots = [{ lotId: lotId(1), balance: 3, expiresOn: day("2026-02-10") }];
    assert.deepStrictEqual(tags({ ...held, lots }, "2026-02-10"), []);
    assert.deepStrictEqual(tags({ ...held, lots }, "2026-02-11"), ["CreditsExpired"]);
  });

  it("a membership is over the day after its last, and its credits with it", () => {
    const lots = [{ lotId: lotId(1), balance: 3 }];
    const ending = { ...held, lots, membership: { ...held.membership, endDate: day("2026-02-10") } };
    assert.deepStrictEqual(tags(ending, "2026-02-10"), []);
    assert.deepStrictEqual(tags(ending, "2026-02-11"), ["CreditsExpired", "MembershipStatusChanged"]);
    assert.strictEqual(advance(ending, day("2026-02-11")).membership.status, "expired");
  });

  it("no period begins after its end", () => {
    const ending = { ...held, membership: { ...held.membership, endDate: day("2026-02-27") } };
    assert.notInclude(tags(ending, "2026-06-01"), "MembershipPeriodBegun");
    const lastDay = { ...held, membership: { ...held.membership, endDate: day("2026-02-28") } };
    assert.include(tags(lastDay, "2026-06-01"), "MembershipPeriodBegun");
  });

  it("a pause to come begins and ends on its days", () => {
    const pauses = [{ from: day("2026-02-05"), to: day("2026-02-07") }];
    const planned = { ...held, membership: { ...held.membership, pauses } };
    assert.deepStrictEqual(tags(planned, "2026-02-04"), []);
    assert.strictEqual(advance(planned, day("2026-02-05")).membership.status, "paused");
    const paused = { ...planned, membership: { ...planned.membership, status: "paused" as const } };
    assert.strictEqual(advance(paused, day("2026-02-08")).membership.status, "active");
  });

  it("a period that begins in a pause waits for its end, and grants nothing if the pause outlasts it", () => {
    const pausedTo = (to?: string) => ({
      ...held,
      membership: {
        ...held.membership,
        status: "paused" as const,
        pauses: [{ from: day("2026-02-20"), ...(to !== undefined && { to: day(to) }) }],
      },
    });
    assert.deepStrictEqual(tags(pausedTo(), "2026-05-01"), []);
    assert.deepStrictEqual(tags(pausedTo("2026-03-10"), "2026-03-10"), []);
    assert.strictEqual(grantsIn(advance(pausedTo("2026-03-10"), day("2026-03-11"))), 1);
    assert.strictEqual(grantsIn(advance(pausedTo("2026-03-29"), day("2026-03-30"))), 1);
    assert.strictEqual(grantsIn(advance(pausedTo("2026-03-30"), day("2026-03-31"))), 1);
    const missed = advance(pausedTo("2026-03-30"), day("2026-03-31")).events;
    assert.deepStrictEqual(
      missed.map((event) => event._tag === "MembershipPeriodBegun" && event.due?.civilDate),
      [undefined, day("2026-03-31"), false],
    );
  });

  it("comes to the same whether it is looked at every day or once, and twice is once; when something is due is known before", () => {
    const span = fc.integer({ min: 0, max: 60 });
    const membership = fc.record({
      billingPeriod: fc.constantFrom("weekly" as const, "monthly" as const, "yearly" as const, "once_off" as const),
      validDays: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
      begun: fc.integer({ min: 0, max: 400 }),
      ends: fc.option(span, { nil: undefined }),
      pause: fc.option(fc.tuple(span, span), { nil: undefined }),
      days: fc.integer({ min: 1, max: 70 }),
    });
    fc.assert(
      fc.property(membership, ({ billingPeriod, validDays, begun, ends, pause, days }) => {
        const startDate = CivilDate.addDays(day("2024-01-01"), begun);
        const credits = { count: 8, ...(validDays !== undefined && { validDays }) };
        const first = heldOf({
          plan: planOf({ billingPeriod, usageRules: { credits } }),
          membership: membershipOf({
            startDate,
            ...(ends !== undefined && { endDate: CivilDate.addDays(startDate, ends) }),
            ...(pause !== undefined && {
              pauses: [
                {
                  from: CivilDate.addDays(startDate, pause[0] + 1),
                  to: CivilDate.addDays(startDate, pause[0] + pause[1] + 1),
                },
              ],
            }),
          }),
        });
        const last = CivilDate.addDays(startDate, days);
        const daily = { count: 0 };
        let step = first;
        let due = nextDue(step, startDate);
        for (let today = CivilDate.addDays(startDate, 1); today <= last; today = CivilDate.addDays(today, 1)) {
          assert.isTrue(due === undefined || today <= due, "a wake-up would have come too late");
          const happens = isDue(step, today);
          assert.isTrue(!happens || due === today, "something came about that no wake-up was set for");
          step = kept(step, today, daily).held;
          assert.isFalse(isDue(step, today));
          due = nextDue(step, today);
        }
        const once = kept(first, last, { count: 0 }).held;
        assert.deepStrictEqual(once.membership, step.membership);
        const left = (lots: HeldMembership["lots"]) =>
          lots.filter(({ balance }) => balance > 0).map(({ balance, expiresOn }) => [balance, expiresOn]);
        assert.deepStrictEqual(left(once.lots), left(step.lots));
      }),
      { numRuns: 300 },
    );
  });
});
