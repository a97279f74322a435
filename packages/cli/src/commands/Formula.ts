/** `zmos formula list | show | explain`: formulas as they are. */
import { type Formula, FormulaSchema, FormulaSentence, ShippedFormulas, toFormula } from "@zmos/core/pulseloop";
import * as Effect from "effect/Effect";
import { existsSync } from "node:fs";
import { readRule, shippedFormula } from "../evaluate/RuleFiles.ts";
import { table } from "../output/Table.ts";
import { print, styled } from "../output/Terminal.ts";
import { words } from "../output/Words.ts";
import type { Settings } from "../Settings.ts";

/** `zmos formula list` */
export const listFormulas = Effect.fn("listFormulas")(function* (settings: Settings) {
  const { shippedFormulas } = ShippedFormulas;
  if (settings.json) return yield* print(JSON.stringify(shippedFormulas.map(withSentence)));
  const columns = [
    { title: "Id", of: ({ id }: Formula.Formula) => id },
    { title: "What it says", of: FormulaSentence.sentence },
  ];
  yield* print(table(columns, shippedFormulas));
});

/** `zmos formula show ID` */
export const showFormula = Effect.fn("showFormula")(function* (_: Settings, named: string) {
  yield* print(JSON.stringify(yield* formulaOf(named), null, 2));
});

/** `zmos formula explain ID` */
export const explainFormula = Effect.fn("explainFormula")(function* (settings: Settings, named: string) {
  const formula = yield* formulaOf(named);
  const description = FormulaSentence.description(formula);
  if (settings.json) return yield* print(JSON.stringify({ ...withSentence(formula), description }));
  yield* print(
    [
      `${styled("bold", formula.name)} (${formula.id}, version ${formula.version})`,
      ...description.map((line) => `  ${line}`),
      `Source: ${formula.source}.`,
      ...(formula.parameters.length > 0
        ? [`Parameters: ${[...new Set(formula.parameters.map((one) => parameterText(formula, one)))].join(", ")}.`]
        : []),
      `Laws it declares: ${formula.laws.map(words).join(", ") || "none"}.`,
    ].join("\n"),
  );
});

/** A formula that comes with ZMOS, or one in a file. **Errors** `BadInput`. */
const formulaOf = Effect.fnUntraced(function* (named: string) {
  if (ShippedFormulas.byId(named) === undefined && existsSync(named)) {
    return toFormula(yield* readRule(named, FormulaSchema, "a formula"));
  }
  return yield* shippedFormula(named);
});

const withSentence = (formula: Formula.Formula) => ({ ...formula, sentence: FormulaSentence.sentence(formula) });

const parameterText = (formula: Formula.Formula, { name, path }: Formula.Parameter): string => {
  let value: unknown = formula;
  for (const step of path) value = (value as Readonly<Record<string | number, unknown>>)[step];
  return `${name} = ${String(value)}`;
};
