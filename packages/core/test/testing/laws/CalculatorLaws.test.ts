import { describe, expect, it } from "vitest";
import * as ActivityCalendar from "../../../src/pulseloop/domain/ActivityCalendar.ts";
import * as Adherence from "../../../src/pulseloop/domain/Adherence.ts";
import { shippedFormulas } from "../../../src/pulseloop/domain/ShippedFormulas.ts";
import * as Streak from "../../../src/pulseloop/domain/Streak.ts";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as Histories from "../../../src/testing/arbitraries/Histories.ts";
import * as CalculatorLaws from "../../../src/testing/laws/CalculatorLaws.ts";

const asOf = CivilDate.addDays(Histories.firstDay, 60);
const streak: CalculatorLaws.Calculator = (facts) =>
  Streak.evaluate({ calendar: ActivityCalendar.fromFacts(facts), asOf, since: Histories.firstDay });
const scores: CalculatorLaws.Calculator = (facts) => {
  const calendar = ActivityCalendar.fromFacts(facts);
  return shippedFormulas.map((formula) => Adherence.evaluate({ formula, calendar, since: Histories.firstDay, asOf }));
};

/** What the best-known fitness application does: a counter that looks at the last day it was told of. */
const counter: CalculatorLaws.Calculator = (facts) => {
  let streakDays = 0;
  let lastDay = -Infinity;
  for (const { civilDate } of facts) {
    if (civilDate === lastDay) continue;
    streakDays = civilDate === lastDay + 1 ? streakDays + 1 : 1;
    lastDay = civilDate;
  }
  return streakDays;
};

describe("CalculatorLaws", () => {
  it.each([
    ["the streak", streak],
    ["every shipped formula", scores],
  ])("%s is order-free and retractable", (_, calculate) => {
    expect(CalculatorLaws.orderFree(calculate)).toMatchObject({ holds: true, runs: 300 });
    expect(CalculatorLaws.retractable(calculate)).toMatchObject({ holds: true, runs: 300 });
  });

  it("the streak kept fact by fact is the streak computed at once", () => {
    const kept: CalculatorLaws.Incremental<ActivityCalendar.ActivityCalendar> = {
      start: () => ActivityCalendar.empty,
      add: ActivityCalendar.put,
      answer: (calendar) => Streak.evaluate({ calendar, asOf, since: Histories.firstDay }),
    };
    expect(CalculatorLaws.incrementalIsBatch(streak, kept)).toMatchObject({ holds: true });
  });

  it("finds in words that a counter of days breaks when a day arrives last", () => {
    const verdict = CalculatorLaws.orderFree(counter);
    expect(verdict.holds).toBe(false);
    if (verdict.holds) return;
    expect(verdict.counterexample[0]).toMatch(/^Of \d recorded versions:$/);
    expect(verdict.counterexample.at(-1)).toMatch(/^as they arrived it is \d+\.$/);
    expect(CalculatorLaws.retractable(counter).holds).toBe(false);
  });
});
