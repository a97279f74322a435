import { CredentialStore, type Instant, now, type SigningKey, type TenantId, UnitOfWork } from "@zmos/core";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import type * as Jose from "jose";

/** The one algorithm in which access tokens are signed. What a token's header claims is never asked. */
export const ALGORITHM = "EdDSA";

/** How long what was read of the keys is believed. A key that is not among them is looked for sooner. **Units** milliseconds. */
const BELIEVED_MILLIS = 60_000;
const LOOK_AGAIN_AFTER_MILLIS = 1_000;

/** A key that can verify. **Shape** `retiredAt`: tokens signed from then on do not count. */
export interface VerifyingKey {
  readonly publicKey: Jose.CryptoKey;
  readonly retiredAt: Instant | undefined;
}

let loading: Promise<typeof Jose> | undefined;

/** Loaded when a token is first met, so that start-up does not wait for it. */
export const jose = Effect.promise(() => (loading ??= import("jose")));

/**
 * The installation's signing keys, which live in the database: every server that shares it signs and verifies with the same.
 *
 * The first key is made when it is first needed. `tenantId` only says in whose unit of work the store is read.
 */
export class Keyring extends Context.Service<Keyring>()("@zmos/http/auth/Keyring", {
  make: Effect.gen(function* () {
    const credentials = yield* CredentialStore;
    const units = yield* UnitOfWork;
    let known: ReadonlyMap<string, VerifyingKey> = new Map();
    let readAt = Number.NEGATIVE_INFINITY;

    const read = Effect.fnUntraced(function* (tenantId: TenantId) {
      const keys = yield* units.read(tenantId, credentials.signingKeys);
      const { importJWK } = yield* jose;
      const imported = new Map<string, VerifyingKey>();
      for (const { keyId, publicKey, retiredAt } of keys) {
        const key = yield* Effect.promise(() => importJWK(JSON.parse(publicKey) as Jose.JWK, ALGORITHM));
        imported.set(keyId, { publicKey: key as Jose.CryptoKey, retiredAt });
      }
      known = imported;
      readAt = yield* now;
      return keys;
    });

    const inUse = (keys: ReadonlyArray<SigningKey>) => keys.find(({ retiredAt }) => retiredAt === undefined);

    return {
      /** The key to sign with: the newest in use. */
      signing: Effect.fn("Keyring.signing")(function* (tenantId: TenantId) {
        let keys = yield* read(tenantId);
        let key = inUse(keys);
        if (key === undefined) {
          const fresh = yield* makeKey;
          yield* units.run(tenantId, credentials.addSigningKey(fresh, { ifNone: keys.length === 0 }));
          keys = yield* read(tenantId);
          key = inUse(keys) ?? fresh;
        }
        const { importJWK } = yield* jose;
        const { keyId, privateKey } = key;
        return {
          keyId,
          privateKey: yield* Effect.promise(() => importJWK(JSON.parse(privateKey) as Jose.JWK, ALGORITHM)),
        };
      }),
      /** The key that a token names, if there is such a key. */
      verifying: Effect.fnUntraced(function* (tenantId: TenantId, keyId: string) {
        const age = (yield* now) - readAt;
        const patience = known.has(keyId) ? BELIEVED_MILLIS : LOOK_AGAIN_AFTER_MILLIS;
        if (age >= patience) yield* read(tenantId);
        return known.get(keyId);
      }),
    };
  }),
}) {
  static readonly layer = Layer.effect(this, this.make);
}

const makeKey = Effect.gen(function* () {
  const { calculateJwkThumbprint, exportJWK, generateKeyPair } = yield* jose;
  const createdAt = yield* now;
  return yield* Effect.promise(async (): Promise<SigningKey> => {
    const pair = await generateKeyPair(ALGORITHM, { crv: "Ed25519", extractable: true });
    const publicKey = await exportJWK(pair.publicKey);
    return {
      keyId: await calculateJwkThumbprint(publicKey),
      publicKey: JSON.stringify(publicKey),
      privateKey: JSON.stringify(await exportJWK(pair.privateKey)),
      createdAt,
    };
  });
});
