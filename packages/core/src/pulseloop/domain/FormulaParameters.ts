/** Values for the parameters that a formula names: eight weeks instead of four. */
import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import * as SchemaIssue from "effect/SchemaIssue";
import * as SchemaTransformation from "effect/SchemaTransformation";
import { type FieldError, fieldErrors } from "../../kernel/InvalidCommand.ts";
import { type Formula, withParameters } from "./Formula.ts";
import { FormulaSchema, toFormula } from "./FormulaSchema.ts";

const ParameterName = Schema.String.check(Schema.isPattern(/^[A-Za-z][A-Za-z0-9]{0,59}$/));

/** Values by parameter name. */
export const FormulaParameters = Schema.Record(ParameterName, Schema.Json).annotate({
  identifier: "FormulaParameters",
  description: "values by the names of the formula's parameters",
});
export type FormulaParameters = typeof FormulaParameters.Type;

const expected = "parameters like weeks=8 or weeks=8;weekdays=[1,3,5]";

/** The same as one line, for addresses: `weeks=8;weekdays=[1,3,5]`. **Shape** a value is JSON, or text where it is none. */
export const FormulaParametersFromString = Schema.String.check(Schema.isMaxLength(1_000))
  .pipe(
    Schema.decodeTo(
      Schema.toType(FormulaParameters),
      SchemaTransformation.transformEffect({
        decode: (text) => {
          const values: Record<string, Schema.Json> = {};
          for (const pair of text.split(";")) {
            const [, name, value] = /^\s*([A-Za-z][A-Za-z0-9]{0,59})=(.+)$/.exec(pair) ?? [];
            if (name === undefined || value === undefined || Object.hasOwn(values, name)) {
              return Effect.fail(new SchemaIssue.InvalidValue({ message: `Expected ${expected}` }));
            }
            values[name] = Result.getOrElse(readJson(value), () => value);
          }
          return Effect.succeed(values);
        },
        encode: (values) =>
          Effect.succeed(
            Object.entries(values)
              .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
              .join(";"),
          ),
      }),
    ),
  )
  .annotate({ identifier: "FormulaParametersText", description: expected });

const readJson = Schema.decodeUnknownResult(Schema.fromJsonString(Schema.Json));
const readFormula = Schema.decodeUnknownResult(FormulaSchema, { errors: "all", onExcessProperty: "error" });

/** The formula with these values in their places. **Errors** every value that cannot be taken, by the name of its parameter. */
export const apply = (
  formula: Formula,
  values: FormulaParameters,
): Result.Result<Formula, ReadonlyArray<FieldError>> => {
  const names = [...new Set(formula.parameters.map(({ name }) => name))];
  const unknown = Object.keys(values).filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    const known = names.length === 0 ? "no parameters" : `the parameters ${names.join(", ")}`;
    return Result.fail(
      unknown.map((name) => ({
        path: `/parameters/${name}`,
        message: `Expected a parameter; ${formula.id} has ${known}`,
      })),
    );
  }
  const changed = withParameters(formula, values) ?? formula;
  return Result.mapBoth(readFormula(changed), {
    onSuccess: toFormula,
    onFailure: ({ issue }) =>
      fieldErrors(issue).map(({ path, message }) => ({ path: placeOf(formula, path), message })),
  });
};

/** The parameter whose place in the formula this is. */
const placeOf = ({ parameters }: Formula, path: string): string => {
  const parameter = parameters.find((one) => path.startsWith(`/${one.path.join("/")}`));
  return parameter === undefined ? "/parameters" : `/parameters/${parameter.name}`;
};
