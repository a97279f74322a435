import { StoreUnavailable, TenantId, UnitOfWork } from "@zmos/core";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import { Hono } from "hono";
import type { AppOptions, Env } from "./AppOptions.ts";
import { bind } from "./Bind.ts";
import { calendarFeedRoute } from "./CalendarFeedRoute.ts";
import { InternalError, RouteNotFound } from "./DoorErrors.ts";
import { problemResponse, problems, typeOf, type ProblemTag } from "./Problem.ts";
import { lazily, openApiDocument, referencePage } from "./Reference.ts";
import { requestId } from "./RequestId.ts";
import { requestLog } from "./RequestLog.ts";
import { securityHeaders } from "./SecurityHeaders.ts";
import { signInLimit } from "./SignInLimit.ts";

/** Nobody's tenant: the store is asked for an answer, not for anybody's rows. */
const NOBODY = TenantId.make("00000000-0000-0000-0000-000000000000");
const READY_WITHIN = Duration.seconds(2);
const READY_RETRY_SECONDS = 2;

/**
 * The HTTP API as a Hono app, to be served, or mounted into a host's own: `host.mount("/zmos", createApp({ services }).fetch)`.
 */
export const createApp = (options: AppOptions): Hono<Env> => {
  const { services } = options;
  const run = Effect.runPromiseExitWith(services);
  const app = new Hono<Env>();
  app.use(requestId, requestLog(services), securityHeaders);
  app.use("/v1/sign-in", signInLimit(services));

  bind(app, options);
  calendarFeedRoute(app, options);

  app.get("/health", (c) => c.json({ status: "ok" }));

  const storeAnswers = UnitOfWork.use((units) => units.read(NOBODY, Effect.void)).pipe(Effect.timeout(READY_WITHIN));
  app.get("/ready", async (c) => {
    const exit = await run(storeAnswers);
    return Exit.isSuccess(exit)
      ? c.json({ status: "ready" })
      : problemResponse(new StoreUnavailable({ retryAfterSeconds: READY_RETRY_SECONDS }), c.get("requestId"));
  });

  const document = lazily(() => openApiDocument(options.publicUrl ?? "/"));
  app.get("/openapi.json", async (c) => c.json(await document()));

  const page = lazily(referencePage);
  app.get("/docs", async (c) => {
    const { html, policy } = await page();
    return c.html(html, 200, { "content-security-policy": policy, "cache-control": "max-age=300" });
  });

  app.get("/problems/:slug", (c) => {
    const slug = c.req.param("slug");
    const tag = (Object.keys(problems) as Array<ProblemTag>).find((name) => problems[name].slug === slug);
    return tag === undefined
      ? problemResponse(new RouteNotFound(), c.get("requestId"))
      : c.json({ type: typeOf(tag), title: problems[tag].title, status: problems[tag].status });
  });

  app.notFound((c) => problemResponse(new RouteNotFound(), c.get("requestId")));
  app.onError(async (error, c) => {
    await run(
      Effect.annotateLogs(Effect.logError("a request failed unexpectedly", error), { requestId: c.get("requestId") }),
    );
    return problemResponse(new InternalError(), c.get("requestId"));
  });
  return app;
};
