import * as Clock from "effect/Clock";
import * as DateTime from "effect/DateTime";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import * as Schema from "effect/Schema";
import * as SchemaIssue from "effect/SchemaIssue";
import * as SchemaTransformation from "effect/SchemaTransformation";

const WITHIN = { minimum: -2_208_988_800_000, maximum: 7_289_654_399_999 };

/**
 * A moment in time.
 *
 * **Units** milliseconds since 1970-01-01T00:00:00Z, whole; between the years 1900 and 2200.
 */
export const Instant = Schema.Int.check(Schema.isBetween(WITHIN)).pipe(Schema.brand("Instant"));
export type Instant = typeof Instant.Type;

/** The instant of a number, as `Instant.make`, checked by hand: every decision about a roster makes a dozen. **Errors** throws where it is none. */
export const toInstant = (millis: number): Instant => {
  if (Number.isInteger(millis) && millis >= WITHIN.minimum && millis <= WITHIN.maximum) return millis as Instant;
  throw new RangeError(`${millis} is no instant: whole milliseconds, between the years 1900 and 2200`);
};

/** ISO 8601 with a date, a time and an offset: RFC 3339, seconds optional. A time without offset names no instant. */
const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

const expected = "an ISO 8601 instant with its offset, like 2026-03-07T06:00:00Z or 2026-03-07T09:00:00+03:00";

/** The instant an ISO 8601 text names, or none where it names no instant that exists. */
export const fromIso = (text: string): Instant | undefined => {
  if (!ISO_INSTANT.test(text)) return undefined;
  const parsed = DateTime.make(text);
  if (Option.isNone(parsed)) return undefined;
  const millis = DateTime.toEpochMillis(parsed.value);
  // Day 31 of a short month is not the first of the next one: what was written must be what is read back.
  const offsetMinutes = /Z$/i.test(text)
    ? 0
    : (text.at(-6) === "-" ? -1 : 1) * (Number(text.slice(-5, -3)) * 60 + Number(text.slice(-2)));
  const local = DateTime.formatIso(DateTime.makeUnsafe(millis + offsetMinutes * 60_000));
  if (local.slice(0, 10) !== text.slice(0, 10)) return undefined;
  return Schema.is(Instant)(millis) ? millis : undefined;
};

/** What was written last: facts that are recorded together came to be known at one moment, and each is written more than once. */
let written: { readonly instant: Instant; readonly text: string } | undefined;

/** The instant as ISO 8601 in UTC, to the millisecond. */
export const toIso = (instant: Instant): string => {
  if (written?.instant !== instant) written = { instant, text: DateTime.formatIso(DateTime.makeUnsafe(instant)) };
  return written.text;
};

/** An instant on the wire: ISO 8601 with an offset in, UTC out. */
export const InstantFromString = Schema.String.annotate({ expected })
  .pipe(
    Schema.decodeTo(
      Schema.toType(Instant),
      SchemaTransformation.transformEffect({
        decode: (text) => {
          const instant = fromIso(text);
          return instant === undefined
            ? Effect.fail(new SchemaIssue.InvalidValue({ message: `Expected ${expected}` }))
            : Effect.succeed(instant);
        },
        encode: (instant) => Effect.succeed(toIso(instant)),
      }),
    ),
  )
  .annotate({ identifier: "Instant", description: expected });

/** The present moment, by the Clock service. */
export const now: Effect.Effect<Instant> = Effect.map(Clock.currentTimeMillis, (millis) =>
  toInstant(Math.floor(millis)),
);
