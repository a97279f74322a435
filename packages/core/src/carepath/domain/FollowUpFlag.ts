/**
 * A mark on an enrolment that somebody should look after this member: raised by a coach, or proposed by the evaluation.
 *
 * A proposal is computed and never kept; raising it is the coach's decision. A flag that stands, or was resolved after its reason began,
 * silences the proposal of the same kind.
 */
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { FollowUpFlagId, JourneyEnrollmentId, MemberId, MovementJourneyId, TenantId } from "../../kernel/Ids.ts";
import { type Instant, InstantFromString } from "../../kernel/Instant.ts";
import { Prose } from "../../kernel/Text.ts";
import type * as JourneyEvaluation from "./JourneyEvaluation.ts";

/** Why somebody should look: what the evaluation can see, or something else that a coach saw. */
export const FlagKind = Schema.Literals(["off_track", "weeks_missed_in_a_row", "no_movement", "other"]);
export type FlagKind = typeof FlagKind.Type;

export const FlagStatus = Schema.Literals(["raised", "resolved"]);
export type FlagStatus = typeof FlagStatus.Type;

/** A reason in words, not empty. */
export const Reason = Prose.check(Schema.isNonEmpty());

const about = { journeyId: MovementJourneyId, enrollmentId: JourneyEnrollmentId, memberId: MemberId };

/** A flag that a coach raised: why, by whom, when; and once it is resolved, how, by whom and when. */
export const FollowUpFlag = Schema.Struct({
  id: FollowUpFlagId,
  tenantId: TenantId,
  ...about,
  kind: FlagKind,
  status: FlagStatus,
  reason: Reason,
  raisedBy: Schema.String,
  raisedAt: InstantFromString,
  resolution: Schema.optionalKey(Prose),
  resolvedBy: Schema.optionalKey(Schema.String),
  resolvedAt: Schema.optionalKey(InstantFromString),
}).annotate({ identifier: "FollowUpFlag" });
export type FollowUpFlag = typeof FollowUpFlag.Type;

/** A flag that the evaluation would raise. **Units** `since`: the civil day on which its reason began to hold. */
export const ProposedFlag = Schema.Struct({
  ...about,
  kind: FlagKind,
  status: Schema.Literal("proposed"),
  reason: Schema.String,
  since: CivilDateFromString,
}).annotate({ identifier: "ProposedFlag" });
export type ProposedFlag = typeof ProposedFlag.Type;

/** The flag was resolved before. */
export class FlagAlreadyResolved extends Schema.TaggedError<FlagAlreadyResolved>()("FlagAlreadyResolved", {
  flagId: FollowUpFlagId,
  resolvedAt: InstantFromString,
}) {
  override get message() {
    return `The flag ${this.flagId} was resolved before. Raise a new one if there is something new.`;
  }
}

/** The flag once somebody looked after it. **Errors** `FlagAlreadyResolved`. */
export const resolve = (
  flag: FollowUpFlag,
  by: { readonly actorId: string; readonly at: Instant; readonly resolution?: string },
): Result.Result<FollowUpFlag, FlagAlreadyResolved> =>
  flag.resolvedAt !== undefined
    ? Result.fail(new FlagAlreadyResolved({ flagId: flag.id, resolvedAt: flag.resolvedAt }))
    : Result.succeed({
        ...flag,
        status: "resolved",
        resolvedBy: by.actorId,
        resolvedAt: by.at,
        ...(by.resolution !== undefined && { resolution: by.resolution }),
      });

/** What the evaluation proposes that nobody has raised or dealt with. **Shape** `dayOf`: the civil day where the member lives. */
export const openProposals = (
  proposed: ReadonlyArray<JourneyEvaluation.ProposedFlag>,
  flags: ReadonlyArray<FollowUpFlag>,
  dayOf: (instant: Instant) => CivilDate,
): ReadonlyArray<JourneyEvaluation.ProposedFlag> =>
  proposed.filter(
    ({ reason, since }) =>
      !flags.some(
        ({ kind, resolvedAt }) => kind === reason && (resolvedAt === undefined || dayOf(resolvedAt) >= since),
      ),
  );
