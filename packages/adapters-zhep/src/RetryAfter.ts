import * as Clock from "effect/Clock";
import * as DateTime from "effect/DateTime";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";

/** The longest a partner may ask us to stay away. **Units** seconds. */
export const MAXIMUM_RETRY_AFTER_SECONDS = 3_600;

const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * How long a `Retry-After` header asks to wait, or nothing where it makes no sense.
 *
 * **Units** whole seconds, rounded up, between 0 and an hour.
 *
 * **Source** RFC 9110, 10.2.3: a number of seconds, or an HTTP date.
 */
export const fromHeader = (header: string | undefined): Effect.Effect<number | undefined> =>
  Effect.map(Clock.currentTimeMillis, (nowMillis) => {
    if (header === undefined) return undefined;
    if (/^\d{1,10}$/.test(header)) return within(Number(header));
    if (!HTTP_DATE.test(header)) return undefined;
    const date = DateTime.make(header);
    return Option.isNone(date)
      ? undefined
      : within(Math.ceil((DateTime.toEpochMillis(date.value) - nowMillis) / 1_000));
  });

const within = (seconds: number): number => Math.min(Math.max(seconds, 0), MAXIMUM_RETRY_AFTER_SECONDS);
