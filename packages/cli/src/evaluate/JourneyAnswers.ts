/** Everybody in a study on one journey, each from their own beginning. */
import { JourneyEvaluation, MovementJourney, planOf } from "@zmos/core/carepath";
import { CivilDate } from "@zmos/core/kernel";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { table } from "../output/Table.ts";
import { styled } from "../output/Terminal.ts";
import { words } from "../output/Words.ts";
import { type Answers, isoSpan, numberText, spanText, type Wanted } from "./Answers.ts";
import { sparkline } from "./draw/Sparkline.ts";
import { heatMapOf } from "./PersonHeatMap.ts";
import type { Person, Study } from "./Study.ts";

const { fields } = MovementJourney;

/** A journey as a file: what the API takes to make one. */
export const JourneyFile = Schema.Struct({
  name: fields.name.pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed("Journey"))),
  description: fields.description,
  durationWeeks: fields.durationWeeks,
  targetGoals: fields.targetGoals,
  phases: fields.phases,
  counts: fields.counts,
  standingThresholds: fields.standingThresholds,
}).check(
  Schema.makeFilter(({ phases, durationWeeks }) =>
    phases.length === 0 || phases.reduce((sum, { weeks }) => sum + weeks, 0) === durationWeeks
      ? undefined
      : { path: ["phases"], issue: "their weeks do not add up to durationWeeks" },
  ),
);

interface JourneyAnswer {
  readonly person: Person;
  readonly journey: JourneyEvaluation.Evaluation;
}

export const journeyAnswers = (
  study: Study,
  journey: typeof JourneyFile.Type,
  wanted: Wanted,
): Answers<JourneyAnswer> => {
  // A plan follows from what is asked, which is all there is; whose journey it is does not matter.
  const plan = planOf(journey as MovementJourney);
  return {
    heading: `${journey.name}, ${journey.durationWeeks} weeks, as of ${CivilDate.toIso(study.asOf)}`,
    asOf: study.asOf,
    *all() {
      for (const person of study.people()) {
        const enrolment = { startsOn: person.since, ...(person.asOf < study.asOf && { endedOn: person.asOf }) };
        const { excused } = person;
        const input = { plan, enrolment, calendar: person.calendar(), asOf: study.asOf, excused };
        yield { person, journey: JourneyEvaluation.evaluate(input) };
      }
    },
    json: ({ person, journey }) => ({
      memberId: person.memberId,
      score: journey.score ?? null,
      standing: journey.standing ?? null,
      startsOn: CivilDate.toIso(person.since),
      ...(journey.endsOn !== undefined && { endsOn: CivilDate.toIso(journey.endsOn) }),
      currentWeek: journey.currentWeek ?? null,
      completion: journey.completion,
      streak: {
        current: journey.streak.current.length,
        best: journey.streak.best.length,
        status: journey.streak.status,
      },
      proposedFlags: journey.proposedFlags.map(({ reason, since, detail }) => ({
        reason,
        since: CivilDate.toIso(since),
        detail,
      })),
      ...((wanted.series || wanted.explain) && { series: journey.weeks.map(isoWeek) }),
      ...(wanted.explain && { explanation: explanationOf(journey) }),
    }),
    columns: [
      { title: "Member", of: ({ person }) => person.memberId },
      { title: "Week", align: "right", of: ({ journey }) => String(journey.currentWeek ?? "–") },
      {
        title: "Score",
        align: "right",
        of: ({ journey }) => (journey.score === undefined ? "–" : numberText(journey.score)),
      },
      { title: "Standing", of: ({ journey }) => (journey.standing === undefined ? "" : words(journey.standing)) },
      { title: "Streak", align: "right", of: ({ journey }) => String(journey.streak.current.length) },
      { title: "Weeks", of: ({ journey }) => sparksOf(journey) },
      { title: "Flags", of: ({ journey }) => journey.proposedFlags.map(({ reason }) => words(reason)).join(", ") },
    ],
    page: ({ person, journey }) =>
      [
        `${styled("bold", person.memberId)}, since ${CivilDate.toIso(person.since)}: ${styled("bold", journey.score === undefined ? "no score yet" : numberText(journey.score))}${journey.standing === undefined ? "" : `, ${words(journey.standing)}`}.`,
        ...journey.proposedFlags.map(({ reason, detail }) => `Flag: ${words(reason)} (${detail}).`),
        "",
        heatMapOf(person),
        ...(wanted.series || wanted.explain ? ["", table(weekColumns, journey.weeks)] : []),
        ...(wanted.explain ? ["", ...explanationOf(journey)] : []),
      ].join("\n"),
  };
};

const isoWeek = (week: JourneyEvaluation.Week) => ({
  number: week.number,
  ...isoSpan(week),
  goals: week.goals,
  adherence: week.adherence ?? null,
  status: week.status,
});

const sparksOf = ({ weeks }: JourneyEvaluation.Evaluation): string =>
  sparkline(weeks.filter(({ status }) => status !== "upcoming").map(({ adherence }) => adherence));

const goalsText = ({ goals }: JourneyEvaluation.Week): string =>
  goals.map(({ goal, actual, target }) => `${numberText(actual)} of ${numberText(target)} ${goal}`).join(", ");

const weekColumns = [
  { title: "Week", align: "right" as const, of: ({ number }: JourneyEvaluation.Week) => String(number) },
  { title: "Days", of: (week: JourneyEvaluation.Week) => spanText(week) },
  { title: "Goals", of: goalsText },
  {
    title: "Adherence",
    align: "right" as const,
    of: ({ adherence }: JourneyEvaluation.Week) => (adherence === undefined ? "–" : numberText(adherence)),
  },
  { title: "", of: ({ status }: JourneyEvaluation.Week) => status },
];

/** The score is the mean of the weeks that count; their shares add up to it. */
const explanationOf = ({ weeks, score }: JourneyEvaluation.Evaluation): ReadonlyArray<string> => {
  if (score === undefined) return ["No week is over yet, so there is no score."];
  const shares = weeks.flatMap((week) => (week.contribution === undefined ? [] : [{ week, share: week.contribution }]));
  return [
    `The score ${numberText(score)} is the mean adherence of the ${shares.length} weeks that are over:`,
    ...shares.map(
      ({ week, share }) => `  week ${week.number}, ${spanText(week)}: ${goalsText(week)}, adds ${numberText(share)}`,
    ),
  ];
};
