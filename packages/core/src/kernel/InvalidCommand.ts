import * as Schema from "effect/Schema";

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
