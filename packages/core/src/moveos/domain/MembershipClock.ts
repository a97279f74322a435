/**
 * What the passing of days does to a membership: periods begin and grant credits, credits expire, pauses begin and end, it is over.
 *
 * **Invariant** looked at every day, or once after a year, it comes to the same; looked at twice, nothing happens the second time. A
 * period that begins during a pause waits for its end, and grants nothing if the pause outlasts it.
 */
import * as CivilDate from "../../kernel/CivilDate.ts";
import type { CreditLotId } from "../../kernel/Ids.ts";
import type { Instant } from "../../kernel/Instant.ts";
import { type AccessPlan, creditsLastUntil } from "./AccessPlan.ts";
import { type Account, type CreditLot, expire, grant, lotsOf, type NewEntry } from "./CreditLedger.ts";
import type { HeldMembership } from "./Entitlement.ts";
import { type CreditsDue, type Membership, nextPeriodStart, pauseOn, periodEnd, statusOn } from "./Membership.ts";
import type { MembershipStatus } from "./MembershipStatus.ts";

/** **Units** `on`: the day it came about. */
export type ClockEvent =
  | { readonly _tag: "MembershipPeriodBegun"; readonly on: CivilDate.CivilDate; readonly due?: CreditsDue }
  | { readonly _tag: "CreditsExpired"; readonly lotId: CreditLotId; readonly credits: number }
  | { readonly _tag: "MembershipStatusChanged"; readonly status: MembershipStatus };

/** **Shape** `membership`: as it stands after the events. */
export interface Advance {
  readonly membership: Membership;
  readonly events: ReadonlyArray<ClockEvent>;
}

/** What has come about up to `today` and is not kept yet. */
export const advance = (held: HeldMembership, today: CivilDate.CivilDate): Advance => {
  const { plan, lots } = held;
  let { membership } = held;
  const events: Array<ClockEvent> = [];
  for (let on = dueStart(membership, plan, today); on !== undefined; on = dueStart(membership, plan, today)) {
    const due = creditsOf(held, on);
    events.push({ _tag: "MembershipPeriodBegun", on, ...(due !== undefined && { due }) });
    membership = { ...membership, periodStart: on };
  }
  for (const { lotId, balance, expiresOn } of lots) {
    if (balance > 0 && (isOver(membership, today) || (expiresOn !== undefined && expiresOn < today))) {
      events.push({ _tag: "CreditsExpired", lotId, credits: balance });
    }
  }
  const status = statusOn(membership, today);
  if (status !== membership.status) {
    events.push({ _tag: "MembershipStatusChanged", status });
    membership = { ...membership, status };
  }
  return { membership, events };
};

/** Whether anything has come about up to `today` that is not kept yet. */
export const isDue = (held: HeldMembership, today: CivilDate.CivilDate): boolean =>
  advance(held, today).events.length > 0;

/** The first day after `asOf`, up to which it was looked at, on which something comes about; none while nothing will. */
export const nextDue = (
  { membership, plan, lots }: HeldMembership,
  asOf: CivilDate.CivilDate,
): CivilDate.CivilDate | undefined => {
  const { endDate, pauses } = membership;
  const next = nextPeriodStart(membership, plan.billingPeriod, membership.periodStart);
  const pause = next === undefined ? undefined : pauseOn(membership, next);
  const days = [dayAfter(endDate), pause === undefined ? next : dayAfter(pause.to)];
  for (const { from, to } of pauses) days.push(from, dayAfter(to));
  // A lot that is empty may get a credit back until it expires.
  for (const { expiresOn } of lots) days.push(dayAfter(expiresOn));
  const last = dayAfter(endDate) ?? Infinity;
  return days
    .filter((day) => day !== undefined && asOf < day && day <= last)
    .reduce<CivilDate.CivilDate | undefined>(earlier, undefined);
};

/** The entries that events make. **Shape** `lotIds`: an id for each lot that is granted, in order. */
export const entriesOf = (
  account: Account,
  { membership, events }: Advance,
  lots: ReadonlyArray<CreditLot>,
  lotIds: ReadonlyArray<CreditLotId>,
  today: CivilDate.CivilDate,
  at: Instant,
): ReadonlyArray<NewEntry> => {
  let granted = 0;
  return events.flatMap((event) => {
    if (event._tag === "MembershipPeriodBegun" && event.due !== undefined) {
      const lotId = lotIds[granted++];
      if (lotId === undefined) throw new Error("There are fewer ids than lots to grant");
      const entries = grant(account, lotId, event.due, today, at);
      return entries.length === 1 && isOver(membership, today)
        ? [...entries, ...lotsOf(entries).flatMap((lot) => expire(account, lot, today, at))]
        : entries;
    }
    if (event._tag !== "CreditsExpired") return [];
    return lots.filter(({ lotId }) => lotId === event.lotId).flatMap((lot) => expire(account, lot, today, at));
  });
};

/** How many lots events grant. */
export const grantsIn = ({ events }: Advance): number =>
  events.filter((event) => event._tag === "MembershipPeriodBegun" && event.due !== undefined).length;

/** The period that begins next, once it has begun and is not held up by a pause that goes on. */
const dueStart = (membership: Membership, { billingPeriod }: AccessPlan, today: CivilDate.CivilDate) => {
  const next = nextPeriodStart(membership, billingPeriod, membership.periodStart);
  if (next === undefined || next > today) return undefined;
  if (membership.endDate !== undefined && next > membership.endDate) return undefined;
  const pause = pauseOn(membership, next);
  if (pause === undefined) return next;
  // A pause is over with its membership at the latest.
  const last = earlier(pause.to, membership.endDate);
  return last !== undefined && last < today ? next : undefined;
};

/** The credits of a period, unless a pause covers all of it. */
const creditsOf = ({ membership, plan }: HeldMembership, on: CivilDate.CivilDate): CreditsDue | undefined => {
  const { credits } = plan.usageRules;
  if (credits === undefined) return undefined;
  const pause = pauseOn(membership, on);
  const end = periodEnd(membership, plan.billingPeriod, on);
  if (pause !== undefined && (pause.to === undefined || (end !== undefined && end <= pause.to))) return undefined;
  const expiresOn = creditsLastUntil(plan.usageRules, on, membership.anchorDay);
  return { credits: credits.count, civilDate: on, ...(expiresOn !== undefined && { expiresOn }) };
};

const isOver = ({ endDate }: Membership, today: CivilDate.CivilDate): boolean =>
  endDate !== undefined && endDate < today;

const dayAfter = (day: CivilDate.CivilDate | undefined): CivilDate.CivilDate | undefined =>
  day === undefined ? undefined : CivilDate.addDays(day, 1);

const earlier = (one: CivilDate.CivilDate | undefined, other: CivilDate.CivilDate | undefined) =>
  one === undefined ? other : other === undefined ? one : one < other ? one : other;
