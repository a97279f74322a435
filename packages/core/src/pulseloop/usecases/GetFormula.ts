import * as Schema from "effect/Schema";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { DefinedFormula, FormulaName, FormulaVersion } from "../domain/DefinedFormula.ts";
import { findFormula } from "./FormulaFor.ts";

/** **Shape** `formula`: its id; without `version`, the latest. */
export const GetFormula = Schema.Struct({
  formula: FormulaName,
  version: Schema.optionalKey(FormulaVersion),
}).annotate({ identifier: "GetFormula" });

/** One formula: its definition as data, and in words. */
export const getFormula = UseCase.query(
  "GetFormula",
  { command: GetFormula, answer: DefinedFormula, first: () => authorize("session:read") },
  function* ({ formula, version }, { tenantId }) {
    return yield* findFormula(tenantId, formula, version);
  },
);
