/** How a member stands with the house: what it did before, in whichever session, and what that closes to it. */
import * as Result from "effect/Result";
import * as CivilDate from "../../../kernel/CivilDate.ts";
import { Instant } from "../../../kernel/Instant.ts";
import { civilDateOf, instantAt } from "../../../kernel/ZoneRules.ts";
import type { Booking, Channel, StandingPenalty } from "../Booking.ts";
import type { BookingPolicy, Strikes } from "../BookingPolicy.ts";
import * as Refusals from "../Refusals.ts";
import { instantOf, type Start } from "../Window.ts";
import type { Context, Roster, Situation } from "./RosterState.ts";
import type { Checked } from "./Rules.ts";

/** Whoever takes a seat has paid what it owes, where the policy asks for it: also at the door. **Errors** `FeesUnpaid`. */
export const owesNothing = (
  { penalties }: Situation,
  { policy: { unpaidFees } }: Pick<Context, "policy">,
): Checked<Refusals.FeesUnpaid> => {
  const owed =
    unpaidFees === "refuse" ? penalties.flatMap(({ bookingId, owes }) => (owes ? [{ bookingId, fee: owes }] : [])) : [];
  return owed.length === 0 ? Result.void : Result.fail(new Refusals.FeesUnpaid({ owed }));
};

/** **Errors** `FeesUnpaid`; `BookingSuspended` for who books online: at the desk one may be forgiven. */
export const isInGoodStanding = (
  situation: Situation,
  { session }: Roster,
  channel: Channel,
  { now, policy }: Context,
): Checked<Refusals.FeesUnpaid | Refusals.BookingSuspended> =>
  Result.andThen(owesNothing(situation, { policy }), () =>
    isNotSuspended(situation, session, channel, { now, policy }),
  );

const isNotSuspended = (
  { penalties }: Situation,
  session: Roster["session"],
  channel: Channel,
  { now, policy: { strikes } }: Pick<Context, "now" | "policy">,
): Checked<Refusals.BookingSuspended> => {
  if (strikes === undefined || channel === "desk") return Result.void;
  const until = suspendedUntil(penalties, strikes, session.timezone);
  if (until === undefined || now >= until) return Result.void;
  const opensAt = strikes.opens && instantOf(strikes.opens, session);
  return opensAt !== undefined && now >= opensAt
    ? Result.void
    : Result.fail(
        new Refusals.BookingSuspended({ until, count: strikes.count, ...(opensAt !== undefined && { opensAt }) }),
      );
};

/** Until when so many strikes so close together keep a member from booking; none where there never were so many. */
const suspendedUntil = (
  penalties: ReadonlyArray<StandingPenalty>,
  { of, count, withinDays, closedDays }: Strikes,
  zone: string,
): Instant | undefined => {
  const days = penalties
    .filter((penalty) => of.includes(penalty.for))
    .map(({ at }) => civilDateOf(zone, at))
    .toSorted((left, right) => left - right);
  const last = days.findLast((day, index) => {
    const first = days[index - count + 1];
    return first !== undefined && CivilDate.daysBetween(first, day) < withinDays;
  });
  return last === undefined ? undefined : Instant.make(instantAt(zone, CivilDate.addDays(last, closedDays), 0));
};

/** Whether a no-show costs nothing: the policy lets so many pass in a civil month, and this is one of them. */
export const isLetPass = (
  { id }: Pick<Booking, "id">,
  { timezone, startTime }: Start,
  { freeEachMonth }: BookingPolicy["noShow"],
  penalties: () => ReadonlyArray<StandingPenalty>,
): boolean => {
  if (freeEachMonth === undefined) return false;
  const monthOf = (at: Instant) => CivilDate.startOfMonth(civilDateOf(timezone, at));
  const month = monthOf(startTime);
  const others = penalties().filter(
    (one) => one.for === "no_show" && one.bookingId !== id && monthOf(one.at) === month,
  );
  return others.length < freeEachMonth;
};

const DAY_MILLIS = 86_400_000;
/** No civil month is longer, with a day to spare for whatever the clocks do. */
const MONTH_DAYS = 32;

/** Since when a member's penalties matter to a decision; none where by the policy they do not. A bound to look from, not a rule. */
export const penaltiesFrom = (
  { noShow, strikes, unpaidFees }: BookingPolicy,
  { startTime }: Start,
  now: Instant,
): Instant | undefined => {
  const since: Array<number> = [];
  if (unpaidFees === "refuse") since.push(0);
  if (strikes !== undefined) since.push(now - (strikes.withinDays + strikes.closedDays + 1) * DAY_MILLIS);
  if (noShow.freeEachMonth !== undefined) since.push(startTime - MONTH_DAYS * DAY_MILLIS);
  return since.length === 0 ? undefined : Instant.make(Math.max(0, Math.min(...since)));
};
