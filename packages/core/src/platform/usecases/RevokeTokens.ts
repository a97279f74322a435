import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { InstantFromString, now } from "../../kernel/Instant.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { CredentialStore } from "../ports/CredentialStore.ts";
import { authorize } from "./Authorize.ts";

/** Whose tokens. **Shape** without `actorId`, everybody's, one's own among them. */
export const RevokeTokens = Schema.Struct({
  actorId: Schema.optionalKey(Schema.String.check(Schema.isBetweenLength(1, 200))),
}).annotate({ identifier: "RevokeTokens" });

/** Tokens issued before this instant do not count any more. */
export const TokensRevoked = Schema.Struct({ revokedBefore: InstantFromString }).annotate({
  identifier: "TokensRevoked",
});

/** Voids the access tokens issued until now, on every server at once: of one actor, or of everybody. */
export const revokeTokens = UseCase.command(
  "RevokeTokens",
  { command: RevokeTokens, answer: TokensRevoked, first: () => authorize("tenant:manage") },
  function* ({ actorId }, { tenantId }) {
    const revokedBefore = yield* now;
    yield* CredentialStore.use((credentials) => credentials.revokeBefore(tenantId, actorId, revokedBefore));
    yield* record({
      type: "TokensRevoked",
      entityType: "Tenant",
      entityId: tenantId,
      data: actorId === undefined ? {} : { actorId },
    });
    return { revokedBefore };
  },
);
