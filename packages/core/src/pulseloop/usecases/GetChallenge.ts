import * as Schema from "effect/Schema";
import { ChallengeId } from "../../kernel/Ids.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { Challenge } from "../domain/Challenge.ts";
import { ChallengeStore } from "../ports/ChallengeStore.ts";

export const GetChallenge = Schema.Struct({ challengeId: ChallengeId }).annotate({ identifier: "GetChallenge" });

/** One challenge. */
export const getChallenge = UseCase.query(
  "GetChallenge",
  { command: GetChallenge, answer: Challenge, first: () => authorize("challenge:read") },
  function* ({ challengeId }, { tenantId }) {
    return yield* ChallengeStore.use((challenges) => challenges.find(tenantId, challengeId));
  },
);
