/**
 * The formulas that come with ZMOS, each with its published source; data, so a tenant may start from any of them.
 */
import * as Metric from "./Metric.ts";
import type { Band, Formula, Law, Parameter } from "./Formula.ts";

const standing: ReadonlyArray<Band> = [
  { name: "on_track", atLeast: 0.8 },
  { name: "at_risk", atLeast: 0.5 },
  { name: "off_track" },
];

const everyLaw: ReadonlyArray<Law> = [
  "bounded",
  "monotone",
  "skip_neutral",
  "zero_target_defined",
  "order_free",
  "unit_consistent",
  "window_local",
];

const lawsExcept = (...broken: ReadonlyArray<Law>): ReadonlyArray<Law> =>
  everyLaw.filter((law) => !broken.includes(law));

const weeks: Parameter = { name: "weeks", path: ["window", "count"] };
const target: Parameter = { name: "target", path: ["target", "perPeriod"] };
const measure: Parameter = { name: "measure", path: ["measure", "metric", "measure"] };

/** What the weekly formulas share: the last four full weeks, a week partly excused asking its share. */
const weekly = {
  period: { kind: "week" },
  excused: "prorate",
  firstPartial: "leave_out",
  current: "leave_out",
  window: { kind: "last_periods", count: 4 },
} as const;

/** What the formulas over days share: every day since the score began, today included. */
const byDay = {
  period: { kind: "day" },
  excused: "skip",
  firstPartial: "whole",
  current: "count",
  window: { kind: "all" },
} as const;

/** Sum of actual ÷ sum of targets over the last four full weeks, at most 1. */
export const zmosV1: Formula = {
  id: "zmos-v1",
  version: 1,
  name: "ZMOS adherence",
  source: "ZMOS implementation plan, phase 3: adherence = actual ÷ target for the last N weeks",
  measure: { kind: "tally", metric: Metric.events },
  ...weekly,
  target: { kind: "constant", perPeriod: 3 },
  aggregate: { kind: "ratio_of_sums" },
  scoreAtMost: 1,
  bands: standing,
  laws: everyLaw,
  parameters: [weeks, target, measure],
};

/** Mean of weekly ratios, each at most 1: a good week cannot make up for a bad one. */
export const cappedWeeks: Formula = {
  id: "capped-weeks",
  version: 1,
  name: "Capped weeks",
  source:
    "Attendance as exercise trials report it: sessions attended ÷ sessions prescribed a week, at most 100 %, averaged",
  measure: { kind: "tally", metric: Metric.events },
  ...weekly,
  target: { kind: "constant", perPeriod: 3 },
  ratioAtMost: 1,
  aggregate: { kind: "mean" },
  bands: standing,
  laws: everyLaw,
  parameters: [weeks, target, measure],
};

/** Share of weeks whose target was met. */
export const weeksMet: Formula = {
  id: "weeks-met",
  version: 1,
  name: "Weeks met",
  source: "Weekly goal attainment: weeks that reached the goal ÷ weeks",
  measure: { kind: "tally", metric: Metric.events },
  ...weekly,
  target: { kind: "constant", perPeriod: 3 },
  aggregate: { kind: "share_met" },
  bands: standing,
  laws: everyLaw,
  parameters: [weeks, target, measure],
};

const adherent: ReadonlyArray<Band> = [{ name: "adherent", atLeast: 0.8 }, { name: "not_adherent" }];

/** Proportion of days covered; overlapping days shift forward. */
export const pdc: Formula = {
  id: "pdc",
  version: 1,
  name: "Proportion of days covered",
  source:
    "Pharmacy Quality Alliance, Proportion of Days Covered (adherent at 80 % and above), with activity for supply",
  measure: { kind: "coverage", metric: Metric.events, atLeast: 1, coverDays: 1, overlap: "shift" },
  ...byDay,
  target: { kind: "constant", perPeriod: 1 },
  ratioAtMost: 1,
  aggregate: { kind: "mean" },
  bands: adherent,
  laws: everyLaw,
  parameters: [{ name: "coverDays", path: ["measure", "coverDays"] }],
};

/** Days supplied ÷ days, uncapped. */
export const mpr: Formula = {
  id: "mpr",
  version: 1,
  name: "Medication possession ratio",
  source: "Medication possession ratio: days' supply ÷ days in the period, uncapped, with activity for supply",
  measure: { kind: "coverage", metric: Metric.events, atLeast: 1, coverDays: 1, overlap: "add" },
  ...byDay,
  target: { kind: "constant", perPeriod: 1 },
  aggregate: { kind: "ratio_of_sums" },
  bands: adherent,
  laws: lawsExcept("bounded"),
  parameters: [{ name: "coverDays", path: ["measure", "coverDays"] }],
};

/** Moderate-equivalent minutes ÷ 150 a week. */
export const who150: Formula = {
  id: "who-150",
  version: 1,
  name: "WHO 150 minutes",
  source:
    "WHO guidelines on physical activity and sedentary behaviour, 2020: 150 min moderate, 75 min vigorous or an equivalent mix a week",
  measure: { kind: "tally", metric: Metric.moderateEquivalentMinutes },
  ...weekly,
  target: { kind: "constant", perPeriod: 150 },
  ratioAtMost: 1,
  aggregate: { kind: "mean" },
  bands: [{ name: "sufficient", atLeast: 1 }, { name: "insufficient", moreThan: 0 }, { name: "inactive" }],
  laws: everyLaw,
  parameters: [weeks, target],
};

/** Days a week × minutes a day, in minutes a week. */
export const exerciseVitalSign: Formula = {
  id: "exercise-vital-sign",
  version: 1,
  name: "Exercise vital sign",
  source:
    "Coleman et al., Med Sci Sports Exerc 2012;44:2071; LOINC 89555-7 (days a week), 68516-4 (minutes a day), 82290-8 (minutes a week)",
  measure: { kind: "tally", metric: { measure: "minutes", where: { intensities: ["moderate", "vigorous"] } } },
  ...weekly,
  excused: "skip",
  target: { kind: "constant", perPeriod: 150 },
  aggregate: { kind: "mean_actual" },
  bands: [{ name: "sufficient", atLeast: 150 }, { name: "insufficient", moreThan: 0 }, { name: "inactive" }],
  laws: lawsExcept("bounded"),
  parameters: [weeks],
};

/** Habit strength for n times in m days. */
export const habitStrength: Formula = {
  id: "habit-strength",
  version: 1,
  name: "Habit strength",
  source: "Loop Habit Tracker, habit score: exponential smoothing with decay 0.5^(√frequency ÷ 13)",
  measure: { kind: "tally", metric: Metric.events },
  ...byDay,
  target: { kind: "constant", perPeriod: 1 },
  aggregate: { kind: "habit", times: 1, days: 1 },
  bands: [{ name: "strong", atLeast: 0.8 }, { name: "growing", atLeast: 0.5 }, { name: "weak" }],
  laws: everyLaw,
  parameters: [
    { name: "times", path: ["aggregate", "times"] },
    { name: "days", path: ["aggregate", "days"] },
  ],
};

/** Items done ÷ items prescribed in the last 30 days. */
export const completion30d: Formula = {
  id: "completion-30d",
  version: 1,
  name: "Completion, 30 days",
  source:
    "Coaching platforms' 30-day compliance: workouts completed ÷ workouts assigned, late within the week included",
  measure: { kind: "completion", weekdays: [1, 3, 5] },
  ...byDay,
  target: { kind: "prescribed" },
  window: { kind: "last_days", days: 30 },
  aggregate: { kind: "ratio_of_sums" },
  bands: standing,
  laws: lawsExcept("window_local"),
  parameters: [
    { name: "days", path: ["window", "days"] },
    { name: "weekdays", path: ["measure", "weekdays"] },
  ],
};

/** Done ÷ planned in the last full week, with a band for too little and for too much. */
export const bandedRatio: Formula = {
  id: "banded-ratio",
  version: 1,
  name: "Banded ratio",
  source: "TrainingPeaks workout compliance: 80–120 % green, 50–79 % and 121–150 % amber, else red",
  measure: { kind: "tally", metric: Metric.minutes },
  ...weekly,
  window: { kind: "last_periods", count: 1 },
  target: { kind: "constant", perPeriod: 150 },
  aggregate: { kind: "ratio_of_sums" },
  bands: [{ name: "green", atLeast: 0.8, atMost: 1.2 }, { name: "amber", atLeast: 0.5, atMost: 1.5 }, { name: "red" }],
  laws: lawsExcept("bounded", "monotone"),
  parameters: [weeks, target, measure],
};

const pointsTable: ReadonlyArray<Metric.PointsRow> = [
  { where: { intensities: ["light"] }, minutesAtLeast: 30, points: 10 },
  { where: { intensities: ["moderate"] }, minutesAtLeast: 30, points: 20 },
  { where: { intensities: ["moderate"] }, minutesAtLeast: 60, points: 35 },
  { where: { intensities: ["vigorous"] }, minutesAtLeast: 30, points: 35 },
];

/** Points by a table, at most 35 a day, against 100 a week. */
export const cappedPoints: Formula = {
  id: "capped-points",
  version: 1,
  name: "Capped points",
  source:
    "An insurer's published programme: light 30 min 10 points, moderate 30 min 20, moderate 60 or vigorous 30 min 35; 35 a day",
  measure: { kind: "tally", metric: { measure: "points", table: pointsTable }, dayAtMost: 35 },
  ...weekly,
  target: { kind: "constant", perPeriod: 100 },
  ratioAtMost: 1,
  aggregate: { kind: "mean" },
  bands: standing,
  laws: everyLaw,
  parameters: [
    weeks,
    { name: "goal", path: ["target", "perPeriod"] },
    { name: "dayCap", path: ["measure", "dayAtMost"] },
  ],
};

/** Points by a table, only the best activity of a day. */
export const bestOfDay: Formula = {
  id: "best-of-day",
  version: 1,
  name: "Best of the day",
  source: "Insurers' activity programmes that award the day's highest single activity only; table as for capped-points",
  measure: { kind: "tally", metric: { measure: "points", table: pointsTable }, bestOfDay: true },
  ...weekly,
  target: { kind: "constant", perPeriod: 100 },
  ratioAtMost: 1,
  aggregate: { kind: "mean" },
  bands: standing,
  laws: everyLaw,
  parameters: [weeks, { name: "goal", path: ["target", "perPeriod"] }],
};

/** MET-minutes a week. */
export const metMinutes: Formula = {
  id: "met-minutes",
  version: 1,
  name: "MET-minutes",
  source:
    "IPAQ scoring protocol, 2005: walking 3.3, moderate 4, vigorous 8 METs, at most 180 min a day each; 600 and 3,000 a week",
  measure: {
    kind: "tally",
    metric: {
      measure: "met_minutes",
      categories: [
        { where: { intensities: ["light"] }, mets: 3.3, dayCapMinutes: 180 },
        { where: { intensities: ["moderate"] }, mets: 4, dayCapMinutes: 180 },
        { where: { intensities: ["vigorous"] }, mets: 8, dayCapMinutes: 180 },
      ],
    },
  },
  ...weekly,
  excused: "skip",
  target: { kind: "constant", perPeriod: 600 },
  aggregate: { kind: "mean_actual" },
  bands: [{ name: "high", atLeast: 3_000 }, { name: "moderate", atLeast: 600 }, { name: "low" }],
  laws: lawsExcept("bounded"),
  parameters: [weeks, target],
};

/** A goal that begins where the member is and grows with each success. */
export const adaptiveGoal: Formula = {
  id: "adaptive-goal",
  version: 1,
  name: "Adaptive goal",
  source:
    "Insurers' personal weekly goals: the first is the 12-week mean (at least 150), 50 more after each success, at most 1,200",
  measure: { kind: "tally", metric: Metric.moderateEquivalentMinutes },
  ...weekly,
  target: { kind: "adaptive", meanOfPeriods: 12, atLeast: 150, step: 50, atMost: 1_200 },
  ratioAtMost: 1,
  aggregate: { kind: "mean" },
  bands: standing,
  laws: lawsExcept("monotone", "window_local", "zero_target_defined"),
  parameters: [
    weeks,
    { name: "floor", path: ["target", "atLeast"] },
    { name: "step", path: ["target", "step"] },
    { name: "ceiling", path: ["target", "atMost"] },
  ],
};

/** Every formula that comes with ZMOS. */
export const shippedFormulas: ReadonlyArray<Formula> = [
  zmosV1,
  cappedWeeks,
  weeksMet,
  pdc,
  mpr,
  who150,
  exerciseVitalSign,
  habitStrength,
  completion30d,
  bandedRatio,
  cappedPoints,
  bestOfDay,
  metMinutes,
  adaptiveGoal,
];

/** The shipped formula with this id. */
export const byId = (id: string): Formula | undefined => shippedFormulas.find((formula) => formula.id === id);
