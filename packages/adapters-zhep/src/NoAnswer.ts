import * as Schema from "effect/Schema";

/**
 * Why a call brought nothing that can be relied on: *cut* (no connection, or it broke), *late* (not within the deadline), *busy* (429),
 * *broken* (5xx), *refused* (any other status: we are at fault, or set up wrongly), *garbage* (an answer that is none), *left alone* (we did
 * not even ask).
 *
 * **Units** `retryAfterSeconds`: seconds, as the partner asked for.
 */
export class NoAnswer extends Schema.TaggedError<NoAnswer>()("NoAnswer", {
  kind: Schema.Literals(["cut", "late", "busy", "broken", "refused", "garbage", "left alone"]),
  why: Schema.String,
  retryAfterSeconds: Schema.optionalKey(Schema.Int),
}) {
  override get message() {
    return `${this.kind}: ${this.why}`;
  }
}
