/**
 * What the fake partner does with one request. Scripts are lists of these; when a script is over, everything is as usual.
 *
 * **Units** `delayMillis`, `millis`: milliseconds of real time.
 */
export type Step =
  | { readonly _tag: "Usual"; readonly delayMillis: number }
  | { readonly _tag: "Text"; readonly status: number; readonly headers: Record<string, string>; readonly text: string }
  | { readonly _tag: "Hang" }
  | { readonly _tag: "Cut"; readonly when: "before" | "after" | "midway" }
  | { readonly _tag: "Twice" }
  | { readonly _tag: "Mixed" }
  | { readonly _tag: "Flood" }
  | { readonly _tag: "Held" };

/** The usual answer. */
export const usual: Step = { _tag: "Usual", delayMillis: 0 };

/** The usual answer, but not at once. */
export const late = (millis: number): Step => ({ _tag: "Usual", delayMillis: millis });

/** Any text as the body, with our request id repeated. Nothing is done. */
export const text = (text: string, status = 200): Step => ({ _tag: "Text", status, headers: {}, text });

/** Any JSON as the body. Nothing is done. */
export const json = (body: unknown, status = 200): Step => text(JSON.stringify(body), status);

/** A status without a body. Nothing is done. */
export const status = (status: number, headers: Record<string, string> = {}): Step => ({
  _tag: "Text",
  status,
  headers,
  text: "",
});

/** Too many requests. **Units** `retryAfter`: as the header says, seconds or an HTTP date. */
export const tooMany = (retryAfter: number | string): Step => status(429, { "retry-after": String(retryAfter) });

/** The connection stays open and nothing ever comes. Nothing is done. */
export const hang: Step = { _tag: "Hang" };

/** The connection breaks: `before` anything is done, `after` it was done, or `midway` through the answer. */
export const cut = (when: "before" | "after" | "midway"): Step => ({ _tag: "Cut", when });

/** The whole usual answer is sent two times over on the same connection. */
export const twice: Step = { _tag: "Twice" };

/** The usual answer, but with the request id of somebody else's question. */
export const mixed: Step = { _tag: "Mixed" };

/** An answer that never ends. */
export const flood: Step = { _tag: "Flood" };

/** The usual answer, held back until `release` lets it go: the way to answer out of order. */
export const held: Step = { _tag: "Held" };
