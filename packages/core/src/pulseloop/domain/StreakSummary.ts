import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { MemberId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { ZoneName } from "../../kernel/ZoneName.ts";
import { metricNoun } from "./FormulaSentence.ts";
import { Measure, measureUnder } from "./Measure.ts";
import type * as Streak from "./Streak.ts";

const Run = Schema.Struct({
  length: Schema.Int,
  start: Schema.optionalKey(CivilDateFromString),
  end: Schema.optionalKey(CivilDateFromString),
}).annotate({ identifier: "StreakRun", description: "met periods in a row: how many, and their first and last day" });

const Span = Schema.Struct({ from: CivilDateFromString, to: CivilDateFromString }).annotate({
  identifier: "CivilSpan",
});

/** How far one threshold has come. **Units** `atLeast`, `have`: as `unit` says. */
const Need = Schema.Struct({ unit: Schema.String, atLeast: Schema.Finite, have: Schema.Finite }).annotate({
  identifier: "StreakNeed",
});

/**
 * A member's streak as people ask for it.
 *
 * **Shape** `keepsAliveNext`: the next period that must be met, and how far it has come: `measure`, `atLeast` and `have` tell of the first
 * of its `needs`, of which all must be met or any (`join`). `brokenBy`: the period that ended the streak before.
 * **Units** lengths: periods (days, weeks, months or runs of days, as `period` says); `asOf` and spans: civil days where the member
 * lives; `knownAt`: the instant it was asked as known at, absent when asked by what is known now.
 */
export const StreakSummary = Schema.Struct({
  memberId: MemberId,
  asOf: CivilDateFromString,
  knownAt: Schema.optionalKey(InstantFromString),
  timezone: ZoneName,
  timezoneDatabase: Schema.String,
  period: Schema.Literals(["day", "week", "month", "days"]),
  status: Schema.Literals(["active", "at_risk", "broken", "paused"]),
  current: Run,
  best: Run,
  keepsAliveNext: Schema.optionalKey(
    Schema.Struct({
      ...Span.fields,
      measure: Measure,
      atLeast: Schema.Finite,
      have: Schema.Finite,
      join: Schema.Literals(["all", "any"]),
      needs: Schema.Array(Need),
    }),
  ),
  brokenBy: Schema.optionalKey(Span),
  freezes: Schema.optionalKey(Schema.Struct({ left: Schema.Finite, spentOn: Schema.Array(Span) })),
  rulesVersion: Schema.Int,
}).annotate({ identifier: "StreakSummary" });
export type StreakSummary = typeof StreakSummary.Type;

/** What a summary tells of an evaluated streak. */
export const summarize = (
  streak: Streak.Result,
  rule: Streak.Rule,
): Pick<StreakSummary, "period" | "status" | "current" | "best" | "keepsAliveNext" | "brokenBy" | "freezes"> => {
  const { status, current, best, brokenBy, freezes, keepsAliveNext: next } = streak;
  const [need] = next?.needs ?? [];
  return {
    period: rule.period.kind,
    status,
    current,
    best,
    ...(next !== undefined &&
      need !== undefined && {
        keepsAliveNext: {
          from: next.from,
          to: next.to,
          measure: measureUnder(need.metric),
          atLeast: need.atLeast,
          have: need.have,
          join: next.join,
          needs: next.needs.map(({ metric, atLeast, have }) => ({ unit: metricNoun(metric), atLeast, have })),
        },
      }),
    ...(brokenBy !== undefined && { brokenBy }),
    ...(freezes !== undefined && { freezes }),
  };
};
