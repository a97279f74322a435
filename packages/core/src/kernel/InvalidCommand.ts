import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import * as SchemaIssue from "effect/SchemaIssue";

/** A field of a command that cannot be taken. **Shape** `path`: a JSON Pointer (RFC 6901) into the command. */
export const FieldError = Schema.Struct({ path: Schema.String, message: Schema.String }).annotate({
  identifier: "FieldError",
});
export type FieldError = typeof FieldError.Type;

/** A command whose fields cannot be taken; every one that is wrong is named at once. */
export class InvalidCommand extends Schema.TaggedError<InvalidCommand>()("InvalidCommand", {
  errors: Schema.Array(FieldError),
}) {
  override get message() {
    return this.errors.map(({ path, message }) => `${path || "command"}: ${message}`).join("; ");
  }
}

/** What is said of a field that belongs to no command. */
export const UNEXPECTED_FIELD = "is not a field of this request";

const formatter = SchemaIssue.makeFormatterStandardSchemaV1({
  leafHook: (issue) => {
    if (issue._tag === "MissingKey") return "is missing";
    if (issue._tag === "UnexpectedKey") return UNEXPECTED_FIELD;
    return SchemaIssue.defaultLeafHook(issue);
  },
});

/** A path as a JSON Pointer. **Source** RFC 6901 §3: `~` and `/` are written `~0` and `~1`. */
export const pointer = (path: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }>): string =>
  path
    .map((step) => String(typeof step === "object" ? step.key : step))
    .map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");

/** Every field that a schema did not take. */
export const fieldErrors = (issue: SchemaIssue.Issue): ReadonlyArray<FieldError> =>
  formatter(issue).issues.map(({ path = [], message }) => ({ path: pointer(path), message }));

/** Reads what came from outside as a command. **Errors** `InvalidCommand`, with every field that is wrong or unknown. */
export const readCommand = <Command>(
  schema: Schema.Codec<Command, unknown>,
): ((input: unknown) => Effect.Effect<Command, InvalidCommand>) => {
  const decode = Schema.decodeUnknownEffect(schema, { errors: "all", onExcessProperty: "error" });
  return (input) => Effect.mapError(decode(input), ({ issue }) => new InvalidCommand({ errors: fieldErrors(issue) }));
};
