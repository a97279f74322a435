import * as Effect from "effect/Effect";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { newId } from "../../kernel/IdSource.ts";
import { ChallengeId, ChallengeTeamId, MemberId, type TenantId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { Principal } from "../../kernel/Principal.ts";
import {
  type Challenge,
  type ChallengeParticipant,
  ChallengeStore,
  type ChallengeStanding,
  type KeptStanding,
  Leaderboard,
  Metric,
  ParticipantStore,
  type Place,
  PulseLoop,
  StandingStore,
} from "../../pulseloop/index.ts";
import { civilDateOf } from "../../kernel/ZoneRules.ts";
import { clausesOf, everything, same } from "./Clause.ts";
import { addMember, addTenant, EPOCH, inTenant, minutes } from "./World.ts";

const monday = CivilDate.of("2026-03-02");
const friday = CivilDate.of("2026-03-06");

const addChallenge = Effect.fnUntraced(function* (tenantId: TenantId, more: Partial<Challenge> = {}) {
  const challenge: Challenge = {
    id: yield* newId(ChallengeId),
    tenantId,
    name: "March minutes",
    kind: { kind: "cumulative", metric: Metric.minutes, target: 600 },
    from: monday,
    to: friday,
    join: "any_time",
    graceDays: 2,
    rankStyle: "competition",
    teams: [],
    status: "open",
    createdAt: EPOCH,
    updatedAt: EPOCH,
    ...more,
  };
  yield* inTenant(
    tenantId,
    ChallengeStore.use((challenges) => challenges.insert(challenge)),
  );
  return challenge;
});

const addParticipant = Effect.fnUntraced(function* (challenge: Challenge, more: Partial<ChallengeParticipant> = {}) {
  const { tenantId, id: challengeId } = challenge;
  const participant: ChallengeParticipant = {
    tenantId,
    challengeId,
    memberId: more.memberId ?? (yield* addMember(tenantId)).id,
    joinedAt: minutes(3),
    joinedOn: monday,
    displayName: "Amina O.",
    isShown: true,
    ...more,
  };
  yield* inTenant(
    tenantId,
    ParticipantStore.use((participants) => participants.insert(participant)),
  );
  return participant;
});

export const challengeStoreContract = clausesOf("ChallengeStore")({
  "finds a challenge as it was kept, with everything it asks": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const teams = [{ id: yield* newId(ChallengeTeamId), name: "Reds" }];
    const full = yield* addChallenge(id, {
      description: "Everything, once",
      kind: { kind: "team", metric: { measure: "minutes", where: { intensities: ["vigorous"] } }, target: 12.5 },
      sources: ["device", "check_in"],
      teams,
    });
    const streak = yield* addChallenge(id, {
      kind: {
        kind: "streak",
        rule: {
          period: { kind: "days", lengthDays: 3, anchor: monday },
          thresholds: [{ metric: Metric.activeDays, atLeast: 2 }],
          freezes: { initial: 1, cap: 2 },
        },
        target: 4,
      },
    });
    const challenges = yield* ChallengeStore;
    yield* same("with teams", yield* inTenant(id, challenges.find(id, full.id)), full);
    yield* same("of streaks", yield* inTenant(id, challenges.find(id, streak.id)), streak);
    yield* same("locked", yield* inTenant(id, challenges.lock(id, full.id)), full);
    const unknown = yield* newId(ChallengeId);
    for (const lookUp of [challenges.find(id, unknown), challenges.lock(id, unknown)]) {
      yield* same("one that is not there", (yield* Effect.flip(inTenant(id, lookUp)))._tag, "NotFound");
    }
  }),

  "lists oldest first, page by page": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const added = [yield* addChallenge(id), yield* addChallenge(id), yield* addChallenge(id)];
    yield* Effect.flatMap(addTenant(), (other) => addChallenge(other.id));
    const challenges = yield* ChallengeStore;
    yield* same("the list", yield* everything(id, (page) => challenges.list(id, page)), added);
  }),

  "knows which challenges some days touch: from the first day to the last, both included": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const challenge = yield* addChallenge(id);
    const challenges = yield* ChallengeStore;
    const touching = (from: CivilDate.CivilDate, to: CivilDate.CivilDate) =>
      inTenant(id, challenges.touching(id, { from, to }));
    const before = CivilDate.addDays(monday, -1);
    const after = CivilDate.addDays(friday, 1);
    yield* same("the day before", yield* touching(before, before), []);
    yield* same("the first day", yield* touching(before, monday), [challenge]);
    yield* same("the last day", yield* touching(friday, after), [challenge]);
    yield* same("the day after", yield* touching(after, after), []);
    yield* same("more than all of it", yield* touching(before, after), [challenge]);
  }),

  "is final from an instant on": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const challenge = yield* addChallenge(id);
    const challenges = yield* ChallengeStore;
    yield* inTenant(id, challenges.finalise(id, challenge.id, minutes(9)));
    const found = yield* inTenant(id, challenges.find(id, challenge.id));
    yield* same("the challenge", found, {
      ...challenge,
      status: "final" as const,
      finalisedAt: minutes(9),
      updatedAt: minutes(9),
    });
  }),
});

export const participantStoreContract = clausesOf("ParticipantStore")({
  "finds who takes part as it was kept, and nobody else": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const challenge = yield* addChallenge(id);
    const one = yield* addParticipant(challenge, { teamId: yield* newId(ChallengeTeamId), isShown: false });
    const participants = yield* ParticipantStore;
    const find = (memberId: MemberId) => inTenant(id, participants.find(id, challenge.id, memberId));
    yield* same("who takes part", yield* find(one.memberId), one);
    yield* same("who does not", yield* find(yield* newId(MemberId)), undefined);
    const changed = { ...one, isShown: true, displayName: "Somebody" };
    yield* inTenant(id, participants.show(changed));
    yield* same("shown", yield* find(one.memberId), changed);
    yield* inTenant(id, participants.remove(changed));
    yield* same("gone", yield* find(one.memberId), undefined);
  }),

  "lists by member, page by page, and by challenge": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const challenge = yield* addChallenge(id);
    const added = [
      yield* addParticipant(challenge),
      yield* addParticipant(challenge),
      yield* addParticipant(challenge),
    ];
    yield* addParticipant(yield* addChallenge(id), { memberId: added[0]!.memberId });
    const participants = yield* ParticipantStore;
    yield* same("the list", yield* everything(id, (page) => participants.list(id, challenge.id, page)), added);
  }),

  "knows the participations that days of some members touch, and who is in a team": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const march = yield* addChallenge(id);
    const april = yield* addChallenge(id, { from: CivilDate.of("2026-04-01"), to: CivilDate.of("2026-04-30") });
    const teamId = yield* newId(ChallengeTeamId);
    const one = yield* addParticipant(march, { teamId });
    const other = yield* addParticipant(march);
    yield* addParticipant(april, { memberId: one.memberId });
    const participants = yield* ParticipantStore;
    const touching = (memberIds: ReadonlyArray<MemberId>, from: CivilDate.CivilDate, to = from) =>
      inTenant(id, participants.touching(id, memberIds, { from, to }));
    yield* same("on the last day", yield* touching([one.memberId], friday), [one]);
    yield* same("on the day after", yield* touching([one.memberId], CivilDate.addDays(friday, 1)), []);
    yield* same("of both", (yield* touching([one.memberId, other.memberId], monday)).length, 2);
    yield* same("over both challenges", (yield* touching([one.memberId], monday, april.from)).length, 2);
    yield* same("of nobody", yield* touching([], monday), []);
    yield* same("in the team", yield* inTenant(id, participants.ofTeams(id, [teamId])), [one]);
    yield* same("in no team", yield* inTenant(id, participants.ofTeams(id, [])), []);
  }),

  "takes part once of many who join at once": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const challenge = yield* addChallenge(id);
    const { id: memberId } = yield* addMember(id);
    const today = civilDateOf("Africa/Nairobi", yield* now, 0);
    const current = yield* addChallenge(id, { from: today, to: CivilDate.addDays(today, 3) });
    const pulseLoop = yield* PulseLoop;
    const join = pulseLoop.joinChallenge({ challengeId: current.id, memberId }).pipe(
      Effect.provideService(Principal, { tenantId: id, actorId: "host", actorType: "host", roles: [] }),
      Effect.as("joined"),
      Effect.catchTag("AlreadyJoined", () => Effect.succeed("refused")),
    );
    const outcomes = yield* Effect.all([join, join, join, join], { concurrency: "unbounded" });
    yield* same("joined", outcomes.filter((outcome) => outcome === "joined").length, 1);
    const participants = yield* ParticipantStore;
    yield* same("the other challenge", yield* inTenant(id, participants.find(id, challenge.id, memberId)), undefined);
  }).pipe(Effect.provide(PulseLoop.layerNoDeps)),
});

const line = Effect.fnUntraced(function* (challenge: Challenge, value: number, more: Partial<KeptStanding> = {}) {
  const kept: KeptStanding = {
    challengeId: challenge.id,
    entrantId: yield* newId(MemberId),
    name: `worth ${value}`,
    isHidden: false,
    value,
    ...more,
  };
  return kept;
});

const placeOf = ({ entrantId, value, reachedOn }: KeptStanding): Place => ({
  entrantId,
  value,
  ...(reachedOn !== undefined && { reachedOn }),
});

const settled = (kept: KeptStanding): ChallengeStanding => ({
  ...kept,
  nowValue: kept.value,
  ...(kept.reachedOn !== undefined && { nowReachedOn: kept.reachedOn }),
});

const keep = (tenantId: TenantId, ...lines: ReadonlyArray<KeptStanding>) =>
  inTenant(
    tenantId,
    StandingStore.use((standings) => standings.keep(tenantId, lines)),
  );

const rankedBoard = Effect.gen(function* () {
  const { id } = yield* addTenant();
  const challenge = yield* addChallenge(id);
  yield* Effect.flatMap(addChallenge(id), (other) =>
    Effect.flatMap(line(other, 999), (elsewhere) => keep(id, elsewhere)),
  );
  const lines = [
    yield* line(challenge, 700, { reachedOn: friday }),
    yield* line(challenge, 600, { reachedOn: monday }),
    yield* line(challenge, 600, { reachedOn: monday, isHidden: true }),
    yield* line(challenge, 600, { reachedOn: friday }),
    yield* line(challenge, 12.345678901234567),
    yield* line(challenge, 0),
    yield* line(challenge, 0),
  ];
  yield* keep(id, ...lines.toReversed());
  return { id, challenge, lines };
});

export const standingStoreContract = clausesOf("StandingStore")({
  "keeps a board in its order: value, then the earlier day, then the smaller id": Effect.gen(function* () {
    const { id, challenge, lines } = yield* rankedBoard;
    const standings = yield* StandingStore;
    const page = (request: Parameters<typeof standings.page>[2]) =>
      inTenant(id, standings.page(id, challenge.id, request));
    const all = lines.map(settled);
    yield* same("from the top", yield* page({ limit: 10 }), all);
    yield* same("the first two", yield* page({ limit: 2 }), all.slice(0, 2));
    for (const [index, kept] of lines.entries()) {
      const from = placeOf(kept);
      yield* same("after a line", yield* page({ limit: 2, from }), all.slice(index + 1, index + 3));
      const before = all.slice(0, index).toReversed().slice(0, 2);
      yield* same("before a line", yield* page({ limit: 2, from, backwards: true }), before);
      yield* same("the line", yield* inTenant(id, standings.find(id, challenge.id, kept.entrantId)), all[index]);
    }
    yield* same("from the bottom", yield* page({ limit: 1, backwards: true }), all.slice(-1));
    const unknown = yield* newId(MemberId);
    yield* same("of nobody", yield* inTenant(id, standings.find(id, challenge.id, unknown)), undefined);
  }),

  "counts how many stand before a place, and its rank in every style": Effect.gen(function* () {
    const { id, challenge, lines } = yield* rankedBoard;
    const standings = yield* StandingStore;
    const entries = lines.map(({ entrantId, value, reachedOn }): Leaderboard.Entry => ({
      participantId: entrantId,
      value,
      ...(reachedOn !== undefined && { reachedOn }),
    }));
    for (const style of ["ordinal", "competition", "dense"] as const) {
      for (const [before, kept] of lines.entries()) {
        const start = yield* inTenant(id, standings.start(id, challenge.id, placeOf(kept), style));
        yield* same(style, start, { before, rank: Leaderboard.rankOf(entries, kept.entrantId, style) ?? 0 });
      }
    }
  }),

  "follows the facts until it is final; then it lists what they would change": Effect.gen(function* () {
    const { id, challenge, lines } = yield* rankedBoard;
    const standings = yield* StandingStore;
    const find = (kept: KeptStanding) => inTenant(id, standings.find(id, challenge.id, kept.entrantId));
    const finalise = inTenant(id, standings.finalise(id, challenge.id));
    const changed = everything(id, (page) => standings.changed(id, challenge.id, page));
    const last = lines[6]!;
    const risen = { ...last, value: 650, reachedOn: friday, name: "another name", isHidden: true };
    yield* keep(id, risen);
    yield* same("open", yield* find(last), { ...settled(risen), name: last.name, isHidden: false });
    yield* same("nothing would change", yield* changed, []);
    yield* same("changed by finalising", yield* finalise, 0);
    const late = [
      { ...lines[0]!, value: 710 },
      { ...lines[1]!, reachedOn: friday },
      { ...lines[4]!, value: 601, reachedOn: friday },
    ];
    yield* keep(id, ...late);
    const first = settled(lines[0]!);
    yield* same("final", yield* find(lines[0]!), { ...first, nowValue: 710 });
    yield* same("those that late facts change", (yield* changed).length, 3);
    yield* keep(id, lines[4]!);
    yield* same("a late fact withdrawn changes nothing", (yield* changed).length, 2);
    yield* same("changed by finalising again", yield* finalise, 2);
    yield* same("nothing would change any more", yield* changed, []);
    yield* same("final again", yield* find(lines[0]!), settled({ ...lines[0]!, value: 710 }));
    for (const after of [[], ["x'; --"], ["", ""]]) {
      yield* inTenant(id, standings.changed(id, challenge.id, { limit: 5, after }));
    }
  }),

  "hides and shows a line where it stands, and forgets one": Effect.gen(function* () {
    const { id, challenge, lines } = yield* rankedBoard;
    const standings = yield* StandingStore;
    const { value: _, reachedOn: __, ...second } = lines[1]!;
    yield* inTenant(id, standings.show(id, { ...second, name: "Anonymous", isHidden: true }));
    yield* inTenant(id, standings.remove(id, challenge.id, lines[0]!.entrantId));
    const top = yield* inTenant(id, standings.page(id, challenge.id, { limit: 1 }));
    yield* same("the first", top, [{ ...settled(lines[1]!), name: "Anonymous", isHidden: true }]);
  }),

  "loses nothing when a member's facts, and a team's, arrive all at once while somebody joins": Effect.gen(
    function* () {
      const { id } = yield* addTenant({ timezone: "UTC" });
      const pulseLoop = yield* PulseLoop;
      const host = Effect.provideService(Principal, { tenantId: id, actorId: "host", actorType: "host", roles: [] });
      const today = civilDateOf("UTC", yield* now, 0);
      const from = CivilDate.addDays(today, -9);
      const common = { from, to: today, join: "any_time_counting_back", graceDays: 2, rankStyle: "dense" } as const;
      const kind = { metric: Metric.minutes, target: 100 };
      const alone = yield* host(
        pulseLoop.createChallenge({ ...common, name: "Alone", kind: { kind: "cumulative", ...kind }, teams: [] }),
      );
      const together = yield* host(
        pulseLoop.createChallenge({ ...common, name: "Together", kind: { kind: "team", ...kind }, teams: ["Reds"] }),
      );
      const teamId = together.teams[0]!.id;
      const members = [yield* addMember(id), yield* addMember(id), yield* addMember(id)];
      const join = (memberId: MemberId) =>
        Effect.andThen(
          host(pulseLoop.joinChallenge({ challengeId: alone.id, memberId })),
          host(pulseLoop.joinChallenge({ challengeId: together.id, memberId, teamId })),
        );
      const tell = (memberId: MemberId, days: number) => {
        const occurredAt = { precision: "day" as const, day: CivilDate.addDays(from, days) };
        const fact = { memberId, type: "other" as const, occurredAt, source: "manual" as const, version: 1 };
        return host(pulseLoop.recordMovement({ ...fact, isEnteredInError: false, durationMinutes: 10 }));
      };
      yield* join(members[0]!.id);
      const days = [0, 1, 2, 3, 4, 5];
      const work = members.flatMap((member, index) => [
        ...days.map((day) => Effect.asVoid(tell(member.id, day))),
        ...(index === 0 ? [] : [Effect.asVoid(join(member.id))]),
      ]);
      yield* Effect.all(work, { concurrency: "unbounded" });
      const standings = yield* StandingStore;
      const board = yield* inTenant(id, standings.page(id, alone.id, { limit: 10 }));
      yield* same(
        "each member",
        board.map(({ value }) => value),
        [60, 60, 60],
      );
      const teams = yield* inTenant(id, standings.page(id, together.id, { limit: 10 }));
      yield* same(
        "the team",
        teams.map(({ value }) => value),
        [180],
      );
    },
  ).pipe(Effect.provide(PulseLoop.layerNoDeps)),
});
