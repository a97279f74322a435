import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { addDays } from "../../kernel/CivilDate.ts";
import { record } from "../../kernel/EventLog.ts";
import { ChallengeId, ChallengeTeamId, MemberId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { Name } from "../../kernel/Text.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { civilDateOf } from "../../kernel/ZoneRules.ts";
import { authorize, type Member, MemberStore, TenantStore } from "../../platform/index.ts";
import { type Challenge, isForTeams, ruleOf } from "../domain/Challenge.ts";
import { ChallengeParticipant } from "../domain/ChallengeParticipant.ts";
import * as ChallengeProgress from "../domain/ChallengeProgress.ts";
import { AlreadyJoined, ChallengeFinal, JoiningClosed, TeamNotFitting } from "../domain/ChallengeRefusals.ts";
import { CalendarStore } from "../ports/CalendarStore.ts";
import { ChallengeStore } from "../ports/ChallengeStore.ts";
import { ParticipantStore } from "../ports/ParticipantStore.ts";
import { refreshStandings } from "./KeepStandings.ts";

/** **Shape** `displayName`: how the board names the member; without it, the first name and one letter. `teamId`: where teams are ranked. */
export const JoinChallenge = Schema.Struct({
  challengeId: ChallengeId,
  memberId: MemberId,
  displayName: Schema.optionalKey(Name),
  isShown: Schema.optionalKey(Schema.Boolean),
  teamId: Schema.optionalKey(ChallengeTeamId),
}).annotate({ identifier: "JoinChallenge" });

/** A member joins a challenge, itself or by staff. What it did before counts where the challenge counts back. */
export const joinChallenge = UseCase.command(
  "JoinChallenge",
  {
    command: JoinChallenge,
    answer: ChallengeParticipant,
    first: ({ memberId }) => authorize("challenge:join", memberId),
  },
  function* ({ challengeId, memberId, displayName, isShown, teamId }, { tenantId }) {
    const challenge = yield* ChallengeStore.use((store) => store.find(tenantId, challengeId));
    const member = yield* MemberStore.use((store) => store.find(tenantId, memberId));
    const tenant = yield* Effect.orDie(TenantStore.use((store) => store.find(tenantId)));
    const joinedAt = yield* now;
    const joinedOn = civilDateOf(member.timezone ?? tenant.timezone, joinedAt, tenant.dayStartHours);
    const { finalisedAt } = challenge;
    if (finalisedAt !== undefined) return yield* new ChallengeFinal({ challengeId, finalisedAt });
    const may = ChallengeProgress.mayJoin(ruleOf(challenge), joinedOn);
    if (may !== "yes") {
      const lastDay = may === "is_over" ? challenge.to : addDays(challenge.from, -1);
      return yield* new JoiningClosed({ challengeId, reason: may, lastDay, today: joinedOn });
    }
    if (!hasTeam(challenge, teamId)) {
      return yield* new TeamNotFitting({ challengeId, teamIds: challenge.teams.map(({ id }) => id) });
    }
    // Whoever records for this member at this moment comes first, or sees that it takes part.
    yield* CalendarStore.use((store) => store.lock(tenantId, [memberId]));
    const participants = yield* ParticipantStore;
    if ((yield* participants.find(tenantId, challengeId, memberId)) !== undefined) {
      return yield* new AlreadyJoined({ challengeId, memberId });
    }
    const participant: ChallengeParticipant = {
      tenantId,
      challengeId,
      memberId,
      joinedAt,
      joinedOn,
      displayName: displayName ?? shortName(member),
      isShown: isShown ?? true,
      ...(teamId !== undefined && { teamId }),
    };
    yield* participants.insert(participant);
    yield* refreshStandings(tenantId, [{ challenge, participant }]);
    yield* record({
      type: "ChallengeJoined",
      entityType: "Challenge",
      entityId: challengeId,
      data: encode(participant),
    });
    return participant;
  },
);

const encode = Schema.encodeSync(ChallengeParticipant);

const hasTeam = (challenge: Challenge, teamId: ChallengeTeamId | undefined): boolean =>
  isForTeams(challenge) ? challenge.teams.some(({ id }) => id === teamId) : teamId === undefined;

/** `Amina O.`: who knows her knows her, and nobody else learns a full name. */
const shortName = ({ firstName, lastName }: Member): string =>
  `${firstName} ${[...lastName][0] ?? ""}.`.slice(0, 200).trim();
