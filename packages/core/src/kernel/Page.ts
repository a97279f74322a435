import * as Effect from "effect/Effect";
import * as Base64Url from "effect/encoding/Base64Url";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import * as SchemaIssue from "effect/SchemaIssue";
import * as SchemaTransformation from "effect/SchemaTransformation";

/** The place after which a page begins: the sort key of the last row before it. */
const Position = Schema.Array(Schema.String.check(Schema.isMaxLength(400))).check(Schema.isMaxLength(4));
export type Position = typeof Position.Type;

const readPosition = Schema.decodeUnknownResult(Schema.fromJsonString(Position));

/** A cursor on the wire: opaque text that a list gave out as `nextCursor`. */
export const Cursor = Schema.String.check(Schema.isMaxLength(2_000))
  .pipe(
    Schema.decodeTo(
      Position,
      SchemaTransformation.transformEffect({
        decode: (text) => {
          const position = Result.flatMap(Base64Url.decodeString(text), (json) => readPosition(json));
          return Result.isFailure(position)
            ? Effect.fail(new SchemaIssue.InvalidValue({ message: "Expected a cursor that a list gave as nextCursor" }))
            : Effect.succeed(position.success);
        },
        encode: (position) => Effect.succeed(Base64Url.encode(JSON.stringify(position))),
      }),
    ),
  )
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
