/**
 * Why a participant's progress is what it is: day by day what counted, what did not and why, and a sentence.
 *
 * **Shape** `days` names every day that counts with what it is worth alone; for kinds that add days up (`cumulative`, `team`), they add up to
 * the value. `leftOut` names facts of the window that do not count.
 *
 * **Units** `amount`: as the challenge's metric; days are civil days.
 */
import * as CivilDate from "../../kernel/CivilDate.ts";
import type { Challenge } from "./Challenge.ts";
import type { Participation } from "./ChallengeStanding.ts";
import type * as ChallengeProgress from "./ChallengeProgress.ts";
import * as DayCell from "./DayCell.ts";
import * as Metric from "./Metric.ts";

export interface CountedDay {
  readonly day: CivilDate.CivilDate;
  readonly amount: number;
}

/** Facts that do not count: they were done before joining, come from another source, or lie after the day asked about. */
export interface LeftOut {
  readonly day: CivilDate.CivilDate;
  readonly events: number;
  readonly reason: "before_joining" | "other_source" | "after_as_of";
}

export interface Explanation {
  readonly text: string;
  readonly days: ReadonlyArray<CountedDay>;
  readonly leftOut: ReadonlyArray<LeftOut>;
}

/** Explains one participant's progress, or a team member's part in its team's. */
export const explain = (
  challenge: Challenge,
  { participant: { joinedOn }, calendar }: Participation,
  progress: ChallengeProgress.Progress,
  asOf: CivilDate.CivilDate,
): Explanation => {
  const metric = metricOf(challenge);
  const days: Array<CountedDay> = [];
  const leftOut: Array<LeftOut> = [];
  for (const [day, cell] of [...calendar].toSorted(([left], [right]) => left - right)) {
    if (day < challenge.from || day > challenge.to || cell.events === 0) continue;
    if (day > asOf) leftOut.push({ day, events: cell.events, reason: "after_as_of" });
    else if (challenge.join === "any_time" && day < joinedOn) {
      leftOut.push({ day, events: cell.events, reason: "before_joining" });
    } else {
      const { sources } = challenge;
      const counted =
        sources === undefined ? cell : DayCell.of(cell.contributions.filter(({ source }) => sources.includes(source)));
      if (counted.events > 0) days.push({ day, amount: Metric.ofDay(metric, counted) });
      const others = cell.events - counted.events;
      if (others > 0) leftOut.push({ day, events: others, reason: "other_source" });
    }
  }
  return { text: sentence(challenge, progress), days, leftOut };
};

/** What a day is worth: of a streak, by its first threshold. */
const metricOf = ({ kind }: Challenge): Metric.Metric =>
  kind.kind === "streak" ? (kind.rule.thresholds[0]?.metric ?? Metric.events) : kind.metric;

const sentence = (
  { kind }: Challenge,
  { value, target, counted, reachedOn, isReached }: ChallengeProgress.Progress,
) => {
  if (counted === undefined) return "No day counts yet.";
  const span = `from ${CivilDate.toIso(counted.from)} to ${CivilDate.toIso(counted.to)}`;
  const asked = `${number(value)} of ${number(target)} ${unitOf(kind)} ${span}`;
  return isReached
    ? `${asked}: reached${reachedOn === undefined ? "" : ` on ${CivilDate.toIso(reachedOn)}`}.`
    : `${asked}: ${number(target - value)} to go.`;
};

const unitOf = (kind: Challenge["kind"]): string => {
  switch (kind.kind) {
    case "frequency":
      return `${kind.period}s with ${number(kind.perPeriod)} ${kind.metric.measure.replaceAll("_", " ")}`;
    case "streak":
      return kind.rule.period.kind === "days"
        ? `runs of ${kind.rule.period.lengthDays} days in a row`
        : `${kind.rule.period.kind}s in a row`;
    case "best_effort":
      return `${kind.metric.measure.replaceAll("_", " ")} on one day`;
    case "cumulative":
    case "team":
      return kind.metric.measure.replaceAll("_", " ");
  }
};

/** For display alone: two decimals at most. */
const number = (value: number): string => String(Math.round(value * 100) / 100);
