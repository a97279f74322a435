import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { TenantId } from "../../kernel/Ids.ts";
import type { Instant } from "../../kernel/Instant.ts";
import type { Role } from "../../kernel/Principal.ts";

/** A key that signs access tokens. **Shape** `privateKey` and `publicKey` are JSON Web Keys (RFC 7517), as text. */
export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly createdAt: Instant;
  readonly retiredAt?: Instant;
}

/** A token that signs its bearer in once. Only its digest is kept. */
export interface SignInToken {
  readonly tenantId: TenantId;
  readonly digest: string;
  readonly actorId: string;
  readonly role: Role;
  readonly expiresAt: Instant;
}

/** Who acts, of which tenant. */
export interface Actor {
  readonly tenantId: TenantId;
  readonly actorId: string;
}

/** What must still be true of an actor for an earlier token to count. **Shape** absent `role`: the actor has no login of its own. */
export interface ActorStanding {
  readonly revokedBefore?: Instant;
  readonly role?: Role;
  readonly isActive: boolean;
}

/**
 * Where the means of signing in are kept.
 *
 * **Contract** called inside a unit of work, of the tenant whose token or standing it is.
 * - `signingKeys` answers every key, newest first, retired ones too; it belongs to the installation, not to a tenant.
 * - `addSigningKey` keeps the key, unless `ifNone` is set and there is one already: two servers that start at once agree on one.
 * - `redeem` answers a sign-in token that has not expired and takes it away in the same step: of two calls, one gets it.
 * - `standings` answers what holds of each actor now, in order. `revokeBefore` makes tokens issued before an instant void, for one actor or,
 *   without `actorId`, for the whole tenant.
 */
export class CredentialStore extends Context.Service<
  CredentialStore,
  {
    readonly signingKeys: Effect.Effect<ReadonlyArray<SigningKey>>;
    readonly addSigningKey: (key: SigningKey, options: { readonly ifNone: boolean }) => Effect.Effect<void>;
    readonly addSignInToken: (token: SignInToken) => Effect.Effect<void>;
    readonly redeem: (tenantId: TenantId, digest: string, now: Instant) => Effect.Effect<SignInToken | undefined>;
    readonly standings: (actors: ReadonlyArray<Actor>) => Effect.Effect<ReadonlyArray<ActorStanding>>;
    readonly revokeBefore: (tenantId: TenantId, actorId: string | undefined, instant: Instant) => Effect.Effect<void>;
  }
>()("@zmos/core/platform/ports/CredentialStore") {}
