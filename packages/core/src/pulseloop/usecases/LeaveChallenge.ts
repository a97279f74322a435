import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { ChallengeId, MemberId } from "../../kernel/Ids.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { isForTeams } from "../domain/Challenge.ts";
import { ChallengeParticipant } from "../domain/ChallengeParticipant.ts";
import { ChallengeFinal, NotParticipating } from "../domain/ChallengeRefusals.ts";
import { CalendarStore } from "../ports/CalendarStore.ts";
import { ChallengeStore } from "../ports/ChallengeStore.ts";
import { ParticipantStore } from "../ports/ParticipantStore.ts";
import { StandingStore } from "../ports/StandingStore.ts";
import { refreshStandings } from "./KeepStandings.ts";

export const LeaveChallenge = Schema.Struct({ challengeId: ChallengeId, memberId: MemberId }).annotate({
  identifier: "LeaveChallenge",
});

/** A member leaves a challenge that is not final: its line goes, and its team counts without it. What happened stays in the audit. */
export const leaveChallenge = UseCase.command(
  "LeaveChallenge",
  {
    command: LeaveChallenge,
    answer: ChallengeParticipant,
    first: ({ memberId }) => authorize("challenge:join", memberId),
  },
  function* ({ challengeId, memberId }, { tenantId }) {
    const challenge = yield* ChallengeStore.use((store) => store.find(tenantId, challengeId));
    const { finalisedAt } = challenge;
    if (finalisedAt !== undefined) return yield* new ChallengeFinal({ challengeId, finalisedAt });
    yield* CalendarStore.use((store) => store.lock(tenantId, [memberId]));
    const participants = yield* ParticipantStore;
    const participant = yield* participants.find(tenantId, challengeId, memberId);
    if (participant === undefined) return yield* new NotParticipating({ challengeId, memberId });
    yield* participants.remove(participant);
    if (isForTeams(challenge)) yield* refreshStandings(tenantId, [{ challenge, participant }]);
    else yield* StandingStore.use((standings) => standings.remove(tenantId, challengeId, memberId));
    yield* record({ type: "ChallengeLeft", entityType: "Challenge", entityId: challengeId, data: { memberId } });
    return participant;
  },
);
