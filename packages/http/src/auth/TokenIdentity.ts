import { CredentialStore, Identity, Unauthenticated, UnitOfWork } from "@zmos/core";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { AccessTokens } from "./AccessTokens.ts";

/**
 * Who bears one of our access tokens, asked of the store on every request: a revocation or a change of role counts at once, on
 * every server.
 */
export const layer = Layer.effect(
  Identity,
  Effect.gen(function* () {
    const tokens = yield* AccessTokens;
    const credentials = yield* CredentialStore;
    const units = yield* UnitOfWork;

    return Identity.of({
      authenticate: Effect.fn("TokenIdentity.authenticate")(function* (token) {
        const { principal, issuedAt } = yield* tokens.verify(token);
        const { tenantId, actorId } = principal;
        const { isActive, revokedBefore, role } = yield* units.read(tenantId, credentials.standing(tenantId, actorId));
        if (!isActive || (revokedBefore !== undefined && issuedAt < revokedBefore)) {
          return yield* new Unauthenticated({ reason: "revoked" });
        }
        return role === undefined ? principal : { ...principal, roles: [role] };
      }),
    });
  }),
);
