/**
 * The laws of adherence formulas as checks anyone can call on a formula of their own; a broken law comes with the smallest
 * history found that breaks it, in words.
 *
 * - **bounded**: a score lies between 0 and 1.
 * - **monotone**: more movement lowers neither the score nor its band.
 * - **skip_neutral**: excused periods without movement, put in anywhere, change nothing.
 * - **zero_target_defined**: when nothing is asked, the score is a number all the same.
 * - **order_free**: no order, repetition or delay of the facts changes the score.
 * - **unit_consistent**: counting in other units, targets and caps included, changes no ratio and scales a mean.
 * - **window_local**: what happened before the periods that count changes nothing.
 */
import * as fc from "fast-check";
import * as CivilDate from "../../kernel/CivilDate.ts";
import * as ActivityCalendar from "../../pulseloop/domain/ActivityCalendar.ts";
import * as Adherence from "../../pulseloop/domain/Adherence.ts";
import type { Contribution } from "../../pulseloop/domain/DayCell.ts";
import * as Excuse from "../../pulseloop/domain/Excuse.ts";
import type * as Formula from "../../pulseloop/domain/Formula.ts";
import type * as Metric from "../../pulseloop/domain/Metric.ts";
import { intensities } from "../../pulseloop/domain/Movement.ts";
import { type CheckOptions, search, type Verdict } from "./Verdict.ts";

type Fact = ActivityCalendar.CalendarFact;

/** One member's history as a law looks at it. */
interface Case {
  readonly activities: ReadonlyArray<Activity>;
  /** Wholly excused weeks, counted from the first. */
  readonly excusedWeeks: ReadonlyArray<number>;
  readonly days: number;
}

interface Activity {
  readonly day: number;
  readonly minutes?: number;
  readonly intensity?: (typeof intensities)[number];
}

/** The first day of every case, a Monday. */
const firstDay = CivilDate.of("2024-01-08");
const dayAt = (offset: number): CivilDate.CivilDate => CivilDate.addDays(firstDay, offset);
const spanDays = 84;
const closeEnough = 1e-9;

const activity: fc.Arbitrary<Activity> = fc.record(
  {
    day: fc.integer({ min: 0, max: spanDays - 1 }),
    minutes: fc.oneof(fc.constantFrom(10, 30, 60, 150), fc.integer({ min: 1, max: 240 })),
    intensity: fc.constantFrom(...intensities),
  },
  { requiredKeys: ["day"] },
);

const cases: fc.Arbitrary<Case> = fc.record({
  // Mostly rich histories, since scores near a limit are where laws break.
  activities: fc.array(activity, { maxLength: 60, size: "max" }),
  excusedWeeks: fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { maxLength: 2 }),
  days: fc.integer({ min: 1, max: spanDays }),
});

/** Checks one law, whether or not the formula declares it. */
export const check = (law: Formula.Law, formula: Formula.Formula, options?: CheckOptions): Verdict =>
  checks[law](formula, options);

/** Checks every law the formula declares. */
export const checkDeclared = (formula: Formula.Formula, options?: CheckOptions): ReadonlyArray<Verdict> =>
  formula.laws.map((law) => check(law, formula, options));

const checks: Readonly<Record<Formula.Law, (formula: Formula.Formula, options?: CheckOptions) => Verdict>> = {
  bounded: (formula, options) =>
    search(
      "bounded",
      cases,
      (one) => {
        const score = scoreOf(formula, one);
        return score === undefined || (score >= 0 && score <= 1 + closeEnough)
          ? undefined
          : [...story(one), `The score is ${text(score)}, which is not between 0 and 1.`];
      },
      options,
    ),

  monotone: (formula, options) =>
    search(
      "monotone",
      fc.record({ one: cases, more: activity }),
      ({ one, more }) => {
        const before = evaluate(formula, one);
        const after = evaluate(formula, { ...one, activities: [...one.activities, more] });
        if (before.score === undefined || after.score === undefined) return undefined;
        const worse = bandIndex(formula, after.band) > bandIndex(formula, before.band);
        if (after.score >= before.score - closeEnough && !worse) return undefined;
        return [
          ...story(one),
          `The score is ${outcome(before)}.`,
          `Then one more activity is recorded: ${activityText(more)}.`,
          `The score falls to ${outcome(after)}, although there is more movement.`,
        ];
      },
      options,
    ),

  skip_neutral: (formula, options) => {
    const block = blockDays(formula);
    if (block === undefined) return { law: "skip_neutral", holds: true, runs: 0 };
    return search(
      "skip_neutral",
      fc.record({ one: cases, at: fc.nat({ max: spanDays }), blocks: fc.integer({ min: 1, max: 3 }) }),
      ({ one, at, blocks }) => {
        const from = Math.floor((at % one.days) / block) * block;
        const added = block * blocks;
        const before = scoreOf(formula, one);
        const after = scoreAfterPause(formula, one, from, added);
        if (Math.abs((before ?? -1) - (after ?? -1)) <= closeEnough) return undefined;
        return [
          ...story(one),
          `The score is ${text(before)}.`,
          `Then ${added} excused days without movement are put in from ${CivilDate.toIso(dayAt(from))} on, and all later days move back by as many.`,
          `The score becomes ${text(after)}, although nothing was asked and nothing was done.`,
        ];
      },
      options,
    );
  },

  zero_target_defined: (formula, options) =>
    search(
      "zero_target_defined",
      cases,
      (one) => {
        const result = evaluate(withoutTarget(formula), one, { prescribed: [] });
        const numbers = [result.score ?? 0, ...result.periods.map(({ ratio }) => ratio)];
        return numbers.every(Number.isFinite)
          ? undefined
          : [...story(one), `With a target of zero the score is ${text(result.score)}.`];
      },
      options,
    ),

  order_free: (formula, options) =>
    search(
      "order_free",
      cases.chain((one) =>
        fc.record({
          one: fc.constant(one),
          arrival: fc.shuffledSubarray([...factsOf(one)], { minLength: one.activities.length }),
          repeated: fc.shuffledSubarray([...factsOf(one)]),
        }),
      ),
      ({ one, arrival, repeated }) => {
        const inOrder = scoreOf(formula, one);
        const late = evaluate(formula, one, { facts: [...arrival, ...repeated] }).score;
        return inOrder === late
          ? undefined
          : [...story(one), `In order the score is ${text(inOrder)}, shuffled and repeated it is ${text(late)}.`];
      },
      options,
    ),

  unit_consistent: (formula, options) =>
    search(
      "unit_consistent",
      fc.record({ one: cases, factor: fc.integer({ min: 2, max: 4 }) }),
      ({ one, factor }) => {
        const scaled = inOtherUnits(formula, factor);
        if (scaled === undefined) return undefined;
        const expected = scoreOf(formula, one);
        const found = evaluate(scaled.formula, one, { facts: scaled.facts(factsOf(one)) }).score;
        const wanted = formula.aggregate.kind === "mean_actual" ? (expected ?? 0) * factor : (expected ?? 0);
        return Math.abs((found ?? 0) - wanted) <= closeEnough * factor * Math.max(1, wanted)
          ? undefined
          : [
              ...story(one),
              `The score is ${text(expected)}; counted in units ${factor} times smaller, targets and caps alike, it is ${text(found)}.`,
            ];
      },
      options,
    ),

  window_local: (formula, options) =>
    search(
      "window_local",
      cases,
      (one) => {
        const result = evaluate(formula, one);
        const first = result.periods.find(({ leftOut }) => leftOut === undefined)?.from;
        if (first === undefined) return undefined;
        const later = { ...one, activities: one.activities.filter(({ day }) => dayAt(day) >= first) };
        const score = scoreOf(formula, later);
        return Math.abs((score ?? -1) - (result.score ?? -1)) <= closeEnough
          ? undefined
          : [
              ...story(one),
              `The score is ${text(result.score)}, over periods from ${CivilDate.toIso(first)} on.`,
              `Without what happened before that day it would be ${text(score)}.`,
            ];
      },
      options,
    ),
};

const factsOf = ({ activities }: Pick<Case, "activities">): ReadonlyArray<Fact> =>
  activities.map(({ day, ...rest }, index) => ({
    civilDate: dayAt(day),
    contribution: { factId: `fact-${index}`, version: 1, type: "other", source: "manual", ...rest },
  }));

const excusesOf = (weeks: ReadonlyArray<number>): ReadonlyArray<Excuse.Excuse> =>
  weeks.map((week) => ({ from: dayAt(7 * week), to: dayAt(7 * week + 6), reason: "illness", grantedBy: "law" }));

const evaluate = (
  formula: Formula.Formula,
  one: Case,
  other: { readonly facts?: ReadonlyArray<Fact>; readonly prescribed?: [] } = {},
): Adherence.Result =>
  Adherence.evaluate({
    formula,
    calendar: ActivityCalendar.fromFacts(other.facts ?? factsOf(one)),
    since: firstDay,
    asOf: dayAt(one.days - 1),
    excused: Excuse.daysOf(excusesOf(one.excusedWeeks)),
    ...(other.prescribed && { prescribed: other.prescribed }),
  });

const scoreOf = (formula: Formula.Formula, one: Case): number | undefined => evaluate(formula, one).score;

const bandIndex = ({ bands }: Formula.Formula, name: string | undefined): number =>
  bands.findIndex((band) => band.name === name);

/** The days an excused stretch must have so that every other period stays as it was; unknown for months. */
const blockDays = ({ period, measure }: Formula.Formula): number | undefined => {
  if (period.kind === "month") return undefined;
  if (period.kind === "days") return period.lengthDays;
  return period.kind === "week" || measure.kind === "completion" ? 7 : 1;
};

const scoreAfterPause = (formula: Formula.Formula, one: Case, from: number, added: number): number | undefined => {
  const moved = (day: number): number => (day < from ? day : day + added);
  const excusedDays = excusesOf(one.excusedWeeks).flatMap((excuse) =>
    Array.from({ length: 7 }, (_, index) => moved(excuse.from - firstDay + index)),
  );
  const pause: Excuse.Excuse = { from: dayAt(from), to: dayAt(from + added - 1), reason: "travel", grantedBy: "law" };
  const days = new Set(excusedDays.map(dayAt));
  const { window } = formula;
  return Adherence.evaluate({
    // A window of dates is as much longer as the pause within it.
    formula:
      window.kind === "last_days" && from > one.days - window.days
        ? { ...formula, window: { ...window, days: window.days + added } }
        : formula,
    calendar: ActivityCalendar.fromFacts(
      factsOf({ activities: one.activities.map((each) => ({ ...each, day: moved(each.day) })) }),
    ),
    since: firstDay,
    asOf: dayAt(one.days - 1 + added),
    excused: (day) =>
      day >= pause.from && day <= pause.to!
        ? pause
        : days.has(day)
          ? { from: day, to: day, reason: "illness", grantedBy: "law" }
          : undefined,
  }).score;
};

const withoutTarget = (formula: Formula.Formula): Formula.Formula => {
  const { target } = formula;
  switch (target.kind) {
    case "constant":
      return { ...formula, target: { ...target, perPeriod: 0 } };
    case "phases":
      return { ...formula, target: { ...target, phases: target.phases.map((phase) => ({ ...phase, perPeriod: 0 })) } };
    case "adaptive":
      return { ...formula, target: { ...target, atLeast: 0, step: 0, atMost: 0 } };
    case "prescribed":
      return formula;
  }
};

interface Scaled {
  readonly formula: Formula.Formula;
  readonly facts: (facts: ReadonlyArray<Fact>) => ReadonlyArray<Fact>;
}

/** The same rule counted in units `factor` times smaller: minutes become shorter minutes, an event several events. */
const inOtherUnits = (formula: Formula.Formula, factor: number): Scaled | undefined => {
  const { measure, target } = formula;
  if (measure.kind !== "tally" || target.kind === "prescribed") return undefined;
  const { metric } = measure;
  if (metric.measure === "active_days" || metric.measure === "session_types") return undefined;
  // Points come from a table: the minutes scale, the points stay.
  const amount = metric.measure === "points" ? 1 : factor;
  if (metric.measure === "events" && (measure.bestOfDay === true || measure.activityAtMost !== undefined))
    return undefined;
  const times = (value: number | undefined): number | undefined => (value === undefined ? undefined : value * amount);
  const scaledTarget: Formula.Target =
    target.kind === "constant"
      ? { ...target, perPeriod: target.perPeriod * amount }
      : target.kind === "phases"
        ? { ...target, phases: target.phases.map((phase) => ({ ...phase, perPeriod: phase.perPeriod * amount })) }
        : { ...target, atLeast: target.atLeast * amount, step: target.step * amount, atMost: target.atMost * amount };
  const { activityAtMost, dayAtMost, weekAtMost, ...uncut } = measure;
  const cuts = { activityAtMost: times(activityAtMost), dayAtMost: times(dayAtMost), weekAtMost: times(weekAtMost) };
  return {
    formula: {
      ...formula,
      target: scaledTarget,
      ...(formula.carryAtMost !== undefined && { carryAtMost: formula.carryAtMost * amount }),
      measure: {
        ...uncut,
        metric: scaledMetric(metric, factor),
        ...(cuts.activityAtMost !== undefined && { activityAtMost: cuts.activityAtMost }),
        ...(cuts.dayAtMost !== undefined && { dayAtMost: cuts.dayAtMost }),
        ...(cuts.weekAtMost !== undefined && { weekAtMost: cuts.weekAtMost }),
      },
      ...(formula.aggregate.kind === "mean_actual" &&
        formula.scoreAtMost !== undefined && {
          scoreAtMost: formula.scoreAtMost * amount,
        }),
    },
    facts: (facts) =>
      metric.measure === "events"
        ? facts.flatMap((fact) =>
            Array.from({ length: factor }, (_, copy) =>
              withContribution(fact, { factId: `${fact.contribution.factId}-${copy}` }),
            ),
          )
        : facts.map((fact) =>
            fact.contribution.minutes === undefined
              ? fact
              : withContribution(fact, { minutes: fact.contribution.minutes * factor }),
          ),
  };
};

const withContribution = (fact: Fact, change: Partial<Contribution>): Fact => ({
  ...fact,
  contribution: { ...fact.contribution, ...change },
});

const scaledMetric = (metric: Metric.AdditiveMetric, factor: number): Metric.AdditiveMetric => {
  if (metric.measure === "points") {
    return { ...metric, table: metric.table.map((row) => ({ ...row, minutesAtLeast: row.minutesAtLeast * factor })) };
  }
  if (metric.measure !== "met_minutes") return metric;
  return {
    ...metric,
    categories: metric.categories.map((category) =>
      category.dayCapMinutes === undefined ? category : { ...category, dayCapMinutes: category.dayCapMinutes * factor },
    ),
  };
};

/** The case in words. */
const story = ({ activities, excusedWeeks, days }: Case): ReadonlyArray<string> => [
  activities.length === 0
    ? `A member begins on ${CivilDate.toIso(firstDay)} and does not move.`
    : `A member begins on ${CivilDate.toIso(firstDay)} and moves ${activities.length === 1 ? "once" : `${activities.length} times`}:`,
  ...activities.toSorted((left, right) => left.day - right.day).map((one) => `  ${activityText(one)}`),
  ...excusesOf(excusedWeeks).map(({ from, to }) => `Excused from ${CivilDate.toIso(from)} to ${CivilDate.toIso(to!)}.`),
  `As of ${CivilDate.toIso(dayAt(days - 1))}:`,
];

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const activityText = ({ day, minutes, intensity }: Activity): string =>
  `${weekdays[day % 7]} ${CivilDate.toIso(dayAt(day))}, ${minutes === undefined ? "for an unknown time" : `${minutes} min`}${intensity === undefined ? "" : ` ${intensity}`}`;

const outcome = ({ score, band }: Adherence.Result): string =>
  `${text(score)}${band === undefined ? "" : ` (${band})`}`;

const text = (score: number | undefined): string =>
  score === undefined ? "absent" : String(Math.round(score * 1_000_000) / 1_000_000);
