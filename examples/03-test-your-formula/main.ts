/**
 * An actuary writes a formula, checks its laws, reads how one is broken, and mends it.
 *
 * Run it: `node examples/03-test-your-formula/main.ts`. The same without code: `zmos formula check FILE`.
 */
import { type Formula, FormulaSentence } from "@zmos/core/pulseloop";
import { FormulaLaws } from "@zmos/core/testing";

/** Three sessions a week, on average over the last four weeks. A strong week makes up for a weak one. */
const generous: Formula.Formula = {
  id: "generous-weeks",
  version: 1,
  name: "Generous weeks",
  source: "Our underwriting note of March",
  measure: { kind: "tally", metric: { measure: "events" } },
  period: { kind: "week" },
  target: { kind: "constant", perPeriod: 3 },
  excused: "skip",
  firstPartial: "leave_out",
  current: "leave_out",
  window: { kind: "last_periods", count: 4 },
  aggregate: { kind: "mean" },
  bands: [{ name: "keeps moving", atLeast: 0.8 }, { name: "slows down" }],
  laws: ["bounded", "monotone", "skip_neutral", "zero_target_defined", "order_free", "window_local"],
  parameters: [],
};

const check = (formula: Formula.Formula): void => {
  console.log(`${formula.name}: ${FormulaSentence.sentence(formula)}`);
  for (const verdict of FormulaLaws.checkDeclared(formula, { runs: 200, seed: 7 })) {
    if (verdict.holds) {
      console.log(`  ✓ ${verdict.law}`);
    } else {
      console.log(`  ✗ ${verdict.law}`);
      for (const sentence of verdict.counterexample) console.log(`      ${sentence}`);
    }
  }
};

check(generous);

// More than asked is more than whole. A week counts at most for itself, and a score is a share again.
console.log();
check({ ...generous, version: 2, name: "Generous weeks, mended", ratioAtMost: 1 });
