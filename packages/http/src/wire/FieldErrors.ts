import { type FieldError, pointer, UNEXPECTED_FIELD } from "@zmos/core";

/** What is wrong with fields where none belongs. */
export const nothingExpected = (fields: object): ReadonlyArray<FieldError> =>
  Object.keys(fields).map((name) => ({ path: pointer([name]), message: UNEXPECTED_FIELD }));

/** How many fields of the request itself a schema does not know. */
export const unknownFields = (errors: ReadonlyArray<FieldError>): number =>
  errors.filter(({ path, message }) => message === UNEXPECTED_FIELD && path.lastIndexOf("/") === 0).length;
