import { describe, expect, it } from "vitest";
import fc from "fast-check";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as ActivityCalendar from "../../../src/pulseloop/domain/ActivityCalendar.ts";
import * as Excuse from "../../../src/pulseloop/domain/Excuse.ts";
import * as Metric from "../../../src/pulseloop/domain/Metric.ts";
import * as Streak from "../../../src/pulseloop/domain/Streak.ts";
import * as StreakExplanation from "../../../src/pulseloop/domain/StreakExplanation.ts";
import * as Histories from "../../../src/testing/arbitraries/Histories.ts";
import * as Rules from "../../../src/testing/arbitraries/Rules.ts";

const monday = CivilDate.of("2026-01-05");
const at = (offset: number) => CivilDate.addDays(monday, offset);
const explain = (days: ReadonlyArray<number>, rest: Partial<Streak.Input> & { readonly asOf: CivilDate.CivilDate }) =>
  StreakExplanation.explain({
    calendar: ActivityCalendar.fromFacts(
      days.map((day, index) => ({
        civilDate: at(day),
        contribution: { factId: `${index}`, version: 1, type: "other", source: "manual" },
      })),
    ),
    since: monday,
    ...rest,
  });

describe("StreakExplanation", () => {
  it.each<[string, Streak.Rule]>([
    ["days in a row with at least 1 event", Streak.daily],
    ["runs of 7 days in a row with at least 3 active days", Streak.timesInDays(3, 7, monday)],
    [
      "weeks in a row with at least 150 minutes or 3 active days, resting on Sundays",
      {
        period: { kind: "week" },
        thresholds: [
          { metric: Metric.minutes, atLeast: 150 },
          { metric: Metric.activeDays, atLeast: 3 },
        ],
        join: "any",
        restWeekdays: [7],
      },
    ],
    [
      "days in a row with at least 1 event, with 1 freeze to begin with, one more for every 7 met, at most 2 held",
      { ...Streak.daily, freezes: { initial: 1, earnEvery: 7, cap: 2 } },
    ],
    [
      "months in a row with at least 1 event and 30 minutes, resting on Saturdays and Sundays, with 2 freezes to begin with, at most 3 held",
      {
        period: { kind: "month" },
        thresholds: [
          { metric: Metric.events, atLeast: 1 },
          { metric: Metric.minutes, atLeast: 30 },
        ],
        restWeekdays: [6, 7],
        freezes: { initial: 2, cap: 3 },
      },
    ],
  ])("says of the rule: %s", (sentence, rule) => {
    expect(StreakExplanation.sentence(rule)).toBe(sentence);
  });

  const weekly = (join: "all" | "any"): Streak.Rule => ({
    period: { kind: "week" },
    thresholds: [
      { metric: Metric.events, atLeast: 3 },
      { metric: Metric.activeDays, atLeast: 2 },
    ],
    join,
  });

  it("tells what is still asked of a week: everything, or one of it, and by when", () => {
    const toBegin = (join: "all" | "any", days: ReadonlyArray<number>) =>
      explain(days, { asOf: at(2), rule: weekly(join) }).text.at(-1);
    expect(toBegin("all", [])).toBe("To begin one: 3 events and 2 active days by 2026-01-11.");
    expect(toBegin("all", [1])).toBe("To begin one: 3 events (1 so far) and 2 active days (1 so far) by 2026-01-11.");
    expect(toBegin("any", [])).toBe("To begin one: 3 events or 2 active days by 2026-01-11.");
  });

  it("names weeks by their first and last day, and one of them as one", () => {
    const { text } = explain([0, 1, 2, 14, 15, 16], { asOf: at(18), rule: weekly("all") });
    expect(text).toContain("As of 2026-01-23 the streak is 1 week, from 2026-01-19 on; it is active.");
    expect(text).toContain("The streak before it was lost with 2026-01-12 to 2026-01-18.");
  });

  it("names a run of days as one", () => {
    const rule = Streak.timesInDays(1, 7, monday);
    expect(explain([0], { asOf: at(3), rule }).text).toContain(
      "As of 2026-01-08 the streak is 1 run of 7 days, from 2026-01-05 on; it is active.",
    );
  });

  it("counts as excused meanwhile only what lies in the streak that lasts", () => {
    const excused = Excuse.daysOf([{ from: at(1), to: at(1), reason: "illness", grantedBy: "coach" }]);
    const { text } = explain([0, 2, 4, 5], { asOf: at(5), excused });
    expect(text.filter((line) => line.startsWith("Excused"))).toEqual([]);
  });

  it("tells freezes of which none was spent", () => {
    const rule: Streak.Rule = { ...Streak.daily, freezes: { initial: 2, cap: 2 } };
    expect(explain([0, 1], { asOf: at(1), rule }).text).toContain("Freezes left: 2.");
  });

  it("tells the streak in words", () => {
    const illness = Excuse.daysOf([{ from: at(5), to: at(5), reason: "illness", grantedBy: "coach" }]);
    expect(explain([0, 1, 3, 4, 6], { asOf: at(7), excused: illness }).text).toEqual([
      "days in a row with at least 1 event.",
      "As of 2026-01-12 the streak is 3 days, from 2026-01-08 on; it is at risk.",
      "The best was 3 days, 2026-01-08 to 2026-01-11.",
      "Excused meanwhile, neither added nor broken: 1 day.",
      "The streak before it was lost with 2026-01-07.",
      "To keep it alive: 1 event on 2026-01-12.",
    ]);
  });

  it("tells what was spent on freezes, and how a new streak begins", () => {
    const rule: Streak.Rule = { ...Streak.daily, freezes: { initial: 1, cap: 1 } };
    expect(explain([0, 2], { asOf: at(3), rule }).text).toContain("Freezes left: 0; spent on 2026-01-06.");
    expect(explain([], { asOf: at(3) }).text).toEqual([
      "days in a row with at least 1 event.",
      "As of 2026-01-08 there is no streak.",
      "To begin one: 1 event on 2026-01-08.",
    ]);
  });

  it("lists as many met periods in the current run as the streak is long, for every rule", () => {
    fc.assert(
      fc.property(
        Histories.history(),
        Rules.rule,
        Rules.excuses,
        Histories.civilDate(),
        (history, rule, excuses, asOf) => {
          const calendar = ActivityCalendar.fromFacts(history);
          const since = Histories.firstDay;
          const { current, periods } = StreakExplanation.explain({
            calendar,
            rule,
            since,
            asOf,
            excused: Excuse.daysOf(excuses),
          });
          const met = periods.filter(({ status, from }) => status === "met" && from >= (current.start ?? Infinity));
          expect(met.length).toBe(current.length);
        },
      ),
    );
  });
});
