import type { MiddlewareHandler } from "hono";
import type * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import { routePath } from "hono/route";
import type { Env } from "./AppOptions.ts";

/** Writes one line for each request that was answered; none for `/health`, which is asked all the time. */
export const requestLog = (services: Context.Context<never>): MiddlewareHandler<Env> => {
  const run = Effect.runSyncWith(services);
  return async (c, next) => {
    const startedAt = performance.now();
    await next();
    if (c.req.path.endsWith("/health")) return;
    const status = c.res.status;
    const entry = {
      requestId: c.get("requestId"),
      method: c.req.method,
      route: routePath(c, -1),
      status,
      ms: Math.round((performance.now() - startedAt) * 10) / 10,
      ...(c.get("tenantId") !== undefined && { tenantId: c.get("tenantId") }),
    };
    const log = status >= 500 ? Effect.logWarning("request") : Effect.logInfo("request");
    run(Effect.annotateLogs(log, entry));
  };
};
