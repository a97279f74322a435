/** Taking a seat and giving it back. */
import * as Result from "effect/Result";
import type { BookingId } from "../../../kernel/Ids.ts";
import type { PaidBy } from "../Booking.ts";
import type { BookingPolicy } from "../BookingPolicy.ts";
import * as Refusals from "../Refusals.ts";
import {
  type Checked,
  hasNoSeat,
  hasOnlineSeat,
  isAdvisable,
  isDoorOpen,
  isFreeThen,
  isOpen,
  isScheduled,
  notScheduled,
  onlineCapacity,
  rule,
  seat,
  seatsHeldForLine,
  type Taking,
} from "./Rules.ts";
import { lateCancelPenalty } from "./Penalties.ts";
import {
  bookingIn,
  type CommandOf,
  type Context,
  freeSeats,
  lineOf,
  placeOf,
  type Roster,
  type RosterEvent,
  seatOf,
} from "./RosterState.ts";
import { isInGoodStanding, owesNothing } from "./Standing.ts";
import { cancellationWindow } from "./Windows.ts";

/**
 * A member takes a seat: the session is on, booking is open, the member has no seat yet, one is free for it, it is in good standing, nothing speaks
 * against it, and something covers it. Staff may set aside all but the first and the third, with a reason.
 */
export const book = (roster: Roster, command: CommandOf<"Book">, context: Context) =>
  rule(function* () {
    const { session } = roster;
    const { memberId, channel, override } = command;
    yield* isScheduled(roster);
    if (override === undefined) yield* isOpen(roster, context);
    yield* hasNoSeat(roster, memberId);
    if (override !== undefined) return seatByOverride(roster, { ...command, origin: "booked", override }, context);

    const place = placeOf(roster, memberId);
    const hasOffer = place?.status === "offered";
    if (!hasOffer && freeSeats(roster) - seatsHeldForLine(roster, context) <= 0) {
      return yield* Result.fail(
        new Refusals.SessionFull({ sessionInstanceId: session.id, capacity: session.capacity }),
      );
    }
    if (channel === "online" && !hasOffer) yield* isWithinOnlineCapacity(roster, context.policy);
    const situation = context.situationOf(memberId);
    yield* isInGoodStanding(situation, roster, channel, context);
    yield* isAdvisable(situation, command.acknowledged === true, context.policy);
    yield* isFreeThen(situation, roster, context.policy);
    const paidBy = place?.isHeld === true && place.paidBy !== undefined ? place.paidBy : yield* situation.cover;
    // Who waited keeps the id of its place: what is held for it is held under that.
    const id = place?.id ?? command.bookingId;
    return [seat(roster, { ...command, id, origin: place === undefined ? "booked" : "waitlist", paidBy }, context)];
  });

/** A member without a booking is at the door and comes in: the door is open, and a seat is free that nobody before in line may claim. */
export const walkIn = (roster: Roster, command: CommandOf<"WalkIn">, context: Context) =>
  rule(function* () {
    const { memberId, at, nonce, override, acknowledged } = command;
    const seated = seatOf(roster, memberId);
    if (seated?.status === "checked_in" && nonce !== undefined && seated.nonce === nonce) return [];
    if (roster.session.status === "cancelled") return yield* notScheduled(roster);
    yield* isDoorOpen(roster, at, context);
    yield* hasNoSeat(roster, memberId);
    const arrival = (id: BookingId): RosterEvent => ({
      _tag: "MemberCheckedIn",
      bookingId: id,
      at,
      ...(nonce !== undefined && { nonce }),
      ...(acknowledged === true && { isAcknowledged: true }),
      ...(override !== undefined && { reason: override }),
    });
    const taking = { ...command, channel: "desk", origin: "walk_in" } as const;
    if (override !== undefined) {
      const seating = seatByOverride(roster, { ...taking, override }, context);
      return [...seating, arrival(placeOf(roster, memberId)?.id ?? command.bookingId)];
    }
    const place = placeOf(roster, memberId);
    // Whose seat is offered has no need of another, nor to wait for a turn.
    if (place?.status !== "offered") {
      if (freeSeats(roster) - seatsHeldForLine(roster, context) <= 0) {
        const { id, capacity } = roster.session;
        return yield* Result.fail(new Refusals.SessionFull({ sessionInstanceId: id, capacity }));
      }
      yield* isNextOnStandby(roster, place?.id, context.policy);
    }
    const situation = context.situationOf(memberId);
    yield* owesNothing(situation, context);
    yield* isAdvisable(situation, acknowledged === true, context.policy);
    const paidBy = place?.isHeld === true && place.paidBy !== undefined ? place.paidBy : yield* situation.cover;
    const id = place?.id ?? command.bookingId;
    return [
      seat(roster, { ...taking, id, origin: place === undefined ? "walk_in" : "waitlist", paidBy }, context),
      arrival(id),
    ];
  });

/** Somebody in line is given a seat out of turn, by staff, with a reason. */
export const promote = (roster: Roster, { entryId, override }: CommandOf<"Promote">, context: Context) =>
  rule(function* () {
    yield* isScheduled(roster);
    const entry = lineOf(roster).find(({ id }) => id === entryId);
    if (entry === undefined) {
      const status = roster.waitlist.find(({ id }) => id === entryId)?.status ?? "unknown";
      return yield* Result.fail(new Refusals.NotInLine({ waitlistEntryId: entryId, status }));
    }
    yield* hasNoSeat(roster, entry.memberId);
    const { memberId, isAcknowledged = false } = entry;
    const taking = { memberId, bookingId: entryId, channel: "desk", origin: "waitlist" } as const;
    return seatByOverride(roster, { ...taking, acknowledged: isAcknowledged, override }, context);
  });

/** A seat is given back: it is held, and it is not too late. Late, it has its consequence. */
export const cancel = (roster: Roster, command: CommandOf<"Cancel">, { now, policy }: Context) =>
  rule(function* () {
    const { bookingId, channel, override } = command;
    const booking = bookingIn(roster, bookingId);
    const { status } = booking;
    if (status !== "booked") return yield* Result.fail(new Refusals.BookingNotActive({ bookingId, status }));
    const { freeUntil, closes } = cancellationWindow(roster.session, policy);
    if (override === undefined && now >= closes) {
      return yield* Result.fail(new Refusals.CancellationClosed({ closedAt: closes }));
    }
    // A session that does not take place costs nobody anything.
    const isLate = override === undefined && roster.session.status !== "cancelled" && now >= freeUntil;
    return [
      {
        _tag: "BookingCancelled",
        bookingId,
        at: now,
        because: channel === "online" ? "member" : "staff",
        ...(isLate && { penalty: lateCancelPenalty(booking, policy, roster.session, now) }),
        ...(override !== undefined && { reason: override }),
      },
    ];
  });

/** Staff's word gives a seat: the capacity is raised, for all to see, where none is free; what is not covered is on the house. */
const seatByOverride = (
  roster: Roster,
  taking: Omit<Taking, "id" | "paidBy"> & { readonly bookingId: BookingId; readonly override: string },
  context: Context,
): ReadonlyArray<RosterEvent> => {
  const { now } = context;
  const { capacity } = roster.session;
  const place = placeOf(roster, taking.memberId);
  const isOffered = place?.status === "offered";
  const raised: ReadonlyArray<RosterEvent> =
    isOffered || freeSeats(roster) > 0
      ? []
      : [{ _tag: "CapacityChanged", capacity: capacity + 1, at: now, reason: taking.override }];
  const onTheHouse: PaidBy = { source: "open", because: `by staff: ${taking.override}` };
  const paidBy =
    place?.isHeld === true && place.paidBy !== undefined
      ? place.paidBy
      : Result.getOrElse(context.situationOf(taking.memberId).cover, () => onTheHouse);
  return [...raised, seat(roster, { ...taking, id: place?.id ?? taking.bookingId, paidBy }, context)];
};

const isWithinOnlineCapacity = (roster: Roster, policy: BookingPolicy): Checked<Refusals.OnlineSeatsTaken> =>
  hasOnlineSeat(roster, policy)
    ? Result.void
    : Result.fail(new Refusals.OnlineSeatsTaken({ onlineCapacity: onlineCapacity(roster, policy) }));

const isNextOnStandby = (
  roster: Roster,
  own: BookingId | undefined,
  { waitlist }: BookingPolicy,
): Checked<Refusals.OthersOnStandby> => {
  if (waitlist.standby !== "in_order") return Result.void;
  const line = lineOf(roster).filter(({ status }) => status === "waiting");
  const before =
    own === undefined
      ? line
      : line.slice(
          0,
          line.findIndex(({ id }) => id === own),
        );
  return before.length < freeSeats(roster)
    ? Result.void
    : Result.fail(new Refusals.OthersOnStandby({ waitlistEntryIds: before.map(({ id }) => id) }));
};
