import { Instant, InstantFromString, MemberId, MemberStore, type Role, type TenantId, UnitOfWork } from "@zmos/core";
import { AccessTokens, SignIn } from "@zmos/http";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { OPERATOR } from "../Api.ts";
import { findTenant, openInstallation } from "../Installation.ts";
import { print, tell } from "../output/Terminal.ts";
import { BadInput, NoSuch } from "../Refusals.ts";
import type { Settings } from "../Settings.ts";
import { requireDatabase } from "./RequireDatabase.ts";

interface TokenOptions {
  readonly role: Role;
  readonly member?: string;
  readonly once?: boolean;
}

const isMemberId = Schema.is(MemberId);
const writeInstant = Schema.encodeSync(InstantFromString);

/** `zmos token`: the token alone on stdout, so that a shell can take it; what it is for, on stderr. */
export const token = Effect.fn("token")(function* (settings: Settings, { role, member, once }: TokenOptions) {
  yield* requireDatabase(settings, "token");
  if ((role === "member") !== (member !== undefined)) {
    return yield* new BadInput({ detail: "The role member needs --member, and only that role takes it." });
  }
  const services = yield* openInstallation(settings);
  const issued = Effect.gen(function* () {
    const { id: tenantId, name } = yield* findTenant(settings.tenant);
    const actorId = member === undefined ? OPERATOR : yield* memberOf(tenantId, member);
    const bearer = { tenantId, actorId, role };
    if (once === true) {
      const signIn = yield* SignIn;
      const { token, expiresAt } = yield* signIn.issue(bearer);
      return { name, tenantId, kind: "sign_in", text: token, expiresAt };
    }
    const tokens = yield* AccessTokens;
    const { accessToken, expiresAt } = yield* tokens.issue(bearer);
    return { name, tenantId, kind: "access", text: accessToken, expiresAt };
  });
  const { name, tenantId, kind, text, expiresAt } = yield* Effect.provide(issued, services);
  const until = writeInstant(Instant.make(expiresAt));
  if (settings.json) {
    return yield* print(JSON.stringify({ tenantId, role, kind, token: text, expiresAt: until }));
  }
  yield* tell(
    kind === "access"
      ? `An access token for ${name}, role ${role}, until ${until}. Send it as \`Authorization: Bearer …\`.`
      : `A sign-in token for ${name}, role ${role}: works once, until ${until}. POST /v1/sign-in exchanges it.`,
  );
  yield* print(text);
});

const memberOf = Effect.fnUntraced(function* (tenantId: TenantId, named: string) {
  const members = yield* MemberStore;
  const units = yield* UnitOfWork;
  const find = members.list(tenantId, { externalPartyId: named }, { limit: 2 });
  const { rows } = yield* units.read(tenantId, find);
  const [found, another] = rows;
  if (another !== undefined) {
    return yield* new BadInput({ detail: `Several members are ${named} to a partner. Name one by its ZMOS id.` });
  }
  if (found !== undefined) return found.id;
  if (!isMemberId(named)) return yield* new NoSuch({ thing: "member", name: named });
  return (yield* units.read(tenantId, members.find(tenantId, named))).id;
});
