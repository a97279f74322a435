/**
 * Who pays for a visit, and why.
 *
 * A member may hold several memberships. Of those that cover the visit, one that loses nothing by it (visits without limit) pays first;
 * then what is lost soonest: credits by their last day, counted visits by the end of their period, each by the end of its membership.
 * What is equal goes by the membership's id, so that the choice never depends on the order in which they are looked at.
 */
import * as Result from "effect/Result";
import * as CivilDate from "../../kernel/CivilDate.ts";
import * as CivilWeek from "../../kernel/CivilWeek.ts";
import type { CreditLotId, LocationId, MemberId, MembershipId, SessionTypeId } from "../../kernel/Ids.ts";
import type { Instant } from "../../kernel/Instant.ts";
import { type AccessPlan, minuteOf, type VisitPeriod } from "./AccessPlan.ts";
import type { BookingPolicy } from "./BookingPolicy.ts";
import { type CreditLot, type DayUsage, soonestToExpire } from "./CreditLedger.ts";
import { type Membership, pauseOn } from "./Membership.ts";
import type { MembershipRejection, RejectionReason } from "./MembershipRejection.ts";
import { EntitlementUnknown, NotEntitled } from "./Refusals.ts";

/** Whether somebody covers a visit. *Unknown* is an answer of its own: nobody could be asked in time. **Units** seconds. */
export type Entitlement =
  | { readonly _tag: "Entitled"; readonly source: string }
  | { readonly _tag: "NotEntitled"; readonly reason: string }
  | { readonly _tag: "Unknown"; readonly retryAfterSeconds: number };

/** Lets a member book who is covered; where that is not known, the policy decides. Answers who covers the visit. */
export const cover = (
  entitlement: Entitlement,
  memberId: MemberId,
  policy: Pick<BookingPolicy, "whenEligibilityUnknown">,
): Result.Result<string, NotEntitled | EntitlementUnknown> => {
  switch (entitlement._tag) {
    case "Entitled":
      return Result.succeed(entitlement.source);
    case "NotEntitled":
      return Result.fail(new NotEntitled({ memberId, reason: entitlement.reason }));
    case "Unknown":
      return policy.whenEligibilityUnknown === "book"
        ? Result.succeed("unknown")
        : Result.fail(new EntitlementUnknown({ memberId, retryAfterSeconds: entitlement.retryAfterSeconds }));
  }
};

/** A visit to be paid for. **Units** `civilDate`, `minuteOfDay`: the session's start on its location's calendar and clock. */
export interface VisitAt {
  readonly sessionTypeId: SessionTypeId;
  readonly locationId: LocationId;
  readonly startTime: Instant;
  readonly civilDate: CivilDate.CivilDate;
  readonly minuteOfDay: number;
}

/**
 * A membership with what it has left.
 *
 * **Shape** `lots`: those with credits left, or that may still get some back. `usage`: visits by day, of the periods that are asked about at least. `openBookings`: bookings for
 * today or later that it holds a visit for.
 */
export interface HeldMembership {
  readonly membership: Membership;
  readonly plan: AccessPlan;
  readonly lots: ReadonlyArray<CreditLot>;
  readonly usage: ReadonlyArray<DayUsage>;
  readonly openBookings: number;
}

/** All that a member holds. */
export interface MemberAccess {
  readonly memberId: MemberId;
  readonly memberships: ReadonlyArray<HeldMembership>;
}

/** **Shape** `isWalkIn`: the visit takes place now, so it is no booking that stays open. */
export interface ChoiceContext {
  readonly today: CivilDate.CivilDate;
  readonly weekStart: CivilWeek.WeekStart;
  readonly isWalkIn?: boolean;
}

/** A membership pays. **Shape** `left`: credits of the lot before this visit; `considered`: the others, and why they do not pay. */
export interface MembershipCover {
  readonly source: "membership";
  readonly membershipId: MembershipId;
  readonly lotId?: CreditLotId;
  readonly expiresOn?: CivilDate.CivilDate;
  readonly left?: number;
  readonly credits: 0 | 1;
  readonly waitlistPriority: number;
  readonly because: string;
  readonly considered: ReadonlyArray<MembershipRejection>;
}

/** Who pays for a visit: a membership, a partner, or nobody has to. */
export type Cover =
  | MembershipCover
  | { readonly source: "partner"; readonly name: string }
  | { readonly source: "open" };

/** The first and the last day of the civil period that holds a day; a term has neither. */
export const visitPeriod = (
  day: CivilDate.CivilDate,
  per: VisitPeriod,
  weekStart: CivilWeek.WeekStart,
): { readonly from?: CivilDate.CivilDate; readonly to?: CivilDate.CivilDate } => {
  switch (per) {
    case "day":
      return { from: day, to: day };
    case "week":
      return { from: CivilWeek.startOfWeek(day, weekStart), to: CivilWeek.endOfWeek(day, weekStart) };
    case "month":
      return { from: CivilDate.startOfMonth(day), to: CivilDate.endOfMonth(day) };
    case "term":
      return {};
  }
};

/** The days whose usage has to be known to decide about a visit: those of every period that holds it. */
export const daysAround = (day: CivilDate.CivilDate, weekStart: CivilWeek.WeekStart) => {
  const [week, month] = [CivilWeek.startOfWeek(day, weekStart), CivilDate.startOfMonth(day)];
  const [weekEnd, monthEnd] = [CivilWeek.endOfWeek(day, weekStart), CivilDate.endOfMonth(day)];
  return { from: week < month ? week : month, to: weekEnd > monthEnd ? weekEnd : monthEnd };
};

/** Which membership pays for a visit, or why none does. **Errors** `NotEntitled`, with what would have to change for each. */
export const choose = (
  { memberId, memberships }: MemberAccess,
  visit: VisitAt,
  context: ChoiceContext,
): Result.Result<MembershipCover, NotEntitled> => {
  const considered: Array<MembershipRejection> = [];
  const able: Array<Candidate> = [];
  for (const held of memberships.toSorted(byId)) {
    const answer = consider(held, visit, context);
    if ("reason" in answer) considered.push({ membershipId: held.membership.id, ...answer });
    else able.push(answer);
  }
  const chosen = able.toSorted(lostSoonest)[0];
  if (chosen !== undefined) return Result.succeed(coverOf(chosen, able.length, considered));
  const reason =
    considered.length === 0
      ? "the member holds no membership; start one first."
      : considered.map(({ change }) => change).join(" ");
  return Result.fail(new NotEntitled({ memberId, reason, considered }));
};

/** What the member holds after a membership has paid for a visit, for whoever decides about the next one before it is kept. */
export const afterPaying = (
  access: MemberAccess,
  paid: MembershipCover,
  visit: Pick<VisitAt, "civilDate">,
): MemberAccess => ({
  ...access,
  memberships: access.memberships.map((held) =>
    held.membership.id !== paid.membershipId
      ? held
      : {
          ...held,
          lots: held.lots.flatMap((lot) =>
            lot.lotId !== paid.lotId ? [lot] : lot.balance <= 1 ? [] : [{ ...lot, balance: lot.balance - 1 }],
          ),
          usage: paid.credits === 0 ? held.usage : [...held.usage, { civilDate: visit.civilDate, visits: 1 }],
          openBookings: held.openBookings + 1,
        },
  ),
});

/** The visits used in the civil period that holds a day. */
export const visitsIn = (
  usage: ReadonlyArray<DayUsage>,
  { from, to }: { readonly from?: CivilDate.CivilDate; readonly to?: CivilDate.CivilDate },
): number =>
  usage.reduce(
    (sum, { civilDate, visits }) =>
      (from === undefined || from <= civilDate) && (to === undefined || civilDate <= to) ? sum + visits : sum,
    0,
  );

/** A membership that covers the visit. **Shape** `lostOn`: the last day on which what it spends could be used; none is never. */
interface Candidate {
  readonly held: HeldMembership;
  readonly spends: "nothing" | "visit" | "credit";
  readonly lot?: CreditLot;
  readonly lostOn?: CivilDate.CivilDate;
}

interface Rejected {
  readonly reason: RejectionReason;
  readonly change: string;
}

const consider = (held: HeldMembership, visit: VisitAt, context: ChoiceContext): Candidate | Rejected => {
  const { membership, plan, usage } = held;
  const { visits, credits } = plan.usageRules;
  const rejected = outOfForce(held, visit) ?? outOfBounds(held, visit, context);
  if (rejected !== undefined) return rejected;
  const { endDate } = membership;
  let lostOn: CivilDate.CivilDate | undefined;
  if (visits !== undefined) {
    const period = visitPeriod(visit.civilDate, visits.per, context.weekStart);
    if (visitsIn(usage, period) >= visits.count) {
      const again =
        period.to === undefined ? "renew it" : `another is free from ${iso(CivilDate.addDays(period.to, 1))}`;
      return {
        reason: "visits_used_up",
        change: `${plan.name}: its ${visits.count} a ${visits.per} are used; ${again}.`,
      };
    }
    lostOn = period.to;
  }
  if (credits === undefined) {
    const lost = earlier(lostOn, endDate);
    return { held, spends: visits === undefined ? "nothing" : "visit", ...(lost !== undefined && { lostOn: lost }) };
  }
  const filled = held.lots.filter((lot) => lot.balance > 0).toSorted(soonestToExpire);
  const lot = filled.find(({ expiresOn }) => expiresOn === undefined || visit.civilDate <= expiresOn);
  if (lot === undefined) {
    const last = filled.at(-1)?.expiresOn;
    return last === undefined
      ? { reason: "no_credits", change: `${plan.name}: no credit is left; renew it or grant credits.` }
      : {
          reason: "credits_expire_before",
          change: `${plan.name}: its credits are valid to ${iso(last)}; take an earlier session, or renew it.`,
        };
  }
  const lost = earlier(lot.expiresOn, endDate);
  return { held, spends: "credit", lot, ...(lost !== undefined && { lostOn: lost }) };
};

/** Not in force on the day of the visit: blocked, too early, over, paused. */
const outOfForce = ({ membership, plan }: HeldMembership, { civilDate }: VisitAt): Rejected | undefined => {
  const { blockedReason, startDate, endDate } = membership;
  if (blockedReason !== undefined) {
    return { reason: "blocked", change: `${plan.name}: it is blocked (${blockedReason}); staff must lift that.` };
  }
  if (civilDate < startDate) {
    return {
      reason: "not_started",
      change: `${plan.name}: it begins on ${iso(startDate)}; take a session from then on.`,
    };
  }
  if (endDate !== undefined && endDate < civilDate) {
    return { reason: "ended", change: `${plan.name}: it ends on ${iso(endDate)}; renew it, or start another.` };
  }
  const pause = pauseOn(membership, civilDate);
  if (pause === undefined) return undefined;
  const until = pause.to === undefined ? "resume it" : `resume it, or take a session after ${iso(pause.to)}`;
  return { reason: "paused", change: `${plan.name}: it is paused from ${iso(pause.from)}; ${until}.` };
};

/** Not what the plan is for: another location, another kind of session, another time, or too many at once. */
const outOfBounds = (
  { plan, openBookings }: HeldMembership,
  visit: VisitAt,
  { isWalkIn }: ChoiceContext,
): Rejected | undefined => {
  const { allowedLocations, allowedSessionTypes, allowedTimes, openBookings: cap } = plan.usageRules;
  if (allowedLocations !== undefined && !allowedLocations.includes(visit.locationId)) {
    return {
      reason: "location_not_covered",
      change: `${plan.name}: it is not for this location; take one that it is for.`,
    };
  }
  if (allowedSessionTypes !== undefined && !allowedSessionTypes.includes(visit.sessionTypeId)) {
    return {
      reason: "session_type_not_covered",
      change: `${plan.name}: it is not for this kind of session; take one that it is for.`,
    };
  }
  const weekday = CivilDate.weekday(visit.civilDate);
  const isTime = allowedTimes?.some(
    ({ weekdays, from, to }) =>
      weekdays.includes(weekday) && minuteOf(from) <= visit.minuteOfDay && visit.minuteOfDay < minuteOf(to),
  );
  if (isTime === false) {
    return {
      reason: "time_not_covered",
      change: `${plan.name}: it is not for this time; take a session within its times.`,
    };
  }
  return cap !== undefined && isWalkIn !== true && openBookings >= cap
    ? {
        reason: "too_many_open_bookings",
        change: `${plan.name}: it has ${openBookings} bookings to come, of ${cap} at a time; use or cancel one first.`,
      }
    : undefined;
};

const coverOf = (
  { held, spends, lot, lostOn }: Candidate,
  candidates: number,
  considered: ReadonlyArray<MembershipRejection>,
): MembershipCover => {
  const { membership, plan } = held;
  const why =
    spends === "nothing"
      ? "its visits are without limit"
      : `${spends === "credit" ? "one of its credits" : "one of its visits"}, ${lostOn === undefined ? "which never expire" : `lost after ${iso(lostOn)}`}`;
  const among = candidates === 1 ? "" : `, first of ${candidates} that could pay`;
  return {
    source: "membership",
    membershipId: membership.id,
    ...(lot !== undefined && { lotId: lot.lotId, left: lot.balance }),
    ...(lot?.expiresOn !== undefined && { expiresOn: lot.expiresOn }),
    credits: spends === "nothing" ? 0 : 1,
    waitlistPriority: plan.usageRules.waitlistPriority ?? 0,
    because: `${plan.name}: ${why}${among}.`,
    considered,
  };
};

const lostSoonest = (left: Candidate, right: Candidate): number => {
  const [free, otherFree] = [left.spends === "nothing", right.spends === "nothing"];
  if (free !== otherFree) return free ? -1 : 1;
  const [one, other] = [left.lostOn ?? Infinity, right.lostOn ?? Infinity];
  return one === other ? byId(left.held, right.held) : one - other;
};

const byId = ({ membership: left }: HeldMembership, { membership: right }: HeldMembership): number =>
  left.id < right.id ? -1 : left.id > right.id ? 1 : 0;

const earlier = (one: CivilDate.CivilDate | undefined, other: CivilDate.CivilDate | undefined) =>
  one === undefined ? other : other === undefined ? one : one < other ? one : other;

const iso = CivilDate.toIso;
