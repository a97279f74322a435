import * as Schema from "effect/Schema";
import { Page, pageFields, pageRequest, rowsOf, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { DefinedFormula, describe } from "../domain/DefinedFormula.ts";
import { shippedFormulas } from "../domain/ShippedFormulas.ts";
import { FormulaStore } from "../ports/FormulaStore.ts";

export const ListFormulas = Schema.Struct(pageFields).annotate({ identifier: "ListFormulas" });

/** Every formula scores can be asked by, those that come with ZMOS and the tenant's own, in their latest version, by id. */
export const listFormulas = UseCase.query(
  "ListFormulas",
  { command: ListFormulas, answer: Page(DefinedFormula), first: () => authorize("session:read") },
  function* (command, { tenantId }) {
    const page = pageRequest(command);
    const after = page.after?.[0] ?? "";
    const own = yield* FormulaStore.use((formulas) => formulas.list(tenantId, { ...page, limit: page.limit + 1 }));
    const shipped = shippedFormulas.filter(({ id }) => id > after).map((formula) => describe(formula));
    const merged = [...shipped, ...own.map(({ formula, createdAt }) => describe(formula, createdAt))].toSorted(
      (left, right) => (left.id < right.id ? -1 : 1),
    );
    return toPage(rowsOf(merged, page.limit, ({ id }) => [id]));
  },
);
