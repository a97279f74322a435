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
  ])("says of the rule: %s", (sentence, rule) => {
    expect(StreakExplanation.sentence(rule)).toBe(sentence);
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
