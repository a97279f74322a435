import * as Effect from "effect/Effect";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import type { ChallengeTeamId, MemberId, TenantId } from "../../kernel/Ids.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import type { ZoneName } from "../../kernel/ZoneName.ts";
import { MemberStore, TenantStore } from "../../platform/index.ts";
import type { ActivityCalendar } from "../domain/ActivityCalendar.ts";
import { type Challenge, isForTeams } from "../domain/Challenge.ts";
import type { ChallengeParticipant } from "../domain/ChallengeParticipant.ts";
import { type KeptStanding, type Participation, standingOf } from "../domain/ChallengeStanding.ts";
import * as Excuse from "../domain/Excuse.ts";
import * as PackedCalendar from "../domain/PackedCalendar.ts";
import { skippedIn } from "../domain/SkippedDays.ts";
import { totalsBetween, totalsSuffice } from "../domain/TotalsSuffice.ts";
import { CalendarStore } from "../ports/CalendarStore.ts";
import { ChallengeStore } from "../ports/ChallengeStore.ts";
import { ExcuseStore } from "../ports/ExcuseStore.ts";
import { ParticipantStore } from "../ports/ParticipantStore.ts";
import { StandingStore } from "../ports/StandingStore.ts";

/** Days of a member on which something changed: facts, or excuses. **Units** civil days, both included. */
export interface ChangedDays {
  readonly memberId: MemberId;
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** Packed calendars that the unit of work at hand knows already: it has locked them, and they hold all that it changes. */
export type KnownCalendars = ReadonlyMap<MemberId, PackedCalendar.PackedCalendar>;

const NOTHING_KNOWN: KnownCalendars = new Map();

/** A participation whose line is to be computed anew. */
export interface Touched {
  readonly challenge: Challenge;
  readonly participant: ChallengeParticipant;
}

/**
 * Brings the boards up to date with days that changed, in the unit of work that changed them: which challenges hold such a day, who of these
 * members takes part, and for those alone the line anew, from their calendar.
 *
 * **Contract** the caller holds the calendars of these members, so that whoever records or joins for the same member comes after this unit.
 */
export const keepStandings = Effect.fn("keepStandings")(function* (
  tenantId: TenantId,
  days: ReadonlyArray<ChangedDays>,
) {
  yield* refreshStandings(tenantId, yield* touchedBy(tenantId, days));
});

/** The participations whose lines depend on days that changed. **Contract** as {@link keepStandings}. */
export const touchedBy = Effect.fn("touchedBy")(function* (tenantId: TenantId, days: ReadonlyArray<ChangedDays>) {
  if (days.length === 0) return [];
  const span = { from: least(days.map(({ from }) => from)), to: greatest(days.map(({ to }) => to)) };
  const memberIds = [...new Set(days.map(({ memberId }) => memberId))];
  const [challenges, participants] = yield* Effect.all(
    [
      ChallengeStore.use((store) => store.touching(tenantId, span)),
      ParticipantStore.use((store) => store.touching(tenantId, memberIds, span)),
    ],
    { concurrency: 2 },
  );
  const byId = new Map(challenges.map((challenge) => [challenge.id, challenge]));
  const daysOf = Map.groupBy(days, ({ memberId }) => memberId);
  return participants.flatMap((participant): ReadonlyArray<Touched> => {
    const challenge = byId.get(participant.challengeId);
    const isIn = ({ from, to }: ChangedDays) => challenge !== undefined && challenge.from <= to && from <= challenge.to;
    return challenge !== undefined && daysOf.get(participant.memberId)?.some(isIn) === true
      ? [{ challenge, participant }]
      : [];
  });
});

/** Brings the lines of these participations up to date, whatever changed. **Contract** as {@link keepStandings}. */
export const refreshStandings = Effect.fn("refreshStandings")(function* (
  tenantId: TenantId,
  touched: ReadonlyArray<Touched>,
  known: KnownCalendars = NOTHING_KNOWN,
) {
  if (touched.length === 0) return;
  const standings = yield* StandingStore;
  const [ofTeams, ofMembers] = [touched.filter(inTeam), touched.filter((one) => !inTeam(one))];
  const teams = new Map<ChallengeTeamId, Challenge>();
  for (const { challenge, participant } of ofTeams) {
    if (participant.teamId !== undefined) teams.set(participant.teamId, challenge);
  }
  const lines: Array<KeptStanding> = [];
  if (ofMembers.length > 0) {
    const participations = yield* participationsOf(tenantId, ofMembers, "totals", known);
    for (const [index, { challenge, participant }] of ofMembers.entries()) {
      const { memberId: entrantId, displayName: name, isShown } = participant;
      lines.push(
        standingOf(challenge, { entrantId, name, isHidden: !isShown }, participations.slice(index, index + 1)),
      );
    }
  }
  if (teams.size > 0) lines.push(...(yield* teamLines(tenantId, teams)));
  yield* UnitOfWork.use((units) => Effect.asVoid(units.inPassing(standings.keep(tenantId, lines))));
});

/** The lines of whole teams: a member's day is its team's, so the team is held before its calendars are read. */
export const teamLines = Effect.fnUntraced(function* (
  tenantId: TenantId,
  teams: ReadonlyMap<ChallengeTeamId, Challenge>,
) {
  yield* StandingStore.use((store) => store.lock(tenantId, [...teams.keys()]));
  const members = yield* ParticipantStore.use((store) => store.ofTeams(tenantId, [...teams.keys()]));
  const together = members.flatMap((participant): ReadonlyArray<Touched> => {
    const challenge = participant.teamId && teams.get(participant.teamId);
    return challenge === undefined ? [] : [{ challenge, participant }];
  });
  const participations = yield* participationsOf(tenantId, together);
  return [...teams].map(([teamId, challenge]) => {
    const name = challenge.teams.find(({ id }) => id === teamId)?.name ?? teamId;
    return standingOf(
      challenge,
      { entrantId: teamId, name, isHidden: false },
      participations.filter((_, index) => together[index]?.participant.teamId === teamId),
    );
  });
});

/**
 * What each of these participations is computed from, in order: totals where they suffice and nobody asks for `facts`, else the days with
 * their facts; excuses where they count.
 */
export const participationsOf = Effect.fnUntraced(function* (
  tenantId: TenantId,
  touched: ReadonlyArray<Touched>,
  detail: "totals" | "facts" = "totals",
  known: KnownCalendars = NOTHING_KNOWN,
) {
  const calendars = yield* CalendarStore;
  const isByTotals = ({ challenge }: Touched) => detail === "totals" && totalsSuffice(challenge);
  const unknown = membersOf(touched.filter(isByTotals)).filter((memberId) => !known.has(memberId));
  const byFacts = touched.filter((one) => !isByTotals(one));
  const read = unknown.length === 0 ? NOTHING_KNOWN : yield* calendars.packed(tenantId, unknown);
  const packedOf = (memberId: MemberId) => known.get(memberId) ?? read.get(memberId) ?? PackedCalendar.empty;
  const cells: ReadonlyMap<MemberId, ActivityCalendar> =
    byFacts.length === 0
      ? new Map()
      : yield* calendars.read(tenantId, membersOf(byFacts), {
          from: least(byFacts.map(({ challenge }) => challenge.from)),
          to: greatest(byFacts.map(({ challenge }) => challenge.to)),
        });
  const excused = yield* excusesOf(tenantId, membersOf(touched.filter(({ challenge }) => excusesCount(challenge))));
  return touched.map(({ challenge, participant }): Participation => ({
    participant,
    calendar: isByTotals({ challenge, participant })
      ? totalsBetween(packedOf(participant.memberId), challenge.from, challenge.to)
      : (cells.get(participant.memberId) ?? new Map()),
    excused: excused.get(participant.memberId) ?? Excuse.none,
  }));
});

/** Only a streak is broken by a day, so only a streak is helped by an excuse. */
const excusesCount = ({ kind }: Challenge): boolean => kind.kind === "streak";

const excusesOf = Effect.fnUntraced(function* (tenantId: TenantId, memberIds: ReadonlyArray<MemberId>) {
  const excused = new Map<MemberId, Excuse.ExcusedDays>();
  if (memberIds.length === 0) return excused;
  const granted = yield* ExcuseStore.use((store) => store.standing(tenantId, memberIds));
  const zones = yield* zonesOf(tenantId, memberIds);
  const tenant = yield* Effect.orDie(TenantStore.use((store) => store.find(tenantId)));
  for (const memberId of memberIds) {
    const days = Excuse.daysOf(granted.get(memberId) ?? []);
    excused.set(memberId, skippedIn(zones.get(memberId) ?? tenant.timezone, days));
  }
  return excused;
});

/** The zone each member lives in now, where it has one of its own. */
export const zonesOf = Effect.fnUntraced(function* (tenantId: TenantId, memberIds: ReadonlyArray<MemberId>) {
  const zones = yield* MemberStore.use((store) => store.zones(tenantId, memberIds));
  const latest = new Map<MemberId, ZoneName>();
  for (const [memberId, dated] of zones) {
    const [last] = dated.toSorted((left, right) => right.from - left.from);
    if (last !== undefined) latest.set(memberId, last.timezone);
  }
  return latest;
});

const inTeam = ({ challenge }: Touched): boolean => isForTeams(challenge);

const membersOf = (touched: ReadonlyArray<Touched>): ReadonlyArray<MemberId> => [
  ...new Set(touched.map(({ participant }) => participant.memberId)),
];

const least = (days: ReadonlyArray<CivilDate>): CivilDate => days.reduce((one, other) => (other < one ? other : one));
const greatest = (days: ReadonlyArray<CivilDate>): CivilDate =>
  days.reduce((one, other) => (other > one ? other : one));
