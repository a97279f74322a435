/**
 * What counts with a tenant, as data: an active day, a full week; and, where that is not enough, any streak rule and any formula.
 */
import * as Schema from "effect/Schema";
import { InstantFromString } from "../../kernel/Instant.ts";
import type * as CivilWeek from "../../kernel/CivilWeek.ts";
import { FormulaName, FormulaVersion } from "./DefinedFormula.ts";
import { type Formula, withParameters } from "./Formula.ts";
import { FormulaParameters } from "./FormulaParameters.ts";
import { Measure, metricOf } from "./Measure.ts";
import { zmosV1 } from "./ShippedFormulas.ts";
import type * as Streak from "./Streak.ts";
import { StreakRuleSchema } from "./StreakRuleSchema.ts";

const Amount = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 10_080 }));

/** A streak rule by the type that the calculator reads, which says the same as its schema and is short to name. */
export interface StreakRuleJson extends Schema.Codec.Encoded<typeof StreakRuleSchema> {}
const StreakRule = StreakRuleSchema as unknown as Schema.Codec<Streak.Rule, StreakRuleJson>;

/** A formula to score by. **Shape** without `version`, the latest; `parameters`: values by name. */
export const FormulaChoice = Schema.Struct({
  formula: FormulaName,
  version: Schema.optionalKey(FormulaVersion),
  parameters: Schema.optionalKey(FormulaParameters),
}).annotate({ identifier: "FormulaChoice" });
export type FormulaChoice = typeof FormulaChoice.Type;

/**
 * **Shape** a day is active once `activeDay.measure` reaches `activeDay.atLeast`; a week is full once `weeklyTarget.measure` reaches
 * `weeklyTarget.amount`; adherence looks at the last `weeks` full weeks. `streak` replaces
 * active days in a row by any other rule, `adherence` replaces `zmos-v1` over that target by any other formula.
 *
 * **Units** `atLeast`, `amount`: events or minutes, as the measure says.
 */
export const ScoringRules = Schema.Struct({
  activeDay: Schema.Struct({ measure: Measure, atLeast: Amount.check(Schema.isGreaterThan(0)) }),
  weeklyTarget: Schema.Struct({ measure: Measure, amount: Amount }),
  weeks: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 52 })),
  streak: Schema.optionalKey(StreakRule),
  adherence: Schema.optionalKey(FormulaChoice),
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

/** The tenant's streak rule; without one, active days in a row. Weeks begin where the tenant's do unless it says otherwise. */
export const streakRule = ({ activeDay, streak }: ScoringRules, weekStart: CivilWeek.WeekStart): Streak.Rule => {
  if (streak === undefined) {
    return {
      period: { kind: "day" },
      thresholds: [{ metric: metricOf(activeDay.measure), atLeast: activeDay.atLeast }],
    };
  }
  return streak.period.kind === "week" ? { ...streak, period: { weekStart, ...streak.period } } : streak;
};

/** The last weeks' movement against the weekly target: `zmos-v1` with the tenant's parameters, in the tenant's weeks. */
export const adherenceFormula = ({ weeklyTarget, weeks }: ScoringRules, weekStart: CivilWeek.WeekStart): Formula => {
  const { measure, amount } = weeklyTarget;
  return { ...(withParameters(zmosV1, { weeks, target: amount, measure }) ?? zmosV1), weekStart };
};
