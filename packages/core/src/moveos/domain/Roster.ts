/**
 * The seats of one session, who waits for them, and every rule about both.
 *
 * A roster is decided by a pure function: `decide(roster, command, context)` answers what happens, or why not; `evolve` applies what happened. A
 * store only makes sure that decisions about one roster come one after the other.
 *
 * What time has brought about comes first, so no decision depends on a clockwork having run in time. Then the command's own rule. Then what
 * follows of itself: what is overdue because of it, a freed seat goes to who waits, and a late cancellation whose seat is taken again is
 * forgiven. Nothing is left for the next look: looking again changes nothing.
 *
 * **Invariant** I1: seats taken and offered never exceed capacity. I2: a member holds at most one seat in a session.
 */
import * as Result from "effect/Result";
import type { Booking } from "./Booking.ts";
import { cancelSession, changeCapacity, completeSession, lapse } from "./roster/Closing.ts";
import { checkIn, markNoShow, recordFeePaid, settlePenalty, undoCheckIn, undoNoShow } from "./roster/Door.ts";
import { accept, join, leave, promotions } from "./roster/Line.ts";
import {
  type Context,
  type Decision,
  evolveAll,
  type Roster,
  type RosterCommand,
  type RosterEvent,
} from "./roster/RosterState.ts";
import { book, cancel, promote, walkIn } from "./roster/Seats.ts";

export { nextDue } from "./roster/Closing.ts";
export { explainLine, type PlaceInLine } from "./roster/Line.ts";
export {
  bookingIn,
  type Commitment,
  type Context,
  type Decision,
  entryIn,
  evolve,
  evolveAll,
  freeSeats,
  lineOf,
  placeOf,
  type Roster,
  type RosterCommand,
  type RosterEvent,
  seatOf,
  type Situation,
  subjectOf,
} from "./roster/RosterState.ts";

/** The rule of each command. */
const rules = {
  Book: book,
  WalkIn: walkIn,
  Cancel: cancel,
  JoinWaitlist: join,
  LeaveWaitlist: leave,
  DeclineOffer: leave,
  AcceptOffer: accept,
  Promote: promote,
  CheckIn: checkIn,
  UndoCheckIn: undoCheckIn,
  MarkNoShow: markNoShow,
  UndoNoShow: undoNoShow,
  ChangeCapacity: changeCapacity,
  CancelSession: cancelSession,
  CompleteSession: completeSession,
  SettlePenalty: settlePenalty,
  RecordFeePaid: recordFeePaid,
  Advance: (): Decision<never> => Result.succeed([]),
};

/** Why a command of a kind may be refused: what its rule says. */
export type RefusalOf<Tag extends RosterCommand["_tag"]> =
  ReturnType<(typeof rules)[Tag]> extends Decision<infer Refusal> ? Refusal : never;

/** Why any command may be refused. */
export type Refusal = RefusalOf<RosterCommand["_tag"]>;

/** What a command makes happen, or why it is refused. **Errors** in the order each rule states them. */
export const decide = <Command extends RosterCommand>(
  roster: Roster,
  command: Command,
  context: Context,
): Decision<RefusalOf<Command["_tag"]>> => {
  const lapsed = withWhatFollows(roster, [], context);
  const present = evolveAll(roster, lapsed);
  const decideNow = rules[command._tag] as (
    roster: Roster,
    command: Command,
    context: Context,
  ) => Decision<RefusalOf<Command["_tag"]>>;
  return Result.map(decideNow(present, command, context), (events) => [
    ...lapsed,
    ...withWhatFollows(present, events, context),
  ]);
};

/** What was decided, what that leaves overdue, and what follows of itself. */
const withWhatFollows = (
  roster: Roster,
  decided: ReadonlyArray<RosterEvent>,
  context: Context,
): ReadonlyArray<RosterEvent> => {
  const after = evolveAll(roster, decided);
  const lapsed = lapse(after, context);
  const present = evolveAll(after, lapsed);
  const promoted = promotions(present, context);
  return [...decided, ...lapsed, ...promoted, ...forgiven(evolveAll(present, promoted), context)];
};

/**
 * Late cancellations whose seats are taken again. Every seat that is empty stands for one of them, the latest first; those for which no empty
 * seat is left have been refilled.
 */
const forgiven = ({ session, bookings }: Roster, { now }: Context): ReadonlyArray<RosterEvent> => {
  const pending: Array<Booking> = [];
  for (const booking of bookings.values()) if (booking.penalty?.status === "pending") pending.push(booking);
  const refilled = pending.length - (session.capacity - session.seatsTaken);
  if (refilled <= 0) return [];
  return pending
    .toSorted((left, right) => (left.cancelledAt ?? 0) - (right.cancelledAt ?? 0) || (left.id < right.id ? -1 : 1))
    .slice(0, refilled)
    .map(({ id }) => ({ _tag: "PenaltyForgiven", bookingId: id, at: now, because: "seat_refilled" }));
};
