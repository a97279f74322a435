import { describe, expect, it } from "vitest";
import fc from "fast-check";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as ActivityCalendar from "../../../src/pulseloop/domain/ActivityCalendar.ts";
import * as Adherence from "../../../src/pulseloop/domain/Adherence.ts";
import * as Excuse from "../../../src/pulseloop/domain/Excuse.ts";
import { zmosV1 } from "../../../src/pulseloop/domain/ShippedFormulas.ts";
import * as Histories from "../../../src/testing/arbitraries/Histories.ts";
import * as Rules from "../../../src/testing/arbitraries/Rules.ts";
import * as Reference from "../../../src/testing/reference/ReferenceZmosV1.ts";

const monday = CivilDate.of("2026-01-05");

/** Events a week, Mondays first; the last number is the week of as-of, a Thursday. */
const weeks = (events: ReadonlyArray<number>) => ({
  formula: zmosV1,
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

  it("equals the slow reference, whatever the facts, excuses and order of arrival", () => {
    fc.assert(
      fc.property(
        Histories.historyAndArrival({ maxFacts: 50 }),
        fc.array(Rules.excuse, { maxLength: 5 }),
        Histories.civilDate(90),
        ([history, arrival], excuses, asOf) => {
          const excused = Excuse.daysOf(excuses);
          const since = Histories.firstDay;
          const expected = Reference.zmosV1(history, since, asOf, excused);
          const calendar = ActivityCalendar.fromFacts(arrival);
          const { score, parts } = Adherence.evaluate({ formula: zmosV1, calendar, since, asOf, excused });
          if (expected === undefined) expect(score).toBeUndefined();
          else {
            expect(score).toBeCloseTo(expected, 12);
            expect(parts.reduce((sum, part) => sum + part.amount, 0)).toBeCloseTo(score!, 12);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
