import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { BadInput } from "./Refusals.ts";

/** An id that somebody typed. **Errors** `BadInput`, naming what it should be the id of. */
export const readId = <S extends Schema.Decoder<unknown>>(
  schema: S,
  text: string,
  what: string,
): Effect.Effect<S["Type"], BadInput> =>
  Effect.mapError(
    Effect.fromOption(Schema.decodeUnknownOption(schema)(text)),
    () =>
      new BadInput({
        detail: `${text} is not the id of ${what}; an id looks like 01a0a1f4-0000-7000-8000-000000000003.`,
      }),
  );
