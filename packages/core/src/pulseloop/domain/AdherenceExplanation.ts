/**
 * Why a score is what it is: its sentence, its periods, every fact that counted or did not and why, and the sum.
 *
 * **Invariant** the parts sum to the score; the facts counted within a period sum to what the period measured (for tallies).
 *
 * **Units** `counted` and `worth` are in the measure's unit; with coverage in days supplied, with completion in items.
 */
import * as CivilDate from "../../kernel/CivilDate.ts";
import * as CivilWeek from "../../kernel/CivilWeek.ts";
import * as Adherence from "./Adherence.ts";
import * as Completion from "./Completion.ts";
import * as DayCell from "./DayCell.ts";
import type * as Formula from "./Formula.ts";
import * as FormulaSentence from "./FormulaSentence.ts";
import * as Metric from "./Metric.ts";

export type NotCounted =
  | "entered_in_error"
  | "before_the_start"
  | "after_as_of"
  | "period_left_out"
  | "filtered_out"
  | "unknown_duration"
  | "unknown_intensity"
  | "worth_nothing"
  | "over_the_cap"
  | "not_the_best_of_the_day"
  | "day_below_the_threshold"
  | "day_already_counts"
  | "session_type_already_counted"
  | "no_item_left";

export interface ExplainedFact {
  readonly factId: string;
  readonly civilDate: CivilDate.CivilDate;
  /** What the fact adds to its period. */
  readonly counted: number;
  /** Why it adds nothing, or less than it is worth. */
  readonly reason?: NotCounted;
}

export interface Explanation extends Adherence.Result {
  /** The formula in plain language. */
  readonly sentence: string;
  readonly facts: ReadonlyArray<ExplainedFact>;
  /** The whole explanation, a line at a time. */
  readonly text: ReadonlyArray<string>;
}

export const explain = (input: Adherence.Input): Explanation => {
  const result = Adherence.evaluate(input);
  const sentence = FormulaSentence.sentence(input.formula);
  return { ...result, sentence, facts: explainFacts(input, result), text: textOf(input.formula, sentence, result) };
};

/** Facts of one day, with what they add, before asking whether their period counts. */
type OfDay = (
  day: CivilDate.CivilDate,
  cell: DayCell.DayCell,
  period: Adherence.ScoredPeriod,
) => ReadonlyArray<ExplainedFact>;

const explainFacts = (input: Adherence.Input, result: Adherence.Result): ReadonlyArray<ExplainedFact> => {
  const { calendar, since, asOf } = input;
  const ofDay = readerOf(input);
  return [...calendar]
    .toSorted(([left], [right]) => left - right)
    .flatMap(([day, cell]): ReadonlyArray<ExplainedFact> => {
      const withdrawn = cell.contributions
        .filter((one) => !DayCell.isLive(one))
        .map((one) => left(one, day, "entered_in_error"));
      const live = DayCell.prune(cell);
      const outside = day < since ? "before_the_start" : day > asOf ? "after_as_of" : undefined;
      if (outside !== undefined) return [...withdrawn, ...live.contributions.map((one) => left(one, day, outside))];
      const period = result.periods.find(({ from, to }) => from <= day && day <= to)!;
      const isCounted = period.leftOut === undefined;
      const facts = ofDay(day, live, period);
      return [
        ...withdrawn,
        ...(isCounted
          ? facts
          : facts.map(({ factId }) => ({ factId, civilDate: day, counted: 0, reason: "period_left_out" as const }))),
      ];
    });
};

const readerOf = (input: Adherence.Input): OfDay => {
  const { measure, weekStart } = input.formula;
  if (measure.kind === "tally") return tallyReader(measure, weekStart);
  if (measure.kind === "coverage") return coverageReader(measure);
  const items = input.prescribed ?? Completion.onWeekdays(measure.weekdays, input.since, input.asOf);
  const { doneBy } = Completion.match(items, input.calendar, { from: input.since, to: input.asOf }, weekStart);
  const doers = new Set([...doneBy.values()].map(({ factId }) => factId));
  return (day, cell) =>
    cell.contributions.map((one) =>
      doers.has(one.factId) ? { factId: one.factId, civilDate: day, counted: 1 } : left(one, day, "no_item_left"),
    );
};

/** The worthiest fact makes the day active; the others have their part in it but add no second day. */
const activeDay = (
  metric: Metric.AdditiveMetric,
  atLeast: number,
  supplied: number,
  day: CivilDate.CivilDate,
  cell: DayCell.DayCell,
): ReadonlyArray<ExplainedFact> => {
  const isActive = Metric.ofDay(metric, cell) >= atLeast;
  return worthiestFirst(metric, cell).map((one, index) => {
    if (worthOf(metric, one) === 0) return left(one, day, worthlessBecause(metric, one));
    if (!isActive) return left(one, day, "day_below_the_threshold");
    return index === 0
      ? { factId: one.factId, civilDate: day, counted: supplied }
      : left(one, day, "day_already_counts");
  });
};

const coverageReader =
  ({ metric, atLeast, coverDays }: Formula.Coverage): OfDay =>
  (day, cell) => {
    if (metric.measure === "active_days") {
      return activeDay(metric.of ?? Metric.events, metric.atLeast ?? 1, coverDays, day, cell);
    }
    if (metric.measure !== "session_types") return activeDay(metric, atLeast, coverDays, day, cell);
    return activeDay(
      { measure: "events", ...(metric.where && { where: metric.where }) },
      atLeast,
      coverDays,
      day,
      cell,
    );
  };

/** Gives each fact what the day gains by it, the worthiest first, so that caps and the best of the day cut the others. */
const tallyReader = (measure: Formula.Tally, weekStart: CivilWeek.WeekStart | undefined): OfDay => {
  const { metric } = measure;
  if (metric.measure === "session_types") return sessionTypesReader(metric);
  let week = NaN;
  let ofWeek = 0;
  return (day, cell, period) => {
    // A week's cap begins anew with the week, and with the period in which the week is counted.
    const weekOfPeriod = Math.max(CivilWeek.startOfWeek(day, weekStart), period.from);
    if (weekOfPeriod !== week) {
      week = weekOfPeriod;
      ofWeek = 0;
    }
    const cut = (gained: number): number => {
      const counted = Math.min(gained, (measure.weekAtMost ?? Infinity) - ofWeek);
      ofWeek += counted;
      return counted;
    };
    if (metric.measure === "active_days") {
      return activeDay(metric.of ?? Metric.events, metric.atLeast ?? 1, 1, day, cell).map((fact) =>
        fact.counted === 0 ? fact : withCut(fact, cut(Math.min(1, measure.dayAtMost ?? 1))),
      );
    }
    let seen = DayCell.empty;
    let before = 0;
    return worthiestFirst(metric, cell).map((one): ExplainedFact => {
      const worth = worthOf(metric, one);
      if (worth === 0) return left(one, day, worthlessBecause(metric, one));
      seen = DayCell.put(seen, one);
      const after = Adherence.valueOfDay(measure, seen);
      const gained = after - before;
      before = after;
      if (gained <= 0) return left(one, day, measure.bestOfDay === true ? "not_the_best_of_the_day" : "over_the_cap");
      return withCut({ factId: one.factId, civilDate: day, counted: worth }, cut(gained));
    });
  };
};

const withCut = (fact: ExplainedFact, counted: number): ExplainedFact =>
  counted < fact.counted ? { ...fact, counted, reason: "over_the_cap" } : { ...fact, counted };

const sessionTypesReader = (metric: Metric.Metric & { readonly measure: "session_types" }): OfDay => {
  let seen = new Set<string>();
  let seenIn = NaN;
  return (day, cell, period) => {
    if (period.from !== seenIn) {
      seenIn = period.from;
      seen = new Set();
    }
    return cell.contributions.map((one) => {
      if (worthOf(metric, one) === 0) return left(one, day, worthlessBecause(metric, one));
      if (seen.has(one.sessionTypeId!)) return left(one, day, "session_type_already_counted");
      seen.add(one.sessionTypeId!);
      return { factId: one.factId, civilDate: day, counted: 1 };
    });
  };
};

const worthiestFirst = (metric: Metric.Metric, cell: DayCell.DayCell): ReadonlyArray<DayCell.Contribution> =>
  cell.contributions.toSorted((one, other) => worthOf(metric, other) - worthOf(metric, one));

const worthOf = (metric: Metric.Metric, one: DayCell.Contribution): number =>
  metric.measure === "active_days" || metric.measure === "session_types"
    ? Metric.ofDay(metric, DayCell.of([one]))
    : Metric.ofContribution(metric, one);

const worthlessBecause = (metric: Metric.Metric, one: DayCell.Contribution): NotCounted => {
  if (metric.measure === "active_days") return worthlessBecause(metric.of ?? Metric.events, one);
  const isCount = metric.measure === "events" || metric.measure === "session_types";
  const asksIntensity = (!isCount && metric.measure !== "minutes") || metric.where?.intensities !== undefined;
  if (asksIntensity && one.intensity === undefined) return "unknown_intensity";
  if (!Metric.matches(metric.where, one)) return "filtered_out";
  return !isCount && one.minutes === undefined ? "unknown_duration" : "worth_nothing";
};

const left = (one: DayCell.Contribution, civilDate: CivilDate.CivilDate, reason: NotCounted): ExplainedFact => ({
  factId: one.factId,
  civilDate,
  counted: 0,
  reason,
});

const textOf = (formula: Formula.Formula, sentence: string, result: Adherence.Result): ReadonlyArray<string> => {
  const head = `${formula.name} (${formula.id}, version ${formula.version}): ${sentence}.`;
  if (result.score === undefined)
    return [head, `As of ${CivilDate.toIso(result.asOf)} no ${nounOf(formula)} counts yet, so there is no score.`];
  const isLong = result.parts.length > 31;
  const lines = result.parts.map(({ from, to, amount, due }) => {
    if (due === "ceiling") return `  the ceiling of ${formula.scoreAtMost} takes ${number(-amount)} off`;
    const period = result.periods.find((one) => one.from === from)!;
    return `  ${spanText(from, to)}: ${number(period.actual)} of ${number(period.target)}, ${period.status}, ${amount < 0 ? "takes" : "adds"} ${number(Math.abs(amount))}`;
  });
  return [
    head,
    `As of ${CivilDate.toIso(result.asOf)} the score is ${number(result.score)}${result.band === undefined ? "" : `, ${result.band.replaceAll("_", " ")}`}:`,
    ...(isLong
      ? [
          `  ${result.parts.length} ${nounOf(formula)}s from ${spanText(result.parts[0]!.from, result.parts.at(-1)!.to)} add up to it`,
        ]
      : lines),
    ...leftOutText(formula, result),
  ];
};

const leftOutText = (formula: Formula.Formula, { periods }: Adherence.Result): ReadonlyArray<string> => {
  const reasons = {
    excused: "excused",
    not_over: "not over yet",
    began_before_the_score: "begun before the score was",
    outside_the_window: "outside the window",
  } as const;
  return (Object.keys(reasons) as Array<keyof typeof reasons>).flatMap((reason) => {
    const all = periods.filter(({ leftOut }) => leftOut === reason);
    if (all.length === 0) return [];
    const which = all.length <= 4 ? `: ${all.map(({ from, to }) => spanText(from, to)).join(", ")}` : "";
    return [
      `  not counted, ${reasons[reason]}: ${all.length} ${nounOf(formula)}${all.length === 1 ? "" : "s"}${which}`,
    ];
  });
};

const nounOf = ({ period }: Formula.Formula): string => (period.kind === "days" ? "run" : period.kind);

const spanText = (from: CivilDate.CivilDate, to: CivilDate.CivilDate): string =>
  from === to ? CivilDate.toIso(from) : `${CivilDate.toIso(from)} to ${CivilDate.toIso(to)}`;

/** At most four decimals, for reading only. */
const number = (value: number): string => String(Math.round(value * 10_000) / 10_000);
