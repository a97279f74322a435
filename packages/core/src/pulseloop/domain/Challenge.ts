/**
 * A challenge as it is kept: its rule as data, its window of civil days, who may join when, and how its board is numbered.
 *
 * **Shape** everything but `status` and `finalisedAt` is written once: a rule that changed under its participants would be another challenge.
 *
 * **Units** `from`, `to`: civil days, both included, each where the participant lives. `graceDays`: days. Targets as their metric says.
 */
import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { ChallengeId, ChallengeTeamId, TenantId } from "../../kernel/Ids.ts";
import { type Instant, InstantFromString } from "../../kernel/Instant.ts";
import { Name, Prose } from "../../kernel/Text.ts";
import * as ChallengeProgress from "./ChallengeProgress.ts";
import { MetricSchema } from "./FormulaSchema.ts";
import { MovementSource } from "./MovementEvent.ts";
import * as Period from "./Period.ts";
import { StreakRuleSchema } from "./StreakRuleSchema.ts";

const Target = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 }), Schema.isGreaterThan(0));
const Periods = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 366 }));

/** How long a challenge may last. **Units** days. */
export const MAXIMUM_LENGTH_DAYS = 366;

/** What a challenge asks, as data. */
export const ChallengeKind = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("cumulative"), metric: MetricSchema, target: Target }),
  Schema.Struct({
    kind: Schema.Literal("frequency"),
    metric: MetricSchema,
    perPeriod: Target,
    period: Schema.Literals(["day", "week", "month"]),
    periods: Periods,
  }),
  Schema.Struct({ kind: Schema.Literal("streak"), rule: StreakRuleSchema, target: Periods }),
  Schema.Struct({ kind: Schema.Literal("best_effort"), metric: MetricSchema, target: Target }),
  Schema.Struct({ kind: Schema.Literal("team"), metric: MetricSchema, target: Target }),
]).annotate({ identifier: "ChallengeKind" });

/** How a board counts places: 1-2-3, 1-1-3 or 1-1-2. */
export const RankStyle = Schema.Literals(["ordinal", "competition", "dense"]).annotate({ identifier: "RankStyle" });

/** A team of a challenge whose goal is a team's. */
export const ChallengeTeam = Schema.Struct({ id: ChallengeTeamId, name: Name }).annotate({
  identifier: "ChallengeTeam",
});
export type ChallengeTeam = typeof ChallengeTeam.Type;

/** What whoever sets up a challenge says of it. */
export const challengeFields = {
  name: Name,
  description: Schema.optionalKey(Prose),
  kind: ChallengeKind,
  from: CivilDateFromString,
  to: CivilDateFromString,
  join: Schema.Literals(["before_start", "any_time", "any_time_counting_back"]),
  sources: Schema.optionalKey(Schema.Array(MovementSource).check(Schema.isMinLength(1))),
  graceDays: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 90 })),
  rankStyle: RankStyle,
};

/** Whether the result still follows the facts, or was finalised. */
export const ChallengeStatus = Schema.Literals(["open", "final"]);

export const Challenge = Schema.Struct({
  id: ChallengeId,
  tenantId: TenantId,
  ...challengeFields,
  teams: Schema.Array(ChallengeTeam),
  status: ChallengeStatus,
  finalisedAt: Schema.optionalKey(InstantFromString),
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "Challenge" });
export type Challenge = typeof Challenge.Type;

/** The rule that progress is computed by: the stored challenge is one. */
export const ruleOf = (challenge: Challenge): ChallengeProgress.Challenge => challenge;

/** Whether teams are ranked, and not members. */
export const isForTeams = ({ kind }: Pick<Challenge, "kind">): boolean => kind.kind === "team";

/**
 * The instant from which the challenge may be finalised: its grace is over in every zone there is, however late the tenant's day starts.
 */
export const finalisableFrom = (challenge: Challenge, dayStartHours: number): Instant =>
  (ChallengeProgress.finalisableFrom(challenge) + dayStartHours * 3_600_000) as Instant;

/** Why this makes no challenge, as what would have to change; none when it does. */
export const impossibility = ({
  kind,
  from,
  to,
  teams,
}: Pick<Challenge, "kind" | "from" | "to"> & { readonly teams: ReadonlyArray<string> }): string | undefined => {
  const days = to - from + 1;
  if (days < 1) return "The last day lies before the first; move one of them.";
  if (days > MAXIMUM_LENGTH_DAYS)
    return `A challenge lasts ${MAXIMUM_LENGTH_DAYS} days at most; this one would last ${days}.`;
  if (kind.kind === "team") {
    if (teams.length === 0) return "A goal of teams needs teams: name at least one.";
    if (new Set(teams).size < teams.length) return "Two teams have the same name; give each its own.";
  } else if (teams.length > 0) return `Only the kind team has teams; leave them out of ${kind.kind}.`;
  if (kind.kind === "frequency") {
    const row: Period.Period =
      kind.period === "week" ? { kind: "days", lengthDays: 7, anchor: from } : { kind: kind.period };
    const periods = Period.spansBetween(row, from, to).length;
    if (kind.periods > periods) {
      return `The window holds ${periods} ${kind.period}s, and ${kind.periods} are asked for; make it longer, or ask for fewer.`;
    }
  }
  return undefined;
};
