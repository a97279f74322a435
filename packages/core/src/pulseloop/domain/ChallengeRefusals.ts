/** Why something about a challenge is refused. Each says what would have to change. */
import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { ChallengeId, ChallengeTeamId, MemberId } from "../../kernel/Ids.ts";
import { InstantFromString, toIso } from "../../kernel/Instant.ts";

/** One joins before this challenge starts, or before it is over; that day has passed where the member lives. */
export class JoiningClosed extends Schema.TaggedError<JoiningClosed>()("JoiningClosed", {
  challengeId: ChallengeId,
  reason: Schema.Literals(["already_started", "is_over"]),
  lastDay: CivilDateFromString,
  today: CivilDateFromString,
}) {
  override get message() {
    const why = this.reason === "is_over" ? "It is over" : "It has started, and is joined before it starts";
    return `${why}: the last day to join was ${CivilDate.toIso(this.lastDay)}, and where the member lives it is ${CivilDate.toIso(this.today)}.`;
  }
}

/** The member takes part already. */
export class AlreadyJoined extends Schema.TaggedError<AlreadyJoined>()("AlreadyJoined", {
  challengeId: ChallengeId,
  memberId: MemberId,
}) {
  override get message() {
    return `Member ${this.memberId} takes part already. To count from another day, it must leave and join again.`;
  }
}

/** The member does not take part. */
export class NotParticipating extends Schema.TaggedError<NotParticipating>()("NotParticipating", {
  challengeId: ChallengeId,
  memberId: MemberId,
}) {
  override get message() {
    return `Member ${this.memberId} does not take part in this challenge. It must join first.`;
  }
}

/** The team is missing, not one of the challenge's, or asked for where there are no teams. */
export class TeamNotFitting extends Schema.TaggedError<TeamNotFitting>()("TeamNotFitting", {
  challengeId: ChallengeId,
  teamIds: Schema.Array(ChallengeTeamId),
}) {
  override get message() {
    return this.teamIds.length === 0
      ? "This challenge has no teams; join it without one."
      : `This is a challenge of teams: join one of ${this.teamIds.join(", ")}.`;
  }
}

/** What is asked makes no challenge. **Shape** `reason` says what would have to change. */
export class ChallengeImpossible extends Schema.TaggedError<ChallengeImpossible>()("ChallengeImpossible", {
  reason: Schema.String,
}) {
  override get message() {
    return this.reason;
  }
}

/** Facts of the challenge may still arrive, somewhere. **Units** `finalisableFrom`: an instant. */
export class ChallengeNotOver extends Schema.TaggedError<ChallengeNotOver>()("ChallengeNotOver", {
  challengeId: ChallengeId,
  finalisableFrom: InstantFromString,
}) {
  override get message() {
    return `Its last day and its grace end in the westernmost zone at ${toIso(this.finalisableFrom)}; finalise it from then on.`;
  }
}

/** The result is final. Only finalising it again, for a reason, changes it. */
export class ChallengeFinal extends Schema.TaggedError<ChallengeFinal>()("ChallengeFinal", {
  challengeId: ChallengeId,
  finalisedAt: Schema.optionalKey(InstantFromString),
}) {
  override get message() {
    return "The result of this challenge is final. To take late facts into it, finalise it again and give the reason.";
  }
}
