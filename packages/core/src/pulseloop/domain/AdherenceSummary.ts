import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { MemberId } from "../../kernel/Ids.ts";
import { ZoneName } from "../../kernel/ZoneName.ts";
import type * as Adherence from "./Adherence.ts";
import { Measure, type ScoringRules } from "./ScoringRules.ts";

/**
 * One week of an adherence score.
 *
 * **Units** `actual`, `target`: as the summary's measure says; `ratio`: actual ÷ target; `contribution`: this week's share of the score
 * (the shares add up to it); `leftOut`: why it has none.
 */
const Week = Schema.Struct({
  from: CivilDateFromString,
  to: CivilDateFromString,
  actual: Schema.Finite,
  target: Schema.Finite,
  ratio: Schema.Finite,
  status: Schema.Literals(["met", "excused", "pending", "missed"]),
  contribution: Schema.optionalKey(Schema.Finite),
  leftOut: Schema.optionalKey(Schema.Literals(["excused", "not_over", "began_before_the_score", "outside_the_window"])),
}).annotate({ identifier: "AdherenceWeek" });

/**
 * How well a member keeps to the tenant's weekly target, and why the number is what it is.
 *
 * **Shape** `score` is absent while no full week counts yet. `weeks` are those that count, and the one that goes on. `ceiling` is what the
 * limit of 1 took away.
 *
 * **Units** `score`: share of the target, 0–1; `asOf`, `since`: civil days where the member lives.
 */
export const AdherenceSummary = Schema.Struct({
  memberId: MemberId,
  asOf: CivilDateFromString,
  since: CivilDateFromString,
  timezone: ZoneName,
  formula: Schema.String,
  formulaVersion: Schema.Int,
  rulesVersion: Schema.Int,
  measure: Measure,
  score: Schema.optionalKey(Schema.Finite),
  band: Schema.optionalKey(Schema.String),
  ceiling: Schema.optionalKey(Schema.Finite),
  weeks: Schema.Array(Week),
}).annotate({ identifier: "AdherenceSummary" });
export type AdherenceSummary = typeof AdherenceSummary.Type;

/** What a summary tells of an evaluated score. */
export const summarize = (
  result: Adherence.Result,
  { weeklyTarget }: ScoringRules,
): Omit<AdherenceSummary, "memberId" | "timezone" | "rulesVersion"> => {
  const { asOf, since, formula, score, band, periods, parts } = result;
  const share = new Map(parts.filter(({ due }) => due === "period").map(({ from, amount }) => [from, amount]));
  const ceiling = parts.find(({ due }) => due === "ceiling")?.amount;
  return {
    asOf,
    since,
    formula: formula.id,
    formulaVersion: formula.version,
    measure: weeklyTarget.measure,
    ...(score !== undefined && { score }),
    ...(band !== undefined && { band }),
    ...(ceiling !== undefined && { ceiling }),
    weeks: periods
      .filter(({ leftOut }) => leftOut === undefined || leftOut === "not_over")
      .map(({ from, to, actual, target, ratio, status, leftOut }) => {
        const contribution = share.get(from);
        return {
          from,
          to,
          actual,
          target,
          ratio,
          status,
          ...(contribution !== undefined && { contribution }),
          ...(leftOut !== undefined && { leftOut }),
        };
      }),
  };
};
