import { Identity, Unauthenticated } from "@zmos/core";
import * as Effect from "effect/Effect";

const BEARER = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i;

/** Who sent this request, by its bearer token (RFC 6750) and the Identity port. */
export const byBearerToken = Effect.fnUntraced(function* (request: Request) {
  const header = request.headers.get("authorization");
  if (header === null) return yield* new Unauthenticated({ reason: "missing" });
  const token = BEARER.exec(header)?.[1];
  if (token === undefined) return yield* new Unauthenticated({ reason: "malformed" });
  return yield* Identity.use((identity) => identity.authenticate(token));
});
