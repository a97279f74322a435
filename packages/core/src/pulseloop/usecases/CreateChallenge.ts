import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { ChallengeId, ChallengeTeamId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { Name } from "../../kernel/Text.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { Challenge, challengeFields, type ChallengeTeam, impossibility, isForTeams } from "../domain/Challenge.ts";
import { ChallengeImpossible } from "../domain/ChallengeRefusals.ts";
import { standingOf } from "../domain/ChallengeStanding.ts";
import { ChallengeStore } from "../ports/ChallengeStore.ts";
import { StandingStore } from "../ports/StandingStore.ts";

/** How many teams a challenge may have. */
const MAXIMUM_TEAMS = 200;

/** **Shape** `teams`: the names of the teams, for the kind `team` alone. **Units** civil days, both included; `graceDays`: days. */
export const CreateChallenge = Schema.Struct({
  ...challengeFields,
  join: challengeFields.join.pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed("any_time" as const))),
  graceDays: challengeFields.graceDays.pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed(2))),
  rankStyle: challengeFields.rankStyle.pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed("competition" as const))),
  teams: Schema.Array(Name)
    .check(Schema.isMaxLength(MAXIMUM_TEAMS))
    .pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed([]))),
}).annotate({ identifier: "CreateChallenge" });

/** Sets up a challenge. What it asks is fixed from then on: who joins knows what for. */
export const createChallenge = UseCase.command(
  "CreateChallenge",
  { command: CreateChallenge, answer: Challenge, first: () => authorize("challenge:manage") },
  function* (command, { tenantId }) {
    const reason = impossibility(command);
    if (reason !== undefined) return yield* new ChallengeImpossible({ reason });
    const at = yield* now;
    const teams: Array<ChallengeTeam> = [];
    for (const name of command.teams) teams.push({ id: yield* newId(ChallengeTeamId), name });
    const id = yield* newId(ChallengeId);
    const challenge: Challenge = { ...command, id, tenantId, teams, status: "open", createdAt: at, updatedAt: at };
    yield* ChallengeStore.use((challenges) => challenges.insert(challenge));
    if (isForTeams(challenge)) {
      const lines = teams.map(({ id: entrantId, name }) =>
        standingOf(challenge, { entrantId, name, isHidden: false }, []),
      );
      yield* StandingStore.use((standings) => standings.keep(tenantId, lines));
    }
    yield* record({ type: "ChallengeCreated", entityType: "Challenge", entityId: id, data: encode(challenge) });
    return challenge;
  },
);

const encode = Schema.encodeSync(Challenge);
