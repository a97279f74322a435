import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { MemberId } from "../../kernel/Ids.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import * as Adherence from "../domain/Adherence.ts";
import { AdherenceSummary, summarize } from "../domain/AdherenceSummary.ts";
import { adherenceFormula } from "../domain/ScoringRules.ts";
import { scorecardOf } from "./Scorecard.ts";

/** **Shape** without `asOf`, as of today where the member lives. */
export const GetAdherenceSummary = Schema.Struct({
  memberId: MemberId,
  asOf: Schema.optionalKey(CivilDateFromString),
}).annotate({ identifier: "GetAdherenceSummary" });

/** How well a member keeps to the tenant's weekly target, as of a civil day, by `zmos-v1`. */
export const getAdherenceSummary = UseCase.query(
  "GetAdherenceSummary",
  {
    command: GetAdherenceSummary,
    answer: AdherenceSummary,
    first: ({ memberId }) => authorize("movement:read", memberId),
  },
  function* (command, { tenantId }) {
    const card = yield* scorecardOf(tenantId, command.memberId, command.asOf);
    const { member, calendar, asOf, excused, timezone, rules, rulesVersion, weekStart } = card;
    const formula = adherenceFormula(rules, weekStart);
    const result = Adherence.evaluate({ formula, calendar, asOf, since: member.memberSince, excused });
    return { memberId: member.id, timezone, rulesVersion, ...summarize(result, rules) };
  },
);
