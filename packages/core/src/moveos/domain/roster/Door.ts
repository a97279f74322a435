/** Who came and who did not, and taking either back. */
import * as Result from "effect/Result";
import type { Instant } from "../../../kernel/Instant.ts";
import { type Booking, owedFee, penaltyDue } from "../Booking.ts";
import * as Refusals from "../Refusals.ts";
import {
  bookingIn,
  type CommandOf,
  type Context,
  type Decision,
  type Roster,
  type RosterEvent,
} from "./RosterState.ts";
import { noShowPenalty } from "./Penalties.ts";
import { hasNoSeat, isAdvisable, isDoorOpen, makeRoom, notScheduled, rule } from "./Rules.ts";
import { missingFrom } from "./Windows.ts";

const TOLD_LATE = "came in time, told late";

/**
 * The member is here: the booking stands, the session is on, the door is open, and nothing speaks against it. The same nonce again is the same
 * arrival. Who came in time and is told of late (a device was offline) came, though the clock has marked the booking meanwhile.
 */
export const checkIn = (roster: Roster, command: CommandOf<"CheckIn">, context: Context) =>
  rule(function* () {
    const { bookingId, at, nonce, acknowledged, override } = command;
    const booking = bookingIn(roster, bookingId);
    if (booking.status === "checked_in" && nonce !== undefined && booking.nonce === nonce) return [];
    const undone: Array<RosterEvent> = [];
    if (booking.status === "no_show" && isToldLate(roster, at, context)) {
      yield* hasNoSeat(roster, booking.memberId);
      undone.push(...(yield* makeRoom(roster, context.now, override)));
      undone.push({ _tag: "NoShowUndone", bookingId, at: context.now, reason: TOLD_LATE });
    } else if (booking.status !== "booked") {
      return yield* Result.fail(new Refusals.BookingNotActive({ bookingId, status: booking.status }));
    }
    if (roster.session.status === "cancelled") return yield* notScheduled(roster);
    yield* isDoorOpen(roster, at, context, override);
    if (override === undefined) {
      const isAcknowledged = acknowledged === true || booking.isAcknowledged === true;
      yield* isAdvisable(context.situationOf(booking.memberId), isAcknowledged, context.policy);
    }
    const reason = override ?? (undone.length > 0 ? TOLD_LATE : undefined);
    return [
      ...undone,
      {
        _tag: "MemberCheckedIn",
        bookingId,
        at,
        ...(nonce !== undefined && { nonce }),
        ...(acknowledged === true && { isAcknowledged: true }),
        ...(reason !== undefined && { reason }),
      },
    ];
  });

/** A check-in was a mistake. */
export const undoCheckIn = (roster: Roster, command: CommandOf<"UndoCheckIn">, { now }: Context) =>
  rule(function* () {
    const { bookingId, reason } = command;
    const { status, origin } = bookingIn(roster, bookingId);
    if (status !== "checked_in") return yield* Result.fail(new Refusals.BookingNotActive({ bookingId, status }));
    return [{ _tag: "CheckInUndone", bookingId, at: now, reason, wasWalkIn: origin === "walk_in" }];
  });

/** The member did not come. */
export const markNoShow = (roster: Roster, { bookingId }: CommandOf<"MarkNoShow">, context: Context) =>
  rule(function* () {
    const booking = bookingIn(roster, bookingId);
    const { status } = booking;
    const { startTime } = roster.session;
    if (status !== "booked") return yield* Result.fail(new Refusals.BookingNotActive({ bookingId, status }));
    if (roster.session.status === "cancelled") return yield* notScheduled(roster);
    if (context.now < startTime) return yield* Result.fail(new Refusals.NoShowTooEarly({ startsAt: startTime }));
    return [missed(booking, roster, context)];
  });

/** The member had come after all: the seat is theirs again, if it is still free, and what it cost is given back. */
export const undoNoShow = (roster: Roster, command: CommandOf<"UndoNoShow">, { now }: Context) =>
  rule(function* () {
    const { bookingId, reason, override } = command;
    const { status, memberId } = bookingIn(roster, bookingId);
    if (status !== "no_show") return yield* Result.fail(new Refusals.BookingNotActive({ bookingId, status }));
    if (roster.session.status === "cancelled") return yield* notScheduled(roster);
    yield* hasNoSeat(roster, memberId);
    const room = yield* makeRoom(roster, now, override);
    return [...room, { _tag: "NoShowUndone", bookingId, at: now, reason }];
  });

/**
 * What a penalty costs was collected, or given back after it was forgiven: each once. Where nothing is to collect yet (it may still be forgiven)
 * or any more (it was forgiven first), nothing is settled: there will be nothing to give back.
 */
export const settlePenalty = (
  roster: Roster,
  command: CommandOf<"SettlePenalty">,
  { now }: Context,
): Decision<never> => {
  const { bookingId, settlement } = command;
  const { penalty } = bookingIn(roster, bookingId);
  const isNews = ((): boolean => {
    if (settlement === "given_back") return penaltyDue(penalty) === "give_back";
    if (settlement === "nothing_due") return penaltyDue(penalty) === "collect";
    return penalty !== undefined && penalty.settlement === undefined;
  })();
  return Result.succeed(isNews ? [{ _tag: "PenaltySettled", bookingId, at: now, settlement }] : []);
};

/** A fee that is on the member's account, or was declined, is paid at the desk; once. */
export const recordFeePaid = (roster: Roster, { bookingId }: CommandOf<"RecordFeePaid">, { now }: Context) =>
  rule(function* () {
    const { penalty } = bookingIn(roster, bookingId);
    if (penalty?.status === "final" && penalty.fee !== undefined && penalty.settlement === "paid") return [];
    if (penalty === undefined || owedFee(penalty) === undefined) {
      return yield* Result.fail(new Refusals.NoFeeOwed({ bookingId }));
    }
    return [{ _tag: "PenaltySettled", bookingId, at: now, settlement: "paid" }];
  });

/** That a member did not come, with what it costs. */
export const missed = (booking: Booking, { session }: Roster, { now, policy, situationOf }: Context): RosterEvent => ({
  _tag: "NoShowMarked",
  bookingId: booking.id,
  at: now,
  penalty: noShowPenalty(booking, policy, session, () => situationOf(booking.memberId).penalties),
});

/** Whether somebody came before the clock would have marked them missing, and word of it came after. */
const isToldLate = ({ session }: Roster, at: Instant, { policy }: Context): boolean => {
  const from = missingFrom(session, policy);
  return from !== undefined && at < from;
};
