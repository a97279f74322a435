import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { ChallengeId, MemberId } from "../../kernel/Ids.ts";
import { Name } from "../../kernel/Text.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { isForTeams } from "../domain/Challenge.ts";
import { ChallengeParticipant } from "../domain/ChallengeParticipant.ts";
import { NotParticipating } from "../domain/ChallengeRefusals.ts";
import { CalendarStore } from "../ports/CalendarStore.ts";
import { ChallengeStore } from "../ports/ChallengeStore.ts";
import { ParticipantStore } from "../ports/ParticipantStore.ts";
import { StandingStore } from "../ports/StandingStore.ts";

/** **Shape** `isShown`: whether the board names the member; `displayName`: by what name. */
export const ShowOnBoard = Schema.Struct({
  challengeId: ChallengeId,
  memberId: MemberId,
  isShown: Schema.Boolean,
  displayName: Schema.optionalKey(Name),
}).annotate({ identifier: "ShowOnBoard" });

/** A member opts out of being shown on a board, or in again. At any time, also when the result is final: it is ranked all the same. */
export const showOnBoard = UseCase.command(
  "ShowOnBoard",
  {
    command: ShowOnBoard,
    answer: ChallengeParticipant,
    first: ({ memberId }) => authorize("challenge:join", memberId),
  },
  function* ({ challengeId, memberId, isShown, displayName }, { tenantId }) {
    const challenge = yield* ChallengeStore.use((store) => store.find(tenantId, challengeId));
    yield* CalendarStore.use((store) => store.lock(tenantId, [memberId]));
    const participants = yield* ParticipantStore;
    const participant = yield* participants.find(tenantId, challengeId, memberId);
    if (participant === undefined) return yield* new NotParticipating({ challengeId, memberId });
    const shown: ChallengeParticipant = { ...participant, isShown, ...(displayName !== undefined && { displayName }) };
    yield* participants.show(shown);
    if (!isForTeams(challenge)) {
      const line = { challengeId, entrantId: memberId, name: shown.displayName, isHidden: !isShown };
      yield* StandingStore.use((standings) => standings.show(tenantId, line));
    }
    yield* record({
      type: "ChallengeVisibilityChanged",
      entityType: "Challenge",
      entityId: challengeId,
      data: { memberId, isShown },
    });
    return shown;
  },
);
