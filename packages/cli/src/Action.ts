import type * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import type { Outcome } from "./Perform.ts";
import type { Settings } from "./Settings.ts";

/** What a command does, told its settings and what stands on the command line. */
export type Action<Arguments extends ReadonlyArray<unknown>> = (
  settings: Settings,
  ...given: Arguments
) => Effect.Effect<Outcome, unknown, Scope.Scope>;

/** Turns an action that is imported when it is run into what commander calls. */
export type Does = <Arguments extends ReadonlyArray<unknown>>(
  load: () => Promise<Action<Arguments>>,
) => (...given: ReadonlyArray<unknown>) => Promise<void>;
