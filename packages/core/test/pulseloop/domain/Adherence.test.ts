import { describe, expect, it } from "vitest";
import fc from "fast-check";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as ActivityCalendar from "../../../src/pulseloop/domain/ActivityCalendar.ts";
import * as Adherence from "../../../src/pulseloop/domain/Adherence.ts";
import * as Excuse from "../../../src/pulseloop/domain/Excuse.ts";
import * as Formula from "../../../src/pulseloop/domain/Formula.ts";
import * as Shipped from "../../../src/pulseloop/domain/ShippedFormulas.ts";
import habitVectors from "../../../src/testing/vectors/habit-strength.json" with { type: "json" };
import * as Histories from "../../../src/testing/arbitraries/Histories.ts";
import * as Rules from "../../../src/testing/arbitraries/Rules.ts";
import { habitStrength, pdc, references } from "../../../src/testing/reference/ReferenceFormulas.ts";

const monday = CivilDate.of("2026-01-05");

/** Events a week, Mondays first; the last number is the week of as-of, a Thursday. */
const weeks = (events: ReadonlyArray<number>) => ({
  formula: Shipped.zmosV1,
  since: monday,
  asOf: CivilDate.addDays(monday, 7 * (events.length - 1) + 3),
  calendar: ActivityCalendar.fromFacts(
    events.flatMap((count, week) =>
      Array.from({ length: count }, (_, number) => ({
        civilDate: CivilDate.addDays(monday, 7 * week + (number % 3)),
        contribution: { factId: `${week}-${number}`, version: 1, type: "gym_checkin", source: "check_in" } as const,
      })),
    ),
  ),
});

const excusedFrom = (week: number, firstDay: number, days: number) =>
  Excuse.daysOf([
    {
      from: CivilDate.addDays(monday, 7 * week + firstDay),
      to: CivilDate.addDays(monday, 7 * week + firstDay + days - 1),
      reason: "illness",
      grantedBy: "coach",
    },
  ]);

describe("zmos-v1", () => {
  it.each<[string, ReadonlyArray<number>, number | undefined, string | undefined]>([
    ["no full week yet: no score", [2], undefined, undefined],
    ["one full week", [3, 0], 1, "on_track"],
    ["two of three", [2, 0], 2 / 3, "at_risk"],
    ["the week that goes on does not count", [2, 9], 2 / 3, "at_risk"],
    ["a good week makes up for a bad one", [1, 5, 0], 1, "on_track"],
    ["never more than 1", [9, 9, 0], 1, "on_track"],
    ["only the last four full weeks count", [0, 3, 3, 3, 3, 0], 1, "on_track"],
    ["sum of actual over sum of targets", [3, 2, 1, 0, 0], 6 / 12, "at_risk"],
    ["nothing in four weeks", [0, 0, 0, 0, 0], 0, "off_track"],
  ])("%s: weeks %j score %d", (_, events, score, band) => {
    const result = Adherence.evaluate(weeks(events));
    if (score === undefined) expect(result.score).toBeUndefined();
    else expect(result.score).toBeCloseTo(score, 12);
    expect(result.band).toBe(band);
  });

  it("puts an excused week aside and reaches one week further back", () => {
    const input = weeks([3, 3, 3, 0, 3, 0]);
    expect(Adherence.evaluate(input).score).toBe(9 / 12);
    const result = Adherence.evaluate({ ...input, excused: excusedFrom(3, 0, 7) });
    expect(result.score).toBe(1);
    expect(result.periods.map(({ status, leftOut }) => [status, leftOut])).toEqual([
      ["met", undefined],
      ["met", undefined],
      ["met", undefined],
      ["excused", "excused"],
      ["met", undefined],
      ["pending", "not_over"],
    ]);
  });

  it("asks of a week partly excused the share of its open days", () => {
    const result = Adherence.evaluate({ ...weeks([1, 0]), excused: excusedFrom(0, 3, 4) });
    expect(result.periods[0]).toMatchObject({ target: (3 * 3) / 7, actual: 1, openDays: 3, status: "missed" });
    expect(result.score).toBeCloseTo(7 / 9, 12);
  });

  it("lets a week that was met although excused help, and take nobody's place", () => {
    const input = weeks([3, 2, 2, 2, 3, 0]);
    const excused = excusedFrom(4, 0, 7);
    const result = Adherence.evaluate({ ...input, excused });
    expect(result.periods[4]).toMatchObject({ status: "met", openDays: 0 });
    expect(result.periods[4]).not.toHaveProperty("leftOut");
    expect(result.score).toBeCloseTo((3 + 2 + 2 + 2 + 3) / (4 * 3 + 3 / 7), 12);
  });

  it("leaves out the week in whose middle the score began", () => {
    const { since, ...input } = weeks([1, 3, 0]);
    const result = Adherence.evaluate({ ...input, since: CivilDate.addDays(since, 2) });
    expect(result.periods[0]).toMatchObject({ leftOut: "began_before_the_score" });
    expect(result.score).toBe(1);
  });

  it("begins at its own first day and not at the first fact", () => {
    expect(Adherence.evaluate(weeks([0, 0, 3, 0])).score).toBe(3 / 9);
  });

  it("has no score before its first day", () => {
    const { asOf: _, ...input } = weeks([3, 3]);
    const result = Adherence.evaluate({ ...input, asOf: CivilDate.addDays(monday, -1) });
    expect([result.score, result.periods, result.parts]).toEqual([undefined, [], []]);
  });

  it("gives every week the score as it stood at its end", () => {
    expect(Adherence.series(weeks([3, 0, 3, 0, 0, 9])).map(({ score }) => score)).toEqual([
      1,
      3 / 6,
      6 / 9,
      6 / 12,
      3 / 12,
      3 / 12,
    ]);
  });
});

interface Activity {
  /** Days after the first Monday. */
  readonly on: number;
  readonly minutes?: number;
  readonly intensity?: "light" | "moderate" | "vigorous";
}

const history = (activities: ReadonlyArray<Activity>): ActivityCalendar.ActivityCalendar =>
  ActivityCalendar.fromFacts(
    activities.map(({ on, ...rest }, index) => ({
      civilDate: CivilDate.addDays(monday, on),
      contribution: { factId: `${index}`, version: 1, type: "other", source: "device", ...rest },
    })),
  );

const moderate = (on: number, minutes: number): Activity => ({ on, minutes, intensity: "moderate" });
const vigorous = (on: number, minutes: number): Activity => ({ on, minutes, intensity: "vigorous" });
const light = (on: number, minutes: number): Activity => ({ on, minutes, intensity: "light" });

/** As of the Monday after one full week, or after so many days. */
const scoreOf = (formula: Formula.Formula, activities: ReadonlyArray<Activity>, afterDays = 7) =>
  Adherence.evaluate({
    formula,
    calendar: history(activities),
    since: monday,
    asOf: CivilDate.addDays(monday, afterDays),
  });

const eachDayUntil = (days: number): ReadonlyArray<Activity> => Array.from({ length: days }, (_, on) => ({ on }));

describe("the shipped formulas, by their published numbers", () => {
  it.each<[string, ReadonlyArray<Activity>, number, string]>([
    ["150 minutes of moderate activity", [moderate(0, 50), moderate(2, 50), moderate(4, 50)], 1, "sufficient"],
    ["75 minutes of vigorous activity", [vigorous(0, 40), vigorous(3, 35)], 1, "sufficient"],
    ["an equivalent mix", [moderate(0, 50), vigorous(3, 50)], 1, "sufficient"],
    ["149 minutes", [moderate(0, 149)], 149 / 150, "insufficient"],
    ["three hours of light activity", [light(0, 180)], 0, "inactive"],
  ])("who-150: %s score %d", (_, activities, score, band) => {
    expect(scoreOf(Shipped.who150, activities)).toMatchObject({ score, band });
  });

  it("exercise-vital-sign: 4 days a week × 40 minutes a day are 160 minutes a week, light ones not counted", () => {
    const week = [moderate(0, 40), vigorous(2, 40), moderate(4, 40), moderate(6, 40), light(5, 60)];
    expect(scoreOf(Shipped.exerciseVitalSign, week)).toMatchObject({ score: 160, band: "sufficient" });
    expect(scoreOf(Shipped.exerciseVitalSign, week.slice(1))).toMatchObject({ score: 120, band: "insufficient" });
    expect(scoreOf(Shipped.exerciseVitalSign, [light(0, 60)])).toMatchObject({ score: 0, band: "inactive" });
  });

  it("met-minutes: 30 minutes of each a day, five days, are 2,295 MET-minutes", () => {
    const week = [0, 1, 2, 3, 4].flatMap((on) => [light(on, 30), moderate(on, 30), vigorous(on, 30)]);
    const result = scoreOf(Shipped.metMinutes, week);
    expect(result.score).toBeCloseTo(5 * 30 * (3.3 + 4 + 8), 9);
    expect(result.band).toBe("moderate");
  });

  it("met-minutes: four hours of vigorous activity on a day count as 180 minutes, and 3,000 a week are high", () => {
    expect(scoreOf(Shipped.metMinutes, [vigorous(0, 240)]).score).toBe(8 * 180);
    expect(scoreOf(Shipped.metMinutes, [vigorous(0, 240), vigorous(1, 240), vigorous(2, 15)]).band).toBe("high");
    expect(scoreOf(Shipped.metMinutes, [vigorous(0, 240), vigorous(1, 240), vigorous(2, 14)]).band).toBe("moderate");
  });

  it.each<[string, ReadonlyArray<Activity>, number]>([
    ["light 29 min: none", [light(0, 29)], 0],
    ["light 30 min: 10", [light(0, 30)], 10],
    ["moderate 30 min: 20", [moderate(0, 30)], 20],
    ["moderate 59 min: 20", [moderate(0, 59)], 20],
    ["moderate 60 min: 35", [moderate(0, 60)], 35],
    ["vigorous 30 min: 35", [vigorous(0, 30)], 35],
    ["20 and 10 on a day: 30", [moderate(0, 30), light(0, 30)], 30],
    ["20 and 20 on a day: 35", [moderate(0, 30), moderate(0, 30)], 35],
    ["20 and 20 on two days: 40", [moderate(0, 30), moderate(1, 30)], 40],
    ["35 on three days: 105, counted as 100", [vigorous(0, 30), vigorous(1, 30), vigorous(2, 30)], 100],
  ])("capped-points: %s", (_, activities, points) => {
    expect(scoreOf(Shipped.cappedPoints, activities).score).toBe(points / 100);
  });

  it("best-of-day: only the day's best activity counts", () => {
    expect(scoreOf(Shipped.bestOfDay, [moderate(0, 30), light(0, 45), moderate(1, 30)]).score).toBe(0.4);
  });

  it.each<[string, number, string]>([
    ["120 of 150", 120, "green"],
    ["180 of 150", 180, "green"],
    ["119 of 150", 119, "amber"],
    ["75 of 150", 75, "amber"],
    ["74 of 150", 74, "red"],
    ["181 of 150", 181, "amber"],
    ["225 of 150", 225, "amber"],
    ["226 of 150", 226, "red"],
  ])("banded-ratio: %s is %3$s", (_, minutes, band) => {
    expect(scoreOf(Shipped.bandedRatio, [{ on: 0, minutes }])).toMatchObject({ score: minutes / 150, band });
  });

  it("pdc: 24 of 30 days are exactly adherent, 23 are not", () => {
    expect(scoreOf(Shipped.pdc, eachDayUntil(24), 29)).toMatchObject({ score: 0.8, band: "adherent" });
    expect(scoreOf(Shipped.pdc, eachDayUntil(23), 29)).toMatchObject({ band: "not_adherent" });
  });

  it("pdc: overlapping supply shifts forward, and mpr counts it twice", () => {
    const covering = (formula: Formula.Formula) => Formula.withParameters(formula, { coverDays: 3 })!;
    // Active on days 1 and 2 of ten, three days each: days 1–6 are covered.
    const activities = [{ on: 0 }, { on: 1 }];
    expect(scoreOf(covering(Shipped.pdc), activities, 9).score).toBe(0.6);
    expect(scoreOf(covering(Shipped.mpr), [...activities, { on: 8 }, { on: 9 }], 9).score).toBe(1.2);
  });

  it("pdc: an excused day uses up no supply and is asked nothing", () => {
    const formula = Formula.withParameters(Shipped.pdc, { coverDays: 3 })!;
    const input = { formula, since: monday, asOf: CivilDate.addDays(monday, 4), calendar: history([{ on: 0 }]) };
    expect(Adherence.evaluate(input).score).toBe(3 / 5);
    expect(Adherence.evaluate({ ...input, excused: excusedFrom(0, 1, 2) }).score).toBe(1);
  });

  it("exercise-vital-sign: an excused week that reached the goal does not lower a higher average", () => {
    const input = { ...weeks([0, 0, 0]), formula: Shipped.exerciseVitalSign };
    const calendar = history([moderate(0, 300), moderate(7, 160)]);
    expect(Adherence.evaluate({ ...input, calendar }).score).toBe(230);
    const excused = excusedFrom(1, 0, 7);
    expect(Adherence.evaluate({ ...input, calendar, excused }).score).toBe(300);
    const overAll = { ...input, calendar, excused, formula: { ...input.formula, window: { kind: "all" } as const } };
    expect(Adherence.series(overAll).map(({ score }) => score)).toEqual([300, 300, 300]);
    const busier = history([moderate(0, 300), moderate(7, 320)]);
    expect(Adherence.evaluate({ ...input, calendar: busier, excused }).score).toBe(310);
  });

  it("habit-strength: a success on an excused day never lowers it, even after a long silence", () => {
    const formula = Formula.withParameters(Shipped.habitStrength, { times: 3, days: 7 })!;
    const often = Array.from({ length: 60 }, (_, index) => ({ on: 2 * index }));
    const strength = (more: ReadonlyArray<Activity>) =>
      Adherence.evaluate({
        formula,
        since: monday,
        asOf: CivilDate.addDays(monday, 140),
        calendar: history([...often, ...more]),
        excused: excusedFrom(20, 0, 1),
      }).score!;
    expect(strength([{ on: 140 }])).toBe(strength([]));
  });

  it.each(Object.entries(habitVectors.scoreByDay))("habit-strength: after %s daily successes %d", (days, score) => {
    const found = scoreOf(Shipped.habitStrength, eachDayUntil(Number(days)), Number(days) - 1).score!;
    expect(Math.abs(found - score)).toBeLessThan(habitVectors.tolerance);
  });

  it("completion-30d: an item done on another day of its week is done, in another week it is not", () => {
    // Items on Monday, Wednesday, Friday; as of the second Sunday six were due.
    expect(scoreOf(Shipped.completion30d, [{ on: 1 }, { on: 3 }, { on: 6 }], 13).score).toBe(0.5);
    expect(scoreOf(Shipped.completion30d, [{ on: 1 }, { on: 3 }, { on: 6 }, { on: 6 }], 13).score).toBe(0.5);
    expect(scoreOf(Shipped.completion30d, [{ on: 6 }, { on: 13 }], 13).score).toBe(2 / 6);
  });

  it("completion-30d: one event does one item only, of a kind that fits", () => {
    const calendar = history([vigorous(0, 30), light(4, 20)]);
    const due = (itemId: string, on: number, intensity: "light" | "vigorous") => ({
      itemId,
      dueOn: CivilDate.addDays(monday, on),
      where: { intensities: [intensity] },
    });
    const score = (prescribed: ReadonlyArray<ReturnType<typeof due>>) =>
      Adherence.evaluate({
        formula: Shipped.completion30d,
        calendar,
        prescribed,
        since: monday,
        asOf: CivilDate.addDays(monday, 6),
      }).score;
    expect(score([due("run", 2, "vigorous"), due("walk", 3, "light")])).toBe(1);
    expect(score([due("run", 2, "vigorous"), due("run again", 3, "vigorous")])).toBe(0.5);
  });

  it("adaptive-goal: 150 for a newcomer, 50 more after each success, unchanged after a miss", () => {
    const weekly = [150, 199, 200, 250].map((minutes, week) => moderate(7 * week, minutes));
    const { periods } = scoreOf(Shipped.adaptiveGoal, weekly, 28);
    expect(periods.map(({ target }) => target)).toEqual([150, 200, 200, 250, 300]);
  });

  it("adaptive-goal: begins at the mean of the twelve weeks before, and never asks more than 1,200", () => {
    const before = Array.from({ length: 12 }, (_, week) => moderate(-7 * (week + 1), 600 + 50 * week));
    const after = [moderate(0, 2_000), moderate(7, 2_000)];
    const input = { ...weeks([0]), formula: Shipped.adaptiveGoal };
    const goals = (activities: ReadonlyArray<Activity>) =>
      Adherence.evaluate({ ...input, calendar: history(activities), asOf: CivilDate.addDays(monday, 15) }).periods.map(
        ({ target }) => target,
      );
    expect(goals(before)).toEqual([875, 875, 875]);
    expect(goals([...before, ...after])).toEqual([875, 925, 975]);
    expect(goals([moderate(-7, 1_440 * 9), ...after])).toEqual([1_080, 1_130, 1_180]);
    expect(goals([moderate(-7, 1_440 * 9.9), ...after])).toEqual([1_188, 1_200, 1_200]);
  });

  it("capped-weeks and weeks-met: a good week cannot make up for a bad one", () => {
    const twoWeeks = [...eachDayUntil(6), { on: 7 }];
    expect(scoreOf(Shipped.zmosV1, twoWeeks, 14).score).toBe(1);
    expect(scoreOf(Shipped.cappedWeeks, twoWeeks, 14).score).toBeCloseTo(2 / 3, 12);
    expect(scoreOf(Shipped.weeksMet, twoWeeks, 14).score).toBe(0.5);
  });
});

describe("the combinators no shipped formula uses, or not in this way", () => {
  const minutesAWeek: Formula.Formula = {
    ...Shipped.cappedWeeks,
    measure: { kind: "tally", metric: { measure: "minutes" } },
    target: { kind: "constant", perPeriod: 100 },
    bands: [],
  };
  const tallied = (measure: Partial<Formula.Tally>, activities: ReadonlyArray<Activity>) =>
    scoreOf({ ...minutesAWeek, measure: { kind: "tally", metric: { measure: "minutes" }, ...measure } }, activities)
      .periods[0]!.actual;

  it.each<[string, Partial<Formula.Tally>, number]>([
    ["nothing cut", {}, 190],
    ["an activity at most 50", { activityAtMost: 50 }, 140],
    ["a day at most 60", { dayAtMost: 60 }, 120],
    ["only the best of the day", { bestOfDay: true }, 150],
    ["the best of the day, an activity at most 50", { bestOfDay: true, activityAtMost: 50 }, 100],
    ["a week at most 80", { weekAtMost: 80 }, 80],
    [
      "an activity at most 50, a day at most 60, a week at most 110",
      { activityAtMost: 50, dayAtMost: 60, weekAtMost: 110 },
      110,
    ],
    ["active days, a week at most one", { metric: { measure: "active_days" }, weekAtMost: 1 }, 1],
    ["session types", { metric: { measure: "session_types" } }, 0],
  ])("counts with %s", (_, measure, actual) => {
    const activities = [moderate(0, 90), moderate(0, 40), moderate(3, 60)];
    expect(tallied(measure, activities)).toBe(actual);
  });

  it("caps each week of a month by itself", () => {
    const month: Formula.Formula = {
      ...minutesAWeek,
      period: { kind: "month" },
      measure: { kind: "tally", metric: { measure: "minutes" }, weekAtMost: 50 },
    };
    // January 2026 after the 5th: two full weeks of 80, one of 30.
    const result = Adherence.evaluate({
      ...weeks([0]),
      formula: { ...month, firstPartial: "whole" },
      calendar: history([moderate(0, 40), moderate(6, 40), moderate(7, 80), moderate(14, 30)]),
      asOf: CivilDate.of("2026-02-01"),
    });
    expect(result.periods.map(({ actual, leftOut }) => [actual, leftOut])).toEqual([
      [130, undefined],
      [0, "not_over"],
    ]);
  });

  it("carries a surplus over to the next period, up to its limit, and no further", () => {
    const carrying: Formula.Formula = { ...minutesAWeek, carryAtMost: 30 };
    const { periods, score } = scoreOf(carrying, [moderate(0, 150), moderate(7, 60), moderate(14, 50)], 21);
    expect(periods.slice(0, 3).map(({ carried, actual }) => [carried, actual])).toEqual([
      [0, 150],
      [30, 90],
      [0, 50],
    ]);
    expect(score).toBeCloseTo((1 + 0.9 + 0.5) / 3, 12);
  });

  it("asks each phase for its own, and the last one for ever", () => {
    const phased: Formula.Formula = {
      ...minutesAWeek,
      target: {
        kind: "phases",
        phases: [
          { periods: 1, perPeriod: 50 },
          { periods: 2, perPeriod: 100 },
          { periods: 1, perPeriod: 150 },
        ],
      },
    };
    expect(scoreOf(phased, [], 35).periods.map(({ target }) => target)).toEqual([50, 100, 100, 150, 150, 150]);
  });

  it("weighs periods exponentially, the latest most", () => {
    const smoothed: Formula.Formula = {
      ...minutesAWeek,
      window: { kind: "all" },
      aggregate: { kind: "exponential", decay: 0.75 },
    };
    expect(scoreOf(smoothed, [moderate(0, 100)], 7).score).toBe(0.25);
    expect(scoreOf(smoothed, [moderate(0, 100)], 14).score).toBe(0.1875);
    expect(scoreOf(smoothed, [moderate(0, 100), moderate(7, 100)], 14).score).toBe(0.4375);
    const recent: Formula.Formula = { ...smoothed, window: { kind: "last_periods", count: 1 } };
    expect(scoreOf(recent, [moderate(0, 100), moderate(7, 100)], 14).score).toBe(0.25);
  });

  it.each([
    ["leave_out", undefined, 100],
    ["prorate", 1, (100 * 5) / 7],
    ["whole", 0.8, 100],
  ] as const)("treats a first week begun on its Wednesday as %s", (firstPartial, score, target) => {
    const result = Adherence.evaluate({
      ...weeks([0, 0]),
      formula: { ...minutesAWeek, firstPartial },
      since: CivilDate.addDays(monday, 2),
      asOf: CivilDate.addDays(monday, 7),
      calendar: history([moderate(0, 500), moderate(2, 80)]),
    });
    expect(result.score).toBe(score);
    expect(result.periods[0]).toMatchObject({ actual: 80, target, openDays: 5, from: CivilDate.addDays(monday, 2) });
  });

  it("counts the week that goes on as it stands, if the formula says so", () => {
    const current: Formula.Formula = { ...minutesAWeek, current: "count" };
    expect(scoreOf(current, [moderate(0, 100), moderate(8, 50)], 8)).toMatchObject({
      score: 0.75,
      periods: [{ status: "met" }, { status: "pending" }],
    });
  });

  it("keeps the dates of a window of dates, and drops its excused days from both sides", () => {
    const lastTen: Formula.Formula = { ...Shipped.pdc, window: { kind: "last_days", days: 10 } };
    const activities = [0, 5, 6, 7, 8, 9].map((on) => ({ on }));
    expect(scoreOf(lastTen, activities, 9).score).toBe(0.6);
    expect(scoreOf(lastTen, activities, 10).score).toBe(0.5);
    const input = {
      formula: lastTen,
      since: monday,
      asOf: CivilDate.addDays(monday, 9),
      calendar: history(activities),
    };
    expect(Adherence.evaluate({ ...input, excused: excusedFrom(0, 1, 4) }).score).toBe(1);
    expect(Adherence.evaluate({ ...input, excused: excusedFrom(0, 0, 2) }).score).toBe(6 / 9);
  });

  it("runs periods of days from the day the score began", () => {
    const runs: Formula.Formula = { ...minutesAWeek, period: { kind: "days", lengthDays: 10 } };
    const { periods } = scoreOf(runs, [moderate(9, 10), moderate(10, 20)], 20);
    expect(periods.map(({ from, actual }) => [from - monday, actual])).toEqual([
      [0, 10],
      [10, 20],
      [20, 0],
    ]);
  });

  it("begins its weeks where the formula says", () => {
    const sundays: Formula.Formula = { ...minutesAWeek, weekStart: 7 };
    const { periods } = scoreOf(sundays, [moderate(5, 10), moderate(6, 20)], 6);
    expect(periods.map(({ from, to, actual }) => [from - monday, to - monday, actual])).toEqual([
      [0, 5, 10],
      [6, 12, 20],
    ]);
  });

  it("asks nothing with a target of zero, and is met", () => {
    const nothing = { ...minutesAWeek, target: { kind: "constant", perPeriod: 0 } } as const;
    expect(scoreOf(nothing, [])).toMatchObject({ score: 1, periods: [{ ratio: 1, status: "met" }, {}] });
    expect(scoreOf({ ...nothing, aggregate: { kind: "ratio_of_sums" } }, [moderate(0, 10)]).score).toBe(1);
  });

  it("of several excused periods that were met, counts those that help, wherever they stand, and lists them in order", () => {
    const input = { ...weeks([0, 0, 0, 0]), formula: Shipped.exerciseVitalSign };
    const excused = (day: CivilDate.CivilDate) => excusedFrom(0, 0, 7)(day) ?? excusedFrom(2, 0, 7)(day);
    const average = (first: number, second: number, third: number) =>
      Adherence.evaluate({
        ...input,
        excused,
        calendar: history([moderate(0, first), moderate(7, second), moderate(14, third)]),
      });
    expect(average(400, 300, 160).score).toBe(350);
    expect(average(160, 300, 400).score).toBe(350);
    expect(average(400, 300, 500).score).toBe(400);
    expect(average(160, 300, 170).score).toBe(300);
    expect(average(400, 300, 500).parts.map(({ from, due }) => [from - monday, due])).toEqual([
      [0, "period"],
      [7, "period"],
      [14, "period"],
    ]);
    expect(average(160, 300, 400).periods.map(({ leftOut }) => leftOut)).toEqual([
      "outside_the_window",
      undefined,
      undefined,
      "not_over",
    ]);
  });

  it("leaves excused weeks without movement out of the mean an adaptive goal begins at", () => {
    const before = Array.from({ length: 6 }, (_, week) => moderate(-7 * (week + 1), 600));
    const input = { ...weeks([0]), formula: Shipped.adaptiveGoal, calendar: history(before) };
    const firstGoal = (excused: Excuse.ExcusedDays) => Adherence.evaluate({ ...input, excused }).periods[0]!.target;
    expect(firstGoal(Excuse.none)).toBe(300);
    expect(firstGoal(excusedFrom(-12, 0, 42))).toBe(600);
    expect(firstGoal(excusedFrom(-12, 0, 41))).toBe(3_600 / 7);
    expect(firstGoal(excusedFrom(-12, 0, 84))).toBe(600);
  });

  it("names version and dates with the score", () => {
    const result = scoreOf({ ...minutesAWeek, version: 3 }, []);
    expect(result).toMatchObject({
      formula: { id: "capped-weeks", version: 3 },
      since: monday,
      asOf: CivilDate.addDays(monday, 7),
    });
    expect(result).not.toHaveProperty("band");
  });
});

describe("the shipped formulas, by property", () => {
  const input = fc.tuple(
    Histories.historyAndArrival({ maxFacts: 60 }),
    fc.array(Rules.excuse, { maxLength: 4 }),
    Histories.civilDate(14),
    Histories.civilDate(90),
  );

  const difference = (found: number | undefined, expected: number | undefined): number =>
    found === expected ? 0 : Math.abs((found ?? Infinity) - (expected ?? Infinity));

  it.each(Shipped.shippedFormulas.map((formula) => [formula.id, formula] as const))(
    "%s equals its slow reference, whatever the facts, excuses and order of arrival",
    (id, formula) => {
      fc.assert(
        fc.property(input, ([[facts, arrival], excuses, since, asOf]) => {
          const excused = Excuse.daysOf(excuses);
          const calendar = ActivityCalendar.fromFacts(arrival);
          const { score, parts } = Adherence.evaluate({ formula, calendar, since, asOf, excused });
          expect(difference(score, references[id]!({ facts, since, asOf, excused }))).toBeLessThan(1e-9);
          if (score !== undefined) expect(parts.reduce((sum, part) => sum + part.amount, 0)).toBeCloseTo(score, 9);
        }),
        { numRuns: 60 },
      );
    },
  );

  it("habit-strength equals its slow reference for every frequency", () => {
    const frequency = fc
      .integer({ min: 1, max: 14 })
      .chain((days) => fc.tuple(fc.integer({ min: 1, max: days }), fc.constant(days)));
    fc.assert(
      fc.property(input, frequency, ([[facts], excuses, since, asOf], [times, days]) => {
        const excused = Excuse.daysOf(excuses);
        const formula = Formula.withParameters(Shipped.habitStrength, { times, days })!;
        const { score } = Adherence.evaluate({
          formula,
          calendar: ActivityCalendar.fromFacts(facts),
          since,
          asOf,
          excused,
        });
        expect(difference(score, habitStrength(times, days)({ facts, since, asOf, excused }))).toBeLessThan(1e-9);
      }),
      { numRuns: 200 },
    );
  });

  it("pdc equals its slow reference for every length of supply", () => {
    fc.assert(
      fc.property(input, fc.integer({ min: 1, max: 6 }), ([[facts], excuses, since, asOf], coverDays) => {
        const excused = Excuse.daysOf(excuses);
        const formula = Formula.withParameters(Shipped.pdc, { coverDays })!;
        const { score } = Adherence.evaluate({
          formula,
          calendar: ActivityCalendar.fromFacts(facts),
          since,
          asOf,
          excused,
        });
        expect(difference(score, pdc(coverDays)({ facts, since, asOf, excused }))).toBeLessThan(1e-9);
      }),
      { numRuns: 200 },
    );
  });

  const overAll = Shipped.shippedFormulas.map((formula) => ({ ...formula, window: { kind: "all" } as const }));
  const exponential: Formula.Formula = {
    ...Shipped.cappedWeeks,
    window: { kind: "all" },
    aggregate: { kind: "exponential", decay: 0.8 },
  };

  it("gives in a series the score that evaluating at the end of each period would give", () => {
    fc.assert(
      fc.property(
        input,
        fc.constantFrom(...Shipped.shippedFormulas, ...overAll, exponential),
        ([[facts], excuses, since, asOf], formula) => {
          const excused = Excuse.daysOf(excuses);
          const calendar = ActivityCalendar.fromFacts(facts);
          const points = Adherence.series({ formula, calendar, since, asOf, excused });
          for (const { to, score } of points) {
            // A period is over on the day after its last.
            const seenFrom = formula.current === "count" ? to : CivilDate.addDays(to, 1);
            if (seenFrom > asOf) continue;
            expect(
              difference(score, Adherence.evaluate({ formula, calendar, since, asOf: seenFrom, excused }).score),
            ).toBeLessThan(1e-9);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
