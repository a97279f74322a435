/** Waiting for a seat: joining the line, leaving it, and who is next. */
import * as Result from "effect/Result";
import type { BookingId } from "../../../kernel/Ids.ts";
import { type Instant, toInstant } from "../../../kernel/Instant.ts";
import type { PaidBy } from "../Booking.ts";
import * as Refusals from "../Refusals.ts";
import type { NotPromoted, WaitlistEntry } from "../WaitlistEntry.ts";
import { minutesAfter } from "../Window.ts";
import {
  type CommandOf,
  type Context,
  evolve,
  freeSeats,
  lineOf,
  nextSequence,
  placeOf,
  type Roster,
  type RosterEvent,
} from "./RosterState.ts";
import {
  hasNoSeat,
  hasOnlineSeat,
  isAdvisable,
  isFreeThen,
  isOpen,
  isScheduled,
  rule,
  seat,
  seatsHeldForLine,
} from "./Rules.ts";
import { isInGoodStanding } from "./Standing.ts";
import { waitlistWindow } from "./Windows.ts";

/** A member gets in line: the session is full, its waitlist is open and not full, and the member neither has a seat nor waits. */
export const join = (roster: Roster, command: CommandOf<"JoinWaitlist">, context: Context) =>
  rule(function* () {
    const { session } = roster;
    const { policy, now } = context;
    const { entryId, memberId, channel, priority, acknowledged } = command;
    yield* isScheduled(roster);
    yield* isOpen(roster, context);
    const closedAt = takesUntil(roster, policy);
    if (now >= closedAt) return yield* Result.fail(new Refusals.WaitlistClosed({ closedAt }));
    yield* hasNoSeat(roster, memberId);
    const place = placeOf(roster, memberId);
    if (place !== undefined) return yield* Result.fail(new Refusals.AlreadyWaiting({ waitlistEntryId: place.id }));
    const free = freeSeats(roster) - seatsHeldForLine(roster, context);
    const isForMe = channel === "desk" || hasOnlineSeat(roster, policy);
    if (free > 0 && isForMe) return yield* Result.fail(new Refusals.SeatsFree({ free }));
    const { limit, creditOn } = policy.waitlist;
    if (lineOf(roster).length >= limit) return yield* Result.fail(new Refusals.WaitlistFull({ limit }));
    const situation = context.situationOf(memberId);
    yield* isInGoodStanding(situation, roster, channel, context);
    yield* isAdvisable(situation, acknowledged === true, policy);
    const cover = creditOn === "join" ? Result.succeed(yield* situation.cover) : situation.cover;
    const entry: WaitlistEntry = {
      id: entryId,
      tenantId: session.tenantId,
      sessionInstanceId: session.id,
      memberId,
      status: "waiting",
      priority: priority ?? situation.waitlistPriority,
      sequence: nextSequence(roster),
      channel,
      isHeld: creditOn === "join",
      ...(acknowledged === true && { isAcknowledged: true }),
      createdAt: now,
      ...(Result.isSuccess(cover) && { paidBy: cover.success }),
    };
    return [{ _tag: "WaitlistJoined", entry }];
  });

/** Nobody joins a line that gives no more seats, unless it stands by. */
const takesUntil = ({ session }: Roster, policy: Context["policy"]): Instant => {
  const { joinUntil, promoteUntil } = waitlistWindow(session, policy);
  return policy.waitlist.standby === "off" && promoteUntil < joinUntil ? promoteUntil : joinUntil;
};

/** A member gets out of line, or lets an offer pass. */
export const leave = (
  roster: Roster,
  { _tag, entryId }: CommandOf<"LeaveWaitlist"> | CommandOf<"DeclineOffer">,
  { now }: Context,
) =>
  rule(function* () {
    const entry = yield* inLineAs(roster, entryId, _tag === "DeclineOffer" ? ["offered"] : ["waiting", "offered"]);
    return [
      { _tag: "WaitlistLeft", entryId: entry.id, at: now, because: _tag === "DeclineOffer" ? "declined" : "left" },
    ];
  });

/** An offered seat is taken, in time, by a member whom something covers. */
export const accept = (roster: Roster, { entryId }: CommandOf<"AcceptOffer">, context: Context) =>
  rule(function* () {
    yield* isScheduled(roster);
    const entry = yield* inLineAs(roster, entryId, ["offered"]);
    const situation = context.situationOf(entry.memberId);
    yield* isFreeThen(situation, roster, context.policy);
    const paidBy = yield* coverOf(entry, context);
    return [
      seat(roster, { ...entry, acknowledged: entry.isAcknowledged === true, origin: "waitlist", paidBy }, context),
    ];
  });

/**
 * What free seats bring about for those in line: each goes to the first who can take it, at once or as an offer; who is passed over is told why,
 * once. While seats go to the line, nobody behind passes a held place.
 */
export const promotions = (roster: Roster, context: Context): ReadonlyArray<RosterEvent> => {
  const { now, policy } = context;
  const { promoteUntil } = waitlistWindow(roster.session, policy);
  if (roster.session.status !== "scheduled" || now >= promoteUntil || roster.session.waitlistLength === 0) return [];
  const events: Array<RosterEvent> = [];
  let current = roster;
  const happen = (event: RosterEvent) => {
    events.push(event);
    current = evolve(current, event);
  };
  const { promotion } = policy.waitlist;
  const passed: Array<WaitlistEntry> = [];
  for (const entry of lineOf(roster)) {
    if (freeSeats(current) <= 0) break;
    if (entry.status === "offered") continue;
    const chance = chanceOf(entry, current, context);
    if (Result.isFailure(chance)) {
      passed.push(entry);
      if (chance.failure === "not_entitled" && policy.waitlist.unentitled === "hold") break;
    } else if (promotion.kind === "automatic") {
      const acknowledged = entry.isAcknowledged === true;
      happen(seat(current, { ...entry, acknowledged, origin: "waitlist", paidBy: chance.success }, context));
    } else {
      const expiresAt = toInstant(Math.min(minutesAfter(now, promotion.minutesToAccept), promoteUntil));
      happen({ _tag: "SeatOffered", entryId: entry.id, expiresAt, at: now });
    }
  }
  // The reasons are those that stand once every seat is given.
  for (const entry of passed) {
    const chance = chanceOf(entry, current, context);
    if (Result.isSuccess(chance) || entry.passedOver === chance.failure) continue;
    happen({ _tag: "WaitlistPassedOver", entryId: entry.id, because: chance.failure });
  }
  return events;
};

/** A place in line with its rank and what stands between it and a seat. **Units** `position`: 1 is next. */
export interface PlaceInLine {
  readonly entry: WaitlistEntry;
  readonly position: number;
  readonly because: NotPromoted;
}

/** Everybody in line, in order, each with the reason for having no seat yet. */
export const explainLine = (roster: Roster, context: Context): ReadonlyArray<PlaceInLine> => {
  const { promoteUntil } = waitlistWindow(roster.session, context.policy);
  let free = freeSeats(roster);
  let isHeld = false;
  return lineOf(roster).map((entry, index) => {
    const because = ((): NotPromoted => {
      if (entry.status === "offered") return "offer_open";
      if (context.now >= promoteUntil) return "promotion_closed";
      if (freeSeats(roster) <= 0) return "no_seat_free";
      if (isHeld) return "waits_behind_a_held_place";
      const chance = chanceOf(entry, roster, context);
      if (Result.isSuccess(chance)) return free-- > 0 ? "others_are_before" : "no_seat_free";
      isHeld = chance.failure === "not_entitled" && context.policy.waitlist.unentitled === "hold";
      return chance.failure;
    })();
    return { entry, position: index + 1, because };
  });
};

/** What would pay for the seat if it came now, or what speaks against it. */
const chanceOf = (entry: WaitlistEntry, roster: Roster, context: Context): Result.Result<PaidBy, NotPromoted> => {
  if (entry.channel === "online" && !hasOnlineSeat(roster, context.policy)) return Result.fail("seats_kept_for_desk");
  const situation = context.situationOf(entry.memberId);
  if (Result.isFailure(isFreeThen(situation, roster, context.policy))) return Result.fail("overlaps_another_booking");
  return Result.mapError(coverOf(entry, context), ({ _tag }) =>
    _tag === "NotEntitled" ? "not_entitled" : "entitlement_unknown",
  );
};

/** What is held for the place already, what a partner said when the member joined, or what covers the member now. */
const coverOf = (entry: WaitlistEntry, context: Context) => {
  const { paidBy } = entry;
  return paidBy !== undefined && (entry.isHeld || paidBy.source === "partner")
    ? Result.succeed(paidBy)
    : context.situationOf(entry.memberId).cover;
};

const inLineAs = (
  roster: Roster,
  entryId: BookingId,
  statuses: ReadonlyArray<WaitlistEntry["status"]>,
): Result.Result<WaitlistEntry, Refusals.NotInLine> => {
  const entry = roster.waitlist.find(({ id }) => id === entryId);
  return entry !== undefined && statuses.includes(entry.status)
    ? Result.succeed(entry)
    : Result.fail(new Refusals.NotInLine({ waitlistEntryId: entryId, status: entry?.status ?? "not there" }));
};
