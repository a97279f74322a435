import { assert, describe, it } from "@effect/vitest";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import { ChallengeId, MemberId, TenantId } from "../../../src/kernel/Ids.ts";
import { Instant } from "../../../src/kernel/Instant.ts";
import type { Challenge } from "../../../src/pulseloop/domain/Challenge.ts";
import * as ChallengeExplanation from "../../../src/pulseloop/domain/ChallengeExplanation.ts";
import { progressOf } from "../../../src/pulseloop/domain/ChallengeStanding.ts";
import * as DayCell from "../../../src/pulseloop/domain/DayCell.ts";
import * as Excuse from "../../../src/pulseloop/domain/Excuse.ts";
import * as Metric from "../../../src/pulseloop/domain/Metric.ts";

const id = "018f2f3c-9c6d-7d3a-8a4e-5b6c7d8e9f00";
const day = CivilDate.of;

const june: Challenge = {
  tenantId: TenantId.make(id),
  id: ChallengeId.make(id),
  name: "June",
  kind: { kind: "cumulative", metric: Metric.minutes, target: 90 },
  from: day("2026-06-01"),
  to: day("2026-06-30"),
  join: "any_time",
  graceDays: 0,
  rankStyle: "competition",
  teams: [],
  status: "open",
  createdAt: Instant.make(0),
  updatedAt: Instant.make(0),
};

let facts = 0;
const fact = (minutes: number, source: "device" | "manual" = "device"): DayCell.Contribution => ({
  factId: `fact-${facts++}`,
  version: 1,
  type: "gym_checkin",
  source,
  minutes,
});

const explained = (
  more: Partial<Challenge>,
  days: Readonly<Record<string, ReadonlyArray<DayCell.Contribution>>>,
  { joinedOn = "2026-06-01", asOf = "2026-06-30" } = {},
) => {
  const challenge = { ...june, ...more };
  const calendar = new Map(Object.entries(days).map(([on, all]) => [day(on), DayCell.of(all)] as const));
  const participation = {
    participant: { memberId: MemberId.make(id), joinedOn: day(joinedOn) },
    calendar,
    excused: Excuse.none,
  };
  const progress = progressOf(challenge, [participation], day(asOf));
  const { text, days: counted, leftOut } = ChallengeExplanation.explain(challenge, participation, progress, day(asOf));
  return {
    text,
    days: counted.map((one) => [CivilDate.toIso(one.day), one.amount]),
    leftOut: leftOut.map((one) => [CivilDate.toIso(one.day), one.events, one.reason]),
  };
};

describe("the explanation of a challenge's progress", () => {
  it("names each day that counts, in order of time, and what is still to go", () => {
    assert.deepStrictEqual(explained({}, { "2026-06-09": [fact(30.333)], "2026-06-02": [fact(10), fact(20)] }), {
      text: "60.33 of 90 minutes from 2026-06-01 to 2026-06-30: 29.67 to go.",
      days: [
        ["2026-06-02", 30],
        ["2026-06-09", 30.333],
      ],
      leftOut: [],
    });
  });

  it("says on which day the goal was reached", () => {
    const { text } = explained({}, { "2026-06-02": [fact(60)], "2026-06-03": [fact(30)], "2026-06-04": [fact(1)] });
    assert.strictEqual(text, "91 of 90 minutes from 2026-06-01 to 2026-06-30: reached on 2026-06-03.");
  });

  it("looks at the first and the last day, at none outside, and at none without movement", () => {
    const { days, leftOut } = explained(
      {},
      {
        "2026-05-31": [fact(1)],
        "2026-06-01": [fact(2)],
        "2026-06-30": [fact(3)],
        "2026-07-01": [fact(4)],
        "2026-06-15": [],
      },
      { asOf: "2026-07-05" },
    );
    assert.deepStrictEqual(days, [
      ["2026-06-01", 2],
      ["2026-06-30", 3],
    ]);
    assert.deepStrictEqual(leftOut, []);
  });

  it("leaves out what was done before joining, where joining does not count back", () => {
    const before = { "2026-06-09": [fact(5), fact(5)], "2026-06-10": [fact(7)] };
    const { days, leftOut } = explained({}, before, { joinedOn: "2026-06-10" });
    assert.deepStrictEqual(days, [["2026-06-10", 7]]);
    assert.deepStrictEqual(leftOut, [["2026-06-09", 2, "before_joining"]]);
    const counting = explained({ join: "any_time_counting_back" }, before, { joinedOn: "2026-06-10" });
    assert.deepStrictEqual(counting.days, [
      ["2026-06-09", 10],
      ["2026-06-10", 7],
    ]);
    assert.deepStrictEqual(counting.leftOut, []);
  });

  it("leaves out what comes after the day asked about, whatever else speaks against it", () => {
    const { days, leftOut } = explained(
      { sources: ["manual"] },
      { "2026-06-10": [fact(7, "manual")], "2026-06-11": [fact(5)] },
      { asOf: "2026-06-10" },
    );
    assert.deepStrictEqual(days, [["2026-06-10", 7]]);
    assert.deepStrictEqual(leftOut, [["2026-06-11", 1, "after_as_of"]]);
  });

  it("leaves out facts of other sources, of a day that counts too", () => {
    const { days, leftOut } = explained(
      { sources: ["manual"] },
      { "2026-06-02": [fact(10), fact(20, "manual"), fact(5)], "2026-06-03": [fact(5)] },
    );
    assert.deepStrictEqual(days, [["2026-06-02", 20]]);
    assert.deepStrictEqual(leftOut, [
      ["2026-06-02", 2, "other_source"],
      ["2026-06-03", 1, "other_source"],
    ]);
  });

  it("says that no day counts yet, before the first one", () => {
    assert.strictEqual(explained({}, {}, { asOf: "2026-05-31" }).text, "No day counts yet.");
  });

  const daily = { metric: Metric.events, atLeast: 1 };
  const kinds: ReadonlyArray<readonly [what: string, kind: Challenge["kind"], text: string]> = [
    [
      "the best day",
      { kind: "best_effort", metric: Metric.moderateEquivalentMinutes, target: 60 },
      "0 of 60 moderate equivalent minutes on one day",
    ],
    [
      "days with so many",
      { kind: "frequency", metric: Metric.activeDays, perPeriod: 1, period: "week", periods: 4 },
      "0 of 4 weeks with 1 active days",
    ],
    [
      "a team",
      { kind: "team", metric: Metric.moderateEquivalentMinutes, target: 60 },
      "0 of 60 moderate equivalent minutes",
    ],
    [
      "days in a row",
      { kind: "streak", rule: { period: { kind: "day" }, thresholds: [daily] }, target: 7 },
      "0 of 7 days in a row",
    ],
    [
      "runs of days in a row",
      {
        kind: "streak",
        rule: { period: { kind: "days", lengthDays: 3, anchor: day("2026-06-01") }, thresholds: [daily] },
        target: 2,
      },
      "0 of 2 runs of 3 days in a row",
    ],
  ];
  it.each(kinds)("names the unit of %s", (_, kind, text) => {
    const said = explained({ kind }, {}).text;
    assert.isTrue(said.startsWith(`${text} from 2026-06-01 to 2026-06-30: `), said);
  });

  it("weighs a day of a streak by its first threshold, and by events where it has none", () => {
    const withRule = (thresholds: ReadonlyArray<typeof daily | { metric: Metric.Metric; atLeast: number }>) =>
      explained(
        { kind: { kind: "streak", rule: { period: { kind: "day" }, thresholds }, target: 7 } },
        { "2026-06-02": [fact(12)] },
      ).days;
    assert.deepStrictEqual(withRule([{ metric: Metric.minutes, atLeast: 10 }, daily]), [["2026-06-02", 12]]);
    assert.deepStrictEqual(withRule([]), [["2026-06-02", 1]]);
  });
});
