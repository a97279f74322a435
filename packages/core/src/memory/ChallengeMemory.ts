/** Challenges, who takes part and how they stand, in memory. */
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { NotFound } from "../kernel/NotFound.ts";
import {
  type Challenge,
  type ChallengeParticipant,
  type ChallengeStanding,
  ChallengeStore,
  Leaderboard,
  ParticipantStore,
  type Place,
  StandingStore,
} from "../pulseloop/index.ts";
import { MemoryDatabase } from "./MemoryDatabase.ts";
import { pageOf } from "./PageOf.ts";

interface Days {
  readonly from: number;
  readonly to: number;
}

const overlap = (left: Days, right: Days): boolean => left.from <= right.to && right.from <= left.to;

const entryOf = ({ value, reachedOn, entrantId }: Place): Leaderboard.Entry => ({
  participantId: entrantId,
  value,
  ...(reachedOn !== undefined && { reachedOn }),
});

const compare = (left: Place, right: Place): number => Leaderboard.compare(entryOf(left), entryOf(right));

/** The line once it says what the facts say. */
const settled = ({
  challengeId,
  entrantId,
  name,
  isHidden,
  nowValue,
  nowReachedOn,
}: ChallengeStanding): ChallengeStanding => ({
  challengeId,
  entrantId,
  name,
  isHidden,
  value: nowValue,
  nowValue,
  ...(nowReachedOn !== undefined && { reachedOn: nowReachedOn, nowReachedOn }),
});

const hasChanged = (line: ChallengeStanding): boolean =>
  line.value !== line.nowValue || line.reachedOn !== line.nowReachedOn;

const challengesAndParticipants = Effect.gen(function* () {
  const database = yield* MemoryDatabase;
  const challenges = database.table<Challenge>();
  const participants = database.table<ChallengeParticipant>();
  const find = (tenantId: string, id: string) =>
    Effect.suspend(() => {
      const challenge = challenges.get(`${tenantId}/${id}`);
      return challenge === undefined
        ? Effect.fail(new NotFound({ entityType: "Challenge", entityId: id }))
        : Effect.succeed(challenge);
    });
  const ofTenant = <Row extends { readonly tenantId: string }>(rows: Iterable<Row>, tenantId: string): Array<Row> =>
    [...rows].filter((row) => row.tenantId === tenantId);
  const keyOf = ({
    tenantId,
    challengeId,
    memberId,
  }: Pick<ChallengeParticipant, "tenantId" | "challengeId" | "memberId">) => `${tenantId}/${challengeId}/${memberId}`;

  const challengeStore = ChallengeStore.of({
    find,
    lock: find,
    list: (tenantId, page) =>
      Effect.sync(() => pageOf(ofTenant(challenges.values(), tenantId), page, ({ id }) => [id])),
    touching: (tenantId, days) =>
      Effect.sync(() =>
        ofTenant(challenges.values(), tenantId)
          .filter((challenge) => overlap(challenge, days))
          .toSorted((left, right) => (left.id < right.id ? -1 : 1)),
      ),
    insert: (challenge) => Effect.sync(() => challenges.set(`${challenge.tenantId}/${challenge.id}`, challenge)),
    finalise: (tenantId, id, at) =>
      Effect.sync(() => {
        const challenge = challenges.get(`${tenantId}/${id}`);
        if (challenge === undefined) return;
        challenges.set(`${tenantId}/${id}`, { ...challenge, status: "final", finalisedAt: at, updatedAt: at });
      }),
  });

  const participantStore = ParticipantStore.of({
    find: (tenantId, challengeId, memberId) =>
      Effect.sync(() => participants.get(keyOf({ tenantId, challengeId, memberId }))),
    list: (tenantId, challengeId, page) =>
      Effect.sync(() =>
        pageOf(
          ofTenant(participants.values(), tenantId).filter((one) => one.challengeId === challengeId),
          page,
          ({ memberId }) => [memberId],
        ),
      ),
    touching: (tenantId, memberIds, days) =>
      Effect.sync(() =>
        ofTenant(participants.values(), tenantId).filter(({ memberId, challengeId }) => {
          const challenge = challenges.get(`${tenantId}/${challengeId}`);
          return memberIds.includes(memberId) && challenge !== undefined && overlap(challenge, days);
        }),
      ),
    ofTeams: (tenantId, teamIds) =>
      Effect.sync(() =>
        ofTenant(participants.values(), tenantId).filter(
          ({ teamId }) => teamId !== undefined && teamIds.includes(teamId),
        ),
      ),
    insert: (participant) => Effect.sync(() => participants.set(keyOf(participant), participant)),
    show: (participant) => Effect.sync(() => participants.set(keyOf(participant), participant)),
    remove: (participant) => Effect.sync(() => participants.delete(keyOf(participant))),
  });

  return Layer.mergeAll(
    Layer.succeed(ChallengeStore, challengeStore),
    Layer.succeed(ParticipantStore, participantStore),
  );
});

const standings = Layer.effect(
  StandingStore,
  Effect.gen(function* () {
    const rows = (yield* MemoryDatabase).table<{
      readonly tenantId: string;
      readonly isFinal: boolean;
      readonly line: ChallengeStanding;
    }>();
    const keyOf = (tenantId: string, challengeId: string, entrantId: string) =>
      `${tenantId}/${challengeId}/${entrantId}`;
    const board = (tenantId: string, challengeId: string): Array<ChallengeStanding> =>
      [...rows.values()]
        .filter((row) => row.tenantId === tenantId && row.line.challengeId === challengeId)
        .map(({ line }) => line)
        .toSorted(compare);
    return StandingStore.of({
      find: (tenantId, challengeId, entrantId) =>
        Effect.sync(() => rows.get(keyOf(tenantId, challengeId, entrantId))?.line),
      // Units of work come one at a time here: nobody waits.
      lock: () => Effect.void,
      keep: (tenantId, kept) =>
        Effect.sync(() => {
          for (const { reachedOn, ...line } of kept) {
            const key = keyOf(tenantId, line.challengeId, line.entrantId);
            const known = rows.get(key);
            const { nowReachedOn: _, ...before } = known?.line ?? { ...line, nowValue: line.value };
            const next = {
              ...before,
              nowValue: line.value,
              ...(reachedOn !== undefined && { nowReachedOn: reachedOn }),
            };
            const isFinal = known?.isFinal ?? false;
            rows.set(key, { tenantId, isFinal, line: isFinal ? next : settled(next) });
          }
        }),
      show: (tenantId, { challengeId, entrantId, name, isHidden }) =>
        Effect.sync(() => {
          const key = keyOf(tenantId, challengeId, entrantId);
          const row = rows.get(key);
          if (row !== undefined) rows.set(key, { ...row, line: { ...row.line, name, isHidden } });
        }),
      remove: (tenantId, challengeId, entrantId) =>
        Effect.sync(() => rows.delete(keyOf(tenantId, challengeId, entrantId))),
      page: (tenantId, challengeId, { limit, from, backwards = false }) =>
        Effect.sync(() => {
          const lines = board(tenantId, challengeId);
          if (from === undefined) return (backwards ? lines.toReversed() : lines).slice(0, limit);
          return backwards
            ? lines
                .filter((line) => compare(line, from) < 0)
                .toReversed()
                .slice(0, limit)
            : lines.filter((line) => compare(line, from) > 0).slice(0, limit);
        }),
      start: (tenantId, challengeId, place, style) =>
        Effect.sync(() => {
          const entries = board(tenantId, challengeId).map(entryOf);
          const before = entries.filter((entry) => Leaderboard.compare(entry, entryOf(place)) < 0);
          return {
            before: before.length,
            rank: Leaderboard.rankOf([...before, entryOf(place)], place.entrantId, style) ?? 1,
          };
        }),
      finalise: (tenantId, challengeId) =>
        Effect.sync(() => {
          const lines = board(tenantId, challengeId);
          for (const line of lines) {
            rows.set(keyOf(tenantId, challengeId, line.entrantId), { tenantId, isFinal: true, line: settled(line) });
          }
          return lines.filter(hasChanged).length;
        }),
      changed: (tenantId, challengeId, page) =>
        Effect.sync(() =>
          pageOf(board(tenantId, challengeId).filter(hasChanged), page, ({ entrantId }) => [entrantId]),
        ),
    });
  }),
);

export const layer = Layer.merge(Layer.unwrap(challengesAndParticipants), standings);
