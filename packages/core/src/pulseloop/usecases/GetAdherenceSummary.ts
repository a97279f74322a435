import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { MemberId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { InvalidCommand } from "../../kernel/InvalidCommand.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { AdherenceSummary, summarize } from "../domain/AdherenceSummary.ts";
import { FormulaName, FormulaVersion } from "../domain/DefinedFormula.ts";
import { FormulaParametersFromString } from "../domain/FormulaParameters.ts";
import { formulaFor, formulaOfRules } from "./FormulaFor.ts";
import { scorecardOf } from "./Scorecard.ts";

/**
 * **Shape** without `asOf`, as of today where the member lives; without `knownAt`, by what is known now; without `formula`, by the one
 * the tenant's rules choose. `version` and `parameters` are that formula's. `explain`: with every period and every movement.
 */
export const GetAdherenceSummary = Schema.Struct({
  memberId: MemberId,
  asOf: Schema.optionalKey(CivilDateFromString),
  knownAt: Schema.optionalKey(InstantFromString),
  formula: Schema.optionalKey(FormulaName),
  version: Schema.optionalKey(FormulaVersion),
  parameters: Schema.optionalKey(FormulaParametersFromString),
  explain: Schema.optionalKey(Schema.Boolean),
}).annotate({ identifier: "GetAdherenceSummary" });

/** How well a member keeps to a target by a formula, as of a civil day and as known at an instant. */
export const getAdherenceSummary = UseCase.query(
  "GetAdherenceSummary",
  {
    command: GetAdherenceSummary,
    answer: AdherenceSummary,
    first: ({ memberId }) => authorize("movement:read", memberId),
  },
  function* ({ memberId, explain = false, formula: id, version, parameters, ...asked }, { tenantId }) {
    if (id === undefined && (version !== undefined || parameters !== undefined)) {
      const message = "Expected the formula whose version and parameters these are";
      return yield* new InvalidCommand({ errors: [{ path: "/formula", message }] });
    }
    const card = yield* scorecardOf(tenantId, memberId, { ...asked, whole: explain });
    const { member, calendar, asOf, excused, knownAt, timezone, timezoneDatabase, rules, rulesVersion, weekStart } =
      card;
    const formula =
      id === undefined
        ? yield* formulaOfRules(tenantId, rules, weekStart)
        : {
            weekStart,
            ...(yield* formulaFor(tenantId, {
              formula: id,
              ...(version !== undefined && { version }),
              ...(parameters !== undefined && { parameters }),
            })),
          };
    const input = { formula, calendar, asOf, since: member.memberSince, excused };
    return { memberId, knownAt, timezone, timezoneDatabase, rulesVersion, ...summarize(input, explain) };
  },
);
