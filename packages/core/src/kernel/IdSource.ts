import * as Clock from "effect/Clock";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { Random } from "effect/Random";
import type * as Schema from "effect/Schema";

/**
 * Where new identifiers come from.
 *
 * **Contract** `next` gives a UUID version 7 (RFC 9562) that no earlier call gave; identifiers made later sort later,
 * to the millisecond. `many` gives as many, in order.
 */
export class IdSource extends Context.Service<
  IdSource,
  {
    readonly next: Effect.Effect<string>;
    readonly many: (count: number) => Effect.Effect<ReadonlyArray<string>>;
  }
>()("@zmos/core/kernel/IdSource") {
  /**
   * UUIDs from Effect's clock and randomness: real at run time, repeatable under a test clock and a seed. Within a millisecond they
   * count up (RFC 9562, 6.2, method 1), so that what one process makes later sorts later.
   */
  static readonly layer = Layer.sync(IdSource, () => {
    let latest = 0;
    let count = 0;
    const next = (millis: number, random: typeof Random.Service): string => {
      const middle = Math.floor(random.nextDoubleUnsafe() * 0x1_0000_0000);
      const low = Math.floor(random.nextDoubleUnsafe() * 0x1_0000_0000);
      if (millis > latest) [latest, count] = [millis, 0];
      else if (++count > 0xfff) [latest, count] = [latest + 1, 0];
      const time = latest.toString(16).padStart(12, "0");
      const version = (0x7000 | count).toString(16);
      const variant = (((middle >>> 16) & 0x3fff) | 0x8000).toString(16);
      const node = (middle & 0xffff).toString(16).padStart(4, "0") + low.toString(16).padStart(8, "0");
      return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${node}`;
    };
    const withNext = <A>(use: (nextNow: () => string) => A) =>
      Clock.clockWith((clock) =>
        Effect.map(Random, (random) => use(() => next(Math.floor(clock.currentTimeMillisUnsafe()), random))),
      );
    return {
      next: withNext((nextNow) => nextNow()),
      many: (count) => withNext((nextNow) => Array.from({ length: count }, nextNow)),
    };
  });
}

/** A new identifier of one kind, from the {@link IdSource}: what that gives, by its contract, is one of any kind. */
export const newId = <Id extends string>(_kind: Schema.Codec<Id, string>): Effect.Effect<Id, never, IdSource> =>
  Effect.flatMap(IdSource, (source) => source.next as Effect.Effect<Id>);

/** As many new identifiers of one kind. */
export const newIds = <Id extends string>(_kind: Schema.Codec<Id, string>, count: number) =>
  Effect.flatMap(IdSource, (source) => source.many(count) as Effect.Effect<ReadonlyArray<Id>>);
