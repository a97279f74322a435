/** The sentences that several decisions share: what must be so, and how a seat is taken. */
import * as Result from "effect/Result";
import type { BookingId, MemberId } from "../../../kernel/Ids.ts";
import type { Instant } from "../../../kernel/Instant.ts";
import type { Booking, Channel, PaidBy } from "../Booking.ts";
import type { BookingPolicy } from "../BookingPolicy.ts";
import * as Refusals from "../Refusals.ts";
import {
  type Context,
  type Decision,
  freeSeats,
  lineOf,
  type Roster,
  type RosterEvent,
  seatOf,
  type Situation,
} from "./RosterState.ts";
import { bookingWindow, checkInWindow, waitlistWindow } from "./Windows.ts";

/** A sentence that holds, or why not. */
export type Checked<Refusal, A = void> = Result.Result<A, Refusal>;

type RefusalIn<Step> = Step extends Result.Result<infer _A, infer Refusal> ? Refusal : never;

/** The rule of a command: what it makes happen, or the first refusal on the way; which refusals there may be is what its sentences say. */
export const rule = <Step extends Result.Result<unknown, unknown>>(
  sentences: () => Generator<Step, ReadonlyArray<RosterEvent>, never>,
): Decision<RefusalIn<Step>> => Result.gen(sentences) as Decision<RefusalIn<Step>>;

/** Staff makes room for somebody whose seat is gone, with a reason; the events that do. */
export const makeRoom = (
  roster: Roster,
  now: Instant,
  override: string | undefined,
): Checked<Refusals.SessionFull, ReadonlyArray<RosterEvent>> => {
  if (freeSeats(roster) > 0) return Result.succeed([]);
  const { id, capacity } = roster.session;
  return override === undefined
    ? Result.fail(new Refusals.SessionFull({ sessionInstanceId: id, capacity }))
    : Result.succeed([{ _tag: "CapacityChanged", capacity: capacity + 1, at: now, reason: override }]);
};

/** **Errors** `SessionNotScheduled`. */
export const isScheduled = (roster: Roster): Checked<Refusals.SessionNotScheduled> =>
  roster.session.status === "scheduled" ? Result.void : notScheduled(roster);

export const notScheduled = ({ session: { id, status } }: Roster) =>
  Result.fail(new Refusals.SessionNotScheduled({ sessionInstanceId: id, status }));

/** **Errors** `BookingNotOpen`, `BookingClosed`. */
export const isOpen = (
  { session }: Roster,
  { now, policy }: Context,
): Checked<Refusals.BookingNotOpen | Refusals.BookingClosed> => {
  const { opens, closes } = bookingWindow(session, policy);
  if (opens !== undefined && now < opens) return Result.fail(new Refusals.BookingNotOpen({ opensAt: opens }));
  return now >= closes ? Result.fail(new Refusals.BookingClosed({ closedAt: closes })) : Result.void;
};

/** **Errors** `AlreadyBooked`. */
export const hasNoSeat = (roster: Roster, memberId: MemberId): Checked<Refusals.AlreadyBooked> => {
  const seated = seatOf(roster, memberId);
  return seated === undefined
    ? Result.void
    : Result.fail(new Refusals.AlreadyBooked({ bookingId: seated.id, memberId }));
};

/** **Errors** `Contraindicated`, `AcknowledgementNeeded`. */
export const isAdvisable = (
  { advisedAgainst }: Situation,
  isAcknowledged: boolean,
  { contraindications }: BookingPolicy,
): Checked<Refusals.Contraindicated | Refusals.AcknowledgementNeeded> => {
  if (advisedAgainst.length === 0 || contraindications === "advise") return Result.void;
  if (contraindications === "refuse") return Result.fail(new Refusals.Contraindicated({ advisedAgainst }));
  return isAcknowledged ? Result.void : Result.fail(new Refusals.AcknowledgementNeeded({ advisedAgainst }));
};

/** **Errors** `CheckInNotOpen`, `CheckInClosed`. */
export const isDoorOpen = (
  { session }: Roster,
  at: Instant,
  { policy }: Context,
  override?: string,
): Checked<Refusals.CheckInNotOpen | Refusals.CheckInClosed> => {
  const { earliest, opens, closes } = checkInWindow(session, policy);
  const opensAt = override === undefined ? opens : earliest;
  if (at < opensAt) return Result.fail(new Refusals.CheckInNotOpen({ opensAt }));
  return override === undefined && at >= closes
    ? Result.fail(new Refusals.CheckInClosed({ closedAt: closes }))
    : Result.void;
};

/** **Errors** `OverlapsBooking`. */
export const isFreeThen = (
  { elsewhere }: Situation,
  { session }: Roster,
  { overlap }: BookingPolicy,
): Checked<Refusals.OverlapsBooking> => {
  if (overlap === "allow") return Result.void;
  const other = elsewhere.find(({ startTime, endTime }) => startTime < session.endTime && session.startTime < endTime);
  return other === undefined ? Result.void : Result.fail(new Refusals.OverlapsBooking(other));
};

/** Seats that members may take themselves: all but those kept for the desk. **Units** people. */
export const onlineCapacity = ({ session }: Roster, { seatsKeptForDesk }: BookingPolicy): number =>
  Math.max(0, session.capacity - seatsKeptForDesk);

/** Whether one of those is left; what is offered to who asked online is one of them. */
export const hasOnlineSeat = (roster: Roster, policy: BookingPolicy): boolean => {
  if (policy.seatsKeptForDesk === 0) return true;
  const offered = roster.waitlist.filter(({ status, channel }) => status === "offered" && channel === "online");
  return roster.session.seatsTakenOnline + offered.length < onlineCapacity(roster, policy);
};

/** Free seats that are not for those who come by: somebody in line is not covered, and by the policy their place is held. **Units** people. */
export const seatsHeldForLine = (roster: Roster, { now, policy }: Context): number => {
  if (policy.waitlist.unentitled !== "hold" || roster.session.waitlistLength === 0) return 0;
  if (now >= waitlistWindow(roster.session, policy).promoteUntil) return 0;
  const line = lineOf(roster).filter(({ status }) => status === "waiting");
  const held = line.findIndex(({ passedOver }) => passedOver === "not_entitled");
  return held === -1 ? 0 : Math.min(line.length - held, Math.max(0, freeSeats(roster)));
};

/** How a seat is taken, and by whom. */
export interface Taking {
  readonly id: BookingId;
  readonly memberId: MemberId;
  readonly channel: Channel;
  readonly origin: Booking["origin"];
  readonly paidBy: PaidBy;
  readonly acknowledged?: boolean;
  readonly override?: string;
}

/** That a member has a seat now. */
export const seat = ({ session }: Roster, taking: Taking, { now, situationOf }: Context): RosterEvent => {
  const { id, memberId, channel, origin, paidBy, acknowledged, override } = taking;
  const { advisedAgainst } = situationOf(memberId);
  const booking: Booking = {
    id,
    tenantId: session.tenantId,
    memberId,
    sessionInstanceId: session.id,
    status: "booked",
    channel,
    origin,
    paidBy,
    checkIns: 0,
    createdAt: now,
    ...(advisedAgainst.length > 0 && { advisedAgainst: [...advisedAgainst] }),
    ...(acknowledged === true && { isAcknowledged: true }),
    ...(override !== undefined && { reason: override }),
  };
  return { _tag: "SeatBooked", booking };
};
