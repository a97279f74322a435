/**
 * What counts as an active day and as a full week with a tenant, as data. Streaks and adherence are computed by it.
 */
import * as Schema from "effect/Schema";
import { InstantFromString } from "../../kernel/Instant.ts";
import type * as CivilWeek from "../../kernel/CivilWeek.ts";
import * as Metric from "./Metric.ts";
import { type Formula, withParameters } from "./Formula.ts";
import { zmosV1 } from "./ShippedFormulas.ts";
import type * as Streak from "./Streak.ts";

/** What is counted: movement events, minutes, or minutes weighted by intensity (light 0, moderate 1, vigorous 2). */
export const Measure = Schema.Literals(["events", "minutes", "moderate_equivalent_minutes"]);
export type Measure = typeof Measure.Type;

const Amount = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 10_080 }));

/**
 * **Shape** a day is active once `activeDay.measure` reaches `activeDay.atLeast`; a week is full once `weeklyTarget.measure` reaches
 * `weeklyTarget.amount`; adherence looks at the last `weeks` full weeks.
 *
 * **Units** `atLeast`, `amount`: events or minutes, as the measure says.
 */
export const ScoringRules = Schema.Struct({
  activeDay: Schema.Struct({ measure: Measure, atLeast: Amount.check(Schema.isGreaterThan(0)) }),
  weeklyTarget: Schema.Struct({ measure: Measure, amount: Amount }),
  weeks: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 52 })),
}).annotate({ identifier: "ScoringRules" });
export type ScoringRules = typeof ScoringRules.Type;

/** Rules as they were set. **Shape** `version` counts from 1; version 0 is {@link defaultRules}, which nobody set. */
export const VersionedRules = Schema.Struct({
  version: Schema.Int,
  rules: ScoringRules,
  setAt: Schema.optionalKey(InstantFromString),
}).annotate({ identifier: "VersionedScoringRules" });
export type VersionedRules = typeof VersionedRules.Type;

/** The plan's rules: a day with a movement is active, three movements make a week, four weeks make a score. */
export const defaultRules: VersionedRules = {
  version: 0,
  rules: {
    activeDay: { measure: "events", atLeast: 1 },
    weeklyTarget: { measure: "events", amount: 3 },
    weeks: 4,
  },
};

const METRICS: Readonly<Record<Measure, Metric.AdditiveMetric>> = {
  events: Metric.events,
  minutes: Metric.minutes,
  moderate_equivalent_minutes: Metric.moderateEquivalentMinutes,
};

/** The metric that a measure names. */
export const metricOf = (measure: Measure): Metric.AdditiveMetric => METRICS[measure];

/** Active days in a row. */
export const streakRule = ({ activeDay }: ScoringRules): Streak.Rule => ({
  period: { kind: "day" },
  thresholds: [{ metric: metricOf(activeDay.measure), atLeast: activeDay.atLeast }],
});

/** The last weeks' movement against the weekly target: `zmos-v1` with the tenant's parameters, in the tenant's weeks. */
export const adherenceFormula = ({ weeklyTarget, weeks }: ScoringRules, weekStart: CivilWeek.WeekStart): Formula => {
  const { measure, amount } = weeklyTarget;
  return { ...(withParameters(zmosV1, { weeks, target: amount, measure }) ?? zmosV1), weekStart };
};
