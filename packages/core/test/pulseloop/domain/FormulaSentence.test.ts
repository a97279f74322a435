import { assert, describe, it } from "@effect/vitest";
import type { Formula } from "../../../src/pulseloop/domain/Formula.ts";
import * as FormulaSentence from "../../../src/pulseloop/domain/FormulaSentence.ts";
import * as Metric from "../../../src/pulseloop/domain/Metric.ts";

const base: Formula = {
  id: "test",
  version: 1,
  name: "Test",
  source: "here",
  measure: { kind: "tally", metric: Metric.minutes },
  period: { kind: "week" },
  target: { kind: "constant", perPeriod: 150 },
  excused: "skip",
  firstPartial: "leave_out",
  current: "leave_out",
  window: { kind: "last_periods", count: 4 },
  aggregate: { kind: "mean" },
  bands: [],
  laws: [],
  parameters: [],
};

const coverage: Formula["measure"] = {
  kind: "coverage",
  metric: Metric.events,
  atLeast: 1,
  coverDays: 1,
  overlap: "shift",
};

const sentences: ReadonlyArray<readonly [what: string, more: Partial<Formula>, sentence: string]> = [
  ["a mean", {}, "average of the last 4 full weeks, each week's minutes ÷ 150"],
  [
    "a mean with a ceiling of each ratio and of the score",
    { ratioAtMost: 1, scoreAtMost: 0.9 },
    "average of the last 4 full weeks, each week's minutes ÷ 150, at most 1, at most 0.9",
  ],
  [
    "the last period alone",
    { window: { kind: "last_periods", count: 1 } },
    "average of the last full week, each week's minutes ÷ 150",
  ],
  [
    "periods that go on count",
    { current: "count", window: { kind: "last_periods", count: 2 } },
    "average of the last 2 weeks, each week's minutes ÷ 150",
  ],
  [
    "all periods, of months",
    { window: { kind: "all" }, period: { kind: "month" } },
    "average of all full months since the start, each month's minutes ÷ 150",
  ],
  [
    "one day",
    { window: { kind: "last_days", days: 1 }, period: { kind: "day" } },
    "average of the last 1 day, each day's minutes ÷ 150",
  ],
  [
    "thirty days in runs of five",
    { window: { kind: "last_days", days: 30 }, period: { kind: "days", lengthDays: 5 } },
    "average of the last 30 days, each 5-day run's minutes ÷ 150",
  ],
  [
    "sums",
    { aggregate: { kind: "ratio_of_sums" } },
    "minutes of the last 4 full weeks ÷ the sum of their targets (150 a week)",
  ],
  ["a share", { aggregate: { kind: "share_met" } }, "share of the last 4 full weeks with at least 150 minutes"],
  [
    "a mean in the measure's own unit",
    { aggregate: { kind: "mean_actual" } },
    "average minutes a week over the last 4 full weeks",
  ],
  [
    "an exponential average",
    { aggregate: { kind: "exponential", decay: 0.8 } },
    "exponentially weighted average of the last 4 full weeks, each week's minutes ÷ 150, each keeping 0.8 of what came before",
  ],
  [
    "a habit of once a day",
    { aggregate: { kind: "habit", times: 1, days: 1 } },
    "habit strength for 1 time in 1 day: each day keeps most of the strength before it and adds to it by how well the habit was kept",
  ],
  [
    "a habit of three times a week",
    { aggregate: { kind: "habit", times: 3, days: 7 } },
    "habit strength for 3 times in 7 days: each day keeps most of the strength before it and adds to it by how well the habit was kept",
  ],
  [
    "what was prescribed",
    { measure: { kind: "completion", weekdays: [1] }, target: { kind: "prescribed" } },
    "prescribed items done ÷ items prescribed in the last 4 full weeks, an item done on another day of its week included",
  ],
  [
    "days covered, as a mean",
    { measure: coverage, window: { kind: "last_days", days: 30 } },
    "share of the last 30 days that were covered, each day with at least 1 event supplying 1 day, overlaps shifting forward",
  ],
  [
    "days supplied, as a ratio",
    {
      measure: { ...coverage, coverDays: 2, atLeast: 30, metric: Metric.minutes, overlap: "add" },
      aggregate: { kind: "ratio_of_sums" },
      window: { kind: "last_days", days: 30 },
    },
    "days supplied ÷ the last 30 days, each day with at least 30 minutes supplying 2 days",
  ],
  [
    "days covered, as a share of periods",
    { measure: coverage, aggregate: { kind: "share_met" } },
    "share of the last 4 full weeks with at least 150 days covered",
  ],
  [
    "items done, as a share of periods they are prescribed for",
    { measure: coverage, target: { kind: "prescribed" }, aggregate: { kind: "share_met" } },
    "share of the last 4 full weeks with at least the number prescribed days covered",
  ],
  [
    "phases",
    {
      target: {
        kind: "phases",
        phases: [
          { periods: 2, perPeriod: 60 },
          { periods: 4, perPeriod: 90 },
        ],
      },
    },
    "average of the last 4 full weeks, each week's minutes ÷ the phase's target (60 for 2, then 90 for 4)",
  ],
  [
    "an adaptive goal",
    { target: { kind: "adaptive", meanOfPeriods: 3, atLeast: 30, step: 10, atMost: 150 } },
    "average of the last 4 full weeks, each week's minutes ÷ a goal that begins at the mean of the 3 before (at least 30) and rises by 10 with each success up to 150",
  ],
];

const nouns: ReadonlyArray<readonly [metric: Metric.Metric, noun: string]> = [
  [Metric.events, "events"],
  [Metric.minutes, "minutes"],
  [Metric.moderateEquivalentMinutes, "moderate-equivalent minutes"],
  [{ measure: "met_minutes", categories: [] }, "MET-minutes"],
  [{ measure: "points", table: [] }, "points"],
  [{ measure: "session_types" }, "distinct session types"],
  [Metric.activeDays, "active days"],
  [{ measure: "active_days", atLeast: 2 }, "days with at least 2 events"],
  [{ measure: "active_days", of: Metric.events }, "days with at least 1 event"],
  [{ measure: "active_days", of: Metric.minutes, atLeast: 30 }, "days with at least 30 minutes"],
  [{ measure: "minutes", where: {} }, "minutes"],
  [{ measure: "minutes", where: { types: [] } }, "minutes of nothing"],
  [
    { measure: "minutes", where: { types: ["gym_checkin", "other"], locationIds: ["north"] } },
    "minutes of gym_checkin or other at north",
  ],
  [
    {
      measure: "events",
      where: { intensities: ["vigorous"], sessionTypeIds: ["spin"], tileIds: ["stairs"], sources: ["device"] },
    },
    "events of intensity vigorous of session type spin with tile stairs from device",
  ],
];

const amounts: ReadonlyArray<readonly [amount: number, metric: Metric.Metric, words: string]> = [
  [0, Metric.events, "0 events"],
  [1, Metric.events, "1 event"],
  [2, Metric.events, "2 events"],
  [1, Metric.activeDays, "1 active day"],
  [1, { measure: "minutes", where: { locationIds: ["north"] } }, "1 minute at north"],
];

const said: ReadonlyArray<readonly [what: string, more: Partial<Formula>, sentences: ReadonlyArray<string>]> = [
  [
    "a week partly excused asks its whole target, a first partial one is left out",
    {},
    [
      "A week wholly excused is left out, one partly excused asks its whole target.",
      "A first week that began before the start is left out.",
    ],
  ],
  [
    "shares for both, and the month that goes on",
    { excused: "prorate", firstPartial: "prorate", current: "count", period: { kind: "month" } },
    [
      "A month wholly excused is left out, one partly excused asks its share.",
      "A first month that began before the start asks its share.",
      "The month that goes on counts as it stands.",
    ],
  ],
  [
    "a first partial period as if it were whole",
    { firstPartial: "whole" },
    [
      "A week wholly excused is left out, one partly excused asks its whole target.",
      "A first week that began before the start counts as whole.",
    ],
  ],
  ["days are never partial", { period: { kind: "day" } }, ["Excused days are left out."]],
  ["today counts", { period: { kind: "day" }, current: "count" }, ["Excused days are left out.", "Today counts."]],
  [
    "of days covered nobody asks whether today counts",
    { period: { kind: "day" }, current: "count", measure: coverage },
    ["Excused days are left out."],
  ],
  [
    "every cap",
    {
      period: { kind: "day" },
      measure: {
        kind: "tally",
        metric: Metric.minutes,
        activityAtMost: 60,
        bestOfDay: true,
        dayAtMost: 90,
        weekAtMost: 300,
      },
      carryAtMost: 20,
    },
    [
      "One activity counts at most 60.",
      "Only the best activity of a day counts.",
      "A day counts at most 90.",
      "A week counts at most 300.",
      "Up to 20 above the target is carried over to the next.",
      "Excused days are left out.",
    ],
  ],
  [
    "from what on a period is met, where the score does not say it",
    { period: { kind: "day" }, aggregate: { kind: "mean_actual" } },
    ["A day is met from 150.", "Excused days are left out."],
  ],
  [
    "bands with every kind of limit",
    {
      period: { kind: "day" },
      bands: [
        { name: "on_track", atLeast: 0.8 },
        { name: "slipping", moreThan: 0.5, atMost: 0.8 },
        { name: "at_high_risk" },
      ],
    },
    ["Excused days are left out.", "On track from 0.8, slipping above 0.5 to 0.8, else at high risk."],
  ],
];

describe("a formula in words", () => {
  it.each(sentences)("says %s", (_, more, sentence) => {
    assert.strictEqual(FormulaSentence.sentence({ ...base, ...more }), sentence);
  });

  it.each(nouns)("names what is measured: %j", (metric, noun) => {
    assert.strictEqual(FormulaSentence.metricNoun(metric), noun);
  });

  it.each(amounts)("speaks of one thing in the singular: %d %j", (amount, metric, words) => {
    assert.strictEqual(FormulaSentence.amountNoun(amount, metric), words);
  });

  it.each(said)("adds what the sentence leaves out: %s", (_, more, rest) => {
    const formula = { ...base, ...more };
    const [first, ...others] = FormulaSentence.description(formula);
    const sentence = FormulaSentence.sentence(formula);
    assert.strictEqual(first, `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`);
    assert.deepStrictEqual(others, rest);
  });
});
