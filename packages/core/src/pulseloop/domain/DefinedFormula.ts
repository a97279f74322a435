import * as Schema from "effect/Schema";
import * as Struct from "effect/Struct";
import { type Instant, InstantFromString } from "../../kernel/Instant.ts";
import type { FieldError } from "../../kernel/InvalidCommand.ts";
import type { Formula } from "./Formula.ts";
import { FormulaSchema } from "./FormulaSchema.ts";
import * as FormulaSentence from "./FormulaSentence.ts";

/** The name of a formula: `who-150`. */
export const FormulaName = FormulaSchema.fields.id;

/** The version of a formula: 1 as first defined, one more each time. */
export const FormulaVersion = FormulaSchema.fields.version;

/** A formula by the type that calculators read, which says the same as its schema and is short to name. */
const FormulaValue = FormulaSchema as unknown as Schema.Codec<Formula>;

/** A formula as somebody defines it: its version is given to it. */
export type FormulaDefinition = Omit<Formula, "version">;
export const FormulaDefinition = FormulaSchema.mapFields(Struct.omit(["version"]), {
  // What a formula must be as a whole does not look at its version.
  unsafePreserveChecks: true,
}).annotate({
  identifier: "FormulaDefinition",
  description: "how an adherence score is computed, as data",
}) as unknown as Schema.Codec<FormulaDefinition>;

/** A formula that scores can be asked by. **Shape** `sentence`, `description`: the definition in words, made from it. */
export const DefinedFormula = Schema.Struct({
  id: FormulaName,
  version: FormulaVersion,
  isShipped: Schema.Boolean,
  sentence: Schema.String,
  description: Schema.Array(Schema.String),
  definition: FormulaValue,
  createdAt: Schema.optionalKey(InstantFromString),
}).annotate({ identifier: "DefinedFormula" });
export type DefinedFormula = typeof DefinedFormula.Type;

/** What there is to tell of a formula. One that nobody defined came with ZMOS. */
export const describe = (formula: Formula, createdAt?: Instant): DefinedFormula => ({
  id: formula.id,
  version: formula.version,
  isShipped: createdAt === undefined,
  sentence: FormulaSentence.sentence(formula),
  description: FormulaSentence.description(formula),
  definition: formula,
  ...(createdAt !== undefined && { createdAt }),
});

/** A formula that comes with ZMOS cannot be defined anew: what it means is published. */
export class FormulaIsShipped extends Schema.TaggedError<FormulaIsShipped>()("FormulaIsShipped", {
  formula: Schema.String,
}) {
  override get message() {
    return `${this.formula} comes with ZMOS and keeps its meaning. Define yours under another id.`;
  }
}

/** Parameters that name nothing in the formula. */
export const parametersNowhere = (formula: FormulaDefinition): ReadonlyArray<FieldError> =>
  formula.parameters.flatMap(({ name, path }, index) =>
    valueAt(formula, path) === undefined
      ? [
          {
            path: `/parameters/${index}/path`,
            message: `Expected the place of ${name}: there is nothing at ${path.join(".")}`,
          },
        ]
      : [],
  );

const valueAt = (value: unknown, path: ReadonlyArray<string | number>): unknown =>
  path.reduce<unknown>(
    (inner, step) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, step)
        ? (inner as Readonly<Record<string | number, unknown>>)[step]
        : undefined,
    value,
  );
