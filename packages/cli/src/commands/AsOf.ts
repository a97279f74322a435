import { CivilDate } from "@zmos/core";
import * as Effect from "effect/Effect";
import { BadInput } from "../Refusals.ts";

/** The query of a question about a day. **Errors** `BadInput` for a text that is no calendar day. */
export const asOfQuery = Effect.fnUntraced(function* (text: string | undefined) {
  if (text === undefined) return {};
  const asOf = CivilDate.fromIso(text);
  if (asOf === undefined) {
    return yield* new BadInput({ detail: `${text} is not a calendar day like 2026-03-07. Change --as-of.` });
  }
  return { asOf };
});
