/**
 * Many values as one parameter of a statement: an array, written the way PostgreSQL writes one.
 *
 * The driver can send arrays, but element by element and never knowing their type; a text goes out in one piece, and the statement's cast
 * (`::uuid[]`) says what it is.
 */

/** Values whose text has no comma, quote, brace or space in it: ids, days, numbers, truth values. */
export const arrayText = (values: ReadonlyArray<string | number | boolean>): string => `{${values.join(",")}}`;

/** Values that may be any text, or none. */
export const arrayTextOfTexts = (values: ReadonlyArray<string | undefined>): string =>
  `{${values.map((value) => (value === undefined ? "NULL" : `"${value.replace(/["\\]/g, "\\$&")}"`)).join(",")}}`;
