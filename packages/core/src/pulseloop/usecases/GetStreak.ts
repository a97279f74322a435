import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { MemberId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { streakRule } from "../domain/ScoringRules.ts";
import * as Streak from "../domain/Streak.ts";
import { StreakSummary, summarize } from "../domain/StreakSummary.ts";
import { scorecardOf } from "./Scorecard.ts";

/** **Shape** without `asOf`, as of today where the member lives; without `knownAt`, by what is known now. */
export const GetStreak = Schema.Struct({
  memberId: MemberId,
  asOf: Schema.optionalKey(CivilDateFromString),
  knownAt: Schema.optionalKey(InstantFromString),
}).annotate({ identifier: "GetStreak" });

/** A member's streak by the tenant's rule, as of a civil day. */
export const getStreak = UseCase.query(
  "GetStreak",
  { command: GetStreak, answer: StreakSummary, first: ({ memberId }) => authorize("movement:read", memberId) },
  function* ({ memberId, ...asked }, { tenantId }) {
    const { calendar, asOf, excused, rules, weekStart, knownAt, timezone, timezoneDatabase, rulesVersion } =
      yield* scorecardOf(tenantId, memberId, asked);
    const rule = streakRule(rules, weekStart);
    const streak = Streak.evaluate({ calendar, asOf, excused, rule });
    return {
      memberId,
      asOf,
      ...(asked.knownAt !== undefined && { knownAt }),
      timezone,
      timezoneDatabase,
      rulesVersion,
      ...summarize(streak, rule),
    };
  },
);
