import type { Context as HonoContext, MiddlewareHandler } from "hono";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import type * as Context from "effect/Context";
import type { Env } from "./AppOptions.ts";
import { TooManyRequests } from "./DoorErrors.ts";
import { problemResponse } from "./Problem.ts";

/** How often one client may try to sign in. **Units** attempts in a window of so many milliseconds. */
export const ATTEMPTS = 10;
const WINDOW_MILLIS = 60_000;
/** How many clients are remembered before windows that are over are forgotten. */
const MOST_CLIENTS = 10_000;

interface Window {
  readonly endsAt: number;
  attempts: number;
}

/** The far end of the connection. What a proxy claims of its client is not believed: anybody can claim it. */
const clientOf = (c: HonoContext<Env>): string => {
  const env = c.env as { readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } } } | undefined;
  return env?.incoming?.socket?.remoteAddress ?? "in-process";
};

/** Refuses a client that tries to sign in too often, before its token is looked at. */
export const signInLimit = (services: Context.Context<never>): MiddlewareHandler<Env> => {
  const windows = new Map<string, Window>();
  const clock = Effect.runSyncWith(services)(Clock.Clock);
  return async (c, next) => {
    const now = clock.currentTimeMillisUnsafe();
    if (windows.size >= MOST_CLIENTS)
      for (const [client, { endsAt }] of windows) if (endsAt <= now) windows.delete(client);
    const client = clientOf(c);
    const open = windows.get(client);
    const window = open !== undefined && open.endsAt > now ? open : { endsAt: now + WINDOW_MILLIS, attempts: 0 };
    windows.set(client, window);
    if (++window.attempts <= ATTEMPTS) return await next();
    const retryAfterSeconds = Math.ceil((window.endsAt - now) / 1_000);
    return problemResponse(new TooManyRequests({ retryAfterSeconds }), c.get("requestId"));
  };
};
