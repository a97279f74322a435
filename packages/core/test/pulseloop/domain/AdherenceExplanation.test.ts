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

  const tally = (measure: Omit<Formula.Tally, "kind">, more: Partial<Formula.Formula> = {}): Formula.Formula => ({
    ...Shipped.zmosV1,
    ...more,
    measure: { kind: "tally", ...measure },
  });
  const supplied = (measure: Partial<Formula.Coverage>): Formula.Formula => ({
    ...Shipped.pdc,
    measure: {
      kind: "coverage",
      metric: { measure: "events" },
      atLeast: 1,
      coverDays: 2,
      overlap: "shift",
      ...measure,
    },
  });

  it("names facts in order of time, whatever order they were told in", () => {
    const { facts } = explain(Shipped.zmosV1, [fact("c", 9), fact("a", 0), fact("b", 3)]);
    expect(facts.map(({ factId }) => factId)).toEqual(["a", "b", "c"]);
  });

  it("lets the worthiest fact of a day be the one that counts, and the others have no second day", () => {
    const days = tally({ metric: { measure: "active_days", of: { measure: "minutes" }, atLeast: 30 } });
    expect(reasons(days, [fact("a", 0, { minutes: 10 }), fact("b", 0, { minutes: 40 }), fact("c", 0)])).toEqual({
      a: [0, "day_already_counts"],
      b: [1, undefined],
      c: [0, "unknown_duration"],
    });
    expect(reasons(days, [fact("a", 0, { minutes: 10 }), fact("b", 0, { minutes: 12 })])).toEqual({
      a: [0, "day_below_the_threshold"],
      b: [0, "day_below_the_threshold"],
    });
  });

  it("counts an active day at most what a day may count, and once the week is full not at all", () => {
    const facts = [fact("a", 0), fact("b", 1), fact("c", 2)];
    expect(reasons(tally({ metric: { measure: "active_days" }, dayAtMost: 0.5 }), facts)).toEqual({
      a: [0.5, "over_the_cap"],
      b: [0.5, "over_the_cap"],
      c: [0.5, "over_the_cap"],
    });
    expect(reasons(tally({ metric: { measure: "active_days" }, dayAtMost: 3, weekAtMost: 2 }), facts)).toEqual({
      a: [1, undefined],
      b: [1, undefined],
      c: [0, "over_the_cap"],
    });
  });

  it("counts a kind of session once a period, and none that is not known", () => {
    const types = tally({ metric: { measure: "session_types", where: { locationIds: ["north"] } } });
    const north = { locationId: "north" };
    expect(
      reasons(types, [
        fact("a", 0, { ...north, sessionTypeId: "spin" }),
        fact("b", 1, { ...north, sessionTypeId: "spin" }),
        fact("c", 1, { ...north, sessionTypeId: "yoga" }),
        fact("d", 2, { sessionTypeId: "box" }),
        fact("e", 3, north),
        fact("f", 7, { ...north, sessionTypeId: "spin" }),
      ]),
    ).toEqual({
      a: [1, undefined],
      b: [0, "session_type_already_counted"],
      c: [1, undefined],
      d: [0, "filtered_out"],
      e: [0, "worth_nothing"],
      f: [1, undefined],
    });
  });

  it("asks for intensity where a filter or a weight does, and for minutes where they are counted", () => {
    const filtered = (measure: "events" | "minutes") =>
      tally({ metric: { measure, where: { intensities: ["vigorous"] } } });
    const facts = [fact("unknown", 0, { minutes: 10 }), fact("light", 0, { minutes: 10, intensity: "light" })];
    for (const measure of ["events", "minutes"] as const) {
      expect(reasons(filtered(measure), facts)).toEqual({
        unknown: [0, "unknown_intensity"],
        light: [0, "filtered_out"],
      });
    }
    expect(reasons(tally({ metric: { measure: "minutes" } }), [fact("a", 0), fact("b", 0, { minutes: 0 })])).toEqual({
      a: [0, "unknown_duration"],
      b: [0, "worth_nothing"],
    });
  });

  it("supplies days from a day that is active by any measure", () => {
    const spin = { sessionTypeId: "spin", locationId: "north" };
    expect(reasons(supplied({ metric: { measure: "minutes" }, atLeast: 30 }), [fact("a", 0, { minutes: 20 })])).toEqual(
      {
        a: [0, "day_below_the_threshold"],
      },
    );
    const minutes = { measure: "minutes" } as const;
    const active = supplied({ metric: { measure: "active_days", of: minutes, atLeast: 15 } });
    expect(reasons(active, [fact("a", 0, { minutes: 20 }), fact("b", 1, { minutes: 10 }), fact("c", 2)])).toEqual({
      a: [2, undefined],
      b: [0, "day_below_the_threshold"],
      c: [0, "unknown_duration"],
    });
    expect(reasons(supplied({ metric: { measure: "active_days" } }), [fact("a", 0)])).toEqual({ a: [2, undefined] });
    const north = { locationIds: ["north"] };
    const types = supplied({ metric: { measure: "session_types", where: north } });
    expect(reasons(types, [fact("a", 0, spin), fact("b", 1, { sessionTypeId: "spin" })])).toEqual({
      a: [2, undefined],
      b: [0, "filtered_out"],
    });
    expect(reasons(supplied({ metric: { measure: "session_types" } }), [fact("a", 0, spin)])).toEqual({
      a: [2, undefined],
    });
  });

  it("begins a week's cap anew in the month in which the week goes on", () => {
    const capped = tally(
      { metric: { measure: "minutes" }, weekAtMost: 60 },
      { period: { kind: "month" }, current: "count" },
    );
    // 31 January and 1 February 2026 lie in one week.
    const facts = [fact("a", 26, { minutes: 60 }), fact("b", 27, { minutes: 60 })];
    const { facts: found } = explain({ ...capped, firstPartial: "whole" }, facts, 40);
    expect(found.map(({ counted }) => counted)).toEqual([60, 60]);
  });

  it("lists every part up to thirty-one, and sums up more", () => {
    const daily: Formula.Formula = {
      ...Shipped.zmosV1,
      period: { kind: "day" },
      window: { kind: "all" },
      aggregate: { kind: "share_met" },
      target: { kind: "constant", perPeriod: 1 },
    };
    const short = explain(daily, [fact("a", 0)], 31).text;
    expect(short).toHaveLength(2 + 31 + 1);
    expect(short[2]).toBe("  2026-01-05: 1 of 1, met, adds 0.0323");
    const long = explain(daily, [fact("a", 0)], 32).text;
    expect(long.slice(2)).toEqual([
      "  32 days from 2026-01-05 to 2026-02-05 add up to it",
      "  not counted, not over yet: 1 day: 2026-02-06",
    ]);
  });

  it("says what a period takes off, speaks of runs, and names no band where there is none", () => {
    const habit: Formula.Formula = {
      ...Shipped.zmosV1,
      bands: [],
      period: { kind: "days", lengthDays: 2 },
      window: { kind: "all" },
      aggregate: { kind: "exponential", decay: 0.5 },
      target: { kind: "constant", perPeriod: 1 },
    };
    expect(explain(habit, [fact("a", 0)], 4).text.slice(1)).toEqual([
      "As of 2026-01-09 the score is 0.25:",
      "  2026-01-05 to 2026-01-06: 1 of 1, met, adds 0.5",
      "  2026-01-07 to 2026-01-08: 0 of 1, missed, takes 0.25",
      "  not counted, not over yet: 1 run: 2026-01-09 to 2026-01-10",
    ]);
    expect(explain(habit, [], 0).text[1]).toBe("As of 2026-01-05 no run counts yet, so there is no score.");
  });

  it("names up to four periods that do not count, and numbers more", () => {
    const lastWeek: Formula.Formula = { ...Shipped.zmosV1, window: { kind: "last_periods", count: 1 } };
    const outside = (weeks: number) => explain(lastWeek, [fact("a", 0)], weeks * 7).text.at(-1);
    expect(outside(3)).toBe(
      "  not counted, outside the window: 2 weeks: 2026-01-05 to 2026-01-11, 2026-01-12 to 2026-01-18",
    );
    expect(outside(5)?.split(", 2026")).toHaveLength(4);
    expect(outside(6)).toBe("  not counted, outside the window: 5 weeks");
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
