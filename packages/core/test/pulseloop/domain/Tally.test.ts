import { assert, describe, it } from "@effect/vitest";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as ActivityCalendar from "../../../src/pulseloop/domain/ActivityCalendar.ts";
import type * as Formula from "../../../src/pulseloop/domain/Formula.ts";
import { tally } from "../../../src/pulseloop/domain/Tally.ts";

const march = (day: number) => CivilDate.fromYmd(2026, 3, day)!; // the 2nd is a Monday

const moved = (factId: string, day: number, minutes: number, sessionTypeId: string): ActivityCalendar.CalendarFact => ({
  civilDate: march(day),
  contribution: { factId, version: 1, type: "gym_checkin", source: "check_in", minutes, sessionTypeId },
});

const calendar = ActivityCalendar.fromFacts([
  moved("run before work", 3, 20, "run"),
  moved("long spin", 3, 60, "spin"),
  moved("spin again", 7, 45, "spin"),
  moved("Sunday run", 8, 90, "run"),
  moved("next Monday", 9, 30, "run"),
]);

const tallied = (measure: Omit<Formula.Tally, "kind">, from: number, to: number, weekStart?: CivilDate.Weekday) =>
  tally({ kind: "tally", ...measure }, calendar, { from: march(from), to: march(to) }, weekStart);

const minutes = { metric: { measure: "minutes" } } as const;
const activeDays = { metric: { measure: "active_days" } } as const;
const sessionTypes = { metric: { measure: "session_types" } } as const;

describe("a tally", () => {
  it.each<[string, Omit<Formula.Tally, "kind">, total: number]>([
    ["adds up its days, the first and the last included", minutes, 245],
    ["counts an activity at most so much", { ...minutes, activityAtMost: 50 }, 20 + 50 + 45 + 50 + 30],
    ["counts the best activity of a day alone", { ...minutes, bestOfDay: true }, 60 + 45 + 90 + 30],
    ["counts a day at most so much", { ...minutes, dayAtMost: 70 }, 70 + 45 + 70 + 30],
    ["counts a week at most so much", { ...minutes, weekAtMost: 100 }, 100 + 30],
    [
      "cuts the activity first, then the day, then the week",
      { ...minutes, activityAtMost: 50, dayAtMost: 60, weekAtMost: 140 },
      140 + 30,
    ],
    ["counts a type of session once, however often it was done", sessionTypes, 2],
    ["counts the days on which somebody moved", activeDays, 4],
  ])("%s", (_, measure, total) => {
    assert.strictEqual(tallied(measure, 3, 9), total);
  });

  it.each([
    [1, 100 + 30],
    [7, 100 + 100],
  ] as const)("begins its weeks on weekday %i where the formula says so", (weekStart, total) => {
    assert.strictEqual(tallied({ ...minutes, weekAtMost: 100 }, 3, 9, weekStart), total);
  });

  it("has no activities to cut where days or types are counted", () => {
    assert.strictEqual(tallied({ ...activeDays, bestOfDay: true, activityAtMost: 0.5 }, 3, 9), 4);
    assert.strictEqual(tallied({ ...sessionTypes, bestOfDay: true, activityAtMost: 0.5 }, 3, 9), 2);
  });
});
