import { type Actor, CredentialStore, Identity, Together, Unauthenticated, UnitOfWork } from "@zmos/core";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Result from "effect/Result";
import { AccessTokens } from "./AccessTokens.ts";

/**
 * Who bears one of our access tokens, asked of the store on every request, for all requests of a moment at once: a revocation or a change of role
 * counts at once, on every server.
 */
export const layer = Layer.effect(
  Identity,
  Effect.gen(function* () {
    const tokens = yield* AccessTokens;
    const credentials = yield* CredentialStore;
    const units = yield* UnitOfWork;
    const standingOf = yield* Together.make({
      perform: (actors: ReadonlyArray<Actor>) =>
        units.read(tenantsOf(actors), units.inPassing(credentials.standings(actors))).pipe(
          Effect.flatten,
          Effect.map((standings) => standings.map((standing) => Result.succeed(standing))),
        ),
      mostTogether: 256,
      mostUnderWay: 2,
    });

    return Identity.of({
      authenticate: Effect.fn("TokenIdentity.authenticate")(function* (token) {
        const { principal, issuedAt } = yield* tokens.verify(token);
        const { isActive, revokedBefore, role } = yield* standingOf(principal);
        if (!isActive || (revokedBefore !== undefined && issuedAt < revokedBefore)) {
          return yield* new Unauthenticated({ reason: "revoked" });
        }
        return role === undefined ? principal : { ...principal, roles: [role] };
      }),
    });
  }),
);

const tenantsOf = (actors: ReadonlyArray<Actor>) => [...new Set(actors.map(({ tenantId }) => tenantId))];
