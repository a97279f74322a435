import {
  CredentialStore,
  Instant,
  now,
  type StoreUnavailable,
  TenantId,
  Unauthenticated,
  UnitOfWork,
} from "@zmos/core";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Schema from "effect/Schema";
import { createHash, randomBytes } from "node:crypto";
import type { AccessToken } from "../api/SignIn.ts";
import { AccessTokens, type Bearer } from "./AccessTokens.ts";

/** How long a sign-in token can be used. **Units** minutes. */
const DEFAULT_VALID_MINUTES = 60;
const MINIMUM_VALID_MINUTES = 15;
const MAXIMUM_VALID_MINUTES = 1_440;

const isTenantId = Schema.is(TenantId);
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** What is kept of a secret. 256 random bits need no salt and no slow hash. */
const digestOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

/**
 * One-time sign-in tokens: text to hand to somebody, which signs its bearer in once.
 *
 * **Shape** `<tenantId>.<256 random bits>`. Only a digest of the second part is kept.
 */
export class SignIn extends Context.Service<
  SignIn,
  {
    /** A new sign-in token, for 15 minutes to a day. */
    readonly issue: (
      bearer: Bearer,
      options?: { readonly validMinutes?: number },
    ) => Effect.Effect<{ readonly token: string; readonly expiresAt: Instant }, StoreUnavailable>;
    /** An access token for a sign-in token, which is used up by this. */
    readonly exchange: (token: string) => Effect.Effect<AccessToken, Unauthenticated | StoreUnavailable>;
  }
>()("@zmos/http/auth/SignIn") {
  static readonly layer = Layer.effect(
    SignIn,
    Effect.gen(function* () {
      const tokens = yield* AccessTokens;
      const credentials = yield* CredentialStore;
      const units = yield* UnitOfWork;

      return SignIn.of({
        issue: Effect.fn("SignIn.issue")(function* (bearer, options = {}) {
          const secret = randomBytes(32).toString("base64url");
          const asked = options.validMinutes ?? DEFAULT_VALID_MINUTES;
          const validMinutes = Math.min(Math.max(asked, MINIMUM_VALID_MINUTES), MAXIMUM_VALID_MINUTES);
          const expiresAt = Instant.make((yield* now) + validMinutes * 60_000);
          const kept = { ...bearer, digest: digestOf(secret), expiresAt };
          yield* units.run(bearer.tenantId, credentials.addSignInToken(kept));
          return { token: `${bearer.tenantId}.${secret}`, expiresAt };
        }),
        exchange: Effect.fn("SignIn.exchange")(function* (text) {
          const [tenantId, secret, ...more] = text.split(".");
          if (!isTenantId(tenantId) || secret === undefined || !SECRET.test(secret) || more.length > 0) {
            return yield* new Unauthenticated({ reason: "malformed" });
          }
          const at = yield* now;
          const redeemed = yield* units.run(tenantId, credentials.redeem(tenantId, digestOf(secret), at));
          if (redeemed === undefined) return yield* new Unauthenticated({ reason: "unknown" });
          return yield* tokens.issue({ tenantId, actorId: redeemed.actorId, role: redeemed.role });
        }),
      });
    }),
  );
}
