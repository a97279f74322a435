import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { MemberId } from "../../kernel/Ids.ts";
import { ZoneName } from "../../kernel/ZoneName.ts";
import { Measure } from "./ScoringRules.ts";
import type * as Streak from "./Streak.ts";

const Run = Schema.Struct({
  length: Schema.Int,
  start: Schema.optionalKey(CivilDateFromString),
  end: Schema.optionalKey(CivilDateFromString),
}).annotate({ identifier: "StreakRun", description: "active days in a row: how many, and its first and last day" });

const Span = Schema.Struct({ from: CivilDateFromString, to: CivilDateFromString }).annotate({
  identifier: "CivilSpan",
});

/**
 * A member's streak as people ask for it.
 *
 * **Shape** `keepsAliveNext`: the next day that must be active, and how far it has come; `brokenBy`: the day that ended the streak before.
 * **Units** lengths: days; `asOf` and spans: civil days where the member lives; `atLeast`, `have`: as the measure says.
 */
export const StreakSummary = Schema.Struct({
  memberId: MemberId,
  asOf: CivilDateFromString,
  timezone: ZoneName,
  status: Schema.Literals(["active", "at_risk", "broken", "paused"]),
  current: Run,
  best: Run,
  keepsAliveNext: Schema.optionalKey(
    Schema.Struct({ ...Span.fields, measure: Measure, atLeast: Schema.Finite, have: Schema.Finite }),
  ),
  brokenBy: Schema.optionalKey(Span),
  rulesVersion: Schema.Int,
}).annotate({ identifier: "StreakSummary" });
export type StreakSummary = typeof StreakSummary.Type;

/** What a summary tells of an evaluated streak. */
export const summarize = (
  streak: Streak.Result,
  measure: Measure,
): Pick<StreakSummary, "status" | "current" | "best" | "keepsAliveNext" | "brokenBy"> => {
  const next = streak.keepsAliveNext;
  const need = next?.needs[0];
  return {
    status: streak.status,
    current: streak.current,
    best: streak.best,
    ...(next !== undefined &&
      need !== undefined && {
        keepsAliveNext: { from: next.from, to: next.to, measure, atLeast: need.atLeast, have: need.have },
      }),
    ...(streak.brokenBy !== undefined && { brokenBy: streak.brokenBy }),
  };
};
