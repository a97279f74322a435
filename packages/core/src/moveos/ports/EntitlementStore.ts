import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import type { AccessPlanId, BookingId, MemberId, MembershipId, TenantId } from "../../kernel/Ids.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { AccessPlan } from "../domain/AccessPlan.ts";
import type { LedgerEntry } from "../domain/CreditLedger.ts";
import type { HeldMembership, MemberAccess } from "../domain/Entitlement.ts";
import type { Membership } from "../domain/Membership.ts";
import type { MembershipStatus } from "../domain/MembershipStatus.ts";

/** Whose memberships, in which state. */
export interface MembershipFilter {
  readonly memberId?: MemberId;
  readonly status?: MembershipStatus;
}

/** Whose access is asked for. **Units** `today`: where bookings begin to be open; `from`, `to`: the days whose usage matters, included. */
export interface AccessQuery {
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
  readonly today: CivilDate;
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** Each member once: who is asked about twice, over both spans of days. */
export const mergeQueries = (queries: ReadonlyArray<AccessQuery>): ReadonlyArray<AccessQuery> => {
  const merged = new Map<string, AccessQuery>();
  for (const query of queries) {
    const earlier = merged.get(accessKey(query)) ?? query;
    merged.set(accessKey(query), {
      ...query,
      today: min(earlier.today, query.today),
      from: min(earlier.from, query.from),
      to: max(earlier.to, query.to),
    });
  }
  return [...merged.values()];
};

const min = (one: CivilDate, other: CivilDate): CivilDate => (one < other ? one : other);
const max = (one: CivilDate, other: CivilDate): CivilDate => (one > other ? one : other);

/** A booking whose entries are asked for. */
export interface BookingKey {
  readonly tenantId: TenantId;
  readonly bookingId: BookingId;
}

/** The key of a member's access in the map that `access` answers. */
export const accessKey = ({ tenantId, memberId }: { readonly tenantId: TenantId; readonly memberId: MemberId }) =>
  `${tenantId}/${memberId}` as const;

/** The key of a booking's entries in the map that `entriesOfBookings` answers. */
export const bookingKey = ({ tenantId, bookingId }: BookingKey) => `${tenantId}/${bookingId}` as const;

/** For how many days after its end a membership is still told of, so that a refusal can say that it is over. **Units** days. */
export const TOLD_AFTER_END_DAYS = 100;

/**
 * Where plans, memberships and the ledger are kept.
 *
 * **Contract**
 * - Plans are written once: a changed plan is kept beside what it was, as its next revision, and two who change a plan at once do so one after the
 *   other. `findPlan` and `listPlans` answer the last revision of each; a membership is always told with the revision it was bought by.
 * - `access` answers, for each member asked for, of whichever tenants the unit of work may see, every membership that has not been over for
 *   {@link TOLD_AFTER_END_DAYS} days before `from`, in order of id: with its plan, its lots that have credits or have not expired by `today`, the visits of each day from
 *   `from` to `to` (of the whole membership where its plan counts by term), and the bookings from `today` on for which it holds a visit; visits and
 *   bookings are counted where the plan limits them, and may be left out where it does not.
 *   It locks nothing: whoever decides from it has locked the member.
 * - `held` is the same for one membership, however long it has been over.
 * - `append` adds entries and never changes one. The balance of a lot is the sum of its entries; entries that would take it below zero, and a
 *   second entry of one booking with the same step, are not kept: the unit of work fails, or runs again where somebody else was first.
 * - `entriesOfBookings` answers the entries of each booking in order of their steps.
 * - Lists are in order of id: oldest first.
 */
export class EntitlementStore extends Context.Service<
  EntitlementStore,
  {
    readonly insertPlan: (plan: AccessPlan) => Effect.Effect<void>;
    readonly findPlan: (tenantId: TenantId, planId: AccessPlanId) => Effect.Effect<AccessPlan, NotFound>;
    readonly listPlans: (tenantId: TenantId, page: PageRequest) => Effect.Effect<Rows<AccessPlan>>;
    readonly insertMembership: (membership: Membership) => Effect.Effect<void>;
    readonly findMembership: (tenantId: TenantId, membershipId: MembershipId) => Effect.Effect<Membership, NotFound>;
    readonly listMemberships: (
      tenantId: TenantId,
      filter: MembershipFilter,
      page: PageRequest,
    ) => Effect.Effect<Rows<Membership>>;
    readonly saveMembership: (membership: Membership) => Effect.Effect<void>;
    readonly append: (entries: ReadonlyArray<LedgerEntry>) => Effect.Effect<void>;
    readonly entries: (
      tenantId: TenantId,
      membershipId: MembershipId,
      page: PageRequest,
    ) => Effect.Effect<Rows<LedgerEntry>>;
    readonly entriesOfBookings: (
      keys: ReadonlyArray<BookingKey>,
    ) => Effect.Effect<ReadonlyMap<string, ReadonlyArray<LedgerEntry>>>;
    readonly access: (keys: ReadonlyArray<AccessQuery>) => Effect.Effect<ReadonlyMap<string, MemberAccess>>;
    readonly held: (
      tenantId: TenantId,
      membershipId: MembershipId,
      days: { readonly today: CivilDate; readonly from: CivilDate; readonly to: CivilDate },
    ) => Effect.Effect<HeldMembership, NotFound>;
  }
>()("@zmos/core/moveos/ports/EntitlementStore") {}
