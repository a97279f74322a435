/** A session for tests that tell what happens at it: who does what when, and how it stands then. */
import * as Result from "effect/Result";
import { BookingId, type Instant, MemberId } from "../../src/kernel/index.ts";
import {
  type Booking,
  type BookingPolicy,
  defaultPolicy,
  NotEntitled,
  Roster,
  type SessionInstance,
  type WaitlistEntry,
} from "../../src/moveos/index.ts";
import { minutesFromStart, sessionOf } from "../../src/testing/laws/RosterWorlds.ts";
import { uuid } from "./Memberships.ts";

const names = ["Amina", "Brian", "Carol", "David", "Esther"] as const;
type Name = (typeof names)[number];

interface Options {
  readonly override?: string;
  readonly acknowledged?: boolean;
  readonly desk?: boolean;
  readonly nonce?: string;
  readonly priority?: number;
  /** When a device saw it. **Units** minutes from the start. */
  readonly seen?: number;
}

export const defaults = defaultPolicy;

/** **Shape** every act answers `yes`, or the name of its refusal. **Units** moments: minutes from the start, negative before. */
export class Scene {
  roster: Roster.Roster;
  policy: BookingPolicy;
  now: Instant = minutesFromStart(-1_440);
  events: ReadonlyArray<Roster.RosterEvent> = [];
  readonly situations = new Map<Name, Partial<Roster.Situation>>();
  #tickets = 0;

  constructor(policy: Partial<BookingPolicy> = {}, session: Partial<SessionInstance> = {}) {
    this.policy = { ...defaultPolicy, ...policy };
    this.roster = { session: { ...sessionOf(1), ...session }, bookings: new Map(), waitlist: [] };
  }

  at(minutes: number): this {
    this.now = minutesFromStart(minutes);
    return this;
  }

  with(name: Name, situation: Partial<Roster.Situation>): this {
    this.situations.set(name, situation);
    return this;
  }

  uncovered(name: Name): this {
    const reason = new NotEntitled({ memberId: this.#idOf(name), reason: "no membership" });
    return this.with(name, { cover: Result.fail(reason) });
  }

  do(command: Roster.RosterCommand): string {
    const decided = Roster.decide(this.roster, command, this.context);
    if (Result.isFailure(decided)) return decided.failure._tag;
    this.events = decided.success;
    this.roster = Roster.evolveAll(this.roster, decided.success);
    return "yes";
  }

  books = (name: Name, { desk, override, acknowledged }: Options = {}) =>
    this.do({
      _tag: "Book",
      bookingId: this.#ticket(),
      memberId: this.#idOf(name),
      channel: desk === true || override !== undefined ? "desk" : "online",
      ...(override !== undefined && { override }),
      ...(acknowledged !== undefined && { acknowledged }),
    });
  joins = (name: Name, { priority, desk, acknowledged }: Options = {}) =>
    this.do({
      _tag: "JoinWaitlist",
      entryId: this.#ticket(),
      memberId: this.#idOf(name),
      channel: desk === true ? "desk" : "online",
      ...(priority !== undefined && { priority }),
      ...(acknowledged !== undefined && { acknowledged }),
    });
  walksIn = (name: Name, { seen, override, nonce, acknowledged }: Options = {}) =>
    this.do({
      _tag: "WalkIn",
      bookingId: this.#ticket(),
      memberId: this.#idOf(name),
      at: seen === undefined ? this.now : minutesFromStart(seen),
      ...(override !== undefined && { override }),
      ...(nonce !== undefined && { nonce }),
      ...(acknowledged !== undefined && { acknowledged }),
    });
  cancels = (name: Name, { override }: Options = {}) =>
    this.do({
      _tag: "Cancel",
      bookingId: this.bookingOf(name).id,
      channel: override === undefined ? "online" : "desk",
      ...(override !== undefined && { override }),
    });
  comes = (name: Name, { seen, nonce, acknowledged, override }: Options = {}) =>
    this.do({
      _tag: "CheckIn",
      bookingId: this.bookingOf(name).id,
      at: seen === undefined ? this.now : minutesFromStart(seen),
      ...(nonce !== undefined && { nonce }),
      ...(acknowledged !== undefined && { acknowledged }),
      ...(override !== undefined && { override }),
    });
  accepts = (name: Name) => this.do({ _tag: "AcceptOffer", entryId: this.placeOf(name).id });
  declines = (name: Name) => this.do({ _tag: "DeclineOffer", entryId: this.placeOf(name).id });
  leaves = (name: Name) => this.do({ _tag: "LeaveWaitlist", entryId: this.placeOf(name).id });
  isPromoted = (name: Name) => this.do({ _tag: "Promote", entryId: this.placeOf(name).id, override: "a friend" });
  isMissing = (name: Name) => this.do({ _tag: "MarkNoShow", bookingId: this.bookingOf(name).id });
  wasThereAfterAll = (name: Name, { override }: Options = {}) =>
    this.do({
      _tag: "UndoNoShow",
      bookingId: this.bookingOf(name).id,
      reason: "was there",
      ...(override !== undefined && { override }),
    });
  didNotCome = (name: Name) =>
    this.do({ _tag: "UndoCheckIn", bookingId: this.bookingOf(name).id, reason: "somebody else" });
  hasSeats = (capacity: number) => this.do({ _tag: "ChangeCapacity", capacity, reason: "the bikes" });
  isCalledOff = () => this.do({ _tag: "CancelSession", reason: "the teacher is ill" });
  isOver = () => this.do({ _tag: "CompleteSession" });
  isLookedAt = () => this.do({ _tag: "Advance" });

  /** Who holds a seat, by name. */
  get seats(): ReadonlyArray<string> {
    return [...this.roster.bookings.values()]
      .filter(({ status }) => status === "booked" || status === "checked_in")
      .map(({ memberId }) => nameOf(memberId))
      .toSorted();
  }

  /** Who is in line, in order; with a star who is offered a seat. */
  get line(): ReadonlyArray<string> {
    return Roster.lineOf(this.roster).map(
      ({ memberId, status }) => `${nameOf(memberId)}${status === "offered" ? "*" : ""}`,
    );
  }

  /** Why each in line has no seat yet. */
  get because(): ReadonlyArray<string> {
    return Roster.explainLine(this.roster, this.context).map(({ because }) => because);
  }

  get told(): ReadonlyArray<string> {
    return this.events.map(({ _tag }) => _tag);
  }

  /** The member's latest booking, whatever became of it. */
  bookingOf(name: Name): Booking {
    const found = [...this.roster.bookings.values()].findLast(({ memberId }) => memberId === this.#idOf(name));
    if (found === undefined) throw new Error(`${name} has no booking`);
    return found;
  }

  placeOf(name: Name): WaitlistEntry {
    const own = this.roster.waitlist.filter(({ memberId }) => memberId === this.#idOf(name));
    const found = own.find(({ status }) => status === "waiting" || status === "offered") ?? own.at(-1);
    if (found === undefined) throw new Error(`${name} has no place in line`);
    return found;
  }

  get context(): Roster.Context {
    return {
      now: this.now,
      policy: this.policy,
      situationOf: (memberId) => ({
        cover: Result.succeed({ source: "open" }),
        elsewhere: [],
        advisedAgainst: [],
        waitlistPriority: 0,
        penalties: [],
        ...this.situations.get(nameOf(memberId)),
      }),
    };
  }

  #idOf(name: Name): MemberId {
    return MemberId.make(uuid(names.indexOf(name) + 1));
  }

  #ticket(): BookingId {
    this.#tickets++;
    return BookingId.make(uuid(100 + this.#tickets));
  }
}

const nameOf = (id: MemberId): Name => names[Number(id.slice(-12)) - 1] ?? "Amina";

/** A session of one seat, a day ahead, under a policy. */
export const scene = (policy: Partial<BookingPolicy> = {}, session: Partial<SessionInstance> = {}) =>
  new Scene(policy, session);

/** A session whose seat, or seats, Amina (and Brian) have. */
export const fullFor = (policy: Partial<BookingPolicy> = {}, capacity: 1 | 2 = 1): Scene => {
  const full = scene(policy, { capacity });
  full.books("Amina");
  if (capacity === 2) full.books("Brian");
  return full;
};
