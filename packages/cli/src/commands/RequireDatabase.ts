import * as Effect from "effect/Effect";
import { BadInput } from "../Refusals.ts";
import type { Settings } from "../Settings.ts";

/** Refuses an operator's command over the API: it works on the database itself, whatever server the environment names. */
export const requireDatabase = Effect.fnUntraced(function* ({ isUrlTyped }: Settings, command: string) {
  if (!isUrlTyped) return;
  return yield* new BadInput({
    detail: `\`zmos ${command}\` works on the database itself. Leave --url out.`,
  });
});
