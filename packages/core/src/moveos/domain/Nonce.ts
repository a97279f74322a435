import * as Schema from "effect/Schema";

/** What a device calls one arrival, so that its repeats are one. */
export const Nonce = Schema.String.check(
  Schema.isPattern(/^[\x21-\x7E]{1,200}$/, { expected: "1 to 200 visible ASCII characters" }),
);
