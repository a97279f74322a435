/**
 * A roster slow enough to be obviously right: everybody who has to do with the session as one list, and after each command whatever must follow is
 * looked for again from the beginning, until nothing does. It shares no decision with `Roster`; only the commands, the policy and the refusals' names.
 */
import * as Result from "effect/Result";
import * as CivilDate from "../../kernel/CivilDate.ts";
import type { BookingId, MemberId } from "../../kernel/Ids.ts";
import * as ZoneRules from "../../kernel/ZoneRules.ts";
import type { Penalty } from "../../moveos/domain/Booking.ts";
import type { BookingPolicy, Consequence } from "../../moveos/domain/BookingPolicy.ts";
import type { Context, Roster, RosterCommand } from "../../moveos/domain/Roster.ts";
import type { SessionInstance } from "../../moveos/domain/SessionInstance.ts";
import { instantOf } from "../../moveos/domain/Window.ts";

/** **Shape** `is`: `owing` has given a seat back late and may yet be forgiven. `isCharged`: what it did stands for good. `cost`: what that costs, as text. */
interface Person {
  readonly id: BookingId;
  readonly memberId: MemberId;
  is: "booked" | "here" | "missing" | "waiting" | "offered" | "owing" | "gone";
  isOnline: boolean;
  isPaid: boolean;
  isWalkIn: boolean;
  isAcknowledged: boolean;
  wasForgiven: boolean;
  isCharged: boolean;
  cost: string;
  nonce: string | undefined;
  since: number;
  rank: readonly [priority: number, sequence: number];
  expires: number;
}

/** A roster as the reference sees it. */
export interface ReferenceRoster {
  capacity: number;
  status: SessionInstance["status"];
  people: Array<Person>;
}

/** What can be seen of a roster, however it is kept. */
export interface View {
  readonly capacity: number;
  readonly status: string;
  /** Who holds a seat: the booking, whether it came. */
  readonly seats: ReadonlyArray<string>;
  /** The line in order, with what is offered until when. */
  readonly line: ReadonlyArray<string>;
  readonly owing: ReadonlyArray<string>;
  readonly charged: ReadonlyArray<string>;
}

export const empty = (capacity: number): ReferenceRoster => ({ capacity, status: "scheduled", people: [] });

/** Another one like it, to go on from. */
export const copyOf = ({ capacity, status, people }: ReferenceRoster): ReferenceRoster => ({
  capacity,
  status,
  people: people.map((person) => ({ ...person })),
});

export const viewOf = ({ capacity, status, people }: ReferenceRoster): View => ({
  capacity,
  status,
  seats: people
    .filter(isSeated)
    .map(({ id, memberId, is }) => `${id} ${memberId} ${is === "here" ? "here" : "booked"}`)
    .toSorted(),
  line: inOrder(people).map(
    ({ id, memberId, is, expires }) => `${id} ${memberId} ${is === "offered" ? expires : "waits"}`,
  ),
  owing: people
    .filter(({ is }) => is === "owing")
    .map(({ id, cost }) => `${id} ${cost}`)
    .toSorted(),
  charged: people
    .filter(({ isCharged }) => isCharged)
    .map(({ id, cost }) => `${id} ${cost}`)
    .toSorted(),
});

/** The same of a roster that is to be judged. */
export const viewOfRoster = ({ session, bookings, waitlist }: Roster): View => ({
  capacity: session.capacity,
  status: session.status,
  seats: [...bookings.values()]
    .filter(({ status }) => status === "booked" || status === "checked_in")
    .map(({ id, memberId, status }) => `${id} ${memberId} ${status === "checked_in" ? "here" : "booked"}`)
    .toSorted(),
  line: waitlist
    .filter(({ status }) => status === "waiting" || status === "offered")
    .map(({ id, memberId, offerExpiresAt }) => `${id} ${memberId} ${offerExpiresAt ?? "waits"}`),
  owing: [...bookings.values()]
    .filter(({ penalty }) => penalty?.status === "pending")
    .map(({ id, penalty }) => `${id} ${costIn(penalty)}`)
    .toSorted(),
  charged: [...bookings.values()]
    .filter(({ penalty }) => penalty?.status === "final")
    .map(({ id, penalty }) => `${id} ${costIn(penalty)}`)
    .toSorted(),
});

/** What a penalty costs, and what a policy says it should: nobody of these worlds pays with a credit, so that nobody is spared the rest. */
const costIn = (penalty: Penalty | undefined): string =>
  `${penalty?.credit === "lost" ? "lose" : "keep"} ${penalty?.fee?.minorUnits ?? 0} ${penalty?.membershipDays ?? 0}`;
const costOf = ({ credit, fee, membershipDays }: Consequence): string =>
  `${credit} ${fee?.minorUnits ?? 0} ${membershipDays ?? 0}`;

const isSeated = ({ is }: Person) => is === "booked" || is === "here";
const isQueued = ({ is }: Person) => is === "waiting" || is === "offered";
const inOrder = (people: ReadonlyArray<Person>) =>
  people.filter(isQueued).toSorted((left, right) => left.rank[0] - right.rank[0] || left.rank[1] - right.rank[1]);

const MINUTE = 60_000;

class Refused extends Error {
  readonly refusal: string;
  constructor(refusal: string) {
    super(refusal);
    this.refusal = refusal;
  }
}

const unless = (holds: boolean, refusal: string) => {
  if (!holds) throw new Refused(refusal);
};

/** The roster after a command, or the name of its refusal; a refused command changes nothing that can be seen. */
export const perform = (
  before: ReferenceRoster,
  command: RosterCommand,
  context: Context,
  session: Pick<SessionInstance, "startTime" | "endTime" | "timezone">,
): { readonly after: ReferenceRoster; readonly refusal?: string } => {
  const after = copyOf(before);
  const house = new House(after, context, session);
  try {
    house.timePasses();
    house.settle();
    house.perform(command);
    house.timePasses();
    house.settle();
    return { after };
  } catch (error) {
    if (error instanceof Refused) return { after: before, refusal: error.refusal };
    throw error;
  }
};

class House {
  readonly roster: ReferenceRoster;
  readonly policy: BookingPolicy;
  readonly now: number;
  readonly context: Context;
  readonly session: Pick<SessionInstance, "startTime" | "endTime" | "timezone">;

  constructor(
    roster: ReferenceRoster,
    context: Context,
    session: Pick<SessionInstance, "startTime" | "endTime" | "timezone">,
  ) {
    this.roster = roster;
    this.context = context;
    this.policy = context.policy;
    this.now = context.now;
    this.session = session;
  }

  get people() {
    return this.roster.people;
  }
  get seated() {
    return this.people.filter(isSeated).length;
  }
  get free() {
    return this.roster.capacity - this.people.filter((person) => isSeated(person) || person.is === "offered").length;
  }
  get doorOpens() {
    return this.session.startTime - Math.min(this.policy.checkIn.opensMinutesBeforeStart, 1_440) * MINUTE;
  }
  get doorCloses() {
    return this.session.endTime + this.policy.checkIn.closesMinutesAfterEnd * MINUTE;
  }
  get promotesUntil() {
    return Math.min(instantOf(this.policy.waitlist.promoteUntil, this.session), this.session.endTime);
  }
  get missingFrom() {
    const minutes = this.policy.noShow.automaticMinutesAfterStart;
    return minutes === undefined ? Infinity : this.session.startTime + minutes * MINUTE;
  }

  of(id: BookingId) {
    return this.people.findLast((person) => person.id === id);
  }
  seatOf(memberId: MemberId) {
    return this.people.find((person) => person.memberId === memberId && isSeated(person));
  }
  placeOf(memberId: MemberId) {
    return this.people.find((person) => person.memberId === memberId && isQueued(person));
  }

  /** Seats that members take themselves: those taken and those offered to who asked online, against all but the desk's. */
  hasOnlineSeat() {
    const online = this.people.filter((person) => person.isOnline && (isSeated(person) || person.is === "offered"));
    return online.length < this.roster.capacity - this.policy.seatsKeptForDesk;
  }

  isOverlapped(memberId: MemberId) {
    const { startTime, endTime } = this.session;
    const clash = this.context
      .situationOf(memberId)
      .elsewhere.some((other) => other.startTime < endTime && other.endTime > startTime);
    return this.policy.overlap === "refuse" && clash;
  }

  /** What keeps somebody in line from a free seat. */
  hindrance(person: Person): "none" | "desk" | "overlap" | "uncovered" | "unknown" {
    if (person.isOnline && !this.hasOnlineSeat()) return "desk";
    if (this.isOverlapped(person.memberId)) return "overlap";
    if (person.isPaid) return "none";
    const { cover } = this.context.situationOf(person.memberId);
    if (Result.isSuccess(cover)) return "none";
    return cover.failure._tag === "NotEntitled" ? "uncovered" : "unknown";
  }

  /** Free seats that somebody who is not covered, and those behind, keep from who comes by. */
  get heldBack() {
    if (this.policy.waitlist.unentitled !== "hold" || this.now >= this.promotesUntil) return 0;
    const waiting = inOrder(this.people).filter(({ is }) => is === "waiting");
    const first = waiting.findIndex((person) => this.hindrance(person) === "uncovered");
    return first === -1 ? 0 : Math.min(waiting.length - first, Math.max(0, this.free));
  }

  timePasses() {
    if (this.roster.status !== "scheduled") return;
    if (this.now < this.doorCloses) {
      for (const person of inOrder(this.people)) {
        const isOverdue = person.is === "offered" && person.expires <= this.now;
        const isClosed = this.now >= this.promotesUntil && this.policy.waitlist.standby === "off";
        if (isOverdue || isClosed) person.is = "gone";
      }
    }
    if (this.now >= this.missingFrom) {
      for (const person of this.people) {
        if (person.is === "booked" && person.since < this.missingFrom && !person.wasForgiven) this.miss(person);
      }
    }
    if (this.now >= this.doorCloses) this.end("completed");
  }

  end(status: "completed" | "cancelled") {
    for (const person of this.people) {
      if (status === "cancelled") person.isCharged = false;
      else if (person.is === "owing") person.isCharged = true;
      if (isQueued(person) || person.is === "owing" || (status === "cancelled" && person.is === "booked")) {
        person.is = "gone";
      }
    }
    this.roster.status = status;
  }

  /** Gives seats to the line and forgives, one thing at a time, until there is nothing to do. */
  settle() {
    while (this.giveOneSeat() || this.forgiveOne());
  }

  giveOneSeat(): boolean {
    if (this.roster.status !== "scheduled" || this.now >= this.promotesUntil || this.free <= 0) return false;
    const { promotion, unentitled } = this.policy.waitlist;
    for (const person of inOrder(this.people)) {
      if (person.is !== "waiting") continue;
      const hindrance = this.hindrance(person);
      if (hindrance === "uncovered" && unentitled === "hold") return false;
      if (hindrance !== "none") continue;
      if (promotion.kind === "automatic") this.sit(person);
      else {
        person.is = "offered";
        person.expires = Math.min(this.now + promotion.minutesToAccept * MINUTE, this.promotesUntil);
      }
      return true;
    }
    return false;
  }

  /** An empty seat stands for the latest who gave one back late; who has none left is forgiven, the earliest first. */
  forgiveOne(): boolean {
    if (this.free > 0 && this.roster.status === "scheduled" && this.giveOneSeat()) return true;
    const owing = this.people
      .filter(({ is }) => is === "owing")
      .toSorted((left, right) => left.since - right.since || (left.id < right.id ? -1 : 1));
    const [earliest] = owing;
    if (earliest === undefined || owing.length <= this.roster.capacity - this.seated) return false;
    earliest.is = "gone";
    return true;
  }

  miss(person: Person) {
    const { consequence, freeEachMonth } = this.policy.noShow;
    person.is = "missing";
    person.isCharged = true;
    const isFree = freeEachMonth !== undefined && this.missedInTheMonth(person.memberId) < freeEachMonth;
    person.cost = isFree ? "keep 0 0" : costOf(consequence);
  }

  dayOf(instant: number) {
    return ZoneRules.civilDateOf(this.session.timezone, instant);
  }

  missedInTheMonth(memberId: MemberId) {
    const month = CivilDate.toIso(this.dayOf(this.session.startTime)).slice(0, 7);
    return this.context
      .situationOf(memberId)
      .penalties.filter((one) => one.for === "no_show" && CivilDate.toIso(this.dayOf(one.at)).startsWith(month)).length;
  }

  /** Looks at every strike as the last of a row: how many lie in the days up to it. */
  owesNothing(memberId: MemberId) {
    const { penalties } = this.context.situationOf(memberId);
    unless(this.policy.unpaidFees !== "refuse" || penalties.every(({ owes }) => owes === undefined), "FeesUnpaid");
  }

  isWelcome(memberId: MemberId, isOnline: boolean) {
    this.owesNothing(memberId);
    const { penalties } = this.context.situationOf(memberId);
    const { strikes } = this.policy;
    if (strikes === undefined || !isOnline) return;
    if (strikes.opens !== undefined && this.now >= instantOf(strikes.opens, this.session)) return;
    const days = penalties.filter((one) => strikes.of.some((kind) => kind === one.for)).map(({ at }) => this.dayOf(at));
    const today = this.dayOf(this.now);
    const isClosed = days.some((last) => {
      const row = days.filter((day) => day <= last && day > last - strikes.withinDays);
      return row.length >= strikes.count && today < last + strikes.closedDays;
    });
    unless(!isClosed, "BookingSuspended");
  }

  sit(person: Person, is: "booked" | "here" = "booked") {
    person.is = is;
    person.since = this.now;
    person.isPaid = true;
    person.wasForgiven = false;
  }

  add(id: BookingId, memberId: MemberId, is: Person["is"], isOnline: boolean): Person {
    const person: Person = {
      id,
      memberId,
      is,
      isOnline,
      isPaid: false,
      isWalkIn: false,
      isAcknowledged: false,
      wasForgiven: false,
      isCharged: false,
      cost: "",
      nonce: undefined,
      since: this.now,
      rank: [0, 0],
      expires: 0,
    };
    this.people.push(person);
    return person;
  }

  makeRoom(override: string | undefined) {
    if (this.free > 0) return;
    unless(override !== undefined, "SessionFull");
    this.roster.capacity++;
  }

  isAdvisable(memberId: MemberId, isAcknowledged: boolean) {
    const { contraindications } = this.policy;
    if (this.context.situationOf(memberId).advisedAgainst.length === 0 || contraindications === "advise") return;
    unless(contraindications !== "refuse", "Contraindicated");
    unless(isAcknowledged, "AcknowledgementNeeded");
  }

  isCovered(memberId: MemberId) {
    const { cover } = this.context.situationOf(memberId);
    if (Result.isFailure(cover)) throw new Refused(cover.failure._tag);
  }

  bookingIsOpen() {
    const { opens, closes } = this.policy.booking;
    if (opens !== undefined) unless(this.now >= instantOf(opens, this.session), "BookingNotOpen");
    unless(this.now < instantOf(closes, this.session), "BookingClosed");
  }

  nextSequence() {
    return Math.max(0, ...this.people.filter(isQueued).map(({ rank }) => rank[1])) + 1;
  }

  /** A person's ticket becomes a seat, or a new one does. */
  seatFor(id: BookingId, memberId: MemberId, isOnline: boolean): Person {
    const person = this.placeOf(memberId) ?? this.add(id, memberId, "gone", isOnline);
    this.sit(person);
    person.isOnline = isOnline;
    return person;
  }

  perform(command: RosterCommand) {
    const isScheduled = () => unless(this.roster.status === "scheduled", "SessionNotScheduled");
    const isNotCancelled = () => unless(this.roster.status !== "cancelled", "SessionNotScheduled");
    switch (command._tag) {
      case "Advance":
        return;
      case "Book": {
        const { memberId, override } = command;
        const isOnline = command.channel === "online";
        isScheduled();
        if (override === undefined) this.bookingIsOpen();
        unless(this.seatOf(memberId) === undefined, "AlreadyBooked");
        const place = this.placeOf(memberId);
        if (override === undefined) {
          if (place?.is !== "offered") {
            unless(this.free - this.heldBack > 0, "SessionFull");
            unless(!isOnline || this.hasOnlineSeat(), "OnlineSeatsTaken");
          }
          this.isWelcome(memberId, isOnline);
          this.isAdvisable(memberId, command.acknowledged === true);
          unless(!this.isOverlapped(memberId), "OverlapsBooking");
          if (place?.isPaid !== true) this.isCovered(memberId);
        } else if (place?.is !== "offered") this.makeRoom(override);
        this.seatFor(command.bookingId, memberId, isOnline).isAcknowledged = command.acknowledged === true;
        return;
      }
      case "WalkIn": {
        const { memberId, override, nonce } = command;
        const seat = this.seatOf(memberId);
        if (seat?.is === "here" && nonce !== undefined && seat.nonce === nonce) return;
        isNotCancelled();
        unless(command.at >= this.doorOpens, "CheckInNotOpen");
        unless(command.at < this.doorCloses, "CheckInClosed");
        unless(seat === undefined, "AlreadyBooked");
        const place = this.placeOf(memberId);
        if (override === undefined) {
          if (place?.is !== "offered") {
            unless(this.free - this.heldBack > 0, "SessionFull");
            if (this.policy.waitlist.standby === "in_order") {
              const line = inOrder(this.people);
              const before = place === undefined ? line : line.slice(0, line.indexOf(place));
              unless(before.filter(({ is }) => is === "waiting").length < this.free, "OthersOnStandby");
            }
          }
          this.owesNothing(memberId);
          this.isAdvisable(memberId, command.acknowledged === true);
          if (place?.isPaid !== true) this.isCovered(memberId);
        } else if (place?.is !== "offered") this.makeRoom(override);
        const seated = this.seatFor(command.bookingId, memberId, false);
        seated.is = "here";
        seated.nonce = nonce;
        seated.isWalkIn = place === undefined || override !== undefined;
        seated.isAcknowledged = command.acknowledged === true;
        return;
      }
      case "Cancel": {
        const booking = this.of(command.bookingId);
        unless(booking?.is === "booked", "BookingNotActive");
        if (booking === undefined) return;
        const { freeUntil, closes, late, lastMinute, isForgivenIfRefilled } = this.policy.cancellation;
        const isOverridden = command.override !== undefined;
        unless(isOverridden || this.now < instantOf(closes, this.session), "CancellationClosed");
        const isLate = !isOverridden && this.now >= instantOf(freeUntil, this.session);
        const mayBeForgiven = isForgivenIfRefilled && this.roster.status === "scheduled";
        booking.is = isLate && mayBeForgiven ? "owing" : "gone";
        const isLast = lastMinute !== undefined && this.now >= instantOf(lastMinute.from, this.session);
        booking.cost = costOf(isLast ? lastMinute.consequence : late);
        booking.isCharged = isLate && !mayBeForgiven && this.roster.status !== "cancelled";
        booking.since = this.now;
        return;
      }
      case "JoinWaitlist": {
        const { memberId } = command;
        const isOnline = command.channel === "online";
        const { limit, joinUntil, creditOn } = this.policy.waitlist;
        isScheduled();
        this.bookingIsOpen();
        unless(this.now < instantOf(joinUntil, this.session), "WaitlistClosed");
        unless(this.now < this.promotesUntil || this.policy.waitlist.standby !== "off", "WaitlistClosed");
        unless(this.seatOf(memberId) === undefined, "AlreadyBooked");
        unless(this.placeOf(memberId) === undefined, "AlreadyWaiting");
        const hasSeat = this.free - this.heldBack > 0 && (!isOnline || this.hasOnlineSeat());
        unless(!hasSeat, "SeatsFree");
        unless(this.people.filter(isQueued).length < limit, "WaitlistFull");
        this.isWelcome(memberId, isOnline);
        this.isAdvisable(memberId, command.acknowledged === true);
        if (creditOn === "join") this.isCovered(memberId);
        const rank = [
          command.priority ?? this.context.situationOf(memberId).waitlistPriority,
          this.nextSequence(),
        ] as const;
        const joined = this.add(command.entryId, memberId, "waiting", isOnline);
        const { cover } = this.context.situationOf(memberId);
        joined.isPaid = creditOn === "join" || (Result.isSuccess(cover) && cover.success.source === "partner");
        joined.isAcknowledged = command.acknowledged === true;
        joined.rank = rank;
        return;
      }
      case "LeaveWaitlist":
      case "DeclineOffer": {
        const place = this.of(command.entryId);
        const mayLeave =
          place !== undefined &&
          (place.is === "offered" || (place.is === "waiting" && command._tag === "LeaveWaitlist"));
        unless(mayLeave, "NotInLine");
        if (place !== undefined) place.is = "gone";
        return;
      }
      case "AcceptOffer": {
        isScheduled();
        const place = this.of(command.entryId);
        unless(place?.is === "offered", "NotInLine");
        if (place === undefined) return;
        unless(!this.isOverlapped(place.memberId), "OverlapsBooking");
        if (!place.isPaid) this.isCovered(place.memberId);
        this.sit(place);
        return;
      }
      case "Promote": {
        isScheduled();
        const place = this.of(command.entryId);
        unless(place !== undefined && isQueued(place), "NotInLine");
        if (place === undefined) return;
        unless(this.seatOf(place.memberId) === undefined, "AlreadyBooked");
        if (place.is === "waiting") this.makeRoom(command.override);
        this.sit(place);
        place.isOnline = false;
        return;
      }
      case "CheckIn": {
        const { at, nonce, override } = command;
        const booking = this.of(command.bookingId);
        if (booking === undefined) throw new Refused("BookingNotActive");
        if (booking.is === "here" && nonce !== undefined && booking.nonce === nonce) return;
        const isToldLate = booking.is === "missing" && at < this.missingFrom && this.missingFrom !== Infinity;
        unless(booking.is === "booked" || isToldLate, "BookingNotActive");
        if (isToldLate) {
          unless(this.seatOf(booking.memberId) === undefined, "AlreadyBooked");
          this.makeRoom(override);
          booking.wasForgiven = true;
          booking.isCharged = false;
        }
        isNotCancelled();
        unless(at >= this.session.startTime - 1_440 * MINUTE, "CheckInNotOpen");
        if (override === undefined) {
          unless(at >= this.doorOpens, "CheckInNotOpen");
          unless(at < this.doorCloses, "CheckInClosed");
          this.isAdvisable(booking.memberId, command.acknowledged === true || booking.isAcknowledged);
        }
        booking.is = "here";
        booking.nonce = nonce;
        if (command.acknowledged === true) booking.isAcknowledged = true;
        return;
      }
      case "UndoCheckIn": {
        const booking = this.of(command.bookingId);
        unless(booking?.is === "here", "BookingNotActive");
        if (booking === undefined) return;
        booking.is = booking.isWalkIn ? "gone" : "booked";
        booking.nonce = undefined;
        return;
      }
      case "MarkNoShow": {
        const booking = this.of(command.bookingId);
        unless(booking?.is === "booked", "BookingNotActive");
        isNotCancelled();
        unless(this.now >= this.session.startTime, "NoShowTooEarly");
        if (booking !== undefined) this.miss(booking);
        return;
      }
      case "UndoNoShow": {
        const booking = this.of(command.bookingId);
        unless(booking?.is === "missing", "BookingNotActive");
        if (booking === undefined) return;
        isNotCancelled();
        unless(this.seatOf(booking.memberId) === undefined, "AlreadyBooked");
        this.makeRoom(command.override);
        booking.is = "booked";
        booking.wasForgiven = true;
        booking.isCharged = false;
        return;
      }
      case "ChangeCapacity": {
        isScheduled();
        const { capacity } = command;
        const tooMany = () => this.roster.capacity - this.free > capacity;
        if (tooMany()) {
          unless(this.policy.whenCapacityLowered === "last_booked_waits", "CapacityBelowBooked");
          unless(this.people.filter(({ is }) => is === "here").length <= capacity, "CapacityBelowBooked");
          while (tooMany()) this.takeBackOne();
        }
        this.roster.capacity = capacity;
        return;
      }
      case "CancelSession":
        isScheduled();
        this.end("cancelled");
        return;
      case "CompleteSession":
        isScheduled();
        unless(this.now >= this.session.endTime, "SessionNotOver");
        this.end("completed");
        return;
      case "SettlePenalty":
      case "RecordFeePaid":
        return;
    }
  }

  /** The last offer in line, else whoever booked last, who is put before everybody in line. */
  takeBackOne() {
    const offer = inOrder(this.people).findLast(({ is }) => is === "offered");
    if (offer !== undefined) {
      offer.is = "waiting";
      return;
    }
    const booked = this.people
      .filter(({ is }) => is === "booked")
      .toSorted((left, right) => right.since - left.since || (left.id < right.id ? 1 : -1));
    const [last] = booked;
    if (last === undefined) throw new Refused("CapacityBelowBooked");
    const first = inOrder(this.people)[0];
    last.is = "waiting";
    last.isPaid = false;
    last.wasForgiven = false;
    last.rank = [Math.min(0, first?.rank[0] ?? 0) - 1, this.nextSequence()];
  }
}
