/** A challenge's board over a study: everybody's progress, and their place. */
import { CivilDate } from "@zmos/core/kernel";
import { Challenge, ChallengeProgress, Leaderboard } from "@zmos/core/pulseloop";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { table } from "../output/Table.ts";
import { styled } from "../output/Terminal.ts";
import { percent, words } from "../output/Words.ts";
import { type Answers, iso, isoSpan, numberText, spanText, type Wanted } from "./Answers.ts";
import { sparkline } from "./draw/Sparkline.ts";
import { heatMapOf } from "./PersonHeatMap.ts";
import type { Person, Study } from "./Study.ts";

const { fields } = Challenge;

/** A challenge as a file: the API's, where only `kind`, `from` and `to` must be told. */
export const ChallengeFile = Schema.Struct({
  name: Schema.optionalKey(fields.name),
  kind: fields.kind,
  from: fields.from,
  to: fields.to,
  join: fields.join.pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed("any_time" as const))),
  sources: fields.sources,
  graceDays: fields.graceDays.pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed(0))),
  rankStyle: fields.rankStyle.pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed("competition" as const))),
});

interface ChallengeAnswer {
  readonly person: Person;
  readonly rank: number;
  readonly progress: ChallengeProgress.Progress;
}

export const challengeAnswers = (
  study: Study,
  challenge: typeof ChallengeFile.Type,
  wanted: Wanted,
): Answers<ChallengeAnswer> => {
  // Whoever has no beginning of their own was there from the start.
  const joinedOn = (person: Person) => (person.isBegun ? person.since : challenge.from);
  const all = (): ReadonlyArray<ChallengeAnswer> => {
    const byId = new Map<string, Omit<ChallengeAnswer, "rank">>();
    for (const person of study.people()) {
      if (ChallengeProgress.mayJoin(challenge, joinedOn(person)) !== "yes" && person.isBegun) continue;
      const { asOf, excused } = person;
      const calendar = person.calendar();
      const progress = ChallengeProgress.evaluate({ challenge, calendar, joinedOn: joinedOn(person), asOf, excused });
      byId.set(person.memberId, { person, progress });
    }
    const entries = [...byId].map(
      ([
        participantId,
        {
          progress: { value, reachedOn },
        },
      ]) => ({
        participantId,
        value,
        ...(reachedOn !== undefined && { reachedOn }),
      }),
    );
    return Leaderboard.rank(entries, challenge.rankStyle)
      .map(({ participantId, rank }) => ({ ...byId.get(participantId)!, rank }))
      .sort((left, right) => (left.person.memberId < right.person.memberId ? -1 : 1));
  };
  const answers = all();
  const team = challenge.kind.kind === "team" ? teamOf(study, challenge, joinedOn) : undefined;
  return {
    heading: `${challenge.name ?? "Challenge"}, ${spanText(challenge)}, as of ${CivilDate.toIso(study.asOf)}${team === undefined ? "" : `: together ${numberText(team.value)} of ${numberText(team.target)}`}`,
    asOf: study.asOf,
    ...(team && { together: { team: isoProgress(team, wanted) } }),
    all: () => answers,
    json: ({ person: { memberId }, rank, progress }) => ({ memberId, rank, ...isoProgress(progress, wanted) }),
    columns: [
      { title: "#", align: "right", of: ({ rank }) => String(rank) },
      { title: "Member", of: ({ person }) => person.memberId },
      { title: "Value", align: "right", of: ({ progress }) => numberText(progress.value) },
      { title: "Target", align: "right", of: ({ progress }) => numberText(progress.target) },
      { title: "Done", align: "right", of: ({ progress }) => percent(progress.fraction) },
      { title: "Reached", of: ({ progress }) => iso(progress.reachedOn) ?? "" },
      { title: "Periods", of: ({ progress }) => sparksOf(progress) },
    ],
    page: ({ person, rank, progress }) =>
      [
        `${styled("bold", person.memberId)}, place ${rank}: ${styled("bold", `${numberText(progress.value)} of ${numberText(progress.target)}`)}, ${percent(progress.fraction)}${progress.reachedOn === undefined ? "" : `, reached on ${CivilDate.toIso(progress.reachedOn)}`}.`,
        "",
        heatMapOf(person),
        ...(wanted.series || wanted.explain ? ["", table(periodColumns, progress.periods)] : []),
        ...(wanted.explain ? ["", ...explanationOf(challenge, progress)] : []),
      ].join("\n"),
  };
};

const teamOf = (
  study: Study,
  challenge: typeof ChallengeFile.Type,
  joinedOn: (person: Person) => CivilDate.CivilDate,
): ChallengeProgress.Progress =>
  ChallengeProgress.evaluateTeam(
    challenge,
    [...study.people()].map((person) => ({ calendar: person.calendar(), joinedOn: joinedOn(person) })),
    study.asOf,
  );

const isoProgress = (progress: ChallengeProgress.Progress, wanted: Wanted) => ({
  value: progress.value,
  target: progress.target,
  fraction: progress.fraction,
  isReached: progress.isReached,
  ...(progress.reachedOn !== undefined && { reachedOn: CivilDate.toIso(progress.reachedOn) }),
  ...((wanted.series || wanted.explain) && {
    series: progress.periods.map((period) => ({
      ...isoSpan(period),
      value: period.value,
      target: period.target,
      isMet: period.isMet,
    })),
  }),
  ...(wanted.explain && progress.counted && { counted: isoSpan(progress.counted) }),
});

const sparksOf = ({ periods }: ChallengeProgress.Progress): string =>
  sparkline(periods.map(({ value, target }) => (target > 0 ? value / target : 1)));

const periodColumns = [
  { title: "Period", of: (period: ChallengeProgress.PeriodProgress) => spanText(period) },
  { title: "Value", align: "right" as const, of: ({ value }: ChallengeProgress.PeriodProgress) => numberText(value) },
  {
    title: "Target",
    align: "right" as const,
    of: ({ target }: ChallengeProgress.PeriodProgress) => numberText(target),
  },
  { title: "", of: ({ isMet }: ChallengeProgress.PeriodProgress) => (isMet ? "met" : "") },
];

const sums: Readonly<Record<ChallengeProgress.Kind["kind"], string>> = {
  cumulative: "the values of the periods add up to it",
  frequency: "it counts the periods that are met",
  streak: "it is the longest row of periods that are met",
  best_effort: "it is the largest value of a day",
  team: "the values of the periods add up to it",
};

const explanationOf = (
  { kind, sources }: typeof ChallengeFile.Type,
  { value, counted }: ChallengeProgress.Progress,
): ReadonlyArray<string> => [
  `${numberText(value)}: ${sums[kind.kind]} (${words(kind.kind)}).`,
  counted === undefined
    ? "No day counts yet."
    : `Counted are the days ${spanText(counted)}${sources === undefined ? "" : `, from ${sources.join(", ")}`}.`,
];
