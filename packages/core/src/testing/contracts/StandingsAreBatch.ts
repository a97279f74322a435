import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as CivilDate from "../../kernel/CivilDate.ts";
import type { ChallengeTeamId, MemberId, TenantId } from "../../kernel/Ids.ts";
import { Principal } from "../../kernel/Principal.ts";
import {
  ActivityCalendar,
  type Challenge,
  ChallengeProgress,
  Excuse,
  Leaderboard,
  PulseLoop,
  StandingStore,
} from "../../pulseloop/index.ts";
import type { CalendarFact } from "../../pulseloop/domain/ActivityCalendar.ts";
import { liveFacts } from "../reference/LiveFacts.ts";
import { same } from "./Clause.ts";
import { addMember, addTenant, inTenant } from "./World.ts";

/** Facts of several members, as they arrive: in this order, so many at a time. */
export interface ChallengeArrival {
  readonly facts: ReadonlyArray<{ readonly member: number; readonly fact: CalendarFact }>;
  readonly batchSize: number;
  /** Who joins when: on this civil day, once so many batches have come. */
  readonly joins: ReadonlyArray<{
    readonly member: number;
    readonly challenge: number;
    readonly day: CivilDate.CivilDate;
    readonly afterBatches: number;
    /** Leaves again once so many batches have come. */
    readonly leavesAfterBatches?: number;
  }>;
  readonly challenges: ReadonlyArray<ChallengeProgress.Challenge>;
  readonly members: number;
}

/** A moment that stands still, so that joining has its day and recording comes after every fact. */
const atDay = (day: CivilDate.CivilDate) => {
  const millis = day * 86_400_000 + 43_200_000;
  return Effect.provideService(Clock.Clock, {
    currentTimeMillisUnsafe: () => millis,
    currentTimeMillis: Effect.succeed(millis),
    currentTimeNanosUnsafe: () => BigInt(millis) * 1_000_000n,
    currentTimeNanos: Effect.succeed(BigInt(millis) * 1_000_000n),
    monotonicTimeNanosUnsafe: () => BigInt(millis) * 1_000_000n,
    monotonicTimeNanos: Effect.succeed(BigInt(millis) * 1_000_000n),
    sleep: () => Effect.never,
  } as Clock.Clock);
};

const TEAMS = ["Reds", "Blues"];

/**
 * The law of boards: kept as facts arrive, people join and leave, whatever the order, number and repetition, every line is what a batch
 * evaluation of the whole history gives, and the board is in the order, and has the ranks, of a sort of everybody.
 *
 * **Invariant** I13.
 */
export const standingsAreBatch = Effect.fn("standingsAreBatch")(function* (arrival: ChallengeArrival) {
  const { id: tenantId } = yield* addTenant({ timezone: "UTC" });
  const memberIds: Array<MemberId> = [];
  for (let count = 0; count < arrival.members; count++) memberIds.push((yield* addMember(tenantId)).id);
  const pulseLoop = yield* PulseLoop;
  const host = Effect.provideService(Principal, { tenantId, actorId: "law", actorType: "host", roles: [] });
  const afterwards = CivilDate.addDays(
    arrival.facts.reduce((latest, { fact }) => later(latest, fact.civilDate), EPOCH),
    1,
  );

  const challenges: Array<Challenge> = [];
  for (const rule of arrival.challenges) {
    const teams = rule.kind.kind === "team" ? TEAMS : [];
    const command = { name: rule.kind.kind, ...rule, rankStyle: "competition" as const, teams };
    challenges.push(yield* host(pulseLoop.createChallenge(command as Parameters<typeof pulseLoop.createChallenge>[0])));
  }

  const joined = new Map<
    Challenge,
    Map<MemberId, { readonly on: CivilDate.CivilDate; readonly teamId?: ChallengeTeamId }>
  >();
  for (const challenge of challenges) joined.set(challenge, new Map());
  const comeAndGo = Effect.fnUntraced(function* (batches: number) {
    for (const { member, challenge: index, day, afterBatches, leavesAfterBatches } of arrival.joins) {
      const challenge = challenges[index % challenges.length]!;
      const memberId = memberIds[member % memberIds.length]!;
      const participants = joined.get(challenge)!;
      if (leavesAfterBatches === batches && participants.delete(memberId)) {
        yield* host(pulseLoop.leaveChallenge({ challengeId: challenge.id, memberId }));
      }
      if (afterBatches !== batches || participants.has(memberId)) continue;
      if (ChallengeProgress.mayJoin(challenge, day) !== "yes") continue;
      const team = challenge.teams[member % 2];
      const command = { challengeId: challenge.id, memberId, ...(team && { teamId: team.id }) };
      yield* host(pulseLoop.joinChallenge(command)).pipe(atDay(day));
      participants.set(memberId, { on: day, ...(team && { teamId: team.id }) });
    }
  });

  let batches = 0;
  yield* comeAndGo(batches);
  for (let start = 0; start < arrival.facts.length; start += arrival.batchSize) {
    const events = arrival.facts.slice(start, start + arrival.batchSize).map(({ member, fact }) => {
      const { civilDate, contribution } = fact;
      return {
        memberId: memberIds[member % memberIds.length]!,
        type: contribution.type,
        occurredAt: { precision: "day" as const, day: civilDate },
        source: sourceOf(fact),
        externalId: `${member}/${contribution.factId}`,
        version: contribution.version,
        isEnteredInError: contribution.enteredInError === true,
        ...(contribution.minutes !== undefined && { durationMinutes: contribution.minutes }),
        ...(contribution.intensity !== undefined && { intensity: contribution.intensity }),
      };
    });
    yield* host(pulseLoop.recordMovements({ events })).pipe(atDay(afterwards));
    yield* comeAndGo(++batches);
  }

  for (const challenge of challenges) yield* boardIsBatch(tenantId, challenge, entriesOf(challenge));

  function entriesOf(challenge: Challenge): ReadonlyArray<Leaderboard.Entry> {
    const calendarOf = (memberId: MemberId) =>
      ActivityCalendar.fromFacts(
        liveFacts(
          arrival.facts
            .filter(({ member }) => memberIds[member % memberIds.length] === memberId)
            .map(({ member, fact }) => ({
              ...fact,
              contribution: {
                ...fact.contribution,
                source: sourceOf(fact),
                factId: `${member}/${fact.contribution.factId}`,
              },
            })),
        ),
      );
    const participants = [...joined.get(challenge)!];
    const asOf = challenge.to;
    const evaluations =
      challenge.kind.kind === "team"
        ? challenge.teams.map(({ id }) => {
            const team = participants.filter(([, { teamId }]) => teamId === id);
            const members = team.map(([memberId, { on }]) => ({ calendar: calendarOf(memberId), joinedOn: on }));
            return [id, ChallengeProgress.evaluateTeam(challenge, members, asOf)] as const;
          })
        : participants.map(([memberId, { on }]) => {
            const calendar = calendarOf(memberId);
            const input = { challenge, calendar, joinedOn: on, asOf, excused: Excuse.none };
            return [memberId, ChallengeProgress.evaluate(input)] as const;
          });
    return evaluations.map(([participantId, { value, reachedOn }]) => ({
      participantId,
      value: rounded(value),
      ...(reachedOn !== undefined && { reachedOn }),
    }));
  }
});

/** Reads the whole board in pages of two, with every line's start, and compares it with a sort of everybody. */
const boardIsBatch = Effect.fnUntraced(function* (
  tenantId: TenantId,
  { id, kind }: Challenge,
  entries: ReadonlyArray<Leaderboard.Entry>,
) {
  const standings = yield* StandingStore;
  const lines = yield* inTenant(
    tenantId,
    Effect.gen(function* () {
      const all = [...(yield* standings.page(tenantId, id, { limit: 2 }))];
      for (let last = all.at(-1); last !== undefined;) {
        const found = yield* standings.page(tenantId, id, { limit: 2, from: last });
        all.push(...found);
        last = found.at(-1);
      }
      return all;
    }),
  );
  const kept = lines.map(({ entrantId, value, reachedOn }): Leaderboard.Entry => ({
    participantId: entrantId,
    value: rounded(value),
    ...(reachedOn !== undefined && { reachedOn }),
  }));
  yield* same(`the board of ${kind.kind}`, kept, entries.toSorted(Leaderboard.compare));
  for (const style of ["ordinal", "competition", "dense"] as const) {
    for (const line of lines) {
      const start = yield* inTenant(tenantId, standings.start(tenantId, id, line, style));
      yield* same(`a rank, ${style}`, start.rank, Leaderboard.rankOf(kept, line.entrantId, style));
    }
  }
});

const EPOCH = CivilDate.fromEpochDay(0);

const later = (one: CivilDate.CivilDate, other: CivilDate.CivilDate) => (one > other ? one : other);

const SOURCES = ["device", "import", "manual", "partner"] as const;

/** Who tells a fact is part of what it is, so one fact has one source, whatever its versions say. */
const sourceOf = ({ contribution }: CalendarFact): (typeof SOURCES)[number] =>
  SOURCES[[...contribution.factId].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % SOURCES.length]!;

/** Fractions add up differently in another order; a millionth is not a difference. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
