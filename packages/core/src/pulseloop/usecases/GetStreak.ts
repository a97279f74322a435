import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { MemberId } from "../../kernel/Ids.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { streakRule } from "../domain/ScoringRules.ts";
import * as Streak from "../domain/Streak.ts";
import { StreakSummary, summarize } from "../domain/StreakSummary.ts";
import { scorecardOf } from "./Scorecard.ts";

/** **Shape** without `asOf`, as of today where the member lives. */
export const GetStreak = Schema.Struct({
  memberId: MemberId,
  asOf: Schema.optionalKey(CivilDateFromString),
}).annotate({ identifier: "GetStreak" });

/** A member's streak of active days, as of a civil day. */
export const getStreak = UseCase.query(
  "GetStreak",
  { command: GetStreak, answer: StreakSummary, first: ({ memberId }) => authorize("movement:read", memberId) },
  function* (command, { tenantId }) {
    const card = yield* scorecardOf(tenantId, command.memberId, command.asOf);
    const { calendar, asOf, excused, timezone, rules, rulesVersion } = card;
    const streak = Streak.evaluate({ calendar, asOf, excused, rule: streakRule(rules) });
    return { memberId: command.memberId, asOf, timezone, rulesVersion, ...summarize(streak, rules.activeDay.measure) };
  },
);
