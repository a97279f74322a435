/** `zmos formula check FILE`: whether a formula makes sense, and keeps the laws it declares. */
import { FormulaSchema, FormulaSentence, toFormula } from "@zmos/core/pulseloop";
import * as Formula from "@zmos/core/pulseloop";
import { FormulaLaws } from "@zmos/core/testing";
import * as Effect from "effect/Effect";
import { readRule } from "../evaluate/RuleFiles.ts";
import { ExitCode } from "../ExitCode.ts";
import { print, styled } from "../output/Terminal.ts";
import { words } from "../output/Words.ts";
import type { Settings } from "../Settings.ts";

export interface CheckOptions {
  readonly all?: boolean;
  readonly runs: number;
  readonly seed: number;
}

export const checkFormula = Effect.fn("checkFormula")(function* (
  settings: Settings,
  file: string,
  options: CheckOptions,
) {
  const formula = toFormula(yield* readRule(file, FormulaSchema, "a formula"));
  const laws = options.all === true ? Formula.Formula.laws : formula.laws;
  const verdicts = laws.map((law) => FormulaLaws.check(law, formula, { runs: options.runs, seed: options.seed }));
  const isDeclared = (law: string) => formula.laws.some((declared) => declared === law);
  const broken = verdicts.filter(({ holds, law }) => !holds && isDeclared(law));
  if (settings.json) yield* print(JSON.stringify({ formula: formula.id, holds: broken.length === 0, verdicts }));
  else {
    yield* print(
      [
        `${styled("bold", formula.name)} (${formula.id}, version ${formula.version}): ${FormulaSentence.sentence(formula)}.`,
        ...verdicts.flatMap((verdict) =>
          verdict.holds
            ? [
                `${styled("green", "✓")} ${words(verdict.law)}, tried on ${verdict.runs} histories${isDeclared(verdict.law) ? "" : " (not declared)"}`,
              ]
            : [
                `${styled("red", "✗")} ${words(verdict.law)}${isDeclared(verdict.law) ? "" : " (not declared)"}`,
                ...verdict.counterexample.map((line) => `    ${line}`),
              ],
        ),
        ...(verdicts.length === 0 ? ["It declares no law, so there was nothing to try."] : []),
      ].join("\n"),
    );
  }
  return broken.length === 0 ? ExitCode.ok : ExitCode.refused;
});
