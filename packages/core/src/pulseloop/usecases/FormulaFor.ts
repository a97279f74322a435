import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import type { TenantId } from "../../kernel/Ids.ts";
import { InvalidCommand } from "../../kernel/InvalidCommand.ts";
import { NotFound } from "../../kernel/NotFound.ts";
import type { WeekStart } from "../../kernel/CivilWeek.ts";
import { describe } from "../domain/DefinedFormula.ts";
import * as FormulaParameters from "../domain/FormulaParameters.ts";
import { adherenceFormula, type FormulaChoice, type ScoringRules } from "../domain/ScoringRules.ts";
import { byId } from "../domain/ShippedFormulas.ts";
import { FormulaStore } from "../ports/FormulaStore.ts";

/** The formula by this id, in this version or its latest: one that comes with ZMOS, or the tenant's. **Errors** `NotFound`. */
export const findFormula = Effect.fn("findFormula")(function* (tenantId: TenantId, id: string, version?: number) {
  const shipped = byId(id);
  if (shipped !== undefined && (version ?? shipped.version) === shipped.version) return describe(shipped);
  const stored = yield* FormulaStore.use((formulas) => formulas.find(tenantId, id, version));
  if (stored !== undefined) return describe(stored.formula, stored.createdAt);
  return yield* new NotFound({
    entityType: "Formula",
    entityId: version === undefined ? id : `${id}, version ${version}`,
  });
});

/** The formula somebody chose, with its parameters. **Errors** `NotFound`; `InvalidCommand` for parameters it cannot take. */
export const formulaFor = Effect.fn("formulaFor")(function* (tenantId: TenantId, choice: FormulaChoice) {
  const { definition } = yield* findFormula(tenantId, choice.formula, choice.version);
  return yield* Effect.fromResult(
    Result.mapError(
      FormulaParameters.apply(definition, choice.parameters ?? {}),
      (errors) => new InvalidCommand({ errors }),
    ),
  );
});

/** The formula that a tenant's rules choose: the one they name, else `zmos-v1` with their target and weeks. */
export const formulaOfRules = Effect.fn("formulaOfRules")(function* (
  tenantId: TenantId,
  rules: ScoringRules,
  weekStart: WeekStart,
) {
  if (rules.adherence === undefined) return adherenceFormula(rules, weekStart);
  // It was there when the rules were set, and no version goes away.
  return { weekStart, ...(yield* Effect.orDie(formulaFor(tenantId, rules.adherence))) };
});
