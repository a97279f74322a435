import { Identity, MemberStore, type PrincipalClaims, Unauthenticated, UnitOfWork } from "@zmos/core";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { ConnectedTenants } from "../ConnectedTenants.ts";
import { introspect } from "../Wire.ts";
import { ZhepClient } from "../ZhepClient.ts";

/** **Source** RFC 6750, 2.1: what a bearer token may be made of. */
const BEARER = /^[A-Za-z0-9\-._~+/]+=*$/;
const MAXIMUM_TOKEN_LENGTH = 8_192;

/**
 * Who bears a token, by ZHEP's word. Nothing is remembered: what ZHEP revokes counts from the next call on.
 *
 * ZHEP names the party and the tenant. It is believed only about tenants that are connected to it. A member's party must be the
 * `externalPartyId` of exactly one member; a member of staff acts as `zhep:<party>`.
 */
export const make = Effect.gen(function* () {
  const client = yield* ZhepClient;
  const connected = yield* ConnectedTenants;
  const units = yield* UnitOfWork;
  const members = yield* MemberStore;

  return Identity.of({
    authenticate: Effect.fn("IdentityZhep.authenticate")(function* (token) {
      if (token === "") return yield* new Unauthenticated({ reason: "missing" });
      if (token.length > MAXIMUM_TOKEN_LENGTH || !BEARER.test(token)) {
        return yield* new Unauthenticated({ reason: "malformed" });
      }
      const answer = yield* client.ask(introspect, { token });
      if (!answer.active) return yield* new Unauthenticated({ reason: answer.reason ?? "unknown" });
      const { tenantId, partyId } = answer;
      if (!(yield* connected.includes(tenantId))) {
        yield* Effect.logWarning("ZHEP vouches for somebody of a tenant that is not connected to it", { tenantId });
        return yield* new Unauthenticated({ reason: "unknown" });
      }
      if (answer.actorType === "user_account") {
        const staff: PrincipalClaims = { ...claimsOf(answer), actorId: `zhep:${partyId}` };
        return staff;
      }
      const { rows } = yield* units.read(tenantId, members.list(tenantId, { externalPartyId: partyId }, { limit: 2 }));
      const [member, another] = rows;
      if (member === undefined || another !== undefined) {
        yield* Effect.logWarning("a ZHEP party is not exactly one member", { tenantId, found: rows.length });
        return yield* new Unauthenticated({ reason: "unknown" });
      }
      const claims: PrincipalClaims = { ...claimsOf(answer), actorId: member.id };
      return claims;
    }),
  });
});

const claimsOf = ({ tenantId, actorType, roles }: Omit<PrincipalClaims, "actorId">) => ({
  tenantId,
  actorType,
  roles,
});

/** Needs the client, the tenants and the stores. */
export const layerNoDeps = Layer.effect(Identity, make);
