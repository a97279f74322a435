import { record } from "../../kernel/EventLog.ts";
import { now } from "../../kernel/Instant.ts";
import { InvalidCommand } from "../../kernel/InvalidCommand.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import {
  DefinedFormula,
  describe,
  FormulaDefinition,
  FormulaIsShipped,
  parametersNowhere,
} from "../domain/DefinedFormula.ts";
import { byId } from "../domain/ShippedFormulas.ts";
import { FormulaStore } from "../ports/FormulaStore.ts";

/** Defines a formula of the tenant's own, each time as a new version: scores that named an earlier one keep their meaning. */
export const defineFormula = UseCase.command(
  "DefineFormula",
  { command: FormulaDefinition, answer: DefinedFormula, first: () => authorize("tenant:manage") },
  function* (definition, { tenantId }) {
    if (byId(definition.id) !== undefined) return yield* new FormulaIsShipped({ formula: definition.id });
    const errors = parametersNowhere(definition);
    if (errors.length > 0) return yield* new InvalidCommand({ errors });
    const formulas = yield* FormulaStore;
    const latest = yield* formulas.find(tenantId, definition.id);
    const formula = { ...definition, version: (latest?.formula.version ?? 0) + 1 };
    const createdAt = yield* now;
    yield* formulas.insert(tenantId, { formula, createdAt });
    const defined = describe(formula, createdAt);
    yield* record({
      type: "FormulaDefined",
      entityType: "Formula",
      entityId: formula.id,
      data: { version: formula.version, sentence: defined.sentence },
    });
    return defined;
  },
);
