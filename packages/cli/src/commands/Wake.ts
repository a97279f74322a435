import { Clockwork } from "@zmos/core";
import * as Effect from "effect/Effect";
import { openInstallation } from "../Installation.ts";
import { print } from "../output/Terminal.ts";
import type { Settings } from "../Settings.ts";
import { requireDatabase } from "./RequireDatabase.ts";

/** `zmos wake`: does what is due, once. For whoever runs ZMOS without a server that stays up: a timer of the machine calls it. */
export const wake = Effect.fn("wake")(function* (settings: Settings) {
  yield* requireDatabase(settings, "wake");
  const services = yield* openInstallation(settings);
  const done = yield* Effect.provide(
    Clockwork.use((clockwork) => clockwork.runDue),
    services,
  );
  if (settings.json) return yield* print(JSON.stringify({ done }));
  yield* print(done === 0 ? "Nothing was due." : `${done} ${done === 1 ? "thing was" : "things were"} due, and done.`);
});
