import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import * as SchemaIssue from "effect/SchemaIssue";
import * as SchemaTransformation from "effect/SchemaTransformation";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { fromIso, type Instant, toIso } from "../../kernel/Instant.ts";
import { civilDateOf } from "../../kernel/ZoneRules.ts";

/** When a movement took place, as precisely as it is known: to the instant, or only to the civil day (imports). */
export type Occurrence =
  | { readonly precision: "instant"; readonly instant: Instant }
  | { readonly precision: "day"; readonly day: CivilDate.CivilDate };

const isOccurrence = (value: unknown): value is Occurrence =>
  typeof value === "object" && value !== null && "precision" in value;

const expected = "an ISO 8601 instant with its offset, like 2026-03-07T06:00:00Z, or a civil day, like 2026-03-07";

/** Reads an occurrence from text, or answers none where the text names no moment and no day. */
export const fromText = (text: string): Occurrence | undefined => {
  const day = CivilDate.fromIso(text);
  if (day !== undefined) return { precision: "day", day };
  const instant = fromIso(text);
  return instant === undefined ? undefined : { precision: "instant", instant };
};

/** Writes an occurrence as it is known: never more precisely. */
export const toText = (occurrence: Occurrence): string =>
  occurrence.precision === "day" ? CivilDate.toIso(occurrence.day) : toIso(occurrence.instant);

/** An occurrence on the wire: an instant, or a bare civil day. */
export const OccurrenceFromString = Schema.String.pipe(
  Schema.decodeTo(
    Schema.declare(isOccurrence),
    SchemaTransformation.transformEffect({
      decode: (text) => {
        const occurrence = fromText(text);
        return occurrence === undefined
          ? Effect.fail(new SchemaIssue.InvalidValue({ message: `Expected ${expected}` }))
          : Effect.succeed(occurrence);
      },
      encode: (occurrence) => Effect.succeed(toText(occurrence)),
    }),
  ),
).annotate({ identifier: "Occurrence", description: expected });

/** How far ahead of ZMOS's clock a fact may be, for clocks that run fast and zones that are ahead. **Units** milliseconds. */
const AHEAD_MILLIS = 24 * 60 * 60 * 1000;

/** The movement has not happened yet. A plan is not a fact. */
export class MovementInFuture extends Schema.TaggedError<MovementInFuture>()("MovementInFuture", {
  occurredAt: OccurrenceFromString,
}) {
  override get message() {
    return `${toText(this.occurredAt)} lies in the future; record a movement once it has happened.`;
  }
}

/** Whether an occurrence lies more than a day ahead: no zone and no honest clock puts the present there. */
export const isInFuture = (occurrence: Occurrence, now: Instant): boolean => {
  const ahead = now + AHEAD_MILLIS;
  return occurrence.precision === "instant" ? occurrence.instant > ahead : occurrence.day > civilDateOf("UTC", ahead);
};
