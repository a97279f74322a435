import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import * as Stream from "effect/Stream";
import { HttpClient, type HttpClientError, type HttpClientRequest, type HttpClientResponse } from "effect/http";
import { NoAnswer } from "./NoAnswer.ts";
import * as RetryAfter from "./RetryAfter.ts";

/**
 * One request and its answer, read strictly: a 2xx status, our own request id, at most `maxAnswerBytes` of UTF-8, JSON of the schema.
 * Anything else is no answer. What is left unread is cut off.
 */
export const exchange = <Answer>(
  request: HttpClientRequest.HttpClientRequest,
  expected: {
    readonly requestId: string;
    readonly maxAnswerBytes: number;
    readonly answer: Schema.Codec<Answer, unknown>;
  },
): Effect.Effect<Answer, NoAnswer, HttpClient.HttpClient> =>
  Effect.gen(function* () {
    const client = HttpClient.withScope(yield* HttpClient.HttpClient);
    const response = yield* Effect.mapError(client.execute(request), asCut);
    yield* accept(response);
    // The worst mix-up of all is somebody else's answer: a proxy or a broken connection may deliver one.
    if (response.headers["x-request-id"] !== expected.requestId) {
      return yield* new NoAnswer({ kind: "garbage", why: "the answer does not carry our request id" });
    }
    const text = yield* readText(response, expected.maxAnswerBytes);
    const decode = Schema.decodeUnknownEffect(Schema.fromJsonString(expected.answer));
    return yield* Effect.mapError(
      decode(text),
      () => new NoAnswer({ kind: "garbage", why: "the answer is not what the wire contract says" }),
    );
  }).pipe(Effect.scoped);

const accept = Effect.fnUntraced(function* (response: HttpClientResponse.HttpClientResponse) {
  const { status } = response;
  if (status >= 200 && status < 300) return;
  const retryAfterSeconds = yield* RetryAfter.fromHeader(response.headers["retry-after"]);
  return yield* new NoAnswer({
    kind: status === 429 ? "busy" : status >= 500 ? "broken" : "refused",
    why: `status ${status}`,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
});

const readText = (response: HttpClientResponse.HttpClientResponse, maxAnswerBytes: number) =>
  response.stream.pipe(
    Stream.mapError(asCut),
    Stream.limitBytes(maxAnswerBytes, () =>
      Stream.fail(new NoAnswer({ kind: "garbage", why: `the answer is longer than ${maxAnswerBytes} bytes` })),
    ),
    Stream.mkUint8Array,
    Effect.flatMap((bytes) =>
      Effect.try({
        try: () => new TextDecoder("utf-8", { fatal: true }).decode(bytes),
        catch: () => new NoAnswer({ kind: "garbage", why: "the answer is not UTF-8" }),
      }),
    ),
  );

/** The error's own text may quote what was sent; its kind may not. */
const asCut = (error: HttpClientError.HttpClientError): NoAnswer =>
  error.reason._tag === "EmptyBodyError"
    ? new NoAnswer({ kind: "garbage", why: "the answer is empty" })
    : new NoAnswer({ kind: "cut", why: error.reason._tag });
