import { describe, expect, it } from "vitest";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import * as Formula from "../../../src/pulseloop/domain/Formula.ts";
import { FormulaSchema } from "../../../src/pulseloop/domain/FormulaSchema.ts";
import * as FormulaSentence from "../../../src/pulseloop/domain/FormulaSentence.ts";
import * as Shipped from "../../../src/pulseloop/domain/ShippedFormulas.ts";
import formulas from "../../../src/testing/vectors/formulas.json" with { type: "json" };

const decode = Schema.decodeUnknownResult(FormulaSchema, { errors: "all", onExcessProperty: "error" });

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
