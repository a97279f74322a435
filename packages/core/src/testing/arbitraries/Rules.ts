/**
 * Arbitrary streak rules and excuses, over the days of `Histories`.
 */
import * as fc from "fast-check";
import * as CivilDate from "../../kernel/CivilDate.ts";
import * as Excuse from "../../pulseloop/domain/Excuse.ts";
import * as Metric from "../../pulseloop/domain/Metric.ts";
import type { Period } from "../../pulseloop/domain/Period.ts";
import type { Rule } from "../../pulseloop/domain/Streak.ts";
import type { Freezes } from "../../pulseloop/domain/StreakChain.ts";
import * as Histories from "./Histories.ts";

const weekday = fc.constantFrom<CivilDate.Weekday>(1, 2, 3, 4, 5, 6, 7);

export const period: fc.Arbitrary<Period> = fc.oneof(
  fc.constant<Period>({ kind: "day" }),
  weekday.map((weekStart): Period => ({ kind: "week", weekStart })),
  fc.constant<Period>({ kind: "month" }),
  fc
    .record({ lengthDays: fc.integer({ min: 2, max: 10 }), anchor: Histories.civilDate() })
    .map((run): Period => ({ kind: "days", ...run })),
);

const threshold = fc.oneof(
  fc.record({ metric: fc.constant(Metric.events), atLeast: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ metric: fc.constant(Metric.minutes), atLeast: fc.constantFrom(10, 30, 150) }),
  fc.record({ metric: fc.constant(Metric.moderateEquivalentMinutes), atLeast: fc.constantFrom(20, 75) }),
  fc.record({ metric: fc.constant(Metric.activeDays), atLeast: fc.integer({ min: 1, max: 5 }) }),
  fc.record({
    metric: fc.constant<Metric.Metric>({ measure: "session_types" }),
    atLeast: fc.integer({ min: 1, max: 2 }),
  }),
);

export const freezes: fc.Arbitrary<Freezes> = fc.record(
  {
    initial: fc.integer({ min: 0, max: 2 }),
    cap: fc.integer({ min: 0, max: 3 }),
    earnEvery: fc.integer({ min: 1, max: 4 }),
  },
  { requiredKeys: ["initial", "cap"] },
);

export const rule: fc.Arbitrary<Rule> = fc.record(
  {
    period,
    thresholds: fc.array(threshold, { minLength: 1, maxLength: 2 }),
    join: fc.constantFrom("all", "any"),
    restWeekdays: fc.uniqueArray(weekday, { maxLength: 2 }),
    excuse: fc.constantFrom("whole", "any", "prorate"),
    freezes,
  },
  { requiredKeys: ["period", "thresholds"] },
);

export const excuse: fc.Arbitrary<Excuse.Excuse> = fc
  .record({
    from: Histories.civilDate(),
    days: fc.integer({ min: 0, max: 12 }),
    reason: fc.constantFrom(...Excuse.reasons),
  })
  .map(({ from, days, reason }) => ({ from, to: CivilDate.addDays(from, days), reason, grantedBy: "coach" }));

export const excuses: fc.Arbitrary<ReadonlyArray<Excuse.Excuse>> = fc.array(excuse, { maxLength: 3 });
