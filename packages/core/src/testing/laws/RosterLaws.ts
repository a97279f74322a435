/**
 * The laws every decision about a roster must keep, whatever the policy, as a check anyone can call on theirs.
 *
 * - **capacity** (I1): at every step, seats taken and offered never exceed capacity; so a freed seat is offered once at a time.
 * - **one_seat** (I2): a member has at most one seat or one place in line.
 * - **line**: those in line stand in order of priority, then of the roster's own count, without a gap, and an offer is open only as long as it lasts.
 * - **nobody_waits_in_vain**: while promotion is open, no free seat is kept from somebody in line who could take it.
 * - **counters**: the session's numbers are those of its rows.
 * - **forgiveness**: a late cancellation is forgiven exactly when no empty seat is left to stand for it, the earliest first.
 * - **called_off**: a session that does not take place costs nobody anything.
 * - **at_rest**: what follows has followed; looking again changes nothing.
 * - **enough_is_loaded**: from what a store loads for a command, the same is decided as from everything.
 */
import * as Result from "effect/Result";
import { type Booking, holdsSeat } from "../../moveos/domain/Booking.ts";
import * as Roster from "../../moveos/domain/Roster.ts";
import { inLine, isInLine } from "../../moveos/domain/WaitlistEntry.ts";
import { instantOf } from "../../moveos/domain/Window.ts";

/** What is wrong with a roster as it stands, in words; nothing where it is right. */
export const rosterFaults = ({ session, bookings, waitlist }: Roster.Roster): ReadonlyArray<string> => {
  const faults: Array<string> = [];
  const { capacity, seatsTaken, seatsTakenOnline, offersOpen, waitlistLength } = session;
  const seated = [...bookings.values()].filter(holdsSeat);
  const line = waitlist.filter(isInLine);
  const offered = line.filter(({ status }) => status === "offered");
  const wrong = (law: string, what: string) => faults.push(`${law}: ${what}`);

  if (seated.length + offered.length > capacity) {
    wrong("capacity", `${seated.length} seats taken and ${offered.length} offered of ${capacity}`);
  }
  const online = seated.filter(({ channel }) => channel === "online");
  const counted = [seatsTaken, seatsTakenOnline, offersOpen, waitlistLength].join(", ");
  const rows = [seated.length, online.length, offered.length, line.length].join(", ");
  if (counted !== rows) wrong("counters", `taken, online, offered, waiting are ${rows}; the session says ${counted}`);

  const seen = new Set<string>();
  for (const { memberId } of [...seated, ...line]) {
    if (seen.has(memberId)) wrong("one_seat", `${memberId} has two`);
    seen.add(memberId);
  }
  const sorted = line.toSorted(inLine);
  if (sorted.some((entry, index) => entry !== line[index])) wrong("line", "those in line stand out of order");
  const places = new Set(line.map(({ priority, sequence }) => `${priority}/${sequence}`));
  if (places.size !== line.length) wrong("line", "two have the same place");
  for (const { id, status, offerExpiresAt } of line) {
    if ((status === "offered") !== (offerExpiresAt !== undefined))
      wrong("line", `${id} is ${status}, until ${offerExpiresAt}`);
  }
  if (
    session.status === "cancelled" &&
    [...bookings.values()].some(({ penalty }) => penalty && penalty.status !== "forgiven")
  ) {
    wrong("called_off", "a penalty is left of a session that does not take place");
  }
  return faults;
};

/** What is wrong with a decision, in words: with each step, with what it left, and with what it ought to have done besides. */
export const rosterOracle = (
  before: Roster.Roster,
  events: ReadonlyArray<Roster.RosterEvent>,
  context: Roster.Context,
): ReadonlyArray<string> => {
  const faults: Array<string> = [];
  let roster = before;
  for (const event of events) {
    roster = Roster.evolve(roster, event);
    faults.push(...rosterFaults(roster).map((fault) => `after ${event._tag}, ${fault}`));
  }
  const rested = Result.getOrThrow(Roster.decide(roster, { _tag: "Advance" }, context));
  if (rested.length > 0) faults.push(`at_rest: looking again brings ${rested.map(({ _tag }) => _tag).join(", ")}`);
  return [...faults, ...inVain(roster, context), ...forgiveness(before, events, roster), ...positions(roster, context)];
};

const positions = (roster: Roster.Roster, context: Roster.Context): ReadonlyArray<string> => {
  const told = Roster.explainLine(roster, context).map(({ position }) => position);
  return told.every((position, index) => position === index + 1) ? [] : [`line: positions are ${told.join(", ")}`];
};

const inVain = (roster: Roster.Roster, context: Roster.Context): ReadonlyArray<string> => {
  const { session, bookings, waitlist } = roster;
  const { now, policy, situationOf } = context;
  const closes = Math.min(instantOf(policy.waitlist.promoteUntil, session), session.endTime);
  const line = waitlist.filter(isInLine);
  const seated = [...bookings.values()].filter(holdsSeat);
  const offered = line.filter(({ status }) => status === "offered");
  const hasFree = seated.length + offered.length < session.capacity;
  if (session.status !== "scheduled" || now >= closes || !hasFree) return [];
  const ofMembers = [...seated, ...offered].filter(({ channel }) => channel === "online").length;
  const hasOnlineSeat = ofMembers < session.capacity - policy.seatsKeptForDesk;
  const faults: Array<string> = [];
  for (const { id, memberId, channel, status, isHeld, paidBy } of line) {
    if (status === "offered" || (channel === "online" && !hasOnlineSeat)) continue;
    const { cover, elsewhere } = situationOf(memberId);
    const isElsewhere =
      policy.overlap === "refuse" &&
      elsewhere.some(({ startTime, endTime }) => startTime < session.endTime && session.startTime < endTime);
    if (isElsewhere) continue;
    if (Result.isSuccess(cover) || isHeld || paidBy?.source === "partner") {
      faults.push(`nobody_waits_in_vain: ${id} waits while a seat is free`);
    } else if (cover.failure._tag === "NotEntitled" && policy.waitlist.unentitled === "hold") break;
  }
  return faults;
};

const isPending = ({ penalty }: Booking) => penalty?.status === "pending";
const emptySeats = ({ session, bookings }: Roster.Roster) =>
  session.capacity - [...bookings.values()].filter(holdsSeat).length;

const forgiveness = (
  before: Roster.Roster,
  events: ReadonlyArray<Roster.RosterEvent>,
  after: Roster.Roster,
): ReadonlyArray<string> => {
  const pending = [...after.bookings.values()].filter(isPending);
  const empty = emptySeats(after);
  const forgiven = events.flatMap((event) => (event._tag === "PenaltyForgiven" ? [event.bookingId] : []));
  if (after.session.status !== "scheduled") {
    return pending.length === 0 ? [] : ["forgiveness: the session is over and a penalty is still open"];
  }
  const faults: Array<string> = [];
  if (pending.length > empty) faults.push(`forgiveness: ${pending.length} are not forgiven, ${empty} seats are empty`);
  if (forgiven.length > 0 && pending.length < empty) {
    faults.push(`forgiveness: ${forgiven.length} forgiven, though ${empty} seats stand for ${pending.length}`);
  }
  if (new Set(forgiven).size !== forgiven.length) faults.push("forgiveness: one is forgiven twice");
  const latestForgiven = Math.max(-Infinity, ...forgiven.map((id) => after.bookings.get(id)?.cancelledAt ?? 0));
  if (pending.some(({ cancelledAt = 0 }) => cancelledAt < latestForgiven)) {
    faults.push("forgiveness: a later one is forgiven before an earlier");
  }
  for (const { id, penalty } of before.bookings.values()) {
    const now = after.bookings.get(id);
    const wasOpened = events.some(
      (event) => "bookingId" in event && event.bookingId === id && event._tag !== "PenaltySettled",
    );
    if (penalty !== undefined && !wasOpened && now?.penalty?.status !== penalty.status) {
      faults.push(`forgiveness: what ${id} cost changed by itself`);
    }
  }
  return faults;
};

const HOUR_MILLIS = 3_600_000;
const WHOLE: ReadonlyArray<Roster.RosterCommand["_tag"]> = [
  "Advance",
  "ChangeCapacity",
  "CancelSession",
  "CompleteSession",
];

/** What a store loads of a roster for a command: the contract of `RosterStore.lock`. */
export const asLoaded = (
  { session, bookings, waitlist }: Roster.Roster,
  command: Roster.RosterCommand,
  { now }: Pick<Roster.Context, "now">,
): Roster.Roster => {
  const named = "bookingId" in command ? command.bookingId : "entryId" in command ? command.entryId : undefined;
  const about = named && (bookings.get(named) ?? waitlist.find(({ id }) => id === named));
  const concerned = "memberId" in command ? command.memberId : typeof about === "object" ? about.memberId : undefined;
  const isWhole = WHOLE.includes(command._tag) || session.startTime - HOUR_MILLIS <= now;
  const isLoaded = (one: Booking) =>
    one.id === named ||
    isPending(one) ||
    (one.penalty?.status === "final" && WHOLE.includes(command._tag)) ||
    (holdsSeat(one) && (isWhole || one.memberId === concerned));
  return {
    session,
    bookings: new Map([...bookings].filter(([, booking]) => isLoaded(booking))),
    waitlist: waitlist.filter((entry) => isInLine(entry) || entry.id === named),
  };
};
