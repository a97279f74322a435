import { MoveOs } from "@zmos/core";
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Option from "effect/Option";
import type { Hono } from "hono";
import type { AppOptions, Env } from "./AppOptions.ts";
import { InternalError } from "./DoorErrors.ts";
import { isTellable, problemResponse } from "./Problem.ts";

/** How long an application may keep what it read. **Units** seconds. */
const MAX_AGE_SECONDS = 300;

/**
 * Serves calendars to applications, which send no header and take no JSON: the token in the address is all they have. So this one route is not in
 * the contract of the API.
 */
export const calendarFeedRoute = (app: Hono<Env>, { services }: Pick<AppOptions, "services">): void => {
  const run = Effect.runPromiseExitWith(services);
  app.get("/v1/calendar-feeds/:file{[^/]+\\.ics}", async (c) => {
    const token = c.req.param("file").slice(0, -".ics".length).slice(0, 200);
    const exit = await run(
      MoveOs.use((moveOs) => moveOs.readCalendarFeed({ token })),
      { signal: c.req.raw.signal },
    );
    if (Exit.isSuccess(exit)) {
      return c.body(exit.value.text, 200, {
        "content-type": "text/calendar; charset=utf-8",
        "content-disposition": 'inline; filename="zmos.ics"',
        "cache-control": `private, max-age=${MAX_AGE_SECONDS}`,
      });
    }
    const error = Option.getOrUndefined(Cause.findErrorOption(exit.cause));
    if (isTellable(error)) return problemResponse(error, c.get("requestId"));
    await run(
      Effect.annotateLogs(Effect.logError("a calendar could not be served", exit.cause), {
        requestId: c.get("requestId"),
      }),
    );
    return problemResponse(new InternalError(), c.get("requestId"));
  });
};
