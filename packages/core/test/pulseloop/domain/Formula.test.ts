import { describe, expect, it } from "vitest";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import * as Formula from "../../../src/pulseloop/domain/Formula.ts";
import { FormulaSchema } from "../../../src/pulseloop/domain/FormulaSchema.ts";
import * as FormulaSentence from "../../../src/pulseloop/domain/FormulaSentence.ts";
import * as Shipped from "../../../src/pulseloop/domain/ShippedFormulas.ts";
import formulas from "../../../src/testing/vectors/formulas.json" with { type: "json" };

const decode = Schema.decodeUnknownResult(FormulaSchema, { errors: "all", onExcessProperty: "error" });
const changed = (formula: Formula.Formula, change: object): unknown => ({ ...formula, ...change });

describe("Formula", () => {
  it("ships fourteen, by the ids people know", () => {
    expect(Shipped.shippedFormulas.map(({ id }) => id)).toEqual([
      "zmos-v1",
      "capped-weeks",
      "weeks-met",
      "pdc",
      "mpr",
      "who-150",
      "exercise-vital-sign",
      "habit-strength",
      "completion-30d",
      "banded-ratio",
      "capped-points",
      "best-of-day",
      "met-minutes",
      "adaptive-goal",
    ]);
    expect(Shipped.byId("who-150")).toBe(Shipped.who150);
    expect(Shipped.byId("who-151")).toBeUndefined();
  });

  it("publishes them as JSON for other languages", () => {
    expect(formulas).toEqual(JSON.parse(JSON.stringify(Shipped.shippedFormulas)));
  });

  it.each(Shipped.shippedFormulas.map((formula) => [formula.id, formula] as const))(
    "%s is plain data that survives JSON and passes the schema",
    (_, formula) => {
      const stored: unknown = JSON.parse(JSON.stringify(formula));
      expect(stored).toEqual(formula);
      expect(Result.getOrThrow(decode(stored))).toEqual(formula);
    },
  );

  it.each<[string, unknown]>([
    ["a negative target", changed(Shipped.zmosV1, { target: { kind: "constant", perPeriod: -1 } })],
    ["a target that is no number", changed(Shipped.zmosV1, { target: { kind: "constant", perPeriod: Number.NaN } })],
    ["a window of no periods", changed(Shipped.zmosV1, { window: { kind: "last_periods", count: 0 } })],
    ["an unknown key", changed(Shipped.zmosV1, { bonus: 3 })],
    ["an unknown measure", changed(Shipped.zmosV1, { measure: { kind: "tally", metric: { measure: "steps" } } })],
    ["an id with spaces", changed(Shipped.zmosV1, { id: "my formula" })],
    ["more times than days", changed(Shipped.habitStrength, { aggregate: { kind: "habit", times: 8, days: 7 } })],
    ["habit strength over weeks", changed(Shipped.habitStrength, { period: { kind: "week" } })],
    ["coverage over weeks", changed(Shipped.pdc, { period: { kind: "week" } })],
    ["completion against a constant", changed(Shipped.completion30d, { target: { kind: "constant", perPeriod: 1 } })],
    ["a tally against prescriptions", changed(Shipped.zmosV1, { target: { kind: "prescribed" } })],
    [
      "an adaptive goal whose ceiling is below its floor",
      changed(Shipped.adaptiveGoal, { target: { kind: "adaptive", meanOfPeriods: 4, atLeast: 9, step: 1, atMost: 8 } }),
    ],
    [
      "the best activity of active days, which have none",
      changed(Shipped.zmosV1, { measure: { kind: "tally", metric: { measure: "active_days" }, bestOfDay: true } }),
    ],
    [
      "a daily cap on session types",
      changed(Shipped.zmosV1, { measure: { kind: "tally", metric: { measure: "session_types" }, dayAtMost: 2 } }),
    ],
  ])("refuses %s", (_, formula) => {
    expect(Result.isFailure(decode(formula))).toBe(true);
  });

  it("sets a parameter wherever it sits, and knows no others", () => {
    const longer = Formula.withParameters(Shipped.zmosV1, { weeks: 8, target: 150, measure: "minutes" })!;
    expect(longer.window).toEqual({ kind: "last_periods", count: 8 });
    expect(longer.target).toEqual({ kind: "constant", perPeriod: 150 });
    expect(longer.measure).toEqual({ kind: "tally", metric: { measure: "minutes" } });
    expect(Shipped.zmosV1.window).toEqual({ kind: "last_periods", count: 4 });
    expect(Formula.withParameters(Shipped.zmosV1, { months: 3 })).toBeUndefined();
  });

  it.each(
    Shipped.shippedFormulas.flatMap((formula) =>
      formula.parameters.map(({ name, path }) => [formula.id, name, path, formula] as const),
    ),
  )("%s has its parameter %s where it says", (_, __, path, formula) => {
    let value: unknown = formula;
    for (const key of path) value = (value as Readonly<Record<string | number, unknown>>)[key];
    expect(value).toBeDefined();
  });

  it.each([
    ["zmos-v1", "events of the last 4 full weeks ÷ the sum of their targets (3 a week), at most 1"],
    ["who-150", "average of the last 4 full weeks, each week's moderate-equivalent minutes ÷ 150, at most 1"],
    ["weeks-met", "share of the last 4 full weeks with at least 3 events"],
    [
      "pdc",
      "share of all days since the start that were covered, each day with at least 1 event supplying 1 day, overlaps shifting forward",
    ],
    ["banded-ratio", "minutes of the last full week ÷ the sum of their targets (150 a week)"],
  ])("%s reads: %s", (id, sentence) => {
    expect(FormulaSentence.sentence(Shipped.byId(id)!)).toBe(sentence);
  });

  it("says in its description what the sentence leaves out", () => {
    expect(FormulaSentence.description(Shipped.cappedPoints)).toEqual([
      "Average of the last 4 full weeks, each week's points ÷ 100, at most 1.",
      "A day counts at most 35.",
      "A week wholly excused is left out, one partly excused asks its share.",
      "A first week that began before the start is left out.",
      "On track from 0.8, at risk from 0.5, else off track.",
    ]);
  });

  it("changes its sentence whenever a number in it changes", () => {
    for (const formula of Shipped.shippedFormulas) {
      const before = FormulaSentence.description(formula).join(" ");
      for (const { name, path } of formula.parameters) {
        let value: unknown = formula;
        for (const key of path) value = (value as Readonly<Record<string | number, unknown>>)[key];
        if (typeof value !== "number") continue;
        const after = FormulaSentence.description(Formula.withParameters(formula, { [name]: value + 1 })!).join(" ");
        expect(after, `${formula.id} ${name}`).not.toBe(before);
      }
    }
  });
});
