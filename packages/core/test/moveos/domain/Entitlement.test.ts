import { assert, describe, it } from "@effect/vitest";
import * as Result from "effect/Result";
import * as fc from "fast-check";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import type { WeekStart } from "../../../src/kernel/CivilWeek.ts";
import { LocationId, MembershipId, SessionTypeId } from "../../../src/kernel/Ids.ts";
import type { UsageRules } from "../../../src/moveos/domain/AccessPlan.ts";
import {
  afterPaying,
  choose,
  daysAround,
  type HeldMembership,
  type VisitAt,
} from "../../../src/moveos/domain/Entitlement.ts";
import type { RejectionReason } from "../../../src/moveos/domain/MembershipRejection.ts";
import { at, day, heldOf, lotId, memberId, membershipOf, planOf, uuid } from "../../support/Memberships.ts";

const locationId = LocationId.make(uuid(20));
const sessionTypeId = SessionTypeId.make(uuid(21));

/** Wednesday 2026-03-11, 18:00. */
const visit: VisitAt = {
  sessionTypeId,
  locationId,
  startTime: at(0),
  civilDate: day("2026-03-11"),
  minuteOfDay: 18 * 60,
};
const monday: WeekStart = 1;
const context = { today: day("2026-03-09"), weekStart: monday };

const idOf = (number: number) => MembershipId.make(uuid(100 + number));

const holding = (number: number, usageRules: UsageRules, more: Partial<HeldMembership> = {}): HeldMembership =>
  heldOf({
    plan: planOf({ name: `Plan ${number}`, usageRules }),
    ...more,
    membership: { ...membershipOf(), ...more.membership, id: idOf(number) },
  });

const pack = (number: number, expiresOn?: string, balance = 5) =>
  holding(
    number,
    { credits: { count: 10 } },
    { lots: [{ lotId: lotId(number), balance, ...(expiresOn !== undefined && { expiresOn: day(expiresOn) }) }] },
  );

const decided = (memberships: ReadonlyArray<HeldMembership>, wanted: VisitAt = visit, more = {}) =>
  choose({ memberId, memberships }, wanted, { ...context, ...more });

const payer = (memberships: ReadonlyArray<HeldMembership>, wanted: VisitAt = visit) =>
  Result.getOrThrow(decided(memberships, wanted)).membershipId;

const reasonOf = (membership: HeldMembership, wanted: VisitAt = visit, more = {}): RejectionReason | undefined => {
  const result = decided([membership], wanted, more);
  return Result.isFailure(result) ? result.failure.considered?.[0]?.reason : undefined;
};

describe("which membership pays", () => {
  it("the one whose credits expire soonest", () => {
    assert.strictEqual(payer([pack(1, "2026-04-30"), pack(2, "2026-03-31"), pack(3)]), idOf(2));
  });

  it("one without limit before any that loses something, and of those the one that ends first", () => {
    const unlimited = holding(5, {});
    const ending = holding(6, {}, { membership: membershipOf({ endDate: day("2026-03-31") }) });
    assert.strictEqual(payer([pack(1, "2026-03-12"), unlimited]), idOf(5));
    assert.strictEqual(payer([unlimited, ending]), idOf(6));
  });

  it("credits that expire before the week is over before a visit of the week, and that before later credits", () => {
    const weekly = holding(1, { visits: { count: 2, per: "week" } });
    assert.strictEqual(payer([weekly, pack(2, "2026-03-14")]), idOf(2));
    assert.strictEqual(payer([weekly, pack(2, "2026-03-16")]), idOf(1));
  });

  it("of equals the one with the lower id", () => {
    assert.strictEqual(payer([pack(2, "2026-03-31"), pack(1, "2026-03-31")]), idOf(1));
  });

  it("with the lot that expires soonest and is still valid on the day of the visit", () => {
    const lots = [
      { lotId: lotId(1), balance: 1, expiresOn: day("2026-03-10") },
      { lotId: lotId(2), balance: 1 },
      { lotId: lotId(3), balance: 2, expiresOn: day("2026-03-11") },
      { lotId: lotId(4), balance: 0, expiresOn: day("2026-03-11") },
    ];
    const cover = Result.getOrThrow(decided([holding(1, { credits: { count: 5 } }, { lots })]));
    assert.deepStrictEqual([cover.lotId, cover.left, cover.expiresOn], [lotId(3), 2, day("2026-03-11")]);
  });

  it("says why, and why the others do not", () => {
    const cover = Result.getOrThrow(decided([pack(1, "2026-03-31"), pack(2, "2026-03-31", 0)]));
    assert.strictEqual(cover.because, "Plan 1: one of its credits, lost after 2026-03-31.");
    assert.deepStrictEqual(cover.considered, [
      { membershipId: idOf(2), reason: "no_credits", change: "Plan 2: no credit is left; renew it or grant credits." },
    ]);
  });

  it("is the same in whatever order they are looked at, and the same asked twice", () => {
    const membership = fc.record({
      expires: fc.option(fc.integer({ min: -3, max: 30 }), { nil: undefined }),
      balance: fc.integer({ min: 0, max: 3 }),
      rules: fc.constantFrom<UsageRules>(
        {},
        { credits: { count: 10 } },
        { visits: { count: 1, per: "week" } },
        { visits: { count: 1, per: "day" }, credits: { count: 10 } },
        { allowedLocations: [] },
      ),
      ends: fc.option(fc.integer({ min: -3, max: 30 }), { nil: undefined }),
    });
    const anyOrder = fc.array(membership, { maxLength: 6 }).chain((all) => {
      const memberships = all.map(({ expires, balance, rules, ends }, index) =>
        holding(index, rules, {
          lots: [
            {
              lotId: lotId(index),
              balance,
              ...(expires !== undefined && { expiresOn: CivilDate.addDays(visit.civilDate, expires) }),
            },
          ],
          membership: membershipOf(ends === undefined ? {} : { endDate: CivilDate.addDays(visit.civilDate, ends) }),
        }),
      );
      return fc.tuple(fc.constant(memberships), fc.shuffledSubarray(memberships, { minLength: memberships.length }));
    });
    fc.assert(
      fc.property(anyOrder, ([memberships, shuffled]) => {
        const [one, other] = [decided(memberships), decided(shuffled)];
        assert.deepStrictEqual(other, one);
        const answers = Result.isSuccess(one) ? one.success.considered.length + 1 : one.failure.considered?.length;
        assert.isAtMost(answers ?? 0, memberships.length);
      }),
    );
  });

  it("pays no more often than it can, when one visit after the other is taken before any is kept", () => {
    let access = {
      memberId,
      memberships: [pack(1, "2026-03-31", 2), holding(2, { visits: { count: 1, per: "week" } })],
    };
    const paid: Array<string> = [];
    for (let visits = 0; visits < 5; visits++) {
      const result = choose(access, visit, context);
      if (Result.isFailure(result)) break;
      paid.push(result.success.membershipId);
      access = {
        ...access,
        ...afterPaying(access, result.success, visit),
        memberships: [...afterPaying(access, result.success, visit).memberships],
      };
    }
    assert.deepStrictEqual(paid, [idOf(2), idOf(1), idOf(1)]);
  });
});

describe("a membership does not pay", () => {
  const weekly = (visits: number) =>
    holding(1, { visits: { count: 2, per: "week" } }, { usage: [{ civilDate: day("2026-03-09"), visits }] });

  it.each<[string, RejectionReason | undefined, HeldMembership]>([
    ["while it is blocked", "blocked", holding(1, {}, { membership: membershipOf({ blockedReason: "owes" }) })],
    [
      "the day before it begins",
      "not_started",
      holding(1, {}, { membership: membershipOf({ startDate: day("2026-03-12") }) }),
    ],
    [
      "(it does on its first day)",
      undefined,
      holding(1, {}, { membership: membershipOf({ startDate: day("2026-03-11") }) }),
    ],
    ["the day after it ends", "ended", holding(1, {}, { membership: membershipOf({ endDate: day("2026-03-10") }) })],
    [
      "(it does on its last day)",
      undefined,
      holding(1, {}, { membership: membershipOf({ endDate: day("2026-03-11") }) }),
    ],
    [
      "while it is paused",
      "paused",
      holding(1, {}, { membership: membershipOf({ pauses: [{ from: day("2026-03-11") }] }) }),
    ],
    ["at another location", "location_not_covered", holding(1, { allowedLocations: [LocationId.make(uuid(99))] })],
    ["(it does at its own)", undefined, holding(1, { allowedLocations: [locationId] })],
    [
      "for another kind",
      "session_type_not_covered",
      holding(1, { allowedSessionTypes: [SessionTypeId.make(uuid(98))] }),
    ],
    ["(it does for its own)", undefined, holding(1, { allowedSessionTypes: [sessionTypeId] })],
    [
      "on another weekday",
      "time_not_covered",
      holding(1, { allowedTimes: [{ weekdays: [1, 2], from: "00:00", to: "24:00" }] }),
    ],
    [
      "from the end of its times on",
      "time_not_covered",
      holding(1, { allowedTimes: [{ weekdays: [3], from: "09:00", to: "18:00" }] }),
    ],
    [
      "(it does from their first minute)",
      undefined,
      holding(1, { allowedTimes: [{ weekdays: [3], from: "18:00", to: "18:01" }] }),
    ],
    ["(one visit is left of two)", undefined, weekly(1)],
    ["when its visits are used", "visits_used_up", weekly(2)],
    ["when no credit is left", "no_credits", pack(1, "2026-03-31", 0)],
    ["with credits valid to the day before", "credits_expire_before", pack(1, "2026-03-10")],
    ["(it does with credits valid to the day)", undefined, pack(1, "2026-03-11")],
    ["(one more may be open)", undefined, holding(1, { openBookings: 3 }, { openBookings: 2 })],
    ["when too many are open", "too_many_open_bookings", holding(1, { openBookings: 3 }, { openBookings: 3 })],
  ])("%s", (_, reason, membership) => assert.strictEqual(reasonOf(membership), reason));

  it("counts visits by the tenant's week: the Sunday before belongs to it where the week begins on Sunday", () => {
    const used = holding(
      1,
      { visits: { count: 1, per: "week" } },
      { usage: [{ civilDate: day("2026-03-08"), visits: 1 }] },
    );
    assert.strictEqual(reasonOf(used), undefined);
    assert.strictEqual(reasonOf(used, visit, { weekStart: 7 }), "visits_used_up");
  });

  it("counts visits of the day, the month and the whole term by the day of the visit", () => {
    const used = (per: "day" | "month" | "term", on: string) =>
      reasonOf(holding(1, { visits: { count: 1, per } }, { usage: [{ civilDate: day(on), visits: 1 }] }));
    assert.deepStrictEqual([used("day", "2026-03-10"), used("day", "2026-03-11")], [undefined, "visits_used_up"]);
    assert.deepStrictEqual(
      [
        used("month", "2026-02-28"),
        used("month", "2026-03-01"),
        used("month", "2026-03-31"),
        used("month", "2026-04-01"),
      ],
      [undefined, "visits_used_up", "visits_used_up", undefined],
    );
    assert.deepStrictEqual([used("term", "2025-01-01")], ["visits_used_up"]);
  });

  it("lets who walks in come, however many are open", () => {
    assert.strictEqual(
      reasonOf(holding(1, { openBookings: 1 }, { openBookings: 1 }), visit, { isWalkIn: true }),
      undefined,
    );
  });

  it("says for each what would have to change; for nobody that one must be started", () => {
    const result = decided([weekly(2), holding(2, {}, { membership: membershipOf({ endDate: day("2026-03-10") }) })]);
    assert.isTrue(Result.isFailure(result));
    if (Result.isFailure(result)) {
      assert.strictEqual(
        result.failure.reason,
        "Plan 1: its 2 a week are used; another is free from 2026-03-16. Plan 2: it ends on 2026-03-10; renew it, or start another.",
      );
    }
    const nothing = decided([]);
    assert.isTrue(Result.isFailure(nothing) && nothing.failure.reason.startsWith("the member holds no membership"));
  });

  it("is decided from the days of every period that holds the visit", () => {
    assert.deepStrictEqual(daysAround(day("2026-03-31"), 1), { from: day("2026-03-01"), to: day("2026-04-05") });
    assert.deepStrictEqual(daysAround(day("2026-03-01"), 1), { from: day("2026-02-23"), to: day("2026-03-31") });
  });
});
