import { describe, expect, it } from "vitest";
import * as Formula from "../../../src/pulseloop/domain/Formula.ts";
import * as Shipped from "../../../src/pulseloop/domain/ShippedFormulas.ts";
import * as FormulaLaws from "../../../src/testing/laws/FormulaLaws.ts";

const brokenBy = (law: Formula.Law, formula: Formula.Formula): ReadonlyArray<string> => {
  const verdict = FormulaLaws.check(law, formula);
  return verdict.holds ? ["it holds"] : verdict.counterexample;
};

describe("FormulaLaws", () => {
  it.each(Shipped.shippedFormulas.flatMap((formula) => formula.laws.map((law) => [formula.id, law, formula] as const)))(
    "%s keeps the law it declares: %s",
    (_, law, formula) => {
      const verdict = FormulaLaws.check(law, formula, { runs: 120 });
      expect(verdict.holds ? [] : verdict.counterexample).toEqual([]);
    },
  );

  it.each<[string, Formula.Law]>([
    ["mpr", "bounded"],
    ["banded-ratio", "bounded"],
    ["banded-ratio", "monotone"],
    ["exercise-vital-sign", "bounded"],
    ["met-minutes", "bounded"],
    ["adaptive-goal", "monotone"],
    ["adaptive-goal", "window_local"],
  ])("%s does not declare %s, and rightly so", (id, law) => {
    const formula = Shipped.byId(id)!;
    expect(formula.laws).not.toContain(law);
    const covering = id === "mpr" ? Formula.withParameters(formula, { coverDays: 3 })! : formula;
    expect(FormulaLaws.check(law, covering, { runs: 5_000 }).holds).toBe(false);
  });

  it.each([
    [1, 1],
    [3, 7],
    [1, 7],
    [5, 6],
    [7, 7],
    [2, 30],
  ])("habit strength is skip-neutral and monotone for %i times in %i days", (times, days) => {
    const formula = Formula.withParameters(Shipped.habitStrength, { times, days })!;
    for (const law of ["skip_neutral", "monotone", "bounded"] as const) {
      expect(FormulaLaws.check(law, formula, { runs: 120 }).holds).toBe(true);
    }
  });

  it("tells a broken bound in words, by the smallest history it finds", () => {
    const uncapped: Formula.Formula = { ...Shipped.who150, ratioAtMost: 2 };
    const [begins, ...rest] = brokenBy("bounded", uncapped);
    expect(begins).toMatch(/^A member begins on 2024-01-08 and moves (once|2 times):$/);
    expect(rest[0]).toMatch(/^ {2}Monday 2024-01-08, \d+ min (moderate|vigorous)$/);
    expect(rest.slice(-2)).toEqual(["As of 2024-01-15:", "The score is 1.013333, which is not between 0 and 1."]);
  });

  it("finds that too much movement leaves the green band", () => {
    expect(brokenBy("monotone", Shipped.bandedRatio).at(-1)).toMatch(
      /^The score falls to .* \((amber|red)\), although there is more movement\.$/,
    );
  });

  it("finds that a carry-over reaches beyond its window", () => {
    const carrying: Formula.Formula = {
      ...Shipped.cappedWeeks,
      window: { kind: "last_periods", count: 1 },
      carryAtMost: 3,
    };
    expect(brokenBy("window_local", carrying).at(-1)).toMatch(/^Without what happened before that day it would be/);
  });

  it("finds the same counterexample with the same seed", () => {
    const uncapped: Formula.Formula = { ...Shipped.who150, ratioAtMost: 2 };
    expect(FormulaLaws.check("bounded", uncapped, { seed: 7 })).toEqual(
      FormulaLaws.check("bounded", uncapped, { seed: 7 }),
    );
  });

  it("checks exactly the laws a formula declares", () => {
    expect(FormulaLaws.checkDeclared(Shipped.mpr, { runs: 5 }).map(({ law }) => law)).toEqual(Shipped.mpr.laws);
  });
});
