import type { PageRequest, Position, Rows } from "../kernel/Page.ts";
import { rowsOf } from "../kernel/Page.ts";

/** A page of rows in the order of their positions, as a database would answer it. */
export const pageOf = <Row>(
  rows: Iterable<Row>,
  page: PageRequest,
  key: (row: Row) => Position,
  order: (left: Position, right: Position) => number = compare,
): Rows<Row> => {
  const { after, limit } = page;
  const sorted = [...rows].toSorted((left, right) => order(key(left), key(right)));
  const found = after === undefined ? sorted : sorted.filter((row) => order(key(row), after) > 0);
  return rowsOf(found.slice(0, limit + 1), limit, key);
};

const compare = (left: Position, right: Position): number => {
  for (const [index, part] of left.entries()) {
    const other = right[index] ?? "";
    if (part !== other) return part < other ? -1 : 1;
  }
  return left.length - right.length;
};
