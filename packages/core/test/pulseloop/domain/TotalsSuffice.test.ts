import { assert, describe, it } from "@effect/vitest";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as ActivityCalendar from "../../../src/pulseloop/domain/ActivityCalendar.ts";
import type { Challenge } from "../../../src/pulseloop/domain/Challenge.ts";
import type { DayCell } from "../../../src/pulseloop/domain/DayCell.ts";
import * as Metric from "../../../src/pulseloop/domain/Metric.ts";
import * as PackedCalendar from "../../../src/pulseloop/domain/PackedCalendar.ts";
import { totalsBetween, totalsSuffice } from "../../../src/pulseloop/domain/TotalsSuffice.ts";

const vigorous = { intensities: ["vigorous" as const] };

const metrics: ReadonlyArray<readonly [suffice: boolean, metric: Metric.Metric]> = [
  [true, Metric.events],
  [false, { measure: "events", where: vigorous }],
  [true, Metric.minutes],
  [false, { measure: "minutes", where: vigorous }],
  [false, { measure: "minutes", assumeMinutes: 20 }],
  [true, Metric.moderateEquivalentMinutes],
  [false, { measure: "moderate_equivalent_minutes", where: vigorous }],
  [false, { measure: "moderate_equivalent_minutes", assumeMinutes: 20 }],
  [false, { measure: "moderate_equivalent_minutes", assumeIntensity: "moderate" }],
  [true, Metric.activeDays],
  [true, { measure: "active_days", of: Metric.minutes, atLeast: 30 }],
  [false, { measure: "active_days", of: { measure: "events", where: vigorous } }],
  [false, { measure: "met_minutes", categories: [] }],
  [false, { measure: "points", table: [] }],
  [false, { measure: "session_types" }],
];

const cumulative = (metric: Metric.Metric): Challenge["kind"] => ({ kind: "cumulative", metric, target: 1 });

describe("the totals of days", () => {
  it.each(metrics)("suffice (%s) for %j", (suffice, metric) => {
    assert.strictEqual(totalsSuffice({ kind: cumulative(metric) }), suffice);
  });

  it("suffice for a streak when they do for each of its thresholds", () => {
    const streak = (...all: ReadonlyArray<Metric.Metric>): Challenge["kind"] => ({
      kind: "streak",
      rule: { period: { kind: "day" }, thresholds: all.map((metric) => ({ metric, atLeast: 1 })) },
      target: 1,
    });
    assert.isTrue(totalsSuffice({ kind: streak(Metric.events, Metric.minutes) }));
    assert.isFalse(totalsSuffice({ kind: streak(Metric.events, { measure: "session_types" }) }));
  });

  it("do not suffice where sources are told apart, nor for a team", () => {
    assert.isFalse(totalsSuffice({ kind: cumulative(Metric.events), sources: ["device"] }));
    assert.isFalse(totalsSuffice({ kind: { kind: "team", metric: Metric.events, target: 1 } }));
  });
});

describe("the totals between two days", () => {
  const june = (day: number) => CivilDate.fromYmd(2026, 6, day)!;
  const packed = PackedCalendar.of(
    ActivityCalendar.fromFacts(
      [1, 2, 4, 5].map((day) => ({
        civilDate: june(day),
        contribution: {
          factId: `${day}`,
          version: 1,
          type: "gym_checkin",
          source: "check_in",
          minutes: day * 10,
          intensity: "vigorous",
        },
      })),
    ),
  );
  const totalsOn = (from: number, to: number) => [...totalsBetween(packed, june(from), june(to))];
  const total = (day: number): readonly [CivilDate.CivilDate, DayCell] => [
    june(day),
    { contributions: [], events: 1, minutes: day * 10, moderateEquivalentMinutes: day * 20 },
  ];

  it("are those of the days that have any, the first and the last included, without the facts behind them", () => {
    assert.deepStrictEqual(totalsOn(2, 4), [total(2), total(4)]);
  });

  it("are all there are when the days reach further than the calendar", () => {
    assert.deepStrictEqual(totalsOn(4, 30), [total(4), total(5)]);
    assert.deepStrictEqual(totalsOn(6, 30), []);
  });
});
