/**
 * How an entrant of a challenge, a member or a team, stands: one line of its board.
 *
 * **Shape** `value` and `reachedOn` are the board's; `nowValue` and `nowReachedOn` follow the facts. They are the same until the challenge
 * is finalised; afterwards a difference is what late facts *would change*.
 *
 * **Invariant** I13: whatever order, repetition and delay the facts came in, what follows the facts is the batch evaluation of all of them.
 */
import type { CivilDate } from "../../kernel/CivilDate.ts";
import type { ChallengeId, ChallengeTeamId, MemberId } from "../../kernel/Ids.ts";
import type { ActivityCalendar } from "./ActivityCalendar.ts";
import { type Challenge, ruleOf } from "./Challenge.ts";
import type { ChallengeParticipant } from "./ChallengeParticipant.ts";
import * as ChallengeProgress from "./ChallengeProgress.ts";
import type { ExcusedDays } from "./Excuse.ts";

export type EntrantId = MemberId | ChallengeTeamId;

/** What the facts say of an entrant. */
export interface KeptStanding {
  readonly challengeId: ChallengeId;
  readonly entrantId: EntrantId;
  readonly name: string;
  readonly isHidden: boolean;
  readonly value: number;
  readonly reachedOn?: CivilDate;
}

/** A line of the board, and what the facts say by now. */
export interface ChallengeStanding extends KeptStanding {
  readonly nowValue: number;
  readonly nowReachedOn?: CivilDate;
}

/** What a participant's progress is computed from. */
export interface Participation {
  readonly participant: Pick<ChallengeParticipant, "memberId" | "joinedOn">;
  readonly calendar: ActivityCalendar;
  readonly excused: ExcusedDays;
}

/** How a participant has come on, or, where teams are ranked, its team: all who are given, together. */
export const progressOf = (
  challenge: Challenge,
  participations: ReadonlyArray<Participation>,
  asOf: CivilDate,
): ChallengeProgress.Progress => {
  const rule = ruleOf(challenge);
  const [first] = participations;
  if (challenge.kind.kind === "team" || first === undefined) {
    const members = participations.map(({ participant, calendar }) => ({ calendar, joinedOn: participant.joinedOn }));
    return ChallengeProgress.evaluateTeam(rule, members, asOf);
  }
  const { participant, calendar, excused } = first;
  return ChallengeProgress.evaluate({ challenge: rule, calendar, joinedOn: participant.joinedOn, asOf, excused });
};

/** The line that the facts make of a participant; it does not depend on the day it is computed. */
export const standingOf = (
  challenge: Challenge,
  entrant: Pick<KeptStanding, "entrantId" | "name" | "isHidden">,
  participations: ReadonlyArray<Participation>,
): KeptStanding => {
  const { value, reachedOn } = progressOf(challenge, participations, challenge.to);
  return { ...entrant, challengeId: challenge.id, value, ...(reachedOn !== undefined && { reachedOn }) };
};
