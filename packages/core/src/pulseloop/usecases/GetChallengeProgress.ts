import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { ChallengeId, ChallengeTeamId, MemberId, type TenantId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { Page, pageFields, pageRequest } from "../../kernel/Page.ts";
import { Principal } from "../../kernel/Principal.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { civilDateOf } from "../../kernel/ZoneRules.ts";
import { authorize, TenantStore } from "../../platform/index.ts";
import { type Challenge, isForTeams, ruleOf } from "../domain/Challenge.ts";
import * as ChallengeExplanation from "../domain/ChallengeExplanation.ts";
import type { ChallengeParticipant } from "../domain/ChallengeParticipant.ts";
import * as ChallengeProgress from "../domain/ChallengeProgress.ts";
import { NotParticipating } from "../domain/ChallengeRefusals.ts";
import { progressOf } from "../domain/ChallengeStanding.ts";
import { ChallengeStore } from "../ports/ChallengeStore.ts";
import { ParticipantStore } from "../ports/ParticipantStore.ts";
import { participationsOf, zonesOf } from "./KeepStandings.ts";

/** **Shape** without `memberId` everybody's, for staff, page by page. Without `asOf`, as of today where the participant lives. */
export const GetChallengeProgress = Schema.Struct({
  challengeId: ChallengeId,
  memberId: Schema.optionalKey(MemberId),
  asOf: Schema.optionalKey(CivilDateFromString),
  ...pageFields,
}).annotate({ identifier: "GetChallengeProgress" });

const span = { from: CivilDateFromString, to: CivilDateFromString };

/**
 * How far a participant has come; of a challenge of teams, how far its team has.
 *
 * **Shape** `explanation.days` are the member's own days, each with what it is worth; `leftOut` what does not count, and why.
 * **Units** `value`, `target`: as the challenge's kind says; `fraction`: 0–1; days are civil days where the participant lives.
 */
export const ParticipantProgress = Schema.Struct({
  memberId: MemberId,
  teamId: Schema.optionalKey(ChallengeTeamId),
  name: Schema.String,
  joinedOn: CivilDateFromString,
  asOf: CivilDateFromString,
  phase: Schema.Literals(["upcoming", "running", "in_grace", "final"]),
  value: Schema.Finite,
  target: Schema.Finite,
  fraction: Schema.Finite,
  isReached: Schema.Boolean,
  reachedOn: Schema.optionalKey(CivilDateFromString),
  counted: Schema.optionalKey(Schema.Struct(span)),
  periods: Schema.Array(Schema.Struct({ ...span, value: Schema.Finite, target: Schema.Finite, isMet: Schema.Boolean })),
  explanation: Schema.Struct({
    text: Schema.String,
    days: Schema.Array(Schema.Struct({ day: CivilDateFromString, amount: Schema.Finite })),
    leftOut: Schema.Array(
      Schema.Struct({
        day: CivilDateFromString,
        events: Schema.Int,
        reason: Schema.Literals(["before_joining", "other_source", "after_as_of"]),
      }),
    ),
  }),
}).annotate({ identifier: "ChallengeProgress" });

/** The progress of those who take part, computed from their days: the board says the same, kept. */
export const getChallengeProgress = UseCase.query(
  "GetChallengeProgress",
  {
    command: GetChallengeProgress,
    answer: Page(ParticipantProgress),
    first: (command) => authorizeReading(command.memberId),
  },
  function* (command, { tenantId, memberId }) {
    const { challengeId } = command;
    const challenge = yield* ChallengeStore.use((store) => store.find(tenantId, challengeId));
    const participants = yield* ParticipantStore;
    if (memberId !== undefined) {
      const participant = yield* participants.find(tenantId, challengeId, memberId);
      if (participant === undefined) return yield* new NotParticipating({ challengeId, memberId });
      return { items: yield* progressFor(tenantId, challenge, [participant], command.asOf) };
    }
    const { rows, next } = yield* participants.list(tenantId, challengeId, pageRequest(command));
    const items = yield* progressFor(tenantId, challenge, rows, command.asOf);
    return { items, ...(next !== undefined && { nextCursor: next }) };
  },
);

/** A member asks about itself, whether it says so or not; staff about anybody. */
const authorizeReading = Effect.fnUntraced(function* (asked: MemberId | undefined) {
  const { tenantId, actorType, actorId } = yield* Principal;
  const memberId = asked ?? (actorType === "member" ? MemberId.make(actorId) : undefined);
  yield* authorize("challenge:read");
  yield* authorize("movement:read", memberId);
  return { tenantId, memberId };
});

const progressFor = Effect.fnUntraced(function* (
  tenantId: TenantId,
  challenge: Challenge,
  participants: ReadonlyArray<ChallengeParticipant>,
  given: CivilDate | undefined,
) {
  const tenant = yield* Effect.orDie(TenantStore.use((store) => store.find(tenantId)));
  const teamIds = [...new Set(participants.flatMap(({ teamId }) => (teamId === undefined ? [] : [teamId])))];
  const everybody = isForTeams(challenge)
    ? yield* ParticipantStore.use((store) => store.ofTeams(tenantId, teamIds))
    : participants;
  const touched = everybody.map((participant) => ({ challenge, participant }));
  const participations = yield* participationsOf(tenantId, touched, "facts");
  const zones = yield* zonesOf(
    tenantId,
    participants.map(({ memberId }) => memberId),
  );
  const at = yield* now;
  return participants.flatMap((participant): ReadonlyArray<typeof ParticipantProgress.Type> => {
    const { memberId, teamId, joinedOn, displayName } = participant;
    const own = participations.find((one) => one.participant.memberId === memberId);
    if (own === undefined) return [];
    const asOf = given ?? civilDateOf(zones.get(memberId) ?? tenant.timezone, at, tenant.dayStartHours);
    const team = participations.filter((_, index) => everybody[index]?.teamId === teamId);
    const progress = progressOf(challenge, isForTeams(challenge) ? team : [own], asOf);
    const phase = challenge.status === "final" ? "final" : ChallengeProgress.phaseOn(ruleOf(challenge), asOf);
    return [
      {
        memberId,
        ...(teamId !== undefined && { teamId }),
        name: displayName,
        joinedOn,
        asOf,
        // Over is not final: only finalising makes it so.
        phase: phase === "final" && challenge.status === "open" ? "in_grace" : phase,
        ...progress,
        explanation: ChallengeExplanation.explain(challenge, own, progress, asOf),
      },
    ];
  });
});
