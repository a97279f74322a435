/**
 * Excused days as they are granted to a member: by whom, why, from when to when; and how they end.
 *
 * **Shape** an excuse is versioned like a fact: ending it is a higher version, *entered in error* withdraws it for good, and
 * nothing is overwritten. Without `to` it lasts until it is ended. It may be granted backwards in time.
 *
 * **Units** `from`, `to`: civil days where the member lives, both included.
 */
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { ExcuseId, MemberId, TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Prose } from "../../kernel/Text.ts";
import { reasons } from "./Excuse.ts";

/** Why somebody is excused. Days that a zone skipped are nobody's to grant. */
export const ExcuseReason = Schema.Literals(reasons.filter((reason) => reason !== "no_such_day"));

export const GrantedExcuse = Schema.Struct({
  id: ExcuseId,
  tenantId: TenantId,
  memberId: MemberId,
  version: Schema.Int,
  from: CivilDateFromString,
  to: Schema.optionalKey(CivilDateFromString),
  reason: ExcuseReason,
  note: Schema.optionalKey(Prose),
  grantedBy: Schema.String,
  endedBy: Schema.optionalKey(Schema.String),
  isEnteredInError: Schema.Boolean,
  createdAt: InstantFromString,
}).annotate({ identifier: "ExcusedDays", description: "days on which nobody expects the member to move" });
export type GrantedExcuse = typeof GrantedExcuse.Type;

/** An excuse would end before it begins, or last longer than it was granted. */
export class ExcuseEndImpossible extends Schema.TaggedError<ExcuseEndImpossible>()("ExcuseEndImpossible", {
  from: CivilDateFromString,
  to: CivilDateFromString,
  latest: Schema.optionalKey(CivilDateFromString),
}) {
  override get message() {
    return this.latest === undefined || this.to < this.from
      ? `Excused days from ${CivilDate.toIso(this.from)} cannot end on ${CivilDate.toIso(this.to)}, before they begin. Were they granted by mistake, end them as entered in error.`
      : `These excused days end on ${CivilDate.toIso(this.latest)}; to excuse more days, grant them.`;
  }
}

/** The excuse was withdrawn as entered in error, which is final. */
export class ExcuseWithdrawn extends Schema.TaggedError<ExcuseWithdrawn>()("ExcuseWithdrawn", { excuseId: ExcuseId }) {
  override get message() {
    return "These excused days were withdrawn as entered in error, which is final.";
  }
}

/** How an excuse ends: on a last day, or as if it had never been granted. */
export type Ending = { readonly to: CivilDate.CivilDate } | { readonly isEnteredInError: true };

/**
 * The excuse after it was ended, as a new version; the same version where it ends so already.
 *
 * **Errors** `ExcuseWithdrawn`, `ExcuseEndImpossible`.
 */
export const end = (
  excuse: GrantedExcuse,
  ending: Ending,
): Result.Result<GrantedExcuse, ExcuseWithdrawn | ExcuseEndImpossible> => {
  const next = { ...excuse, version: excuse.version + 1 };
  if ("isEnteredInError" in ending) {
    return Result.succeed(excuse.isEnteredInError ? excuse : { ...next, isEnteredInError: true });
  }
  if (excuse.isEnteredInError) return Result.fail(new ExcuseWithdrawn({ excuseId: excuse.id }));
  const { from, to: latest } = excuse;
  const { to } = ending;
  if (to === latest) return Result.succeed(excuse);
  return to < from || (latest !== undefined && to > latest)
    ? Result.fail(new ExcuseEndImpossible({ from, to, ...(latest !== undefined && { latest }) }))
    : Result.succeed({ ...next, to });
};

/** The version that stands: one entered in error if there is one, else the highest. */
export const prevailing = (versions: ReadonlyArray<GrantedExcuse>): GrantedExcuse | undefined =>
  versions.reduce<GrantedExcuse | undefined>(
    (standing, version) =>
      standing === undefined ||
      version.isEnteredInError ||
      (!standing.isEnteredInError && version.version > standing.version)
        ? version
        : standing,
    undefined,
  );
