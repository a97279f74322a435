import { assert, describe, it } from "@effect/vitest";
import * as Result from "effect/Result";
import * as fc from "fast-check";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import type { AccessPlan } from "../../../src/moveos/domain/AccessPlan.ts";
import { creditsLastUntil, lastDayOf } from "../../../src/moveos/domain/AccessPlan.ts";
import {
  decide,
  evolve,
  isInForce,
  type Membership,
  type MembershipCommand,
  nextPeriodStart,
  periodEnd,
  renewalDates,
  shorten,
  start,
  statusOn,
} from "../../../src/moveos/domain/Membership.ts";
import membershipEnds from "../../../src/testing/vectors/membership-ends.json" with { type: "json" };
import { day, membershipOf, planOf } from "../../support/Memberships.ts";

const monthly = planOf({ billingPeriod: "monthly", usageRules: {} });
const iso = (dates: ReadonlyArray<CivilDate.CivilDate>) => dates.map(CivilDate.toIso);

const act = (membership: Membership, command: MembershipCommand, today: string, plan: AccessPlan = monthly) =>
  evolve(membership, Result.getOrThrow(decide(membership, plan, command, day(today))), day(today));

const refusal = (membership: Membership, command: MembershipCommand, today: string, plan: AccessPlan = monthly) => {
  const decided = decide(membership, plan, command, day(today));
  return Result.isFailure(decided) ? decided.failure._tag : undefined;
};

describe("a membership's periods", () => {
  it.each(membershipEnds)("begun on $start, of $months months and $days days, end on $lastDay", (vector) => {
    assert.strictEqual(CivilDate.toIso(lastDayOf(day(vector.start), vector.months, vector.days)), vector.lastDay);
  });

  it("begin on the last day of short months when begun on the 31st, and on the 31st again after", () => {
    const membership = membershipOf({ startDate: day("2026-01-31") });
    assert.deepStrictEqual(iso(renewalDates(membership, "monthly", day("2026-01-31"), day("2026-08-31"))), [
      "2026-02-28",
      "2026-03-31",
      "2026-04-30",
      "2026-05-31",
      "2026-06-30",
      "2026-07-31",
      "2026-08-31",
    ]);
  });

  it("begun on 31 January of a leap year begin on 29 February, and on the 28th a year later", () => {
    const membership = membershipOf({ startDate: day("2024-01-31") });
    assert.deepStrictEqual(iso(renewalDates(membership, "monthly", day("2024-02-01"), day("2024-03-31"))), [
      "2024-02-29",
      "2024-03-31",
    ]);
    assert.deepStrictEqual(iso(renewalDates(membership, "monthly", day("2025-02-01"), day("2025-02-28"))), [
      "2025-02-28",
    ]);
  });

  it("of a year begun on 29 February begin on the 28th until the next leap year", () => {
    const membership = membershipOf({ startDate: day("2024-02-29") });
    assert.deepStrictEqual(iso(renewalDates(membership, "yearly", day("2024-02-29"), day("2028-12-31"))), [
      "2025-02-28",
      "2026-02-28",
      "2027-02-28",
      "2028-02-29",
    ]);
  });

  it("end the day before the next begins, or with the membership", () => {
    const membership = membershipOf({ startDate: day("2026-01-31") });
    assert.strictEqual(periodEnd(membership, "monthly", day("2026-02-27")), day("2026-02-27"));
    assert.strictEqual(periodEnd(membership, "monthly", day("2026-02-28")), day("2026-03-30"));
    const ending = { ...membership, endDate: day("2026-03-15") };
    assert.strictEqual(periodEnd(ending, "monthly", day("2026-03-01")), day("2026-03-15"));
    assert.strictEqual(periodEnd(membership, "once_off", day("2026-03-01")), undefined);
  });

  it("keep the anchor day in every month that has it, and are never more than a month apart", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 1_500 }), (begun, later) => {
        const membership = membershipOf({ startDate: CivilDate.fromEpochDay(begun) });
        const after = CivilDate.addDays(membership.startDate, later);
        const next = nextPeriodStart(membership, "monthly", after) ?? after;
        const { year, month, dayOfMonth } = CivilDate.toYmd(next);
        assert.strictEqual(dayOfMonth, Math.min(membership.anchorDay, CivilDate.daysInMonth(year, month)));
        assert.isAbove(next, after);
        assert.isAtMost(next - after, 31);
      }),
    );
  });

  it("credits last for months on the anchor, then for days", () => {
    const rules = { credits: { count: 10, validMonths: 1, validDays: 2 } };
    assert.strictEqual(creditsLastUntil(rules, day("2021-02-01")), day("2021-03-02"));
    assert.strictEqual(
      creditsLastUntil({ credits: { count: 10, validDays: 60 } }, day("2026-01-01")),
      day("2026-03-01"),
    );
    assert.strictEqual(creditsLastUntil({ credits: { count: 10 } }, day("2026-01-01")), undefined);
    const february = creditsLastUntil({ credits: { count: 8, validMonths: 1 } }, day("2026-02-28"), 31);
    assert.strictEqual(february, day("2026-03-30"));
  });
});

describe("a membership is in force", () => {
  const membership = membershipOf({ startDate: day("2026-03-02"), endDate: day("2026-03-31") });
  it.each([
    ["the day before it begins", "2026-03-01", false],
    ["on its first day", "2026-03-02", true],
    ["on its last day", "2026-03-31", true],
    ["the day after", "2026-04-01", false],
  ])("%s: %s", (_, on, expected) => assert.strictEqual(isInForce(membership, day(on)), expected));

  it("not on a day it is paused, from the first to the last", () => {
    const paused = { ...membership, pauses: [{ from: day("2026-03-10"), to: day("2026-03-12") }] };
    const days = ["2026-03-09", "2026-03-10", "2026-03-12", "2026-03-13"];
    assert.deepStrictEqual(
      days.map((on) => isInForce(paused, day(on))),
      [true, false, false, true],
    );
  });

  it("not while it is blocked, whatever the day", () => {
    const blocked = act(membership, { _tag: "Block", reason: "owes" }, "2026-03-05");
    assert.isFalse(isInForce(blocked, day("2026-03-06")));
    assert.isTrue(isInForce(act(blocked, { _tag: "Unblock" }, "2026-03-05"), day("2026-03-06")));
  });

  it("to its last day when it is cancelled", () => {
    const cancelled = act(membership, { _tag: "Cancel", lastDay: day("2026-03-20") }, "2026-03-05");
    assert.strictEqual(cancelled.status, "cancelled");
    assert.isTrue(isInForce(cancelled, day("2026-03-20")));
    assert.isFalse(isInForce(cancelled, day("2026-03-21")));
  });

  it("never, when it is called off before it begins", () => {
    const off = act(membership, { _tag: "Cancel", lastDay: day("2026-03-01") }, "2026-02-20");
    assert.isFalse(isInForce(off, day("2026-03-02")));
  });
});

describe("a membership is changed", () => {
  const membership = membershipOf({ startDate: day("2026-01-31") });

  it("is paused from a day, backwards too, and is resumed", () => {
    const paused = act(membership, { _tag: "Pause", from: day("2026-03-01") }, "2026-03-05");
    assert.strictEqual(paused.status, "paused");
    const resumed = act(paused, { _tag: "Resume", on: day("2026-03-10") }, "2026-03-10");
    assert.deepStrictEqual(resumed.pauses, [{ from: day("2026-03-01"), to: day("2026-03-09") }]);
    assert.strictEqual(resumed.status, "active");
  });

  it("a pause resumed on its first day has not been, also one to come", () => {
    const paused = act(membership, { _tag: "Pause", from: day("2026-03-20"), to: day("2026-03-30") }, "2026-03-05");
    assert.strictEqual(paused.status, "active");
    assert.deepStrictEqual(act(paused, { _tag: "Resume", on: day("2026-03-20") }, "2026-03-05").pauses, []);
  });

  it("is not paused before it begins, before an earlier pause is over, or to a day before the first", () => {
    assert.strictEqual(
      refusal(membership, { _tag: "Pause", from: day("2026-01-30") }, "2026-02-01"),
      "MembershipDayImpossible",
    );
    const once = act(membership, { _tag: "Pause", from: day("2026-02-10"), to: day("2026-02-12") }, "2026-02-20");
    assert.strictEqual(
      refusal(once, { _tag: "Pause", from: day("2026-02-12") }, "2026-02-20"),
      "MembershipDayImpossible",
    );
    assert.strictEqual(refusal(once, { _tag: "Pause", from: day("2026-02-13") }, "2026-02-20"), undefined);
    const back = { _tag: "Pause", from: day("2026-03-02"), to: day("2026-03-01") } as const;
    assert.strictEqual(refusal(membership, back, "2026-03-01"), "MembershipDayImpossible");
  });

  it("is not resumed when it is not paused, nor changed when it is over", () => {
    assert.strictEqual(
      refusal(membership, { _tag: "Resume", on: day("2026-03-01") }, "2026-03-01"),
      "MembershipStatusForbids",
    );
    const over = { ...membership, endDate: day("2026-02-15") };
    const pause = { _tag: "Pause", from: day("2026-02-10") } as const;
    assert.strictEqual(refusal(over, pause, "2026-02-16"), "MembershipStatusForbids");
    assert.strictEqual(refusal(over, pause, "2026-02-15"), undefined);
  });

  it("is renewed for the period after its end, keeping its anchor", () => {
    const ending = { ...membership, endDate: day("2026-02-27") };
    assert.strictEqual(act(ending, { _tag: "Renew" }, "2026-02-20").endDate, day("2026-03-30"));
    assert.strictEqual(act(ending, { _tag: "Renew" }, "2026-03-01").status, "active");
  });

  it("is renewed to today and beyond when it has been over for long", () => {
    const ending = { ...membership, endDate: day("2026-02-27") };
    assert.strictEqual(act(ending, { _tag: "Renew" }, "2026-06-15").endDate, day("2026-06-29"));
  });

  it("without an end is not renewed: it goes on by itself", () => {
    assert.strictEqual(refusal(membership, { _tag: "Renew" }, "2026-02-20"), "MembershipEndless");
  });

  it("a pack is renewed with a pack from today, and lasts as long as the later of both", () => {
    const pack = planOf({ usageRules: { credits: { count: 10, validMonths: 3 } } });
    const begun = Result.getOrThrow(start(pack, { startDate: day("2026-01-15") }, day("2026-01-15")));
    assert.strictEqual(begun.membership.endDate, day("2026-04-14"));
    const held = membershipOf(begun.membership);
    const event = Result.getOrThrow(decide(held, pack, { _tag: "Renew" }, day("2026-04-01")));
    assert.deepStrictEqual(event, {
      _tag: "MembershipRenewed",
      endDate: day("2026-06-30"),
      due: { credits: 10, civilDate: day("2026-04-01"), expiresOn: day("2026-06-30") },
    });
  });

  it("does not end before it begins", () => {
    const begun = start(monthly, { startDate: day("2026-01-15"), endDate: day("2026-01-14") }, day("2026-01-15"));
    assert.isTrue(Result.isFailure(begun));
    const oneDay = start(monthly, { startDate: day("2026-01-15"), endDate: day("2026-01-15") }, day("2026-01-15"));
    assert.isTrue(Result.isSuccess(oneDay));
  });

  it("loses days and is given them back; one without an end has none to lose", () => {
    const ending = { ...membership, endDate: day("2026-03-01") };
    assert.strictEqual(shorten(ending, 2).endDate, day("2026-02-27"));
    assert.deepStrictEqual(shorten(shorten(ending, 2), -2), ending);
    assert.deepStrictEqual(shorten(membership, 2), membership);
  });

  it("has pauses that never overlap, of which the last alone may be open, whatever is asked of it", () => {
    const civil = fc.integer({ min: -5, max: 40 }).map((days) => CivilDate.addDays(day("2026-01-31"), days));
    const command: fc.Arbitrary<MembershipCommand> = fc.oneof(
      fc.record({ _tag: fc.constant("Pause" as const), from: civil, to: civil }, { requiredKeys: ["_tag", "from"] }),
      fc.record({ _tag: fc.constant("Resume" as const), on: civil }),
      fc.record({ _tag: fc.constant("Cancel" as const), lastDay: civil }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(command, civil), { maxLength: 12 }), (commands) => {
        let current = membership;
        for (const [asked, today] of commands) {
          const decided = decide(current, monthly, asked, today);
          if (Result.isFailure(decided)) continue;
          current = evolve(current, decided.success, today);
          assert.strictEqual(current.status, statusOn(current, today));
          for (const [index, pause] of current.pauses.entries()) {
            assert.isTrue(pause.to === undefined || pause.from <= pause.to);
            const next = current.pauses[index + 1];
            assert.isTrue(next === undefined || (pause.to !== undefined && pause.to < next.from));
          }
        }
      }),
    );
  });
});
