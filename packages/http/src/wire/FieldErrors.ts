import type { FieldError } from "@zmos/core";
import type * as Schema from "effect/Schema";
import * as SchemaIssue from "effect/SchemaIssue";

/** What is said of a field that a request does not have. */
const isUnexpected = "is not a field of this request";

const format = SchemaIssue.makeFormatterStandardSchemaV1({
  leafHook: (issue) => {
    if (issue._tag === "MissingKey") return "is missing";
    if (issue._tag === "UnexpectedKey") return isUnexpected;
    return SchemaIssue.defaultLeafHook(issue);
  },
});

/** **Source** RFC 6901 §3: `~` and `/` are written `~0` and `~1`. */
const pointer = (path: ReadonlyArray<unknown>): string =>
  path.map((segment) => `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** Every field that a schema did not take, by JSON Pointer. */
export const fieldErrors = (error: Schema.SchemaError): ReadonlyArray<FieldError> =>
  format(error.issue).issues.map(({ path, message }) => ({ path: pointer(path ?? []), message }));

/** What is wrong with fields where none belongs. */
export const nothingExpected = (fields: object): ReadonlyArray<FieldError> =>
  Object.keys(fields).map((name) => ({ path: pointer([name]), message: isUnexpected }));

/** How many fields of the request itself a schema does not know. */
export const unknownFields = (errors: ReadonlyArray<FieldError>): number =>
  errors.filter(({ path, message }) => message === isUnexpected && path.lastIndexOf("/") === 0).length;
