import * as Schema from "effect/Schema";

/** The place after which a page begins: the sort key of the last row before it. */
const Position = Schema.Array(Schema.String.check(Schema.isMaxLength(400))).check(Schema.isMaxLength(4));
export type Position = typeof Position.Type;

/** A cursor on the wire: opaque text that a list gave out as `nextCursor`. */
export const Cursor = Schema.String.check(Schema.isMaxLength(2_000))
  .pipe(Schema.decodeTo(Schema.StringFromBase64Url), Schema.decodeTo(Schema.fromJsonString(Position)))
  .annotate({ identifier: "Cursor", description: "opaque: the nextCursor of an earlier answer" });

/** How many rows a page holds when nobody says, and at the most. */
export const DEFAULT_LIMIT = 50;
export const MAXIMUM_LIMIT = 200;

/** What a reader asks of a list: at most `limit` rows, after the position `cursor`. */
export interface PageRequest {
  readonly limit: number;
  readonly after?: Position;
}

/** What a store answers: the rows in order, and where the next page begins if there is one. */
export interface Rows<Row> {
  readonly rows: ReadonlyArray<Row>;
  readonly next?: Position;
}

/** The fields by which a command asks for a page. */
export const pageFields = {
  limit: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: MAXIMUM_LIMIT }))),
  cursor: Schema.optionalKey(Cursor),
};

/** One page of a list on the wire. */
export const Page = <Item extends Schema.Top>(item: Item) =>
  Schema.Struct({ items: Schema.Array(item), nextCursor: Schema.optionalKey(Cursor) });

/** The request that a command's page fields make. */
export const pageRequest = (command: { readonly limit?: number; readonly cursor?: Position }): PageRequest => ({
  limit: command.limit ?? DEFAULT_LIMIT,
  ...(command.cursor === undefined ? {} : { after: command.cursor }),
});

/** The answer that a store's rows make. */
export const toPage = <Row>(rows: Rows<Row>) => ({
  items: rows.rows,
  ...(rows.next === undefined ? {} : { nextCursor: rows.next }),
});

/** A page from `limit + 1` rows: a store that asks for one row more than it shows knows whether there are more. */
export const rowsOf = <Row>(found: ReadonlyArray<Row>, limit: number, key: (row: Row) => Position): Rows<Row> => {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return found.length > limit && last !== undefined ? { rows, next: key(last) } : { rows };
};
