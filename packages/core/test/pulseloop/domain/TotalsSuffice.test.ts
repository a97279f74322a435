import { assert, describe, it } from "@effect/vitest";
import type { Challenge } from "../../../src/pulseloop/domain/Challenge.ts";
import * as Metric from "../../../src/pulseloop/domain/Metric.ts";
import { totalsSuffice } from "../../../src/pulseloop/domain/TotalsSuffice.ts";

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
