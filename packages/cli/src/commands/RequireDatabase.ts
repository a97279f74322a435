import * as Effect from "effect/Effect";
import { BadInput } from "../Refusals.ts";
import type { Settings } from "../Settings.ts";

/** Refuses an operator's command over the API: it works on the database itself. */
export const requireDatabase = Effect.fnUntraced(function* ({ url }: Settings, command: string) {
  if (url === undefined) return;
  return yield* new BadInput({
    detail: `\`zmos ${command}\` works on the database itself. Leave --url (and ZMOS_URL) out, or name a folder with --data-dir.`,
  });
});
