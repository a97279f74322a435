/** Streaks of everybody in a study, by a rule. */
import { CivilDate } from "@zmos/core/kernel";
import { Excuse, FormulaSentence, type Metric, Streak } from "@zmos/core/pulseloop";
import { styled } from "../output/Terminal.ts";
import { words } from "../output/Words.ts";
import { type Answers, isoSpan, numberText, spanText, type Wanted } from "./Answers.ts";
import { heatMapOf } from "./PersonHeatMap.ts";
import type { Person, Study } from "./Study.ts";

interface StreakAnswer {
  readonly person: Person;
  readonly streak: Streak.Result;
}

/** Without a rule: days in a row with at least one event. */
export const streakAnswers = (study: Study, rule: Streak.Rule | undefined, wanted: Wanted): Answers<StreakAnswer> => {
  const unit = unitOf(rule ?? Streak.daily);
  const explain = wanted.explain || wanted.series;
  return {
    heading: `Streaks, as of ${CivilDate.toIso(study.asOf)}: ${unit}s in a row with ${needsText(rule ?? Streak.daily)}`,
    asOf: study.asOf,
    *all() {
      for (const person of study.people()) yield { person, streak: streakOf(person, rule, explain) };
    },
    json: ({
      person: { memberId },
      streak: { current, best, status, brokenBy, freezes, keepsAliveNext, periods },
    }) => ({
      memberId,
      current: isoRun(current),
      best: isoRun(best),
      status,
      ...(brokenBy !== undefined && { brokenBy: isoSpan(brokenBy) }),
      ...(freezes !== undefined && { freezes: { left: freezes.left, spentOn: freezes.spentOn.map(isoSpan) } }),
      ...(keepsAliveNext !== undefined && wanted.explain && { keepsAliveNext: isoSpan(keepsAliveNext) }),
      ...(wanted.series && { series: (periods ?? []).map(isoPeriod) }),
      ...(wanted.explain && { explanation: explanationOf(periods ?? [], current) }),
    }),
    columns: [
      { title: "Member", of: ({ person }) => person.memberId },
      { title: "Now", align: "right", of: ({ streak }) => String(streak.current.length) },
      {
        title: "Since",
        of: ({ streak }) => (streak.current.start === undefined ? "" : CivilDate.toIso(streak.current.start)),
      },
      { title: "Best", align: "right", of: ({ streak }) => String(streak.best.length) },
      { title: "Best from", of: ({ streak }) => runText(streak.best) },
      { title: "Status", of: ({ streak }) => words(streak.status) },
    ],
    page: ({ person, streak }) =>
      [
        `${styled("bold", person.memberId)}, as of ${CivilDate.toIso(person.asOf)}: ${styled("bold", count(streak.current.length, unit))} in a row, ${words(streak.status)}.`,
        ...(streak.current.length > 0 ? [`Now   ${runText(streak.current)}`] : []),
        ...(streak.best.length > 0 ? [`Best  ${count(streak.best.length, unit)}, ${runText(streak.best)}`] : []),
        ...(streak.brokenBy === undefined ? [] : [`The streak before was broken by ${spanText(streak.brokenBy)}.`]),
        "",
        heatMapOf(person),
        ...(wanted.explain || wanted.series ? ["", ...periodLines(streak, wanted.explain)] : []),
      ].join("\n"),
  };
};

/** By the small evaluator where it says the same, which is where nobody is excused. */
const streakOf = (person: Person, rule: Streak.Rule | undefined, explain: boolean): Streak.Result => {
  if (rule === undefined && !explain && person.excused === Excuse.none) {
    const { brokenBy, ...streak } = Streak.ofDays(person.days(), person.asOf, person.since);
    return {
      status: streak.status,
      current: datedRun(streak.current),
      best: datedRun(streak.best),
      ...(brokenBy !== undefined && {
        brokenBy: { from: CivilDate.fromEpochDay(brokenBy), to: CivilDate.fromEpochDay(brokenBy) },
      }),
    };
  }
  const { since, asOf, excused } = person;
  return Streak.evaluate({ calendar: person.calendar(), since, asOf, excused, explain, ...(rule && { rule }) });
};

const datedRun = ({ length, start, end }: ReturnType<typeof Streak.ofDays>["best"]): Streak.Run =>
  start === undefined || end === undefined
    ? { length }
    : { length, start: CivilDate.fromEpochDay(start), end: CivilDate.fromEpochDay(end) };

const isoRun = ({ length, start, end }: Streak.Run) => ({
  length,
  ...(start !== undefined && { start: CivilDate.toIso(start) }),
  ...(end !== undefined && { end: CivilDate.toIso(end) }),
});

const runText = ({ start, end }: Streak.Run): string =>
  start === undefined || end === undefined ? "" : spanText({ from: start, to: end });

type Report = NonNullable<Streak.Result["periods"]>[number];

const isoPeriod = (period: Report) => ({
  ...isoSpan(period),
  status: period.status,
  needs: period.needs.map(({ metric, have, atLeast }) => ({ measure: metric.measure, have, atLeast })),
  ...(period.frozen && { frozen: true }),
  ...(period.excuses.length > 0 && { excuses: period.excuses.map(({ reason }) => reason) }),
});

/** The periods of the streak that goes on; the met ones are its length. */
const explanationOf = (periods: ReadonlyArray<Report>, current: Streak.Run) => {
  const within = inRun(periods, current);
  return {
    periods: within.map(isoPeriod),
    met: within.filter(({ status }) => status === "met").length,
  };
};

const inRun = (periods: ReadonlyArray<Report>, { start }: Streak.Run): ReadonlyArray<Report> =>
  start === undefined ? [] : periods.filter(({ to }) => to >= start);

const periodLines = ({ periods = [], current }: Streak.Result, isExplanation: boolean): ReadonlyArray<string> => {
  const shown = isExplanation && current.length > 0 ? inRun(periods, current) : periods;
  const met = shown.filter(({ status }) => status === "met").length;
  return [
    ...shown.map(
      (period) =>
        `  ${spanText(period)}: ${period.needs.map(({ metric, have, atLeast }) => `${numberText(have)} of ${numberText(atLeast)} ${FormulaSentence.metricNoun(metric)}`).join(", ")}, ${words(period.status)}${period.frozen ? ", a freeze covers it" : ""}${period.excuses.length > 0 ? ` (${period.excuses.map(({ reason }) => words(reason)).join(", ")})` : ""}`,
    ),
    ...(isExplanation && current.length > 0 ? [`  ${met} met: a streak of ${current.length}`] : []),
  ];
};

const unitOf = ({ period }: Streak.Rule): string =>
  period.kind === "days" ? `run of ${period.lengthDays} day` : period.kind;

const count = (length: number, unit: string): string => `${length} ${unit}${length === 1 ? "" : "s"}`;

const needsText = ({ thresholds, join = "all" }: Streak.Rule): string =>
  thresholds
    .map(({ metric, atLeast }) => `at least ${numberText(atLeast)} ${nounText(metric, atLeast)}`)
    .join(join === "all" ? " and " : " or ");

const nounText = (metric: Metric.Metric, atLeast: number): string => {
  const noun = FormulaSentence.metricNoun(metric);
  return atLeast === 1 && noun === "events" ? "event" : noun;
};
