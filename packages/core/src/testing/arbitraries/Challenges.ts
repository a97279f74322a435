/** Arbitrary challenges over the days of `Histories`, and how facts, joining and leaving may come to them. */
import * as fc from "fast-check";
import * as CivilDate from "../../kernel/CivilDate.ts";
import type * as ChallengeProgress from "../../pulseloop/domain/ChallengeProgress.ts";
import * as Metric from "../../pulseloop/domain/Metric.ts";
import type { ChallengeArrival } from "../contracts/StandingsAreBatch.ts";
import * as Histories from "./Histories.ts";

const metric: fc.Arbitrary<Metric.Metric> = fc.constantFrom<Metric.Metric>(
  Metric.events,
  Metric.minutes,
  Metric.moderateEquivalentMinutes,
  Metric.activeDays,
  { measure: "active_days", of: Metric.minutes, atLeast: 30 },
  { measure: "minutes", where: { intensities: ["vigorous", "moderate"] } },
  { measure: "minutes", assumeMinutes: 20 },
  { measure: "points", table: [{ minutesAtLeast: 30, points: 10, where: { types: ["home_workout", "other"] } }] },
);

const target = fc.constantFrom(1, 3, 60, 150);

const kind: fc.Arbitrary<ChallengeProgress.Kind> = fc.oneof(
  fc.record({ kind: fc.constant("cumulative" as const), metric, target }),
  fc.record({ kind: fc.constant("best_effort" as const), metric, target }),
  fc.record({ kind: fc.constant("team" as const), metric, target }),
  fc.record({
    kind: fc.constant("frequency" as const),
    metric,
    perPeriod: fc.constantFrom(1, 2, 30),
    period: fc.constantFrom("day" as const, "week" as const),
    periods: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    kind: fc.constant("streak" as const),
    rule: fc.constantFrom(
      { period: { kind: "day" as const }, thresholds: [{ metric: Metric.events, atLeast: 1 }] },
      { period: { kind: "week" as const }, thresholds: [{ metric: Metric.minutes, atLeast: 30 }] },
    ),
    target: fc.integer({ min: 1, max: 4 }),
  }),
);

/** A challenge of two to ten weeks. */
export const challenge: fc.Arbitrary<ChallengeProgress.Challenge> = fc
  .record(
    {
      kind,
      from: Histories.civilDate(40),
      lengthDays: fc.integer({ min: 14, max: 60 }),
      join: fc.constantFrom("before_start" as const, "any_time" as const, "any_time_counting_back" as const),
      sources: fc.constantFrom<ReadonlyArray<"device" | "import" | "manual">>(["device", "import"], ["manual"]),
      graceDays: fc.constant(2),
    },
    { requiredKeys: ["kind", "from", "lengthDays", "join", "graceDays"] },
  )
  .map(({ lengthDays, ...rest }) => ({ ...rest, to: CivilDate.addDays(rest.from, lengthDays - 1) }));

/** The facts of some members, permuted, delayed and repeated, while they join and leave. */
export const arrival = ({ members = 3, maxFacts = 12 } = {}): fc.Arbitrary<ChallengeArrival> =>
  fc.tuple(...Array.from({ length: members }, () => Histories.historyAndArrival({ maxFacts }))).chain((histories) => {
    const facts = histories.flatMap(([, arrived], member) => arrived.map((fact) => ({ member, fact })));
    return fc.record({
      facts: fc.shuffledSubarray(facts, { minLength: facts.length, maxLength: facts.length }),
      batchSize: fc.integer({ min: 1, max: 9 }),
      joins: fc.array(
        fc.record(
          {
            member: fc.nat({ max: members - 1 }),
            challenge: fc.nat({ max: 3 }),
            day: Histories.civilDate(60),
            afterBatches: fc.nat({ max: 5 }),
            leavesAfterBatches: fc.nat({ max: 8 }),
          },
          { requiredKeys: ["member", "challenge", "day", "afterBatches"] },
        ),
        { minLength: members, maxLength: members * 4 },
      ),
      challenges: fc.array(challenge, { minLength: 2, maxLength: 4 }),
      members: fc.constant(members),
    });
  });
