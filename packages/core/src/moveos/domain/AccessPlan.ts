/**
 * A product that gives access, and its rules as data.
 *
 * **Source** what gyms sell: unlimited, so many visits a week, packs of ten, off-peak, one location, corporate cover.
 */
import * as Equal from "effect/Equal";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { AccessPlanId, LocationId, SessionTypeId, TenantId } from "../../kernel/Ids.ts";
import { type Instant, InstantFromString } from "../../kernel/Instant.ts";
import { Name } from "../../kernel/Text.ts";
import { PlanWithdrawn } from "./MembershipRefusals.ts";

/** A time of day on the clock of the location, `HH:MM`. `24:00` is the end of the day. */
const ClockTime = Schema.String.check(
  Schema.isPattern(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { expected: "a time of day, like 06:30" }),
).annotate({ identifier: "ClockTime" });

/** The minutes since midnight of a `HH:MM`. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const Weekday = Schema.Literals([1, 2, 3, 4, 5, 6, 7]);

/** When sessions may begin. **Units** weekdays from 1 = Monday to 7 = Sunday; `from` included, `to` excluded, on the location's clock. */
export const AllowedTime = Schema.Struct({
  weekdays: Schema.Array(Weekday).check(Schema.isMinLength(1), Schema.isMaxLength(7)),
  from: ClockTime,
  to: ClockTime,
})
  .check(
    Schema.makeFilter(({ from, to }) =>
      minuteOf(from) < minuteOf(to) ? undefined : { path: ["to"], issue: "Expected a time after from" },
    ),
  )
  .annotate({ identifier: "AllowedTime" });
export type AllowedTime = typeof AllowedTime.Type;

/** The civil period by which visits are counted; a *term* is the whole membership. */
export const VisitPeriod = Schema.Literals(["day", "week", "month", "term"]);
export type VisitPeriod = typeof VisitPeriod.Type;

const count = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000 }));

/**
 * What a plan lets its holder do.
 *
 * **Shape**
 * - `visits`: at most `count` a civil `per`, by the day of the visit. `credits`: a pack of `count`, granted at the start and at each
 *   renewal; each pack lasts `validMonths` and `validDays`, or for ever without either. Neither of the two is without limit; both hold at
 *   once where both are given.
 * - `openBookings`: how many visits to come it may pay for at a time.
 * - `waitlistPriority`: on a waitlist lower goes first; absent is 0.
 */
export const UsageRules = Schema.Struct({
  visits: Schema.optionalKey(Schema.Struct({ count, per: VisitPeriod })),
  credits: Schema.optionalKey(
    Schema.Struct({
      count,
      validDays: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 3_660 }))),
      validMonths: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 120 }))),
    }),
  ),
  allowedLocations: Schema.optionalKey(Schema.Array(LocationId).check(Schema.isMaxLength(1_000))),
  allowedSessionTypes: Schema.optionalKey(Schema.Array(SessionTypeId).check(Schema.isMaxLength(1_000))),
  allowedTimes: Schema.optionalKey(Schema.Array(AllowedTime).check(Schema.isMaxLength(50))),
  openBookings: Schema.optionalKey(count),
  waitlistPriority: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: -1_000, maximum: 1_000 }))),
}).annotate({ identifier: "UsageRules" });
export type UsageRules = typeof UsageRules.Type;

/** How often a membership of a plan begins a new period; *once off* never does by itself. */
export const BillingPeriod = Schema.Literals(["weekly", "monthly", "yearly", "once_off"]);
export type BillingPeriod = typeof BillingPeriod.Type;

export const PlanType = Schema.Literals(["membership", "pack", "corporate"]);

/**
 * A product that gives access: a membership, a pack of visits, corporate cover.
 *
 * **Shape** `revision`: counts its changes from 1; who buys it buys the last one and keeps it. `withdrawnAt`: since when nobody buys it any more.
 */
export const AccessPlan = Schema.Struct({
  id: AccessPlanId,
  revision: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
  tenantId: TenantId,
  name: Name,
  type: PlanType,
  billingPeriod: BillingPeriod,
  usageRules: UsageRules,
  isProgramLinked: Schema.Boolean,
  withdrawnAt: Schema.optionalKey(InstantFromString),
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "AccessPlan" });
export type AccessPlan = typeof AccessPlan.Type;

/** What of a plan may be changed for those who buy it from then on. */
export type PlanChanges = Partial<Pick<AccessPlan, "name" | "billingPeriod" | "usageRules" | "isProgramLinked">>;

/** Whether somebody may still buy the plan. **Errors** `PlanWithdrawn`. */
export const isOnSale = ({ id: accessPlanId, withdrawnAt }: AccessPlan): Result.Result<void, PlanWithdrawn> =>
  withdrawnAt === undefined ? Result.void : Result.fail(new PlanWithdrawn({ accessPlanId, withdrawnAt }));

/** The plan as it is sold after a change; the same one where nothing is changed. **Errors** `PlanWithdrawn`. */
export const revise = (plan: AccessPlan, changes: PlanChanges, at: Instant): Result.Result<AccessPlan, PlanWithdrawn> =>
  Result.map(isOnSale(plan), () => {
    const changed = { ...plan, ...changes };
    return Equal.equals(changed, plan) ? plan : nextRevision(changed, at);
  });

/** The plan once nobody buys it any more. */
export const withdraw = (plan: AccessPlan, at: Instant): AccessPlan =>
  plan.withdrawnAt === undefined ? nextRevision({ ...plan, withdrawnAt: at }, at) : plan;

const nextRevision = (plan: AccessPlan, at: Instant): AccessPlan => ({
  ...plan,
  revision: plan.revision + 1,
  updatedAt: at,
});

/**
 * The last day of something that begins on `start` and lasts some months, then some days: it ends the day before its next start.
 *
 * **Shape** `anchorDay`: the day of the month on which the series began, so that a short month moves nothing for good.
 */
export const lastDayOf = (
  start: CivilDate.CivilDate,
  months: number,
  days: number,
  anchorDay: number = CivilDate.toYmd(start).dayOfMonth,
): CivilDate.CivilDate => CivilDate.addDays(CivilDate.addMonths(start, months, anchorDay), days - 1);

/** The last day of credits granted on a day, if the plan's credits expire. */
export const creditsLastUntil = (
  { credits }: UsageRules,
  granted: CivilDate.CivilDate,
  anchorDay?: number,
): CivilDate.CivilDate | undefined =>
  credits === undefined || (credits.validDays === undefined && credits.validMonths === undefined)
    ? undefined
    : lastDayOf(granted, credits.validMonths ?? 0, credits.validDays ?? 0, anchorDay);
