/** Rules and formulas from files and from the command line. */
import { type Formula, Formula as Formulas, FormulaSchema, ShippedFormulas, toFormula } from "@zmos/core/pulseloop";
import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import * as SchemaIssue from "effect/SchemaIssue";
import { readFile } from "node:fs/promises";
import { BadInput } from "../Refusals.ts";

const formatter = SchemaIssue.makeFormatterStandardSchemaV1();

/** Why data do not fit a schema, a line a fault. */
const faultsOf = ({ issue }: Schema.SchemaError): string =>
  formatter(issue)
    .issues.map(({ path = [], message }) => {
      const place = path.map((step) => String(typeof step === "object" ? step.key : step)).join(".");
      return place === "" ? `  ${message}` : `  ${place}: ${message}`;
    })
    .join("\n");

/** Reads a JSON file by a schema. **Errors** `BadInput`, naming every field that is wrong. */
export const readRule = Effect.fn("readRule")(function* <S extends Schema.Decoder<unknown>>(
  path: string,
  schema: S,
  what: string,
): Effect.fn.Return<S["Type"], BadInput> {
  const text = yield* Effect.tryPromise({
    try: () => readFile(path, "utf8"),
    catch: () => new BadInput({ detail: `${path} cannot be read. Name a JSON file with ${what}.` }),
  });
  const json = yield* Effect.try({
    try: (): unknown => JSON.parse(text.replace(/^\uFEFF/, "")),
    catch: (cause) => new BadInput({ detail: `${path} is not JSON: ${cause instanceof Error ? cause.message : ""}` }),
  });
  const read = Schema.decodeUnknownResult(schema, { errors: "all", onExcessProperty: "error" })(json);
  if (Result.isSuccess(read)) return read.success;
  return yield* new BadInput({ detail: `${path} is not ${what}:\n${faultsOf(read.failure)}` });
});

/** A formula that comes with ZMOS. **Errors** `BadInput`, naming those there are. */
export const shippedFormula = Effect.fnUntraced(function* (name: string) {
  const formula = ShippedFormulas.byId(name);
  if (formula !== undefined) return formula;
  const ids = ShippedFormulas.shippedFormulas.map(({ id }) => id).join(", ");
  return yield* new BadInput({
    detail: `No formula is called ${name}. There are: ${ids}. Give your own with --rule FILE.`,
  });
});

/** A formula with parameters set, each as `key=value`. **Errors** `BadInput`. */
export const withParameters = Effect.fnUntraced(function* (
  formula: Formula.Formula,
  settings: ReadonlyArray<string>,
): Effect.fn.Return<Formula.Formula, BadInput> {
  const values: Record<string, unknown> = {};
  for (const setting of settings) {
    const [name, ...rest] = setting.split("=");
    if (name === undefined || name === "" || rest.length === 0) {
      return yield* new BadInput({ detail: `${setting} is no parameter. Write --param key=value.` });
    }
    values[name] = valueOf(rest.join("="));
  }
  const changed = Formulas.withParameters(formula, values);
  if (changed === undefined) {
    const names = [...new Set(formula.parameters.map(({ name }) => name))].join(", ");
    return yield* new BadInput({
      detail: `${formula.id} has ${names === "" ? "no parameters" : `the parameters ${names}`}, not ${Object.keys(values).join(", ")}.`,
    });
  }
  const read = Schema.decodeUnknownResult(FormulaSchema, { errors: "all" })(changed);
  if (Result.isSuccess(read)) return toFormula(read.success);
  return yield* new BadInput({ detail: `${formula.id} cannot be computed like this:\n${faultsOf(read.failure)}` });
});

const NUMBER = /^-?\d+(\.\d+)?$/;

/** Numbers and lists of numbers are what they look like, everything else is text. */
const valueOf = (text: string): unknown => {
  const parts = text.split(",");
  if (!parts.every((part) => NUMBER.test(part))) return text;
  return parts.length === 1 ? Number(text) : parts.map(Number);
};
