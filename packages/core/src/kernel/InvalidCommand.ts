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

const formatter = SchemaIssue.makeFormatterStandardSchemaV1();

/** The fields that a schema could not read. **Source** JSON Pointer, RFC 6901. */
export const fieldErrors = (issue: SchemaIssue.Issue): ReadonlyArray<FieldError> =>
  formatter(issue).issues.map(({ path = [], message }) => ({
    path: path.map((step) => `/${escape(String(typeof step === "object" ? step.key : step))}`).join(""),
    message,
  }));

const escape = (step: string): string => step.replaceAll("~", "~0").replaceAll("/", "~1");

/** Reads what came from outside as a command. **Errors** `InvalidCommand`, with every field that is wrong or unknown. */
export const readCommand = <Command>(
  schema: Schema.Codec<Command, unknown>,
): ((input: unknown) => Effect.Effect<Command, InvalidCommand>) => {
  const decode = Schema.decodeUnknownEffect(schema, { errors: "all", onExcessProperty: "error" });
  return (input) => Effect.mapError(decode(input), ({ issue }) => new InvalidCommand({ errors: fieldErrors(issue) }));
};
