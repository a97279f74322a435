import { IdSource, PartnerUnavailable } from "@zmos/core";
import * as Clock from "effect/Clock";
import * as Context from "effect/Context";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Layer from "effect/Layer";
import * as Option from "effect/Option";
import * as Schedule from "effect/Schedule";
import * as Schema from "effect/Schema";
import { FetchHttpClient, HttpClient, HttpClientRequest } from "effect/http";
import { CircuitBreaker } from "effect/persistence";
import { exchange } from "./Exchange.ts";
import { NoAnswer } from "./NoAnswer.ts";
import type { Notice, Question } from "./Wire.ts";
import type { ZhepOptions } from "./ZhepOptions.ts";

/** What to tell callers who are refused without a better hint from ZHEP. **Units** seconds. */
const RETRY_AFTER_SECONDS = 5;

const newBreaker = (options: ZhepOptions) =>
  CircuitBreaker.make({
    tripPolicy: CircuitBreaker.consecutive(options.breakerFailures),
    openDuration: Schedule.exponential(Duration.seconds(options.breakerOpenSeconds)).pipe(Schedule.upTo({ times: 5 })),
  });

/** What a call says of the path's health: ZHEP is well when it answers, even to refuse; where it says when to come back, that is kept to. */
const judge = <A>(exit: Exit.Exit<A, NoAnswer>): CircuitBreaker.Outcome => {
  const error = Option.getOrUndefined(Exit.findErrorOption(exit));
  if (error === undefined || error.kind === "refused") return CircuitBreaker.success;
  if (error.kind === "busy" && error.retryAfterSeconds !== undefined) return CircuitBreaker.ignored;
  return error.retryAfterSeconds === undefined
    ? CircuitBreaker.failure()
    : CircuitBreaker.failure({ retryAfter: Duration.seconds(error.retryAfterSeconds) });
};

/** Repeating at once helps after a broken connection or a server that fell over; it makes a busy or confused one worse. */
const isWorthRepeating = ({ kind, retryAfterSeconds }: NoAnswer): boolean =>
  (kind === "cut" || kind === "broken") && retryAfterSeconds === undefined;

const make = Effect.fnUntraced(function* (options: ZhepOptions) {
  const http = yield* HttpClient.HttpClient;
  const ids = yield* IdSource;
  const breaker = yield* newBreaker(options);
  const base = options.url.href.replace(/\/+$/, "");
  const quietUntilMillis = new Map<string, number>();

  /** What a `Retry-After` asked for is kept to: nobody calls that path before. */
  const keepQuiet = (path: string) =>
    Effect.flatMap(Clock.currentTimeMillis, (nowMillis) => {
      const waitMillis = (quietUntilMillis.get(path) ?? 0) - nowMillis;
      return waitMillis <= 0
        ? Effect.void
        : Effect.fail(
            new NoAnswer({
              kind: "left alone",
              why: "ZHEP asked us to wait",
              retryAfterSeconds: Math.ceil(waitMillis / 1_000),
            }),
          );
    });

  const rememberWait =
    (path: string) =>
    ({ retryAfterSeconds }: NoAnswer) =>
      retryAfterSeconds === undefined
        ? Effect.void
        : Effect.map(Clock.currentTimeMillis, (nowMillis) => {
            const untilMillis = nowMillis + retryAfterSeconds * 1_000;
            quietUntilMillis.set(path, Math.max(untilMillis, quietUntilMillis.get(path) ?? 0));
          });

  const guard = <A>(path: string, call: Effect.Effect<A, NoAnswer>): Effect.Effect<A, NoAnswer> =>
    call.pipe(
      Effect.retry({
        while: isWorthRepeating,
        times: options.retries,
        schedule: Schedule.exponential("25 millis").pipe(Schedule.jittered),
      }),
      Effect.timeoutOrElse({
        duration: Duration.millis(options.deadlineMillis),
        orElse: () =>
          Effect.fail(new NoAnswer({ kind: "late", why: `nothing came within ${options.deadlineMillis} ms` })),
      }),
      Effect.tapError(rememberWait(path)),
      breaker.execute({ key: path, classify: judge }),
      Effect.catchTag("CircuitBreakerError", ({ reason }) =>
        Effect.fail(
          new NoAnswer({
            kind: "left alone",
            why: reason._tag,
            ...(reason._tag === "CircuitOpen" && {
              retryAfterSeconds: Math.max(1, Math.ceil(Duration.toSeconds(reason.retryAfter))),
            }),
          }),
        ),
      ),
    );

  const call = Effect.fn("ZhepClient.call")(function* <Request, Answer>(
    endpoint: Question<Request, Answer> | Notice<Request, Answer>,
    request: Request,
    headers: Readonly<Record<string, string>>,
  ) {
    const { path, answer } = endpoint;
    const requestId = yield* ids.next;
    const encode = Schema.encodeEffect(Schema.fromJsonString(endpoint.request));
    const asked = Effect.gen(function* () {
      yield* keepQuiet(path);
      const body = yield* Effect.mapError(
        encode(request),
        () => new NoAnswer({ kind: "refused", why: "what was to be sent is not what the wire contract says" }),
      );
      const post = HttpClientRequest.post(`${base}${path}`).pipe(
        HttpClientRequest.basicAuth(options.apiKey, options.apiSecret),
        HttpClientRequest.setHeaders({ ...headers, "x-request-id": requestId }),
        HttpClientRequest.acceptJson,
        HttpClientRequest.bodyText(body, "application/json"),
      );
      const once = exchange(post, { requestId, maxAnswerBytes: options.maxAnswerBytes, answer });
      return yield* guard(path, Effect.provideService(once, HttpClient.HttpClient, http));
    });
    return yield* asked.pipe(
      Effect.tapError(report(path, requestId)),
      Effect.mapError(
        ({ retryAfterSeconds }) =>
          new PartnerUnavailable({ partner: "ZHEP", retryAfterSeconds: retryAfterSeconds ?? RETRY_AFTER_SECONDS }),
      ),
    );
  });

  return ZhepClient.of({
    ask: (question, request) => call(question, request, {}),
    tell: (notice, request, idempotencyKey) => call(notice, request, { "idempotency-key": idempotencyKey }),
  });
});

/** Somebody has to see it; nobody's token, name or secret is in it. */
const report =
  (path: string, requestId: string) =>
  ({ kind, why }: NoAnswer) => {
    const facts = { path, requestId, kind, why };
    if (kind === "refused") return Effect.logError("ZHEP refuses what we send", facts);
    return kind === "left alone"
      ? Effect.logDebug("ZHEP is left alone", facts)
      : Effect.logWarning("no answer from ZHEP", facts);
  };

/**
 * Talks to ZHEP.
 *
 * **Contract** a call answers within the deadline, with what the wire contract promises or with `PartnerUnavailable`. A path that keeps
 * failing, or that asked us to wait, is left alone for a while; other paths are not affected. `tell` is for one idempotency key (ASCII without
 * blanks) done once, however often it is told.
 */
export class ZhepClient extends Context.Service<
  ZhepClient,
  {
    readonly ask: <Request, Answer>(
      question: Question<Request, Answer>,
      request: Request,
    ) => Effect.Effect<Answer, PartnerUnavailable>;
    readonly tell: <Request, Answer>(
      notice: Notice<Request, Answer>,
      request: Request,
      idempotencyKey: string,
    ) => Effect.Effect<Answer, PartnerUnavailable>;
  }
>()("@zmos/adapters-zhep/ZhepClient") {
  /** Over whatever HTTP client and breaker store the host provides (a shared store makes servers trip together). */
  static readonly layerNoDeps = (options: ZhepOptions) => Layer.effect(this, make(options));

  /** Over `fetch`, which follows no redirect: our key goes to the configured address and nowhere else. */
  static readonly layer = (options: ZhepOptions) =>
    this.layerNoDeps(options).pipe(
      Layer.provide([
        FetchHttpClient.layer.pipe(
          Layer.provide(Layer.succeed(FetchHttpClient.RequestInit, { redirect: "manual" as const })),
        ),
        CircuitBreaker.layerStoreMemory(),
      ]),
    );
}
