/**
 * A movement provider that never was: members in many zones, their habits and lapses, a year of movement facts as they arrive,
 * late, twice, corrected or withdrawn.
 *
 * **Shape** facts come in the order in which they were recorded. Everything follows from the seed; no clock, no machine zone.
 *
 * **Units** instants are epoch milliseconds; days are civil days in the member's zone.
 *
 * **Invariant** the facts of a member do not depend on how many other members there are.
 */
import * as CivilDate from "../../kernel/CivilDate.ts";
import * as ZoneRules from "../../kernel/ZoneRules.ts";
import type { CalendarFact } from "../../pulseloop/domain/ActivityCalendar.ts";
import type { Excuse } from "../../pulseloop/domain/Excuse.ts";
import type { Intensity, MovementType, Source } from "../../pulseloop/domain/Movement.ts";
import { likelihood, type Persona, personas } from "./Personas.ts";
import { type Random, seeded } from "./Random.ts";

export interface Settings {
  readonly seed: number;
  readonly members: number;
  readonly from: CivilDate.CivilDate;
  readonly to: CivilDate.CivilDate;
  /** Members live in these in turn; zones with odd days by default. */
  readonly zones?: ReadonlyArray<string>;
}

export interface SimulatedMember {
  readonly memberId: string;
  readonly zone: string;
  readonly since: CivilDate.CivilDate;
  readonly excuses: ReadonlyArray<Excuse>;
  readonly persona: Persona;
}

/** A member with everything that is ever told about them, in the order in which it was recorded. */
export interface SimulatedLife {
  readonly member: SimulatedMember;
  readonly facts: ReadonlyArray<SimulatedFact>;
}

export interface SimulatedFact {
  readonly memberId: string;
  readonly externalId: string;
  readonly version: number;
  readonly enteredInError: boolean;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly zone: string;
  /** The civil date as the member's zone has it. */
  readonly civilDate: CivilDate.CivilDate;
  readonly type: MovementType;
  readonly source: Source;
  readonly minutes?: number;
  readonly intensity?: Intensity;
}

export interface Simulation {
  readonly members: ReadonlyArray<SimulatedMember>;
  /** Every version of every fact as it arrives; repetitions included. */
  readonly facts: () => Generator<SimulatedFact>;
}

export const defaultZones: ReadonlyArray<string> = [
  "Europe/Vienna",
  "Australia/Lord_Howe",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "Africa/Cairo",
  "America/Sao_Paulo",
  "Asia/Beirut",
];

const dayMillis = 86_400_000;
const minuteMillis = 60_000;

export const simulate = ({ seed, members: count, from, to, zones = defaultZones }: Settings): Simulation => {
  const people = Array.from({ length: count }, (_, index) =>
    personOf(seeded(seed).fork(index), index, from, to, zones),
  );
  const outages = outagesOf(seeded(seed).fork(-2), from, to);
  return {
    members: people.map(memberOf),
    facts: function* () {
      // Random sources have a memory: every pass begins with fresh ones.
      const living = people.map((person, index) => ({ ...person, random: seeded(seed).fork(index).fork(1) }));
      const waiting = new Map<number, Array<SimulatedFact>>();
      for (let day = from; day <= to; day = CivilDate.addDays(day, 1)) {
        for (const person of living) {
          for (const fact of factsOfDay(person, day, outages)) {
            const recordedOn = Math.floor(fact.recordedAt / dayMillis);
            const ofDay = waiting.get(recordedOn);
            if (ofDay === undefined) waiting.set(recordedOn, [fact]);
            else ofDay.push(fact);
          }
        }
        // Zones are at most a day ahead of UTC, so what is recorded two UTC days ago is complete.
        yield* release(waiting, day - 2);
      }
      yield* release(waiting, Infinity);
    },
  };
};

/** The same members and facts one member at a time, for histories too long to hold. */
export function* lives({ seed, members: count, from, to, zones = defaultZones }: Settings): Generator<SimulatedLife> {
  const outages = outagesOf(seeded(seed).fork(-2), from, to);
  for (let index = 0; index < count; index++) {
    const person = personOf(seeded(seed).fork(index), index, from, to, zones);
    const living = { ...person, random: seeded(seed).fork(index).fork(1) };
    const facts: Array<SimulatedFact> = [];
    for (let day = from; day <= to; day = CivilDate.addDays(day, 1)) facts.push(...factsOfDay(living, day, outages));
    yield { member: memberOf(person), facts: facts.toSorted(byRecording) };
  }
}

const memberOf = ({ memberId, zone, since, excuses, persona }: Person): SimulatedMember => ({
  memberId,
  zone,
  since,
  excuses,
  persona,
});

/** The fact as a calendar counts it. */
export const toCalendarFact = (fact: SimulatedFact): CalendarFact => ({
  civilDate: fact.civilDate,
  contribution: {
    factId: fact.externalId,
    version: fact.version,
    type: fact.type,
    source: fact.source,
    ...(fact.minutes !== undefined && { minutes: fact.minutes }),
    ...(fact.intensity !== undefined && { intensity: fact.intensity }),
    ...(fact.enteredInError && { enteredInError: true as const }),
  },
});

interface Person extends SimulatedMember {
  readonly random: Random;
  /** How likely they move on each weekday, Monday first. */
  readonly habit: ReadonlyArray<number>;
  readonly lapses: ReadonlyArray<{ readonly from: number; readonly to: number }>;
}

const personOf = (
  random: Random,
  index: number,
  from: CivilDate.CivilDate,
  to: CivilDate.CivilDate,
  zones: ReadonlyArray<string>,
): Person => {
  const eagerness = random.pick([0.1, 0.3, 0.5, 0.7, 0.95]);
  const spanDays = to - from;
  const stretch = (days: number): { from: CivilDate.CivilDate; to: CivilDate.CivilDate } => {
    const begins = CivilDate.addDays(from, random.between(0, spanDays));
    return { from: begins, to: CivilDate.addDays(begins, days - 1) };
  };
  return {
    memberId: `member-${String(index + 1).padStart(6, "0")}`,
    zone: zones[index % zones.length]!,
    since: CivilDate.addDays(from, random.chance(0.5) ? 0 : random.between(0, Math.floor(spanDays / 2))),
    excuses: Array.from({ length: random.between(0, 2) }, () => ({
      ...stretch(random.between(3, 14)),
      reason: random.pick(["illness", "travel", "membership_pause"] as const),
      grantedBy: "simulated coach",
    })),
    random,
    habit: Array.from({ length: 7 }, () => Math.min(1, eagerness * (0.6 + 0.8 * random.next()))),
    lapses: Array.from({ length: random.between(0, 3) }, () => stretch(random.between(5, 25))),
    persona: random.pick(personas),
  };
};

interface Outage {
  readonly from: number;
  readonly until: number;
}

/** Hours to days in which nothing is recorded; what happened meanwhile arrives together when they end. */
const outagesOf = (random: Random, from: CivilDate.CivilDate, to: CivilDate.CivilDate): ReadonlyArray<Outage> =>
  Array.from({ length: Math.ceil((to - from + 1) / 60) }, () => {
    const begins = (from + random.next() * (to - from)) * dayMillis;
    return { from: begins, until: begins + random.between(2, 72) * 3_600_000 };
  });

const kinds: ReadonlyArray<{
  readonly type: MovementType;
  readonly source: Source;
  readonly hours: readonly [number, number];
  readonly minutes: readonly [number, number];
}> = [
  { type: "class_attendance", source: "check_in", hours: [6, 20], minutes: [30, 90] },
  { type: "gym_checkin", source: "check_in", hours: [5, 22], minutes: [20, 120] },
  { type: "tile_completion", source: "manual", hours: [0, 22], minutes: [3, 15] },
  { type: "outdoor_event", source: "device", hours: [0, 22], minutes: [15, 240] },
  { type: "home_workout", source: "partner", hours: [5, 22], minutes: [10, 60] },
];

function* factsOfDay(
  person: Person,
  day: CivilDate.CivilDate,
  outages: ReadonlyArray<Outage>,
): Generator<SimulatedFact> {
  const { random, zone, memberId } = person;
  const start = ZoneRules.startOfDay(zone, day);
  const isAway = person.lapses.some(({ from, to }) => from <= day && day <= to);
  const likely = isAway
    ? 0.02
    : person.habit[CivilDate.weekday(day) - 1]! * likelihood(person.persona, person.since, day);
  if (start === undefined || day < person.since || !random.chance(likely)) return;
  const events = random.chance(0.2) ? 2 : 1;
  for (let number = 0; number < events; number++) {
    const kind = random.pick(kinds);
    const occurredAt = start + random.between(kind.hours[0] * 60, kind.hours[1] * 60) * minuteMillis;
    const first: SimulatedFact = {
      memberId,
      externalId: `${memberId}/${CivilDate.toIso(day)}/${number}`,
      version: 1,
      enteredInError: false,
      occurredAt,
      recordedAt: afterOutages(occurredAt + delay(random), outages),
      zone,
      civilDate: ZoneRules.civilDateOf(zone, occurredAt),
      type: kind.type,
      source: kind.source,
      ...(!random.chance(0.08) && { minutes: random.between(kind.minutes[0], kind.minutes[1]) }),
      ...(!random.chance(0.15) && { intensity: random.pick(["light", "moderate", "moderate", "vigorous"] as const) }),
    };
    yield first;
    if (random.chance(0.01)) yield { ...first, recordedAt: first.recordedAt + random.between(1, 3_000) * minuteMillis };
    if (random.chance(0.03)) yield correctionOf(first, random, outages);
  }
}

/** Mostly at once; a watch syncs in the evening, a file comes days later. */
const delay = (random: Random): number =>
  random.chance(0.9) ? random.between(0, 30) * minuteMillis : random.between(1, 10 * 24) * 3_600_000;

const afterOutages = (recordedAt: number, outages: ReadonlyArray<Outage>): number =>
  outages.reduce((at, { from, until }) => (at >= from && at < until ? until : at), recordedAt);

const correctionOf = (first: SimulatedFact, random: Random, outages: ReadonlyArray<Outage>): SimulatedFact => {
  const recordedAt = afterOutages(first.recordedAt + random.between(1, 20 * 24) * 3_600_000, outages);
  const corrected = { ...first, version: 2, recordedAt };
  if (random.chance(0.2)) return { ...corrected, enteredInError: true };
  if (random.chance(0.5)) return { ...corrected, minutes: random.between(5, 120) };
  const occurredAt = first.occurredAt - random.between(1, 3) * dayMillis;
  return { ...corrected, occurredAt, civilDate: ZoneRules.civilDateOf(first.zone, occurredAt) };
};

function* release(waiting: Map<number, Array<SimulatedFact>>, until: number): Generator<SimulatedFact> {
  for (const day of [...waiting.keys()]
    .filter((recordedOn) => recordedOn <= until)
    .toSorted((left, right) => left - right)) {
    yield* waiting.get(day)!.toSorted(byRecording);
    waiting.delete(day);
  }
}

const byRecording = (left: SimulatedFact, right: SimulatedFact): number =>
  left.recordedAt - right.recordedAt ||
  (left.externalId < right.externalId ? -1 : left.externalId > right.externalId ? 1 : left.version - right.version);
