import { type Instant, InstantFromString } from "@zmos/core";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { BadInput } from "./Refusals.ts";

const read = Schema.decodeUnknownOption(InstantFromString);

/** An instant that somebody typed after an option. **Errors** `BadInput`. */
export const readInstant = (text: string, option: string): Effect.Effect<Instant, BadInput> =>
  Effect.mapError(
    Effect.fromOption(read(text)),
    () => new BadInput({ detail: `${text} is not an instant like 2026-03-07T06:00:00Z. Change ${option}.` }),
  );
