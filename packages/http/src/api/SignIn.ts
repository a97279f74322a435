import { InstantFromString } from "@zmos/core";
import * as Schema from "effect/Schema";
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about } from "./About.ts";
import { signingIn } from "./Refusing.ts";

/** A one-time sign-in token, as text. */
export const SignInRequest = Schema.Struct({
  token: Schema.String.check(Schema.isMaxLength(200)),
}).annotate({ identifier: "SignInRequest" });

/** A bearer token. **Units** `expiresAt`: the instant from which it counts no more. */
export const AccessToken = Schema.Struct({
  accessToken: Schema.String,
  tokenType: Schema.Literal("Bearer"),
  expiresAt: InstantFromString,
}).annotate({ identifier: "AccessToken" });
export type AccessToken = typeof AccessToken.Type;

/** How one gets in. */
export const SignIn = HttpApiGroup.make("sign-in").add(
  HttpApiEndpoint.post("signIn", "/sign-in", {
    payload: SignInRequest,
    success: AccessToken,
    error: signingIn(),
  }).annotateMerge(
    about(
      "Sign in",
      "Exchanges a one-time sign-in token for a bearer token. It works once: it is its own idempotency key.",
      {
        token: "01a0a1f4-0000-7000-8000-000000000000.kJb4…",
      },
    ),
  ),
);
