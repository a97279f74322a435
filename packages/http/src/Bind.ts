import { CurrentIdempotencyKey, Principal } from "@zmos/core";
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Option from "effect/Option";
import * as HttpApi from "effect/http-api/HttpApi";
import type { Context as HonoContext, Hono } from "hono";
import { Api } from "./api/Api.ts";
import { BearerToken } from "./api/BearerToken.ts";
import type { AppOptions, Env, Services } from "./AppOptions.ts";
import { InternalError, MethodNotAllowed, NotAcceptable } from "./DoorErrors.ts";
import { handlers } from "./Handlers.ts";
import { isTellable, problemResponse } from "./Problem.ts";
import { answerWriter } from "./wire/AnswerWriter.ts";
import { byBearerToken } from "./wire/ByBearerToken.ts";
import { idempotencyKey } from "./wire/IdempotencyKey.ts";
import { isAcceptable } from "./wire/IsAcceptable.ts";
import { untilLeft } from "./wire/UntilLeft.ts";
import { commandReader } from "./wire/ReadCommand.ts";

/** A handler, once its types have served. */
type Handle = (command: unknown) => Effect.Effect<unknown, unknown, Principal>;

/** A client that hung up is not there to read why. */
const CLIENT_GONE = 499;

/** Registers one Hono route for each endpoint of the contract: who, what, do it, tell; in one effect a request. */
export const bind = (app: Hono<Env>, { services, principalOf = byBearerToken }: AppOptions): void => {
  const run = Effect.runPromiseExitWith(services);
  const fork = Effect.runForkWith(services);
  const handle = Effect.runSyncWith(services)(handlers) as unknown as Readonly<Record<string, Handle>>;
  const methods = new Map<string, Array<string>>();

  HttpApi.reflect(Api, {
    onGroup: () => undefined,
    onEndpoint: ({ endpoint, middleware, successes }) => {
      const { identifier, method, path } = endpoint;
      const carryOut = handle[identifier];
      if (carryOut === undefined) throw new Error(`No handler for ${identifier}`);
      const readCommand = commandReader(endpoint);
      const write = answerWriter(successes);
      const isKeyed = method === "POST";
      const needsToken = [...middleware].some(({ key }) => key === BearerToken.key);

      const answer = Effect.fnUntraced(function* (c: HonoContext<Env>) {
        const request = c.req.raw;
        if (!isAcceptable(c.req.header("accept"))) return yield* new NotAcceptable();
        const parts = { request, params: c.req.param(), query: c.req.queries() };
        if (!needsToken)
          return yield* write(yield* carryOut(yield* readCommand(parts)) as Effect.Effect<unknown, unknown>);
        const principal = yield* principalOf(request);
        c.set("tenantId", principal.tenantId);
        const key = isKeyed ? yield* idempotencyKey(request) : undefined;
        const command = yield* readCommand(parts);
        const done = carryOut(command).pipe(
          Effect.provideService(Principal, principal),
          Effect.provideService(CurrentIdempotencyKey, key),
        );
        return yield* write(yield* done);
      }, Effect.withSpan(identifier));

      methods.set(path, [...(methods.get(path) ?? []), ...(method === "GET" ? ["GET", "HEAD"] : [method])]);
      app.on(method, path, async (c) => {
        const exit = await untilLeft(c, fork(answer(c) as Effect.Effect<Response, unknown, Services>));
        return Exit.isSuccess(exit) ? exit.value : await refuse(c, exit.cause);
      });
    },
  });

  for (const [path, allowed] of methods) {
    app.all(path, (c) => problemResponse(new MethodNotAllowed({ allowed }), c.get("requestId")));
  }

  const refuse = async (c: HonoContext<Env>, cause: Cause.Cause<unknown>): Promise<Response> => {
    const requestId = c.get("requestId");
    const error = Option.getOrUndefined(Cause.findErrorOption(cause));
    if (isTellable(error)) return problemResponse(error, requestId);
    if (Cause.hasInterruptsOnly(cause)) return new Response(null, { status: CLIENT_GONE });
    await run(Effect.annotateLogs(Effect.logError("a request failed unexpectedly", cause), { requestId }));
    return problemResponse(new InternalError(), requestId);
  };
};
