/**
 * Why a streak is what it is, in words: the rule, how long and since when, what comes next, what broke the one before.
 *
 * **Invariant** the lengths it names are those of the result; the met periods it lists within the current run are as many.
 */
import * as CivilDate from "../../kernel/CivilDate.ts";
import * as FormulaSentence from "./FormulaSentence.ts";
import type * as Period from "./Period.ts";
import * as Streak from "./Streak.ts";

export interface Explanation extends Streak.Result {
  readonly sentence: string;
  readonly periods: ReadonlyArray<Streak.PeriodReport>;
  readonly text: ReadonlyArray<string>;
}

export const explain = (input: Streak.Input): Explanation => {
  const rule = input.rule ?? Streak.daily;
  const { periods = [], ...result } = Streak.evaluate({ ...input, explain: true });
  return { ...result, periods, sentence: sentence(rule), text: textOf(rule, result, input.asOf, periods) };
};

/** The rule in one sentence: "days in a row with at least 1 event". */
export const sentence = (rule: Streak.Rule): string => {
  const wanted = rule.thresholds
    .map(({ metric, atLeast }) => FormulaSentence.amountNoun(atLeast, metric))
    .join(rule.join === "any" ? " or " : " and ");
  const rests = rule.restWeekdays ?? [];
  const { freezes } = rule;
  return [
    `${plural(rule.period)} in a row with at least ${wanted}`,
    ...(rests.length === 0 ? [] : [`resting on ${rests.map((weekday) => weekdays[weekday - 1]).join(" and ")}`]),
    ...(freezes === undefined
      ? []
      : [
          `with ${freezes.initial} freeze${freezes.initial === 1 ? "" : "s"} to begin with${freezes.earnEvery === undefined ? "" : `, one more for every ${freezes.earnEvery} met`}, at most ${freezes.cap} held`,
        ]),
  ].join(", ");
};

const textOf = (
  rule: Streak.Rule,
  { current, best, status, keepsAliveNext, brokenBy, freezes }: Streak.Result,
  asOf: CivilDate.CivilDate,
  periods: ReadonlyArray<Streak.PeriodReport>,
): ReadonlyArray<string> => {
  const excused = periods.filter((period) => period.status === "excused" && period.from >= (current.start ?? Infinity));
  return [
    `${sentence(rule)}.`,
    current.start === undefined
      ? `As of ${CivilDate.toIso(asOf)} there is no streak.`
      : `As of ${CivilDate.toIso(asOf)} the streak is ${count(current.length, rule.period)}, from ${CivilDate.toIso(current.start)} on; it is ${status.replaceAll("_", " ")}.`,
    ...(best.start === undefined
      ? []
      : [
          `The best was ${count(best.length, rule.period)}, ${CivilDate.toIso(best.start)} to ${CivilDate.toIso(best.end!)}.`,
        ]),
    ...(excused.length === 0
      ? []
      : [`Excused meanwhile, neither added nor broken: ${count(excused.length, rule.period)}.`]),
    ...(freezes === undefined
      ? []
      : [
          `Freezes left: ${freezes.left}${freezes.spentOn.length === 0 ? "" : `; spent on ${freezes.spentOn.map(spanText).join(", ")}`}.`,
        ]),
    ...(brokenBy === undefined ? [] : [`The streak before it was lost with ${spanText(brokenBy)}.`]),
    ...(keepsAliveNext === undefined
      ? []
      : [`${current.length === 0 ? "To begin one" : "To keep it alive"}: ${needsText(keepsAliveNext)}.`]),
  ];
};

const needsText = ({ from, to, needs, join }: NonNullable<Streak.Result["keepsAliveNext"]>): string =>
  `${needs
    .map(
      ({ metric, atLeast, have }) =>
        `${FormulaSentence.amountNoun(rounded(atLeast), metric)}${have > 0 ? ` (${rounded(have)} so far)` : ""}`,
    )
    .join(
      join === "any" ? " or " : " and ",
    )} ${from === to ? `on ${CivilDate.toIso(to)}` : `by ${CivilDate.toIso(to)}`}`;

const weekdays = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"];

const noun = (period: Period.Period): string =>
  period.kind === "days" ? `run of ${period.lengthDays} days` : period.kind;
const plural = (period: Period.Period): string =>
  period.kind === "days" ? `runs of ${period.lengthDays} days` : `${period.kind}s`;
const count = (length: number, period: Period.Period): string =>
  `${length} ${length === 1 ? noun(period) : plural(period)}`;
const spanText = ({ from, to }: Period.Span): string =>
  from === to ? CivilDate.toIso(from) : `${CivilDate.toIso(from)} to ${CivilDate.toIso(to)}`;
const rounded = (value: number): number => Math.round(value * 100) / 100;
