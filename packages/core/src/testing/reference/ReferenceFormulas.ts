/**
 * Every shipped formula computed from its definition, one small function each, slow enough to be obviously right.
 *
 * Independent of `Adherence` and of the formulas' data: the numbers of the published definitions are written out here again.
 */
import * as CivilDate from "../../kernel/CivilDate.ts";
import type { CalendarFact } from "../../pulseloop/domain/ActivityCalendar.ts";
import type { Contribution } from "../../pulseloop/domain/DayCell.ts";
import type { ExcusedDays } from "../../pulseloop/domain/Excuse.ts";
import { liveFacts } from "./LiveFacts.ts";

export interface ReferenceInput {
  readonly facts: ReadonlyArray<CalendarFact>;
  readonly since: CivilDate.CivilDate;
  readonly asOf: CivilDate.CivilDate;
  readonly excused: ExcusedDays;
}

type Reference = (input: ReferenceInput) => number | undefined;
type ValueOfDay = (contributions: ReadonlyArray<Contribution>) => number;

interface Week {
  readonly monday: CivilDate.CivilDate;
  readonly actual: number;
  readonly target: number;
  readonly open: number;
}

const sum = (values: ReadonlyArray<number>): number => values.reduce((total, value) => total + value, 0);
const dayAfter = (day: CivilDate.CivilDate, days = 1): CivilDate.CivilDate => CivilDate.addDays(day, days);

const onDay = (facts: ReadonlyArray<CalendarFact>, day: CivilDate.CivilDate): ReadonlyArray<Contribution> =>
  liveFacts(facts)
    .filter((fact) => fact.civilDate === day)
    .map((fact) => fact.contribution);

/** All Monday weeks that lie wholly between `since` and the day before the week of as-of. */
const fullWeeks = (
  { facts, since, asOf, excused }: ReferenceInput,
  valueOf: ValueOfDay,
  perWeek: number,
  prorate: boolean,
) => {
  const live = liveFacts(facts);
  const weeks: Array<Week> = [];
  let monday = since;
  while (CivilDate.weekday(monday) !== 1) monday = dayAfter(monday);
  for (; dayAfter(monday, 6) < asOf; monday = dayAfter(monday, 7)) {
    const days = [0, 1, 2, 3, 4, 5, 6].map((offset) => dayAfter(monday, offset));
    const open = days.filter((day) => excused(day) === undefined).length;
    const actual = sum(days.map((day) => valueOf(onDay(live, day))));
    weeks.push({ monday, actual, open, target: prorate ? (perWeek * Math.max(1, open)) / 7 : perWeek });
  }
  return weeks;
};

/**
 * The best score over any selection of excused weeks that were met all the same, besides the last `count` open ones.
 *
 * Every selection is tried.
 */
const overLastWeeks = (
  weeks: ReadonlyArray<Week>,
  count: number,
  score: (weeks: ReadonlyArray<Week>) => number,
): number | undefined => {
  const open = weeks.filter((week) => week.open > 0);
  const base = open.slice(-count);
  const begins = open.length > count ? base[0]!.monday : -Infinity;
  const extra = weeks.filter((week) => week.open === 0 && week.actual >= week.target && week.monday > begins);
  let best: number | undefined;
  for (let selection = 0; selection < 2 ** extra.length; selection++) {
    const chosen = [...base, ...extra.filter((_, index) => (selection >> index) % 2 === 1)];
    if (chosen.length > 0) best = Math.max(best ?? -Infinity, score(chosen));
  }
  return best;
};

const events: ValueOfDay = (all) => all.length;
const minutes: ValueOfDay = (all) => sum(all.map((one) => one.minutes ?? 0));
const moderateOrVigorous: ValueOfDay = (all) =>
  minutes(all.filter((one) => one.intensity === "moderate" || one.intensity === "vigorous"));
const moderateEquivalent: ValueOfDay = (all) =>
  minutes(all.filter((one) => one.intensity === "moderate")) +
  2 * minutes(all.filter((one) => one.intensity === "vigorous"));
const metMinutes: ValueOfDay = (all) =>
  3.3 * Math.min(180, minutes(all.filter((one) => one.intensity === "light"))) +
  4 * Math.min(180, minutes(all.filter((one) => one.intensity === "moderate"))) +
  8 * Math.min(180, minutes(all.filter((one) => one.intensity === "vigorous")));

const pointsOf = ({ intensity, minutes: length = 0 }: Contribution): number => {
  if (intensity === "light") return length >= 30 ? 10 : 0;
  if (intensity === "moderate") return length >= 60 ? 35 : length >= 30 ? 20 : 0;
  if (intensity === "vigorous") return length >= 30 ? 35 : 0;
  return 0;
};

const meanOfCapped = (weeks: ReadonlyArray<Week>): number =>
  sum(weeks.map(({ actual, target }) => Math.min(1, actual / target))) / weeks.length;
const ratioOfSums = (weeks: ReadonlyArray<Week>): number =>
  sum(weeks.map(({ actual }) => actual)) / sum(weeks.map(({ target }) => target));
const meanActual = (weeks: ReadonlyArray<Week>): number => sum(weeks.map(({ actual }) => actual)) / weeks.length;
const shareMet = (weeks: ReadonlyArray<Week>): number =>
  weeks.filter(({ actual, target }) => actual >= target).length / weeks.length;

const cap = (score: number | undefined): number | undefined => (score === undefined ? undefined : Math.min(1, score));

const days = ({ since, asOf }: ReferenceInput): ReadonlyArray<CivilDate.CivilDate> =>
  Array.from({ length: Math.max(0, asOf - since + 1) }, (_, offset) => dayAfter(since, offset));

/** A day counts unless it is excused and nothing happened on it. */
const countedDays = (input: ReferenceInput) => {
  const live = liveFacts(input.facts);
  return days(input)
    .map((day) => ({ day, isActive: onDay(live, day).length > 0, isExcused: input.excused(day) !== undefined }))
    .filter(({ isActive, isExcused }) => isActive || !isExcused);
};

/** Days that never were open help or do not count: the best selection of excused active days. */
const bestShare = (open: number, openHit: number, excusedHit: number): number | undefined =>
  open + excusedHit === 0 ? undefined : (openHit + excusedHit) / (open + excusedHit);

/** An excused day without movement is not there at all, so it uses up no supply. */
export const pdc =
  (coverDays: number): Reference =>
  (input) => {
    let supply = 0;
    let open = 0;
    let openCovered = 0;
    let excusedCovered = 0;
    for (const { isActive, isExcused } of countedDays(input)) {
      supply += isActive ? coverDays : 0;
      const covered = supply > 0 ? 1 : 0;
      supply -= covered;
      if (isExcused) excusedCovered += covered;
      else {
        open += 1;
        openCovered += covered;
      }
    }
    return bestShare(open, openCovered, excusedCovered);
  };

export const habitStrength =
  (times: number, perDays: number): Reference =>
  (input) => {
    const decay = 0.5 ** (Math.sqrt(times / perDays) / 13);
    const counted = countedDays(input);
    if (counted.length === 0) return undefined;
    let strength = 0;
    counted.forEach(({ isActive, isExcused }, index) => {
      const last = counted.slice(Math.max(0, index - 2 * perDays + 1), index + 1);
      const successes = last.filter((day) => day.isActive).length;
      const success = times === perDays ? (isActive ? 1 : 0) : Math.min(1, successes / (2 * times));
      const usual = strength * decay + success * (1 - decay);
      strength = isExcused ? Math.max(strength, usual) : usual;
    });
    return strength;
  };

/** Any event does an item of its Monday week; items are Mondays, Wednesdays and Fridays. */
const completion30d: Reference = (input) => {
  const live = liveFacts(input.facts);
  const done = new Set<CivilDate.CivilDate>();
  const items = days(input).filter((day) => [1, 3, 5].includes(CivilDate.weekday(day)));
  const mondayOf = (day: CivilDate.CivilDate) => dayAfter(day, 1 - CivilDate.weekday(day));
  for (const monday of new Set(items.map(mondayOf))) {
    const inWeek = (day: CivilDate.CivilDate) => mondayOf(day) === monday;
    const count = live.filter(
      (fact) => fact.civilDate >= input.since && fact.civilDate <= input.asOf && inWeek(fact.civilDate),
    ).length;
    // With as many events as items everything is done; with fewer, the earliest items are.
    items
      .filter(inWeek)
      .slice(0, count)
      .forEach((day) => done.add(day));
  }
  // A day on which nothing is due asks nothing and is always met; it adds nothing to either side.
  const due = items.filter((day) => day > input.asOf - 30);
  const asked = due.filter((day) => done.has(day) || input.excused(day) === undefined);
  const window = days(input).filter((day) => day > input.asOf - 30);
  if (window.length === 0) return undefined;
  if (asked.length === 0) return window.some((day) => !due.includes(day)) ? 1 : undefined;
  return asked.filter((day) => done.has(day)).length / asked.length;
};

const adaptiveGoal: Reference = (input) => {
  const live = liveFacts(input.facts);
  let monday = input.since;
  while (CivilDate.weekday(monday) !== 1) monday = dayAfter(monday, -1);
  const weekValue = (first: CivilDate.CivilDate) =>
    sum(
      [0, 1, 2, 3, 4, 5, 6].map((offset) => dayAfter(first, offset)).map((day) => moderateEquivalent(onDay(live, day))),
    );
  const before = Array.from({ length: 12 }, (_, index) => dayAfter(monday, -7 * (index + 1)))
    .map((first) => ({
      value: weekValue(first),
      isExcused: [0, 1, 2, 3, 4, 5, 6].every((offset) => input.excused(dayAfter(first, offset)) !== undefined),
    }))
    .filter(({ value, isExcused }) => value > 0 || !isExcused);
  let goal = Math.min(
    1_200,
    Math.max(150, before.length === 0 ? 0 : sum(before.map(({ value }) => value)) / before.length),
  );
  const weeks: Array<Week> = [];
  for (; monday <= input.asOf; monday = dayAfter(monday, 7)) {
    const all = [0, 1, 2, 3, 4, 5, 6].map((offset) => dayAfter(monday, offset));
    const from = all.filter((day) => day >= input.since);
    const open = from.filter((day) => input.excused(day) === undefined).length;
    const asked = 7 - Math.min(from.length - open, 6);
    const actual = sum(from.filter((day) => day <= input.asOf).map((day) => moderateEquivalent(onDay(live, day))));
    const target = (goal * asked) / 7;
    if (from.length === 7 && all[6]! < input.asOf) weeks.push({ monday, actual, target, open });
    if (actual >= target) goal = Math.min(1_200, goal + 50);
  }
  return overLastWeeks(weeks, 4, meanOfCapped);
};

/** The score by formula id. */
export const references: Readonly<Record<string, Reference>> = {
  "zmos-v1": (input) => cap(overLastWeeks(fullWeeks(input, events, 3, true), 4, ratioOfSums)),
  "capped-weeks": (input) => overLastWeeks(fullWeeks(input, events, 3, true), 4, meanOfCapped),
  "weeks-met": (input) => overLastWeeks(fullWeeks(input, events, 3, true), 4, shareMet),
  pdc: pdc(1),
  mpr: (input) => {
    const counted = countedDays(input);
    if (counted.length === 0) return undefined;
    return counted.filter(({ isActive }) => isActive).length / counted.length;
  },
  "who-150": (input) => overLastWeeks(fullWeeks(input, moderateEquivalent, 150, true), 4, meanOfCapped),
  "exercise-vital-sign": (input) => overLastWeeks(fullWeeks(input, moderateOrVigorous, 150, false), 4, meanActual),
  "habit-strength": habitStrength(1, 1),
  "completion-30d": completion30d,
  "banded-ratio": (input) => overLastWeeks(fullWeeks(input, minutes, 150, true), 1, ratioOfSums),
  "capped-points": (input) =>
    overLastWeeks(
      fullWeeks(input, (all) => Math.min(35, sum(all.map(pointsOf))), 100, true),
      4,
      meanOfCapped,
    ),
  "best-of-day": (input) =>
    overLastWeeks(
      fullWeeks(input, (all) => Math.max(0, ...all.map(pointsOf)), 100, true),
      4,
      meanOfCapped,
    ),
  "met-minutes": (input) => overLastWeeks(fullWeeks(input, metMinutes, 600, false), 4, meanActual),
  "adaptive-goal": adaptiveGoal,
};
