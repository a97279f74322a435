/**
 * A member's subscription to an access plan, and every rule about how it begins, stands still, goes on and ends.
 *
 * `decide(membership, plan, command, today)` answers what happens, or why not; `evolve` applies what happened. Whether it is in force on a
 * day is a matter of its dates, its pauses and a block alone: `status` sums them up as of the last day it was looked at.
 *
 * **Invariant** its periods begin on its anchor day: begun on the 31st it renews on the last day of short months and on the 31st again
 * after. Pauses are in order and never overlap; at most the last is open. Cancelled and expired memberships have an end.
 */
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { AccessPlanId, ExcuseId, MemberId, MembershipId, TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Prose } from "../../kernel/Text.ts";
import { type AccessPlan, type BillingPeriod, creditsLastUntil } from "./AccessPlan.ts";
import { MembershipDayImpossible, MembershipEndless, MembershipStatusForbids } from "./MembershipRefusals.ts";
import { MembershipStatus } from "./MembershipStatus.ts";

/** Where a membership comes from: bought, an employer's, a payer's, given away. */
export const MembershipSource = Schema.Literals(["direct", "corporate", "payer", "promo"]);
export type MembershipSource = typeof MembershipSource.Type;

/**
 * Days on which a membership stands still.
 *
 * **Shape** without `to` it goes on until it is resumed. `excuseId`: the days on which nobody expects the member to move, granted with it.
 * **Units** civil days, both included.
 */
export const MembershipPause = Schema.Struct({
  from: CivilDateFromString,
  to: Schema.optionalKey(CivilDateFromString),
  excuseId: Schema.optionalKey(ExcuseId),
}).annotate({ identifier: "MembershipPause" });
export type MembershipPause = typeof MembershipPause.Type;

/**
 * A member's subscription to an access plan.
 *
 * **Shape** `planRevision`: the plan as it was when it was bought, which the membership keeps. `anchorDay`: the day of the month it began on. `periodStart`: the first day of the last period that was begun, whose credits are
 * granted. `blockedReason`: staff have stopped it; it pays for nothing until they lift that.
 * **Units** days: civil days, both included.
 */
export const Membership = Schema.Struct({
  id: MembershipId,
  tenantId: TenantId,
  memberId: MemberId,
  accessPlanId: AccessPlanId,
  planRevision: Schema.Int,
  status: MembershipStatus,
  startDate: CivilDateFromString,
  endDate: Schema.optionalKey(CivilDateFromString),
  anchorDay: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 31 })),
  periodStart: CivilDateFromString,
  pauses: Schema.Array(MembershipPause),
  blockedReason: Schema.optionalKey(Prose),
  source: MembershipSource,
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "Membership" });
export type Membership = typeof Membership.Type;

/** Credits that fall due: how many, from which day, how long they last. */
export interface CreditsDue {
  readonly credits: number;
  readonly civilDate: CivilDate.CivilDate;
  readonly expiresOn?: CivilDate.CivilDate;
}

export type MembershipCommand =
  | { readonly _tag: "Pause"; readonly from: CivilDate.CivilDate; readonly to?: CivilDate.CivilDate }
  | { readonly _tag: "Resume"; readonly on: CivilDate.CivilDate }
  | { readonly _tag: "Block"; readonly reason: string }
  | { readonly _tag: "Unblock" }
  | { readonly _tag: "Cancel"; readonly lastDay: CivilDate.CivilDate }
  | { readonly _tag: "Renew"; readonly until?: CivilDate.CivilDate };

export type MembershipEvent =
  | { readonly _tag: "MembershipPaused"; readonly from: CivilDate.CivilDate; readonly to?: CivilDate.CivilDate }
  | { readonly _tag: "MembershipResumed"; readonly on: CivilDate.CivilDate }
  | { readonly _tag: "MembershipBlocked"; readonly reason: string }
  | { readonly _tag: "MembershipUnblocked" }
  | { readonly _tag: "MembershipCancelled"; readonly lastDay: CivilDate.CivilDate }
  | { readonly _tag: "MembershipRenewed"; readonly endDate?: CivilDate.CivilDate; readonly due?: CreditsDue };

type Decision = Result.Result<MembershipEvent, MembershipStatusForbids | MembershipDayImpossible | MembershipEndless>;

type Dated = Pick<Membership, "startDate" | "anchorDay">;

/** The first day of its `index`-th period, counted from 0. A plan that is paid once has the first one alone. */
export const periodStart = (
  { startDate, anchorDay }: Dated,
  billingPeriod: BillingPeriod,
  index: number,
): CivilDate.CivilDate => {
  switch (billingPeriod) {
    case "weekly":
      return CivilDate.addDays(startDate, 7 * index);
    case "monthly":
      return index === 0 ? startDate : CivilDate.addMonths(startDate, index, anchorDay);
    case "yearly":
      return index === 0 ? startDate : CivilDate.addMonths(startDate, 12 * index, anchorDay);
    case "once_off":
      return startDate;
  }
};

/** The first day of the first period that begins after a day; none where the plan is paid once. */
export const nextPeriodStart = (
  membership: Dated,
  billingPeriod: BillingPeriod,
  after: CivilDate.CivilDate,
): CivilDate.CivilDate | undefined => {
  if (billingPeriod === "once_off") return undefined;
  if (after < membership.startDate) return membership.startDate;
  let index = periodsBetween(membership.startDate, after, billingPeriod);
  while (periodStart(membership, billingPeriod, index) <= after) index++;
  return periodStart(membership, billingPeriod, index);
};

/** How many whole periods lie between two days at the least, so that nobody counts them one by one. */
const periodsBetween = (from: CivilDate.CivilDate, to: CivilDate.CivilDate, billingPeriod: BillingPeriod): number => {
  if (billingPeriod === "weekly") return Math.floor((to - from) / 7);
  const [one, other] = [CivilDate.toYmd(from), CivilDate.toYmd(to)];
  const months = (other.year - one.year) * 12 + other.month - one.month - 1;
  return Math.max(0, billingPeriod === "yearly" ? Math.floor(months / 12) : months);
};

/** The last day of the period that holds a day: the day before the next one begins, or the membership's end; none where there is neither. */
export const periodEnd = (
  membership: Pick<Membership, "startDate" | "anchorDay" | "endDate">,
  billingPeriod: BillingPeriod,
  day: CivilDate.CivilDate,
): CivilDate.CivilDate | undefined => {
  const next = nextPeriodStart(membership, billingPeriod, day);
  return earlier(next === undefined ? undefined : CivilDate.addDays(next, -1), membership.endDate);
};

/** The days in a span on which a period begins, its first left out. **Units** both ends included. */
export const renewalDates = (
  membership: Pick<Membership, "startDate" | "anchorDay" | "endDate">,
  billingPeriod: BillingPeriod,
  from: CivilDate.CivilDate,
  to: CivilDate.CivilDate,
): ReadonlyArray<CivilDate.CivilDate> => {
  const dates: Array<CivilDate.CivilDate> = [];
  const last = earlier(to, membership.endDate) ?? to;
  const before = CivilDate.addDays(from, -1);
  let day = nextPeriodStart(membership, billingPeriod, before < membership.startDate ? membership.startDate : before);
  while (day !== undefined && day <= last) {
    dates.push(day);
    day = nextPeriodStart(membership, billingPeriod, day);
  }
  return dates;
};

/** The pause that covers a day, if any. */
export const pauseOn = ({ pauses }: Pick<Membership, "pauses">, day: CivilDate.CivilDate) =>
  pauses.find(({ from, to }) => from <= day && (to === undefined || day <= to));

/** Whether it pays on a day: begun, not over, not paused, not blocked. */
export const isInForce = (membership: Membership, day: CivilDate.CivilDate): boolean =>
  membership.blockedReason === undefined &&
  membership.startDate <= day &&
  (membership.endDate === undefined || day <= membership.endDate) &&
  pauseOn(membership, day) === undefined;

/** What its status is on a day. A cancelled one pays to its last day. */
export const statusOn = (membership: Membership, today: CivilDate.CivilDate): MembershipStatus =>
  membership.status === "cancelled"
    ? "cancelled"
    : membership.endDate !== undefined && membership.endDate < today
      ? "expired"
      : pauseOn(membership, today) === undefined
        ? "active"
        : "paused";

/** How a membership of a plan begins, and the credits of its first period. **Errors** `MembershipDayImpossible` where it ends before it begins. */
export const start = (
  { usageRules, billingPeriod }: AccessPlan,
  { startDate, endDate }: Pick<Membership, "startDate" | "endDate">,
  today: CivilDate.CivilDate,
) => {
  if (endDate !== undefined && endDate < startDate) return impossible(endDate, startDate);
  const { credits } = usageRules;
  const expiresOn = creditsLastUntil(usageRules, startDate);
  // A pack is over when its credits are.
  const end = endDate ?? (billingPeriod === "once_off" ? expiresOn : undefined);
  const dates = {
    startDate,
    ...(end !== undefined && { endDate: end }),
    anchorDay: CivilDate.toYmd(startDate).dayOfMonth,
    periodStart: startDate,
    pauses: [],
  };
  const due: CreditsDue | undefined =
    credits === undefined
      ? undefined
      : { credits: credits.count, civilDate: startDate, ...(expiresOn !== undefined && { expiresOn }) };
  const status: MembershipStatus = end !== undefined && end < today ? "expired" : "active";
  return Result.succeed({ membership: { ...dates, status }, ...(due !== undefined && { due }) });
};

/** What a command makes happen as of `today`, or why it is refused. **Errors** the status, then the day. */
export const decide = (
  membership: Membership,
  plan: AccessPlan,
  command: MembershipCommand,
  today: CivilDate.CivilDate,
): Decision => {
  switch (command._tag) {
    case "Pause":
      return pause(membership, command.from, command.to, today);
    case "Resume":
      return resume(membership, command.on, today);
    case "Block":
      return (
        unless(membership, ["active", "paused"], today) ??
        Result.succeed({ _tag: "MembershipBlocked", reason: command.reason })
      );
    case "Unblock":
      return Result.succeed({ _tag: "MembershipUnblocked" });
    case "Cancel":
      return cancel(membership, command.lastDay, today);
    case "Renew":
      return renew(membership, plan, command.until, today);
  }
};

/** The membership after something happened, with its status of `today`. */
export const evolve = (membership: Membership, event: MembershipEvent, today: CivilDate.CivilDate): Membership => {
  const changed = apply(membership, event);
  return { ...changed, status: statusOn(changed, today) };
};

/**
 * A membership whose end is some days earlier, as a no-show may cost; given a negative number, it is given them back. One without an end
 * has no day to lose.
 */
export const shorten = (membership: Membership, days: number): Membership =>
  membership.endDate === undefined
    ? membership
    : { ...membership, endDate: CivilDate.addDays(membership.endDate, -days) };

/** It stands still from a day that has not been paused yet; backwards in time, too. */
const pause = (
  membership: Membership,
  from: CivilDate.CivilDate,
  to: CivilDate.CivilDate | undefined,
  today: CivilDate.CivilDate,
): Decision => {
  const refused = unless(membership, ["active", "paused"], today);
  if (refused !== undefined) return refused;
  const last = membership.pauses.at(-1);
  // An open pause has to be ended first: nothing begins after it.
  if (last !== undefined && last.to === undefined) return forbidden(membership, ["active"], "paused");
  const earliest = last?.to === undefined ? membership.startDate : CivilDate.addDays(last.to, 1);
  if (outside(from, earliest, membership.endDate)) return impossible(from, earliest, membership.endDate);
  return to !== undefined && to < from
    ? impossible(to, from, membership.endDate)
    : Result.succeed({ _tag: "MembershipPaused", from, ...(to !== undefined && { to }) });
};

/** The pause of now, or the one planned, ends the day before; resumed on its first day it has not been. */
const resume = (membership: Membership, on: CivilDate.CivilDate, today: CivilDate.CivilDate): Decision => {
  const refused = unless(membership, ["active", "paused"], today);
  if (refused !== undefined) return refused;
  const last = membership.pauses.at(-1);
  if (last === undefined || (last.to !== undefined && last.to < today)) return forbidden(membership, ["paused"]);
  const latest = last.to === undefined ? membership.endDate : CivilDate.addDays(last.to, 1);
  return outside(on, last.from, latest)
    ? impossible(on, last.from, latest)
    : Result.succeed({ _tag: "MembershipResumed", on });
};

/** It ends on a day it has; called off before it begins, it never was. */
const cancel = (membership: Membership, lastDay: CivilDate.CivilDate, today: CivilDate.CivilDate): Decision => {
  const refused = unless(membership, ["active", "paused"], today);
  if (refused !== undefined) return refused;
  const earliest = CivilDate.addDays(membership.startDate, -1);
  return outside(lastDay, earliest, membership.endDate)
    ? impossible(lastDay, earliest, membership.endDate)
    : Result.succeed({ _tag: "MembershipCancelled", lastDay });
};

/**
 * It goes on after its end: one that is paid by the week, month or year for one period more, or as many as reach today, so that it keeps
 * its anchor; a pack with a new pack from today.
 */
const renew = (
  membership: Membership,
  { billingPeriod, usageRules }: AccessPlan,
  until: CivilDate.CivilDate | undefined,
  today: CivilDate.CivilDate,
): Decision => {
  const refused = unless(membership, ["active", "paused", "expired"], today);
  if (refused !== undefined) return refused;
  const { endDate } = membership;
  const isPack = billingPeriod === "once_off" && usageRules.credits !== undefined;
  if (endDate === undefined && !isPack) return Result.fail(new MembershipEndless({ membershipId: membership.id }));
  const earliest = endDate === undefined ? today : later(CivilDate.addDays(endDate, 1), today);
  if (until !== undefined && until < earliest) return impossible(until, earliest);
  if (isPack) {
    const expiresOn = creditsLastUntil(usageRules, today);
    const end = until ?? (endDate === undefined || expiresOn === undefined ? undefined : later(endDate, expiresOn));
    const due: CreditsDue = {
      credits: usageRules.credits?.count ?? 0,
      civilDate: today,
      ...(expiresOn !== undefined && { expiresOn }),
    };
    return Result.succeed({ _tag: "MembershipRenewed", due, ...(end !== undefined && { endDate: end }) });
  }
  if (until !== undefined) return Result.succeed({ _tag: "MembershipRenewed", endDate: until });
  let next = endDate === undefined ? undefined : nextPeriodStart(membership, billingPeriod, endDate);
  if (next === undefined) return impossible(today, earliest);
  let end: CivilDate.CivilDate;
  do {
    const following = nextPeriodStart(membership, billingPeriod, next);
    if (following === undefined) return impossible(today, earliest);
    end = CivilDate.addDays(following, -1);
    next = following;
  } while (end < today);
  return Result.succeed({ _tag: "MembershipRenewed", endDate: end });
};

const apply = (membership: Membership, event: MembershipEvent): Membership => {
  switch (event._tag) {
    case "MembershipPaused": {
      const { from, to } = event;
      return { ...membership, pauses: [...membership.pauses, { from, ...(to !== undefined && { to }) }] };
    }
    case "MembershipResumed":
      return { ...membership, pauses: cutShort(membership.pauses, CivilDate.addDays(event.on, -1)) };
    case "MembershipBlocked":
      return { ...membership, blockedReason: event.reason };
    case "MembershipUnblocked": {
      const { blockedReason: _, ...unblocked } = membership;
      return unblocked;
    }
    case "MembershipCancelled":
      return {
        ...membership,
        status: "cancelled",
        endDate: event.lastDay,
        pauses: cutShort(membership.pauses, event.lastDay),
      };
    case "MembershipRenewed": {
      const { endDate: _, ...rest } = membership;
      return { ...rest, status: "active", ...(event.endDate !== undefined && { endDate: event.endDate }) };
    }
  }
};

/** The last pause ends on a day at the latest; one that would end before it began has not been. */
const cutShort = (pauses: ReadonlyArray<MembershipPause>, to: CivilDate.CivilDate): ReadonlyArray<MembershipPause> =>
  pauses.flatMap((pause) =>
    pause.to !== undefined && pause.to <= to ? [pause] : to < pause.from ? [] : [{ ...pause, to }],
  );

/** Refused unless its status on the day is one of these. */
const unless = (membership: Membership, possibleFrom: ReadonlyArray<MembershipStatus>, today: CivilDate.CivilDate) => {
  const status = statusOn(membership, today);
  return possibleFrom.includes(status) ? undefined : forbidden(membership, possibleFrom, status);
};

const forbidden = (
  { id: membershipId, status }: Membership,
  possibleFrom: ReadonlyArray<MembershipStatus>,
  statusNow: MembershipStatus = status,
) => Result.fail(new MembershipStatusForbids({ membershipId, status: statusNow, possibleFrom }));

const impossible = (day: CivilDate.CivilDate, earliest: CivilDate.CivilDate, latest?: CivilDate.CivilDate) =>
  Result.fail(new MembershipDayImpossible({ day, earliest, ...(latest !== undefined && { latest }) }));

const outside = (day: CivilDate.CivilDate, earliest: CivilDate.CivilDate, latest?: CivilDate.CivilDate): boolean =>
  day < earliest || (latest !== undefined && day > latest);

const later = (one: CivilDate.CivilDate, other: CivilDate.CivilDate): CivilDate.CivilDate =>
  one > other ? one : other;

const earlier = (
  one: CivilDate.CivilDate | undefined,
  other: CivilDate.CivilDate | undefined,
): CivilDate.CivilDate | undefined =>
  one === undefined ? other : other === undefined ? one : one < other ? one : other;
