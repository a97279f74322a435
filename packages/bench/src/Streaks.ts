/**
 * Streaks from instants, three ways on the same facts: ZMOS, luxon, and a loop over cached `Intl` formats.
 *
 * Every side converts instants to civil days in the member's zone and then finds current and best streak. Answers are
 * compared over every IANA zone from 2000 to 2038 before anything is timed.
 */
import { ZoneRules } from "@zmos/core/kernel";
import { Streak } from "@zmos/core/pulseloop";
import { DateTime } from "luxon";
import { evaluatorSize } from "./StreakSize.ts";

export interface StreakBench {
  readonly eventsPerSecond: { readonly zmos: number; readonly luxon: number; readonly intl: number };
  readonly timesLuxon: number;
  readonly timesIntl: number;
  readonly gzippedBytes: number;
  readonly zonesCompared: number;
}

interface Member {
  readonly zone: string;
  /** Epoch milliseconds in order of arrival: one in fifty comes late. */
  readonly instants: Float64Array;
  /** Epoch day. */
  readonly asOf: number;
}

type Answer = readonly [current: number, best: number];
type Evaluator = (member: Member) => Answer;

const zmos: Evaluator = ({ zone, instants, asOf }) => {
  const { current, best } = Streak.ofDays(ZoneRules.civilDatesOf(zone, instants), asOf);
  return [current.length, best.length];
};

const dayMillis = 86_400_000;
const nextDay = (iso: string): string => new Date(Date.parse(iso) + dayMillis).toISOString().slice(0, 10);
const dayBefore = (iso: string): string => new Date(Date.parse(iso) - dayMillis).toISOString().slice(0, 10);

/** What a careful application does with dates as strings. */
const fromStrings = (dates: Set<string>, asOf: number): Answer => {
  const today = new Date(asOf * dayMillis).toISOString().slice(0, 10);
  let current = 0;
  for (let day = dates.has(today) ? today : dayBefore(today); dates.has(day); day = dayBefore(day)) current++;
  let best = 0;
  let run = 0;
  let expected = "";
  for (const day of [...dates].filter((date) => date <= today).toSorted()) {
    run = day === expected ? run + 1 : 1;
    best = Math.max(best, run);
    expected = nextDay(day);
  }
  return [current, best];
};

const luxon: Evaluator = ({ zone, instants, asOf }) => {
  const dates = new Set<string>();
  for (const instant of instants) dates.add(DateTime.fromMillis(instant, { zone }).toISODate()!);
  return fromStrings(dates, asOf);
};

const formats = new Map<string, Intl.DateTimeFormat>();
const intl: Evaluator = ({ zone, instants, asOf }) => {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
    formats.set(zone, format);
  }
  const dates = new Set<string>();
  for (const instant of instants) dates.add(format.format(instant));
  return fromStrings(dates, asOf);
};

/** A small seeded generator (mulberry32): the same facts in every run. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const memberOf = (zone: string, from: number, until: number, events: number, random: () => number): Member => {
  const instants = new Float64Array(events);
  const step = (until - from) / events;
  for (let index = 0; index < events; index++) instants[index] = Math.floor(from + step * (index + random() * 1.5));
  for (let index = 0; index < events; index += 50) {
    const other = Math.floor(random() * events);
    [instants[index], instants[other]] = [instants[other]!, instants[index]!];
  }
  return { zone, instants, asOf: Math.floor(until / dayMillis) };
};

const timed = (
  members: ReadonlyArray<Member>,
  evaluator: Evaluator,
): { rate: number; answers: ReadonlyArray<Answer> } => {
  const begin = performance.now();
  const answers = members.map(evaluator);
  const seconds = (performance.now() - begin) / 1_000;
  return { rate: members.reduce((sum, { instants }) => sum + instants.length, 0) / seconds, answers };
};

const assertEqual = (
  what: string,
  members: ReadonlyArray<Member>,
  ours: ReadonlyArray<Answer>,
  theirs: ReadonlyArray<Answer>,
) => {
  for (const [index, answer] of theirs.entries()) {
    if (ours[index]?.join() !== answer.join()) {
      throw new Error(`${members[index]?.zone}: ZMOS says ${ours[index]?.join()}, ${what} says ${answer.join()}`);
    }
  }
};

const median = (values: ReadonlyArray<number>): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

export const streakBench = async (): Promise<StreakBench> => {
  const zones = Intl.supportedValuesOf("timeZone");
  const random = randomFrom(2_026);

  const everywhere = zones.map((zone) => memberOf(zone, Date.UTC(2000, 0, 1), Date.UTC(2038, 0, 1), 400, random));
  const begin = performance.now();
  const ours = everywhere.map(zmos);
  const coldMillis = performance.now() - begin;
  assertEqual("Intl", everywhere, ours, everywhere.map(intl));
  assertEqual("luxon", everywhere, ours, everywhere.map(luxon));
  console.log(
    `equal answers in ${zones.length} zones, 2000–2038; reading all their offset tables took ${whole.format(coldMillis)} ms`,
  );

  // Three years of a busy member in every zone: many events a day, as a wearable sends them.
  const members = zones.map((zone) => memberOf(zone, Date.UTC(2023, 5, 1), Date.UTC(2026, 5, 1), 5_000, random));
  const some = members.filter((_, index) => index % 8 === 0);
  const few = members.filter((_, index) => index % 40 === 0);
  for (const evaluator of [zmos, intl, luxon]) few.map(evaluator);
  members.map(zmos);

  const rates = { zmos: [] as Array<number>, intl: [] as Array<number>, luxon: [] as Array<number> };
  for (let round = 0; round < 5; round++) {
    const fast = timed(members, zmos);
    const cached = timed(some, intl);
    const slow = timed(few, luxon);
    assertEqual(
      "Intl",
      some,
      fast.answers.filter((_, index) => index % 8 === 0),
      cached.answers,
    );
    assertEqual(
      "luxon",
      few,
      fast.answers.filter((_, index) => index % 40 === 0),
      slow.answers,
    );
    rates.zmos.push(fast.rate);
    rates.intl.push(cached.rate);
    rates.luxon.push(slow.rate);
  }
  const eventsPerSecond = { zmos: median(rates.zmos), luxon: median(rates.luxon), intl: median(rates.intl) };
  const timesLuxon = eventsPerSecond.zmos / eventsPerSecond.luxon;
  const timesIntl = eventsPerSecond.zmos / eventsPerSecond.intl;
  const { gzippedBytes } = await evaluatorSize();
  for (const [name, rate] of Object.entries(eventsPerSecond)) {
    console.log(`  ${name.padEnd(12)} ${whole.format(rate).padStart(12)} events/s`);
  }
  console.log(
    `  ${whole.format(timesLuxon)}× luxon (to reach: 300×), ${whole.format(timesIntl)}× cached Intl (to reach: 25×)`,
  );
  console.log(`  evaluator: ${gzippedBytes} bytes minified and gzipped (at most 2,048)`);
  return { eventsPerSecond, timesLuxon, timesIntl, gzippedBytes, zonesCompared: zones.length };
};
