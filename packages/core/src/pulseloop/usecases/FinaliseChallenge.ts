import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { ChallengeId } from "../../kernel/Ids.ts";
import { InstantFromString, now } from "../../kernel/Instant.ts";
import { Prose } from "../../kernel/Text.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize, TenantStore } from "../../platform/index.ts";
import { finalisableFrom } from "../domain/Challenge.ts";
import { ChallengeFinal, ChallengeNotOver } from "../domain/ChallengeRefusals.ts";
import { ChallengeStore } from "../ports/ChallengeStore.ts";
import { StandingStore } from "../ports/StandingStore.ts";

/** **Shape** `reason`: why a result that is final already is to take late facts in. */
export const FinaliseChallenge = Schema.Struct({
  challengeId: ChallengeId,
  reason: Schema.optionalKey(Prose.check(Schema.isNonEmpty())),
}).annotate({ identifier: "FinaliseChallenge" });

/** What finalising did. **Units** `changed`: lines of the board that late facts changed; none the first time. */
export const ChallengeFinalised = Schema.Struct({
  challengeId: ChallengeId,
  finalisedAt: InstantFromString,
  changed: Schema.Int,
}).annotate({ identifier: "ChallengeFinalised" });

/**
 * Makes the result of a challenge final: once its last day and its grace are over wherever anybody lives. Later facts are listed as what they
 * would change; to take them in, it is finalised again, for a reason that the audit keeps.
 */
export const finaliseChallenge = UseCase.command(
  "FinaliseChallenge",
  { command: FinaliseChallenge, answer: ChallengeFinalised, first: () => authorize("challenge:manage") },
  function* ({ challengeId, reason }, { tenantId }) {
    const challenges = yield* ChallengeStore;
    const challenge = yield* challenges.lock(tenantId, challengeId);
    const tenant = yield* Effect.orDie(TenantStore.use((store) => store.find(tenantId)));
    const at = yield* now;
    const from = finalisableFrom(challenge, tenant.dayStartHours);
    if (at < from) return yield* new ChallengeNotOver({ challengeId, finalisableFrom: from });
    const { finalisedAt } = challenge;
    if (finalisedAt !== undefined && reason === undefined)
      return yield* new ChallengeFinal({ challengeId, finalisedAt });
    const changed = yield* StandingStore.use((standings) => standings.finalise(tenantId, challengeId));
    yield* challenges.finalise(tenantId, challengeId, at);
    yield* record({
      type: finalisedAt === undefined ? "ChallengeFinalised" : "ChallengeRefinalised",
      entityType: "Challenge",
      entityId: challengeId,
      data: { changed, ...(reason !== undefined && { reason }) },
    });
    return { challengeId, finalisedAt: at, changed };
  },
);
