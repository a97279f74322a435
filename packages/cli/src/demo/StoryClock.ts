import { Instant } from "@zmos/core";
import * as Clock from "effect/Clock";
import * as DateTime from "effect/DateTime";
import * as Effect from "effect/Effect";

/** A clock that a story sets: what is done under it was done then. Waiting still takes real time. */
export interface StoryClock {
  readonly set: (at: Instant) => Effect.Effect<void>;
  readonly provide: <A, E, R>(work: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>;
}

export const makeStoryClock = (start: Instant): Effect.Effect<StoryClock> =>
  Clock.clockWith((real) =>
    Effect.sync(() => {
      let millis: number = start;
      const clock: Clock.Clock = {
        currentTimeMillisUnsafe: () => millis,
        currentTimeMillis: Effect.sync(() => millis),
        currentTimeNanosUnsafe: () => BigInt(millis) * 1_000_000n,
        currentTimeNanos: Effect.sync(() => BigInt(millis) * 1_000_000n),
        monotonicTimeNanosUnsafe: () => real.monotonicTimeNanosUnsafe(),
        monotonicTimeNanos: real.monotonicTimeNanos,
        sleep: (duration) => real.sleep(duration),
      };
      return {
        set: (at: Instant) => Effect.sync(() => void (millis = at)),
        provide: Effect.provideService(Clock.Clock, clock),
      };
    }),
  );

/** The instant at which clocks in a zone show this time of this day. */
export const localTime = (timezone: string, date: string, hour: number, minute: number): Instant => {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  const zoned = DateTime.makeZonedUnsafe(
    { year, month, day, hour, minute },
    { timeZone: timezone, adjustForTimeZone: true },
  );
  return Instant.make(DateTime.toEpochMillis(zoned));
};
