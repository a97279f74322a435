/** Changes to the whole session, and what time brings about. */
import * as Result from "effect/Result";
import type { Instant } from "../../../kernel/Instant.ts";
import type { Booking } from "../Booking.ts";
import * as Refusals from "../Refusals.ts";
import { missed } from "./Door.ts";
import { type CommandOf, type Context, lineOf, nextSequence, type Roster, type RosterEvent } from "./RosterState.ts";
import { isScheduled, rule } from "./Rules.ts";
import { checkInWindow, missingFrom, waitlistWindow } from "./Windows.ts";

/**
 * The session gets more or fewer seats. Below what is taken or offered only if the policy says who moves to the waitlist: open offers are
 * withdrawn first, then who booked last goes to the head of the line; who has come stays.
 */
export const changeCapacity = (roster: Roster, command: CommandOf<"ChangeCapacity">, { now, policy }: Context) =>
  rule(function* () {
    yield* isScheduled(roster);
    const { capacity, reason } = command;
    const { seatsTaken, offersOpen } = roster.session;
    const changed: RosterEvent = { _tag: "CapacityChanged", capacity, at: now, reason };
    let tooMany = seatsTaken + offersOpen - capacity;
    if (tooMany <= 0) return [changed];
    const tooSmall = new Refusals.CapacityBelowBooked({ seatsTaken: seatsTaken + offersOpen });
    if (policy.whenCapacityLowered === "refuse") return yield* Result.fail(tooSmall);
    const events: Array<RosterEvent> = [];
    const offers = lineOf(roster).filter(({ status }) => status === "offered");
    for (const { id } of offers.toReversed().slice(0, tooMany)) {
      events.push({ _tag: "OfferWithdrawn", entryId: id, at: now });
      tooMany--;
    }
    const movable = [...roster.bookings.values()]
      .filter(({ status }) => status === "booked")
      .toSorted((left, right) => right.createdAt - left.createdAt || (left.id < right.id ? 1 : -1))
      .slice(0, Math.max(0, tooMany));
    if (movable.length < tooMany) return yield* Result.fail(tooSmall);
    events.push(...moveToLine(roster, movable.toReversed(), now, reason));
    return [...events, changed];
  });

/** Those who booked first stand first, before everybody in line; their credits are given back with their seats. */
const moveToLine = (
  roster: Roster,
  bookings: ReadonlyArray<Booking>,
  at: Instant,
  reason: string,
): ReadonlyArray<RosterEvent> => {
  const priority = roster.waitlist.reduce((first, entry) => Math.min(first, entry.priority), 0) - 1;
  return bookings.flatMap(({ id, tenantId, sessionInstanceId, memberId, channel, paidBy, isAcknowledged }, index) => [
    { _tag: "BookingCancelled", bookingId: id, at, because: "capacity_lowered", reason },
    {
      _tag: "WaitlistJoined",
      entry: {
        id,
        tenantId,
        sessionInstanceId,
        memberId,
        status: "waiting",
        priority,
        sequence: nextSequence(roster) + index,
        channel,
        isHeld: false,
        ...(isAcknowledged === true && { isAcknowledged }),
        createdAt: at,
        ...(paidBy.source === "partner" && { paidBy }),
      },
    },
  ]);
};

/**
 * The session does not take place: every booking that stands is cancelled, nobody waits any more, and it costs nobody anything, neither who had
 * given a seat back late nor who had not come.
 */
export const cancelSession = (roster: Roster, { reason }: CommandOf<"CancelSession">, { now }: Context) =>
  rule(function* () {
    yield* isScheduled(roster);
    const events: Array<RosterEvent> = [];
    const because = "session_cancelled";
    for (const { id, status, penalty } of roster.bookings.values()) {
      if (status === "booked") events.push({ _tag: "BookingCancelled", bookingId: id, at: now, because, reason });
      else if (penalty !== undefined && penalty.status !== "forgiven") {
        events.push({ _tag: "PenaltyForgiven", bookingId: id, at: now, because });
      }
    }
    return [...events, ...closeLine(roster, now, because), { _tag: "SessionCancelled", at: now, reason }];
  });

/** The session is over: penalties that nobody's coming has forgiven stand, and nobody waits any more. */
export const completeSession = (roster: Roster, _: CommandOf<"CompleteSession">, { now, policy }: Context) =>
  rule(function* () {
    const { endTime } = roster.session;
    yield* isScheduled(roster);
    if (now < endTime) return yield* Result.fail(new Refusals.SessionNotOver({ endsAt: endTime }));
    return completion(roster, { now, policy });
  });

const completion = (roster: Roster, context: Pick<Context, "now" | "policy">): ReadonlyArray<RosterEvent> => {
  const { now } = context;
  const standing = [...roster.bookings.values()]
    .filter(({ penalty }) => penalty?.status === "pending")
    .map(({ id }): RosterEvent => ({ _tag: "PenaltyStood", bookingId: id, at: now }));
  return [...standing, ...closeLine(roster, now, "closed"), { _tag: "SessionCompleted", at: now }];
};

const closeLine = (roster: Roster, at: Instant, because: "closed" | "session_cancelled"): ReadonlyArray<RosterEvent> =>
  lineOf(roster).map(({ id }) => ({ _tag: "WaitlistLeft", entryId: id, at, because }));

/**
 * What has come due: offers that were not accepted lapse, the line closes when no more seats go to it (unless it stands by), whoever is not there
 * by then is missing, and once the door has closed the session is over. It does not matter how late this is looked at, or how often.
 */
export const lapse = (roster: Roster, context: Context): ReadonlyArray<RosterEvent> => {
  const { now, policy } = context;
  const { session } = roster;
  if (session.status !== "scheduled") return [];
  if (now >= checkInWindow(session, policy).closes) {
    return [...missing(roster, context), ...completion(roster, context)];
  }
  const { promoteUntil } = waitlistWindow(session, policy);
  const ended: Array<RosterEvent> = [];
  for (const { id, status, offerExpiresAt } of lineOf(roster)) {
    if (status === "offered" && offerExpiresAt !== undefined && now >= offerExpiresAt) {
      ended.push({ _tag: "WaitlistLeft", entryId: id, at: now, because: "lapsed" });
    } else if (now >= promoteUntil && policy.waitlist.standby === "off") {
      ended.push({ _tag: "WaitlistLeft", entryId: id, at: now, because: "closed" });
    }
  }
  return [...ended, ...missing(roster, context)];
};

const missing = (roster: Roster, context: Context): ReadonlyArray<RosterEvent> => {
  const { session, bookings } = roster;
  const from = missingFrom(session, context.policy);
  if (from === undefined || context.now < from) return [];
  const absent: Array<Booking> = [];
  for (const booking of bookings.values()) {
    const { status, penalty, createdAt } = booking;
    // The clock judges neither those of whom staff has said that they came, nor those who got their seat only later.
    const isVouchedFor = penalty?.for === "no_show" && penalty.status === "forgiven";
    if (status === "booked" && createdAt < from && !isVouchedFor) absent.push(booking);
  }
  return absent.map((booking) => missed(booking, roster, context));
};

/** When time next brings something about; none once the session is over. */
export const nextDue = (roster: Roster, { policy, now }: Pick<Context, "policy" | "now">): Instant | undefined => {
  const { session } = roster;
  if (session.status !== "scheduled") return undefined;
  // At the start it is looked at in any case, so that a policy set meanwhile finds it.
  const due: Array<Instant> = [session.startTime, checkInWindow(session, policy).closes];
  const from = missingFrom(session, policy);
  // While nobody has a seat nobody can be missing: so the first who takes one has it looked at, be it before the start.
  if (from !== undefined && session.seatsTaken > 0) due.push(from);
  const line = lineOf(roster);
  if (line.length > 0 && policy.waitlist.standby === "off") due.push(waitlistWindow(session, policy).promoteUntil);
  for (const { offerExpiresAt } of line) if (offerExpiresAt !== undefined) due.push(offerExpiresAt);
  const ahead = due.filter((at) => at > now);
  // The door closes last of all; if even that is past, it is due at once.
  return ahead.length === 0 ? now : ahead.reduce((first, at) => (at < first ? at : first));
};
