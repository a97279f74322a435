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

const readBytes = (request: Request): Effect.Effect<Uint8Array, BodyTooLarge | MalformedBody> =>
  Effect.tryPromise({
    try: () => collect(request),
    catch: () => new MalformedBody({ reason: "it was cut short" }),
  }).pipe(
    Effect.filterOrFail(
      (bytes) => bytes !== undefined,
      () => new BodyTooLarge({ limitBytes: LIMIT_BYTES }),
    ),
  );

/** The whole body, or nothing once it turns out to be too long. */
const collect = async (request: Request): Promise<Uint8Array | undefined> => {
  const claimed = request.headers.get("content-length");
  if (claimed !== null && Number(claimed) > LIMIT_BYTES) return undefined;
  if (claimed !== null && !request.headers.has("transfer-encoding")) {
    // An HTTP parser lets no more through than was claimed, so such a body is read in one piece.
    const bytes = new Uint8Array(await request.arrayBuffer());
    return bytes.length <= LIMIT_BYTES ? bytes : undefined;
  }
  return request.body === null ? new Uint8Array() : await count(request.body);
};

/** Reads a stream, and leaves it once it is too long. */
const count = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array | undefined> => {
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
