/**
 * Small worlds in which a roster is tried out: a few members, a few seats, a few moments, and everything that may be asked. `explore` goes every
 * way there is; `walk` goes one, however long. Every step is judged by the laws and by the reference.
 */
import * as Equal from "effect/Equal";
import * as Result from "effect/Result";
import { BookingId, LocationId, MemberId, SessionInstanceId, SessionTypeId, TenantId } from "../../kernel/Ids.ts";
import { Instant } from "../../kernel/Instant.ts";
import { civilDateOf } from "../../kernel/ZoneRules.ts";
import type { Booking, StandingPenalty } from "../../moveos/domain/Booking.ts";
import { type BookingPolicy, defaultPolicy } from "../../moveos/domain/BookingPolicy.ts";
import * as Refusals from "../../moveos/domain/Refusals.ts";
import * as Roster from "../../moveos/domain/Roster.ts";
import type { SessionInstance } from "../../moveos/domain/SessionInstance.ts";
import { isInLine } from "../../moveos/domain/WaitlistEntry.ts";
import * as Reference from "../reference/ReferenceRoster.ts";
import { asLoaded, rosterOracle } from "./RosterLaws.ts";

const MINUTE = 60_000;
const uuid = (number: number) => `0195f000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;

/** 2026-03-07T03:00:00Z, when the session of every world starts: at six in the morning in Nairobi. */
export const START = Instant.make(1_772_852_400_000);

/** An instant some minutes after the start; negative for before. */
export const minutesFromStart = (minutes: number): Instant => Instant.make(START + minutes * MINUTE);

/** Names of members and of what they book. */
export const member = (number: number): MemberId => MemberId.make(uuid(number + 1));
const ticket = (number: number): BookingId => BookingId.make(uuid(0x1000 + number));

/** The session of every world, for three quarters of an hour. */
export const sessionOf = (capacity: number): SessionInstance => ({
  id: SessionInstanceId.make(uuid(0x5000)),
  tenantId: TenantId.make(uuid(0x5001)),
  sessionTypeId: SessionTypeId.make(uuid(0x5002)),
  locationId: LocationId.make(uuid(0x5003)),
  startTime: START,
  endTime: minutesFromStart(45),
  timezone: "Africa/Nairobi",
  civilDate: civilDateOf("Africa/Nairobi", START),
  capacity,
  seatsTaken: 0,
  seatsTakenOnline: 0,
  offersOpen: 0,
  waitlistLength: 0,
  status: "scheduled",
  sequence: 0,
  createdAt: minutesFromStart(-10_000),
  updatedAt: minutesFromStart(-10_000),
});

/** How a member stands towards the session. */
export type Standing = "covered" | "uncovered" | "unknown" | "busy" | "advised_against" | "struck" | "owing";

const penalty = (number: number, why: StandingPenalty["for"], minutes: number): StandingPenalty => ({
  bookingId: ticket(0xf00 + number),
  for: why,
  at: minutesFromStart(minutes),
});

/** What stands against members who stayed away before: one and the same day, two, three and ten days before; or a fee that is owed. */
const penaltiesOf: Readonly<Partial<Record<Standing, ReadonlyArray<StandingPenalty>>>> = {
  struck: [
    penalty(1, "no_show", -14_400),
    penalty(2, "late_cancel", -4_320),
    penalty(3, "no_show", -2_880),
    penalty(4, "no_show", -2_820),
  ],
  owing: [{ ...penalty(5, "late_cancel", -57_600), owes: { minorUnits: 300, currency: "EUR" } }],
};

const describe = (memberId: MemberId, standing: Standing): Roster.Situation => ({
  cover:
    standing === "uncovered"
      ? Result.fail(new Refusals.NotEntitled({ memberId, reason: "nothing" }))
      : standing === "unknown"
        ? Result.fail(new Refusals.EntitlementUnknown({ memberId, retryAfterSeconds: 1 }))
        : Result.succeed({ source: "open" }),
  elsewhere:
    standing === "busy"
      ? [
          {
            bookingId: ticket(0xfff),
            sessionInstanceId: SessionInstanceId.make(uuid(0x5009)),
            startTime: minutesFromStart(44),
            endTime: minutesFromStart(60),
          },
        ]
      : [],
  advisedAgainst: standing === "advised_against" ? ["pregnancy"] : [],
  waitlistPriority: 0,
  penalties: penaltiesOf[standing] ?? [],
});

const known = new Map<string, Roster.Situation>();
const situation = (memberId: MemberId, standing: Standing): Roster.Situation => {
  const name = `${memberId} ${standing}`;
  const situated = known.get(name) ?? describe(memberId, standing);
  known.set(name, situated);
  return situated;
};

/** **Units** `moments`: minutes from the start, in order; a history begins at the first and goes on from one to the next. */
export interface World {
  readonly capacity: number;
  readonly policy: BookingPolicy;
  readonly standings: ReadonlyArray<Standing>;
  readonly moments: ReadonlyArray<number>;
}

/** The policy of a tenant that has not said otherwise, except as told. */
export const policyWith = (more: Partial<BookingPolicy>): BookingPolicy => ({ ...defaultPolicy, ...more });

/** Something that may be asked in a world. **Shape** `member`: by number; who and which booking it means is seen when it is asked. */
export type Ask =
  | {
      readonly ask: "book" | "walkIn" | "join";
      readonly member: number;
      readonly online?: boolean;
      readonly override?: boolean;
    }
  | {
      readonly ask:
        | "cancel"
        | "leave"
        | "accept"
        | "decline"
        | "promote"
        | "checkIn"
        | "checkInEarlier"
        | "undoCheckIn"
        | "noShow"
        | "undoNoShow";
      readonly member: number;
      readonly override?: boolean;
    }
  | { readonly ask: "capacity"; readonly by: number }
  | { readonly ask: "cancelSession" | "completeSession" | "advance" | "nextMoment" };

/** A roster and its reference in the same history. **Shape** `named`: whose absence may yet be taken back. */
export interface Stand {
  readonly roster: Roster.Roster;
  readonly reference: Reference.ReferenceRoster;
  readonly moment: number;
}

export const begin = ({ capacity }: World): Stand => ({
  roster: { session: sessionOf(capacity), bookings: new Map(), waitlist: [] },
  reference: Reference.empty(capacity),
  moment: 0,
});

const REASON = "the manager says so";

/** The command that is meant; none where there is nothing it could mean. */
const commandOf = (asked: Ask, { roster, moment }: Stand, world: World): Roster.RosterCommand | undefined => {
  const told = "override" in asked && asked.override ? { override: REASON } : {};
  if (asked.ask === "capacity") {
    const capacity = roster.session.capacity + asked.by;
    return capacity < 1 ? undefined : { _tag: "ChangeCapacity", capacity, reason: REASON };
  }
  if (!("member" in asked)) {
    if (asked.ask === "cancelSession") return { _tag: "CancelSession", reason: REASON };
    return asked.ask === "completeSession" ? { _tag: "CompleteSession" } : { _tag: "Advance" };
  }
  const memberId = member(asked.member);
  const at = minutesFromStart(world.moments[moment] ?? 0);
  if (asked.ask === "book" || asked.ask === "walkIn" || asked.ask === "join") {
    const fresh = ticket(asked.member * 16 + ticketsOf(roster, memberId));
    const channel = asked.online === false ? ("desk" as const) : ("online" as const);
    if (asked.ask === "book") return { _tag: "Book", bookingId: fresh, memberId, channel, ...told };
    if (asked.ask === "join") return { _tag: "JoinWaitlist", entryId: fresh, memberId, channel };
    return { _tag: "WalkIn", bookingId: fresh, memberId, at, ...told };
  }
  const place = Roster.placeOf(roster, memberId)?.id;
  const seat = Roster.seatOf(roster, memberId)?.id;
  const absent = [...roster.bookings.values()].find((one) => one.memberId === memberId && one.status === "no_show")?.id;
  switch (asked.ask) {
    case "cancel":
      return seat && { _tag: "Cancel", bookingId: seat, channel: "online", ...told };
    case "leave":
      return place && { _tag: "LeaveWaitlist", entryId: place };
    case "accept":
      return place && { _tag: "AcceptOffer", entryId: place };
    case "decline":
      return place && { _tag: "DeclineOffer", entryId: place };
    case "promote":
      return place && { _tag: "Promote", entryId: place, override: REASON };
    case "checkIn":
      return seat && { _tag: "CheckIn", bookingId: seat, at, ...told };
    case "checkInEarlier":
      return absent && { _tag: "CheckIn", bookingId: absent, at: minutesFromStart(-1), ...told };
    case "undoCheckIn":
      return seat && { _tag: "UndoCheckIn", bookingId: seat, reason: REASON };
    case "noShow":
      return seat && { _tag: "MarkNoShow", bookingId: seat };
    case "undoNoShow":
      return absent && { _tag: "UndoNoShow", bookingId: absent, reason: REASON, ...told };
  }
};

const isOwed = (penalty: Booking["penalty"]) => penalty !== undefined && penalty.status !== "forgiven";

/** What may still be named: who holds a seat or owes for one, who did not come, who is in line. */
const withoutTheDone = ({ session, bookings, waitlist }: Roster.Roster): Roster.Roster => ({
  session,
  bookings: new Map([...bookings].filter(([, { status, penalty }]) => status !== "cancelled" || isOwed(penalty))),
  waitlist: waitlist.filter(isInLine),
});

/** Numbers that the member's tickets have not used, so that the same standing has the same names however it came about. */
const ticketsOf = ({ bookings, waitlist }: Roster.Roster, memberId: MemberId): number => {
  const used = new Set(
    [...bookings.values(), ...waitlist].filter((thing) => thing.memberId === memberId).map(({ id }) => id),
  );
  const base = Number.parseInt(memberId.slice(-4), 16) - 1;
  let free = 0;
  while (used.has(ticket(base * 16 + free))) free++;
  return free;
};

export type Step =
  | { readonly outcome: "meaningless" }
  | { readonly outcome: "wrong"; readonly faults: ReadonlyArray<string>; readonly what: string }
  | { readonly outcome: "refused" | "done"; readonly stand: Stand; readonly what: string };

/** One thing asked of a world, judged by the laws and by the reference. */
export const step = (world: World, stand: Stand, asked: Ask): Step => {
  if (asked.ask === "nextMoment" && stand.moment + 1 >= world.moments.length) return { outcome: "meaningless" };
  const moment = asked.ask === "nextMoment" ? stand.moment + 1 : stand.moment;
  const context: Roster.Context = {
    now: minutesFromStart(world.moments[moment] ?? 0),
    policy: world.policy,
    situationOf: (memberId) => {
      const number = Number.parseInt(memberId.slice(-4), 16) - 1;
      return situation(memberId, world.standings[number] ?? "covered");
    },
  };
  const command = commandOf(asked, stand, world);
  if (command === undefined) return { outcome: "meaningless" };
  const who = "member" in asked ? ` ${asked.member}` : "by" in asked ? ` ${asked.by}` : "";
  const what = `${world.moments[moment]} min: ${asked.ask}${who}${"override" in asked && asked.override ? " by override" : ""}`;
  const decided = Roster.decide(stand.roster, command, context);
  const expected = Reference.perform(stand.reference, command, context, stand.roster.session);
  const refusal = Result.isFailure(decided) ? decided.failure._tag : undefined;
  if (refusal !== expected.refusal) {
    const faults = [`reference: it says ${expected.refusal ?? "yes"}, the roster says ${refusal ?? "yes"}`];
    return { outcome: "wrong", faults, what };
  }
  if (Result.isFailure(decided)) return { outcome: "refused", stand, what: `${what} (${refusal})` };
  const faults = [...rosterOracle(stand.roster, decided.success, context)];
  const after = Roster.evolveAll(stand.roster, decided.success);
  const [seen, wanted] = [Reference.viewOfRoster(after), Reference.viewOf(expected.after)].map((view) =>
    JSON.stringify(view),
  );
  if (seen !== wanted) faults.push(`reference: it is left with ${wanted}, the roster with ${seen}`);
  const loaded = asLoaded(stand.roster, command, context);
  const isPart = loaded.bookings.size !== stand.roster.bookings.size;
  if (isPart && !Equal.equals(Roster.decide(loaded, command, context), decided))
    faults.push("enough_is_loaded: from what a store loads, it is decided otherwise");
  if (faults.length > 0) return { outcome: "wrong", faults, what };
  const roster = withoutTheDone(after);
  const reference = {
    ...expected.after,
    people: expected.after.people.filter(({ is, isCharged }) => is !== "gone" || isCharged),
  };
  return { outcome: "done", stand: { roster, reference, moment }, what };
};

/** What was gone through: how many standings, how many steps, whether there was no other way left; or what went wrong, and on which way. */
export interface Exploration {
  readonly standings: number;
  readonly steps: number;
  readonly isExhausted: boolean;
  readonly wrong?: ReadonlyArray<string>;
}

/** Goes every way of a world, up to so many steps: each standing once, from each everything that may be asked. */
export const explore = (
  world: World,
  asks: ReadonlyArray<Ask>,
  { depth = Infinity, standings = Infinity }: { readonly depth?: number; readonly standings?: number } = {},
): Exploration => {
  interface Way {
    readonly stand: Stand;
    readonly from?: Way;
    readonly what?: string;
  }
  const start: Way = { stand: begin(world) };
  const seen = new Set([keyOf(start.stand)]);
  let ways: Array<Way> = [start];
  let steps = 0;
  for (let walked = 0; ways.length > 0; walked++) {
    if (walked >= depth || seen.size > standings) return { standings: seen.size, steps, isExhausted: false };
    const next: Array<Way> = [];
    for (const way of ways) {
      for (const asked of asks) {
        const taken = step(world, way.stand, asked);
        if (taken.outcome === "meaningless") continue;
        steps++;
        if (taken.outcome === "wrong") {
          const path: Array<string> = [taken.what, ...taken.faults];
          for (let at: Way | undefined = way; at?.what !== undefined; at = at.from) path.unshift(at.what);
          return { standings: seen.size, steps, isExhausted: false, wrong: path };
        }
        if (taken.outcome === "refused") continue;
        const key = keyOf(taken.stand);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ stand: taken.stand, from: way, what: taken.what });
      }
    }
    ways = next;
  }
  return { standings: seen.size, steps, isExhausted: true };
};

/** Goes one way of a world. **Shape** what went wrong, and the way to it; nothing where all was right. `done`: how many steps were not refused. */
export const walk = (
  world: World,
  asks: ReadonlyArray<Ask>,
): { readonly done: number; readonly wrong?: ReadonlyArray<string> } => {
  let stand = begin(world);
  let done = 0;
  const path: Array<string> = [];
  for (const asked of asks) {
    const taken = step(world, stand, asked);
    if (taken.outcome === "meaningless") continue;
    path.push(taken.what);
    if (taken.outcome === "wrong") return { done, wrong: [...path, ...taken.faults] };
    if (taken.outcome === "done") done++;
    stand = taken.stand;
  }
  return { done };
};

/** Two stands with the same key have the same future. */
const keyOf = ({ roster: { session, bookings, waitlist }, moment }: Stand): string => {
  const taken = [...bookings.values()]
    .map(({ id, status, channel, origin, penalty, createdAt, cancelledAt }) =>
      [id.slice(-4), status, channel, origin, penalty?.for, penalty?.status, createdAt, cancelledAt].join(" "),
    )
    .toSorted();
  const first = Math.min(0, ...waitlist.map(({ sequence }) => sequence));
  const line = waitlist.map(({ id, status, channel, priority, sequence, isHeld, passedOver, offerExpiresAt, paidBy }) =>
    [
      id.slice(-4),
      status,
      channel,
      priority,
      sequence - first,
      isHeld,
      passedOver,
      offerExpiresAt,
      paidBy?.source,
    ].join(" "),
  );
  return [moment, session.capacity, session.status, ...taken, "|", ...line].join(";");
};
