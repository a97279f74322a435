import { describe, expect, it } from "vitest";
import fc from "fast-check";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as ActivityCalendar from "../../../src/pulseloop/domain/ActivityCalendar.ts";
import * as AdherenceExplanation from "../../../src/pulseloop/domain/AdherenceExplanation.ts";
import type { Contribution } from "../../../src/pulseloop/domain/DayCell.ts";
import * as Excuse from "../../../src/pulseloop/domain/Excuse.ts";
import type * as Formula from "../../../src/pulseloop/domain/Formula.ts";
import * as Shipped from "../../../src/pulseloop/domain/ShippedFormulas.ts";
import * as Histories from "../../../src/testing/arbitraries/Histories.ts";
import * as Rules from "../../../src/testing/arbitraries/Rules.ts";

const monday = CivilDate.of("2026-01-05");

const fact = (factId: string, on: number, rest: Partial<Contribution> = {}): ActivityCalendar.CalendarFact => ({
  civilDate: CivilDate.addDays(monday, on),
  contribution: { factId, version: 1, type: "gym_checkin", source: "check_in", ...rest },
});

const explain = (formula: Formula.Formula, facts: ReadonlyArray<ActivityCalendar.CalendarFact>, afterDays = 14) =>
  AdherenceExplanation.explain({
    formula,
    calendar: ActivityCalendar.fromFacts(facts),
    since: monday,
    asOf: CivilDate.addDays(monday, afterDays),
  });

const reasons = (formula: Formula.Formula, facts: ReadonlyArray<ActivityCalendar.CalendarFact>) =>
  Object.fromEntries(explain(formula, facts).facts.map(({ factId, counted, reason }) => [factId, [counted, reason]]));

describe("AdherenceExplanation", () => {
  it("tells the score in words, each week with what it adds", () => {
    const facts = [fact("a", 0), fact("b", 2), fact("c", 7), fact("d", 14)];
    expect(explain(Shipped.zmosV1, facts).text).toEqual([
      "ZMOS adherence (zmos-v1, version 1): events of the last 4 full weeks ÷ the sum of their targets (3 a week), at most 1.",
      "As of 2026-01-19 the score is 0.5, at risk:",
      "  2026-01-05 to 2026-01-11: 2 of 3, missed, adds 0.3333",
      "  2026-01-12 to 2026-01-18: 1 of 3, missed, adds 0.1667",
      "  not counted, not over yet: 1 week: 2026-01-19 to 2026-01-25",
    ]);
  });

  it("says what the ceiling takes off", () => {
    const facts = Array.from({ length: 6 }, (_, index) => fact(`${index}`, index));
    expect(explain(Shipped.zmosV1, facts, 7).text.slice(2, 4)).toEqual([
      "  2026-01-05 to 2026-01-11: 6 of 3, met, adds 2",
      "  the ceiling of 1 takes 1 off",
    ]);
  });

  it("says when there is no score yet", () => {
    expect(explain(Shipped.zmosV1, [fact("a", 0)], 3).text[1]).toBe(
      "As of 2026-01-08 no week counts yet, so there is no score.",
    );
  });

  it("names for every fact what it adds, or why it adds nothing", () => {
    const found = reasons(Shipped.who150, [
      fact("moderate", 0, { minutes: 30, intensity: "moderate" }),
      fact("vigorous", 0, { minutes: 30, intensity: "vigorous" }),
      fact("light", 0, { minutes: 30, intensity: "light" }),
      fact("no intensity", 1, { minutes: 30 }),
      fact("no minutes", 1, { intensity: "moderate" }),
      fact("withdrawn", 1, { minutes: 30, intensity: "moderate", enteredInError: true }),
      fact("too early", -1, { minutes: 30, intensity: "moderate" }),
      fact("too late", 15, { minutes: 30, intensity: "moderate" }),
      fact("this week", 14, { minutes: 30, intensity: "moderate" }),
    ]);
    expect(found).toEqual({
      moderate: [30, undefined],
      vigorous: [60, undefined],
      light: [0, "worth_nothing"],
      "no intensity": [0, "unknown_intensity"],
      "no minutes": [0, "unknown_duration"],
      withdrawn: [0, "entered_in_error"],
      "too early": [0, "before_the_start"],
      "too late": [0, "after_as_of"],
      "this week": [0, "period_left_out"],
    });
  });

  it("names what a filter, a cap and a better activity leave out", () => {
    const long = { minutes: 60, intensity: "moderate" } as const;
    const short = { minutes: 30, intensity: "moderate" } as const;
    expect(reasons(Shipped.bestOfDay, [fact("short", 0, short), fact("long", 0, long)])).toEqual({
      long: [35, undefined],
      short: [0, "not_the_best_of_the_day"],
    });
    expect(reasons(Shipped.cappedPoints, [fact("a", 0, short), fact("b", 0, short), fact("c", 0, short)])).toEqual({
      a: [20, undefined],
      b: [15, "over_the_cap"],
      c: [0, "over_the_cap"],
    });
    const devices: Formula.Formula = {
      ...Shipped.zmosV1,
      measure: { kind: "tally", metric: { measure: "events", where: { sources: ["device"] } } },
    };
    expect(reasons(devices, [fact("manual", 0), fact("watch", 0, { source: "device" })])).toEqual({
      manual: [0, "filtered_out"],
      watch: [1, undefined],
    });
    expect(reasons(Shipped.pdc, [fact("first", 0), fact("second", 0)])).toEqual({
      first: [1, undefined],
      second: [0, "day_already_counts"],
    });
    expect(
      reasons(Shipped.completion30d, [
        fact("only item", 4),
        fact("too many", 4),
        fact("of two", 3),
        fact("of three", 2),
      ]),
    ).toMatchObject({
      "only item": [1, undefined],
      "of two": [1, undefined],
      "of three": [1, undefined],
      "too many": [0, "no_item_left"],
    });
  });

  const tallies = Shipped.shippedFormulas.filter(({ measure }) => measure.kind === "tally");
  const cut: ReadonlyArray<Formula.Formula> = [
    {
      ...Shipped.zmosV1,
      measure: { kind: "tally", metric: { measure: "minutes" }, activityAtMost: 45, dayAtMost: 60, weekAtMost: 90 },
    },
    { ...Shipped.zmosV1, measure: { kind: "tally", metric: { measure: "session_types" } } },
    {
      ...Shipped.zmosV1,
      measure: {
        kind: "tally",
        metric: { measure: "active_days", of: { measure: "minutes" }, atLeast: 30 },
        weekAtMost: 2,
      },
    },
    {
      ...Shipped.zmosV1,
      period: { kind: "month" },
      measure: { kind: "tally", metric: { measure: "minutes" }, weekAtMost: 90 },
    },
  ];

  it.each([...tallies, ...cut].map((formula, index) => [`${formula.id} ${index}`, formula] as const))(
    "%s: the counted facts of a period sum to what it measured, and every fact has its line",
    (_, formula) => {
      fc.assert(
        fc.property(
          Histories.history(),
          fc.array(Rules.excuse, { maxLength: 3 }),
          Histories.civilDate(90),
          (history, excuses, asOf) => {
            const calendar = ActivityCalendar.fromFacts(history);
            const since = Histories.firstDay;
            const result = AdherenceExplanation.explain({
              formula,
              calendar,
              since,
              asOf,
              excused: Excuse.daysOf(excuses),
            });
            expect(result.facts.map(({ factId }) => factId).toSorted()).toEqual(
              [...ActivityCalendar.facts(calendar)].map(({ contribution }) => contribution.factId).toSorted(),
            );
            for (const { from, to, actual, leftOut } of result.periods) {
              if (leftOut !== undefined) continue;
              const counted = result.facts.filter(({ civilDate }) => civilDate >= from && civilDate <= to);
              expect(counted.reduce((sum, one) => sum + one.counted, 0)).toBeCloseTo(actual, 9);
            }
            for (const { counted, reason } of result.facts) expect(counted > 0 || reason !== undefined).toBe(true);
          },
        ),
        { numRuns: 40 },
      );
    },
  );
});
