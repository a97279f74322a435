import * as Effect from "effect/Effect";
import { BodyTooLarge, MalformedBody, UnsupportedMediaType } from "../DoorErrors.ts";

/** The largest body that is read. **Units** bytes. */
export const LIMIT_BYTES = 1_048_576;

/** How deep arrays and objects may lie in each other. */
export const LIMIT_DEPTH = 32;

const JSON_TYPE = /^application\/(json|[\w.-]+\+json)\s*(;.*)?$/i;

/**
 * The body of a request as a JSON value, or nothing where there is no body.
 *
 * **Errors** `UnsupportedMediaType`, `BodyTooLarge`, `MalformedBody`. No more than the limit is ever held in memory, whatever the
 * headers claim.
 */
export const readBody = Effect.fnUntraced(function* (request: Request) {
  const bytes = yield* readBytes(request);
  if (bytes.length === 0) return undefined;
  if (!JSON_TYPE.test(request.headers.get("content-type") ?? "")) return yield* new UnsupportedMediaType();
  return yield* parse(bytes);
});

const readBytes = (request: Request): Effect.Effect<Uint8Array, BodyTooLarge | MalformedBody> => {
  const claimed = request.headers.get("content-length");
  // The HTTP parser lets no more through than was claimed, so such a body is read in one piece.
  if (claimed !== null && !request.headers.has("transfer-encoding")) {
    if (Number(claimed) > LIMIT_BYTES) return Effect.fail(new BodyTooLarge({ limitBytes: LIMIT_BYTES }));
    return Effect.map(
      Effect.tryPromise({ try: () => request.arrayBuffer(), catch: () => cutShort() }),
      (buffer) => new Uint8Array(buffer),
    ).pipe(
      Effect.filterOrFail(
        (bytes) => bytes.length <= LIMIT_BYTES,
        () => new BodyTooLarge({ limitBytes: LIMIT_BYTES }),
      ),
    );
  }
  const { body } = request;
  if (body === null) return Effect.succeed(new Uint8Array());
  return Effect.flatMap(Effect.tryPromise({ try: () => collect(body), catch: () => cutShort() }), (bytes) =>
    bytes === undefined ? Effect.fail(new BodyTooLarge({ limitBytes: LIMIT_BYTES })) : Effect.succeed(bytes),
  );
};

const cutShort = () => new MalformedBody({ reason: "it ended before it was complete" });

/** The whole stream, or nothing once it turns out to be too long. */
const collect = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array | undefined> => {
  const chunks: Array<Uint8Array> = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > LIMIT_BYTES) {
      void reader.cancel().catch(() => undefined);
      return undefined;
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks, length);
};

const utf8 = new TextDecoder("utf-8", { fatal: true });

const parse = (bytes: Uint8Array): Effect.Effect<unknown, MalformedBody> =>
  Effect.try({
    try: (): unknown => {
      const text = decode(bytes);
      if (isTooDeep(text)) throw new MalformedBody({ reason: `it is nested more than ${LIMIT_DEPTH} deep` });
      try {
        return JSON.parse(text);
      } catch {
        throw new MalformedBody({ reason: "it is not JSON" });
      }
    },
    catch: (error) => (error instanceof MalformedBody ? error : new MalformedBody({ reason: "it is not JSON" })),
  });

const decode = (bytes: Uint8Array): string => {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new MalformedBody({ reason: "it is not UTF-8" });
  }
};

/** Counts brackets outside of strings: a parser may recurse, this does not. */
const isTooDeep = (text: string): boolean => {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case 0x5c: // backslash
        if (isInString) index++;
        break;
      case 0x22: // quotation mark
        isInString = !isInString;
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (!isInString && ++depth > LIMIT_DEPTH) return true;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        if (!isInString) depth--;
        break;
    }
  }
  return false;
};
