/** Adherence of everybody in a study, by a formula. */
import { CivilDate } from "@zmos/core/kernel";
import { Adherence, AdherenceExplanation, type Formula, FormulaSentence } from "@zmos/core/pulseloop";
import { table } from "../output/Table.ts";
import { columnsOf, styled } from "../output/Terminal.ts";
import { words } from "../output/Words.ts";
import { type Answers, isoSpan, numberText, spanText, type Wanted } from "./Answers.ts";
import { linePlot } from "./draw/LinePlot.ts";
import { sparkline } from "./draw/Sparkline.ts";
import { heatMapOf } from "./PersonHeatMap.ts";
import type { Person, Study } from "./Study.ts";

interface AdherenceAnswer {
  readonly person: Person;
  readonly input: Adherence.Input;
  readonly result: Adherence.Result;
}

export const adherenceAnswers = (study: Study, formula: Formula.Formula, wanted: Wanted): Answers<AdherenceAnswer> => ({
  heading: `${formula.name} (${formula.id}), as of ${CivilDate.toIso(study.asOf)}: ${FormulaSentence.sentence(formula)}`,
  asOf: study.asOf,
  *all() {
    for (const person of study.people()) {
      const { since, asOf, excused } = person;
      const input = { formula, calendar: person.calendar(), since, asOf, excused };
      yield { person, input, result: Adherence.evaluate(input) };
    }
  },
  json: ({ person: { memberId }, input, result: { score, band } }) => ({
    memberId,
    score: score ?? null,
    band: band ?? null,
    ...(wanted.series && { series: Adherence.series(input).map(isoPoint) }),
    ...(wanted.explain && { explanation: isoExplanation(AdherenceExplanation.explain(input)) }),
  }),
  columns: [
    { title: "Member", of: ({ person }) => person.memberId },
    { title: "Score", align: "right", of: ({ result: { score } }) => (score === undefined ? "–" : numberText(score)) },
    { title: "Band", of: ({ result: { band } }) => (band === undefined ? "" : words(band)) },
    { title: "Counted", align: "right", of: ({ result }) => String(countedIn(result)) },
    {
      title: `Last ${formula.period.kind === "days" ? "run" : formula.period.kind}s`,
      of: ({ result }) => sparks(result),
    },
  ],
  page: ({ person, input, result }) => {
    const points = Adherence.series(input);
    const plot = linePlot(
      points.map(({ score }) => score),
      { label: numberText2, most: Math.max(20, columnsOf() - 12) },
    );
    return [
      `${styled("bold", person.memberId)}, as of ${CivilDate.toIso(result.asOf)}: ${styled("bold", result.score === undefined ? "no score yet" : numberText(result.score))}${result.band === undefined ? "" : `, ${words(result.band)}`}.`,
      "",
      heatMapOf(person),
      ...(plot === ""
        ? []
        : ["", `The score at the end of each ${formula.period.kind === "days" ? "run" : formula.period.kind}:`, plot]),
      ...(wanted.series ? ["", table(seriesColumns, points)] : []),
      ...(wanted.explain ? ["", ...explanationLines(AdherenceExplanation.explain(input))] : []),
    ].join("\n");
  },
});

const countedIn = ({ periods }: Adherence.Result): number =>
  periods.filter(({ leftOut }) => leftOut === undefined).length;

const sparks = ({ periods }: Adherence.Result): string =>
  sparkline(periods.map(({ ratio, leftOut }) => (leftOut === "excused" ? undefined : ratio)));

const numberText2 = (value: number): string => (Math.abs(value) >= 10 ? value.toFixed(0) : value.toFixed(2));

const isoPoint = (point: Adherence.SeriesPoint) => ({
  ...isoSpan(point),
  actual: point.actual,
  target: point.target,
  ratio: point.ratio,
  score: point.score ?? null,
  status: point.status,
  ...(point.leftOut !== undefined && { leftOut: point.leftOut }),
});

const seriesColumns = [
  { title: "Period", of: (point: Adherence.SeriesPoint) => spanText(point) },
  { title: "Actual", align: "right" as const, of: ({ actual }: Adherence.SeriesPoint) => numberText(actual) },
  { title: "Target", align: "right" as const, of: ({ target }: Adherence.SeriesPoint) => numberText(target) },
  { title: "Ratio", align: "right" as const, of: ({ ratio }: Adherence.SeriesPoint) => numberText(ratio) },
  {
    title: "Score",
    align: "right" as const,
    of: ({ score }: Adherence.SeriesPoint) => (score === undefined ? "–" : numberText(score)),
  },
  {
    title: "",
    of: ({ status, leftOut }: Adherence.SeriesPoint) =>
      leftOut === undefined || leftOut === status ? words(status) : `${words(status)}, ${words(leftOut)}`,
  },
];

const isoExplanation = ({ sentence, parts, facts, text }: AdherenceExplanation.Explanation) => ({
  sentence,
  parts: parts.map((part) => ({ ...isoSpan(part), amount: part.amount, due: part.due })),
  facts: facts.map(({ factId, civilDate, counted, reason }) => ({
    fact: factId,
    civilDate: CivilDate.toIso(civilDate),
    counted,
    ...(reason !== undefined && { reason }),
  })),
  text,
});

/** The explanation, and why facts were not counted, by reason. */
const explanationLines = ({ text, facts }: AdherenceExplanation.Explanation): ReadonlyArray<string> => {
  const reasons = Map.groupBy(
    facts.filter(({ reason }) => reason !== undefined),
    ({ reason }) => reason!,
  );
  return [
    ...text,
    ...[...reasons].map(
      ([reason, all]) =>
        `  ${all.length} ${all.length === 1 ? "event" : "events"} not or not wholly counted, ${words(reason)}`,
    ),
  ];
};
