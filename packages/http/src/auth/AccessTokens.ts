import { ActorType, Instant, now, Role, type StoreUnavailable, TenantId, Unauthenticated } from "@zmos/core";
import * as Context from "effect/Context";
import * as DateTime from "effect/DateTime";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Option from "effect/Option";
import * as Schema from "effect/Schema";
import type { JWTVerifyGetKey } from "jose";
import type { AccessToken } from "../api/SignIn.ts";
import { ALGORITHM, jose, Keyring } from "./Keyring.ts";
import { type Remembered, type Verified, VerifiedTokens } from "./VerifiedTokens.ts";

export const ISSUER = "https://zmos.dev";
export const AUDIENCE = "zmos-api";
/** **Source** RFC 9068, the profile of access tokens. */
export const TOKEN_TYPE = "at+jwt";

/** How long a token counts. **Units** hours. */
const DEFAULT_VALID_HOURS = 8;
export const MAXIMUM_VALID_HOURS = 12;
/** How far two servers' clocks may be apart. **Units** seconds. */
const CLOCK_TOLERANCE_SECONDS = 5;
const MAXIMUM_TOKEN_LENGTH = 4_096;

/** The last instant we know, in the unit of a token's claims. **Units** seconds since 1970. */
const LATEST_SECONDS = 7_289_654_399;

const Claims = Schema.Struct({
  tid: TenantId,
  sub: Schema.String.check(Schema.isBetweenLength(1, 200)),
  actor_type: ActorType,
  roles: Schema.Array(Role),
  iat: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: LATEST_SECONDS })),
});
const readClaims = Schema.decodeUnknownOption(Claims);

/** Who shall bear a token. */
export interface Bearer {
  readonly tenantId: TenantId;
  readonly actorId: string;
  readonly role: Role;
}

/**
 * Access tokens: signed JSON Web Tokens (RFC 9068) that name a tenant, an actor and its roles.
 *
 * **Contract** `verify` accepts a token that one of the keyring's keys signed, of our issuer, for our audience, of our type, in its
 * time; and nothing else. Whether its bearer still counts is not asked here (`TokenIdentity`).
 */
export class AccessTokens extends Context.Service<
  AccessTokens,
  {
    readonly issue: (
      bearer: Bearer,
      options?: { readonly validHours?: number },
    ) => Effect.Effect<AccessToken, StoreUnavailable>;
    readonly verify: (token: string) => Effect.Effect<Verified, Unauthenticated | StoreUnavailable>;
  }
>()("@zmos/http/auth/AccessTokens") {
  static readonly layer = Layer.effect(
    AccessTokens,
    Effect.gen(function* () {
      const keyring = yield* Keyring;

      const issue = Effect.fn("AccessTokens.issue")(function* (
        { tenantId, actorId, role }: Bearer,
        options: { readonly validHours?: number } = {},
      ) {
        const { SignJWT } = yield* jose;
        const { keyId, privateKey } = yield* keyring.signing(tenantId);
        const at = yield* now;
        const validHours = Math.min(options.validHours ?? DEFAULT_VALID_HOURS, MAXIMUM_VALID_HOURS);
        const expiresAt = Instant.make(at + Math.floor(validHours * 3_600_000));
        const claims = {
          tid: tenantId,
          sub: actorId,
          actor_type: role === "member" ? "member" : "user_account",
          roles: [role],
          // Fractions of a second are kept: a token made right after a revocation counts, one made right before it does not.
          iat: at / 1_000,
          nbf: at / 1_000,
          exp: expiresAt / 1_000,
          iss: ISSUER,
          aud: AUDIENCE,
        } satisfies Record<string, unknown>;
        const accessToken = yield* Effect.promise(() =>
          new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, typ: TOKEN_TYPE, kid: keyId }).sign(privateKey),
        );
        return { accessToken, tokenType: "Bearer" as const, expiresAt };
      });

      const known = new VerifiedTokens();
      const stillCounts = Effect.fnUntraced(function* ({
        principal,
        keyId,
        issuedAt,
        notBefore,
        expiresAt,
      }: Remembered) {
        const key = yield* keyring.verifying(principal.tenantId, keyId);
        const at = yield* now;
        return (
          key !== undefined &&
          (key.retiredAt === undefined || issuedAt < key.retiredAt) &&
          notBefore <= at &&
          at < expiresAt
        );
      });

      const verify = Effect.fn("AccessTokens.verify")(function* (token: string) {
        if (token.length > MAXIMUM_TOKEN_LENGTH) return yield* new Unauthenticated({ reason: "malformed" });
        const remembered = known.find(token);
        if (remembered !== undefined && (yield* stillCounts(remembered))) return remembered;
        const { decodeJwt, decodeProtectedHeader, errors, jwtVerify } = yield* jose;
        const claimed = yield* Effect.try({
          try: () => ({ header: decodeProtectedHeader(token), payload: decodeJwt(token) }),
          catch: () => new Unauthenticated({ reason: "malformed" }),
        });
        const claims = readClaims(claimed.payload);
        const keyId = claimed.header.kid;
        if (Option.isNone(claims) || keyId === undefined) return yield* new Unauthenticated({ reason: "malformed" });
        const { tid: tenantId, sub: actorId, actor_type: actorType, roles, iat } = claims.value;
        const issuedAt = Instant.make(Math.round(iat * 1_000));
        const key = yield* keyring.verifying(tenantId, keyId);
        if (key === undefined) return yield* new Unauthenticated({ reason: "unknown" });
        if (key.retiredAt !== undefined && issuedAt >= key.retiredAt) {
          return yield* new Unauthenticated({ reason: "unknown" });
        }
        const at = yield* now;
        const getKey: JWTVerifyGetKey = () => Promise.resolve(key.publicKey);
        yield* Effect.tryPromise({
          try: () =>
            jwtVerify(token, getKey, {
              algorithms: [ALGORITHM],
              issuer: ISSUER,
              audience: AUDIENCE,
              typ: TOKEN_TYPE,
              requiredClaims: ["exp", "nbf", "iat"],
              maxTokenAge: MAXIMUM_VALID_HOURS * 3_600,
              clockTolerance: CLOCK_TOLERANCE_SECONDS,
              currentDate: DateTime.toDate(DateTime.makeUnsafe(at)),
            }),
          catch: (error) => new Unauthenticated({ reason: error instanceof errors.JWTExpired ? "expired" : "unknown" }),
        });
        const verified = { principal: { tenantId, actorId, actorType, roles }, issuedAt };
        const { nbf = 0, exp = 0 } = claimed.payload;
        const lastSecond = Math.min(exp, iat + MAXIMUM_VALID_HOURS * 3_600);
        known.remember(token, {
          ...verified,
          keyId,
          notBefore: Instant.make(Math.ceil(nbf * 1_000)),
          expiresAt: Instant.make(Math.floor(lastSecond * 1_000)),
        });
        return verified;
      });

      return AccessTokens.of({ issue, verify });
    }),
  );
}
