import { assert, describe, it } from "@effect/vitest";
import * as Result from "effect/Result";
import * as fc from "fast-check";
import { BookingId, Instant, MemberId } from "../../../src/kernel/index.ts";
import {
  type Booking,
  type BookingPolicy,
  defaultPolicy,
  Roster,
  type SessionInstance,
} from "../../../src/moveos/index.ts";
import { at } from "../../support/Gym.ts";

const start = at("2026-03-07T06:00:00Z");
const end = at("2026-03-07T06:45:00Z");
const noon = at("2026-03-06T12:00:00Z");

const uuid = (n: number) => `0195f000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
const member = (n: number) => MemberId.make(uuid(n));
const bookingId = (n: number) => BookingId.make(uuid(1_000 + n));

const session = (more: Partial<SessionInstance> = {}) =>
  ({
    id: uuid(5_000),
    tenantId: uuid(5_001),
    sessionTypeId: uuid(5_002),
    locationId: uuid(5_003),
    startTime: start,
    endTime: end,
    capacity: 2,
    seatsTaken: 0,
    status: "scheduled",
    createdAt: noon,
    updatedAt: noon,
    ...more,
  }) as SessionInstance;

const empty = (more: Partial<SessionInstance> = {}): Roster.Roster => ({ session: session(more), bookings: new Map() });
const minutesFrom = (instant: Instant, minutes: number) => Instant.make(instant + minutes * 60_000);

/** The roster after these commands, each of which must be taken. */
const given = (roster: Roster.Roster, ...commands: ReadonlyArray<Roster.RosterCommand>): Roster.Roster =>
  commands.reduce(
    (before, command) =>
      Roster.evolve(
        before,
        Result.getOrThrow(Roster.decide(before, command, context(command._tag === "CheckIn" ? start : noon))),
      ),
    roster,
  );

const context = (now: Instant, policy: Partial<BookingPolicy> = {}): Roster.Context => ({
  now,
  policy: { ...defaultPolicy, ...policy },
});

const outcome = (roster: Roster.Roster, command: Roster.RosterCommand, when: Roster.Context): string =>
  Result.match(Roster.decide(roster, command, when), { onSuccess: ({ _tag }) => _tag, onFailure: ({ _tag }) => _tag });

const book = (n: number): Roster.RosterCommand => ({ _tag: "Book", bookingId: bookingId(n), memberId: member(n) });
const cancel = (n: number): Roster.RosterCommand => ({ _tag: "Cancel", bookingId: bookingId(n) });
const checkIn = (n: number): Roster.RosterCommand => ({ _tag: "CheckIn", bookingId: bookingId(n) });

describe("booking a seat", () => {
  it("takes a free seat", () => {
    const after = given(empty(), book(1));
    assert.strictEqual(after.session.seatsTaken, 1);
    assert.strictEqual(after.bookings.get(bookingId(1))?.status, "booked");
  });

  it("takes the last seat, and is refused the one after it", () => {
    const oneLeft = given(empty(), book(1));
    assert.strictEqual(outcome(oneLeft, book(2), context(noon)), "SeatBooked");
    assert.strictEqual(outcome(given(oneLeft, book(2)), book(3), context(noon)), "SessionFull");
  });

  it("is refused a second seat for the same member", () => {
    const again: Roster.RosterCommand = { _tag: "Book", bookingId: bookingId(9), memberId: member(1) };
    assert.strictEqual(outcome(given(empty(), book(1)), again, context(noon)), "AlreadyBooked");
  });

  it("is open to a member who cancelled, and to whoever takes the seat that was given back", () => {
    const again: Roster.RosterCommand = { _tag: "Book", bookingId: bookingId(9), memberId: member(1) };
    const cancelled = given(empty({ capacity: 1 }), book(1), cancel(1));
    assert.strictEqual(outcome(cancelled, again, context(noon)), "SeatBooked");
    assert.strictEqual(outcome(cancelled, book(2), context(noon)), "SeatBooked");
  });

  it("keeps the seat of a no-show taken", () => {
    const booking = {
      ...Result.getOrThrow(Result.succeed(given(empty({ capacity: 1 }), book(1)))).bookings.get(bookingId(1)),
    };
    const roster = {
      ...empty({ capacity: 1 }),
      bookings: new Map([[bookingId(1), { ...booking, status: "no_show" } as Booking]]),
    };
    assert.strictEqual(outcome(roster, book(2), context(noon)), "SessionFull");
  });

  it.each(["cancelled", "completed"] as const)("is refused in a session that is %s", (status) =>
    assert.strictEqual(outcome(empty({ status }), book(1), context(noon)), "SessionNotScheduled"),
  );

  it("closes at the start: open a millisecond before, closed at it", () => {
    assert.strictEqual(outcome(empty(), book(1), context(Instant.make(start - 1))), "SeatBooked");
    assert.strictEqual(outcome(empty(), book(1), context(start)), "BookingClosed");
  });

  it("closes as many minutes before the start as the policy says", () => {
    const policy = { bookingClosesMinutesBeforeStart: 30 };
    assert.strictEqual(outcome(empty(), book(1), context(minutesFrom(start, -31), policy)), "SeatBooked");
    assert.strictEqual(outcome(empty(), book(1), context(minutesFrom(start, -30), policy)), "BookingClosed");
  });

  it("opens as many minutes before the start as the policy says", () => {
    const policy = { bookingOpensMinutesBeforeStart: 7 * 24 * 60 };
    const opens = minutesFrom(start, -7 * 24 * 60);
    assert.strictEqual(outcome(empty(), book(1), context(Instant.make(opens - 1), policy)), "BookingNotOpen");
    assert.strictEqual(outcome(empty(), book(1), context(opens, policy)), "SeatBooked");
  });
});

describe("giving a seat back", () => {
  const booked = given(empty(), book(1));

  it("frees the seat and keeps the booking as cancelled", () => {
    const after = given(booked, cancel(1));
    assert.strictEqual(after.session.seatsTaken, 0);
    assert.strictEqual(after.bookings.get(bookingId(1))?.status, "cancelled");
    assert.strictEqual(after.bookings.get(bookingId(1))?.cancelledAt, noon);
  });

  it("is refused twice", () =>
    assert.strictEqual(outcome(given(booked, cancel(1)), cancel(1), context(noon)), "BookingNotActive"));

  it("is refused once the member is checked in", () =>
    assert.strictEqual(outcome(given(booked, checkIn(1)), cancel(1), context(noon)), "BookingNotActive"));

  it("closes at the start: open a millisecond before, closed at it", () => {
    assert.strictEqual(outcome(booked, cancel(1), context(Instant.make(start - 1))), "BookingCancelled");
    assert.strictEqual(outcome(booked, cancel(1), context(start)), "CancellationClosed");
  });
});

describe("checking in", () => {
  const booked = given(empty(), book(1));

  it("opens an hour before the start: closed a millisecond before that, open at it", () => {
    const opens = minutesFrom(start, -60);
    assert.strictEqual(outcome(booked, checkIn(1), context(Instant.make(opens - 1))), "CheckInNotOpen");
    assert.strictEqual(outcome(booked, checkIn(1), context(opens)), "MemberCheckedIn");
  });

  it("closes twelve hours after the end: open a millisecond before, closed at it", () => {
    const closes = minutesFrom(end, 720);
    assert.strictEqual(outcome(booked, checkIn(1), context(Instant.make(closes - 1))), "MemberCheckedIn");
    assert.strictEqual(outcome(booked, checkIn(1), context(closes)), "CheckInClosed");
  });

  it("is refused twice, and after a cancellation", () => {
    assert.strictEqual(outcome(given(booked, checkIn(1)), checkIn(1), context(start)), "BookingNotActive");
    assert.strictEqual(outcome(given(booked, cancel(1)), checkIn(1), context(start)), "BookingNotActive");
  });

  it("is refused in a cancelled session, and taken in a completed one", () => {
    const within = (status: SessionInstance["status"]) => ({ ...booked, session: session({ status }) });
    assert.strictEqual(outcome(within("cancelled"), checkIn(1), context(start)), "SessionNotScheduled");
    assert.strictEqual(outcome(within("completed"), checkIn(1), context(start)), "MemberCheckedIn");
  });
});

describe("after any commands whatever", () => {
  const command = fc.oneof(
    fc.record({
      tag: fc.constant("Book" as const),
      n: fc.integer({ min: 0, max: 30 }),
      who: fc.integer({ min: 0, max: 4 }),
    }),
    fc.record({
      tag: fc.constantFrom("Cancel" as const, "CheckIn" as const),
      n: fc.integer({ min: 0, max: 30 }),
      who: fc.constant(0),
    }),
  );
  const moment = fc.integer({ min: -180, max: 900 }).map((minutes) => minutesFrom(start, minutes));

  it("seats taken never exceed capacity (I1), and no member holds two (I2)", () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.tuple(command, moment), { maxLength: 40 }),
        (capacity, steps) => {
          let roster = empty({ capacity });
          for (const [{ tag, n, who }, now] of steps) {
            if (tag !== "Book" && !roster.bookings.has(bookingId(n))) continue;
            if (tag === "Book" && roster.bookings.has(bookingId(n))) continue;
            const one: Roster.RosterCommand =
              tag === "Book"
                ? { _tag: "Book", bookingId: bookingId(n), memberId: member(who) }
                : { _tag: tag, bookingId: bookingId(n) };
            const decided = Roster.decide(roster, one, context(now));
            if (Result.isSuccess(decided)) roster = Roster.evolve(roster, decided.success);
            const held = [...roster.bookings.values()].filter(({ status }) => status !== "cancelled");
            assert.isAtMost(held.length, capacity);
            assert.strictEqual(roster.session.seatsTaken, held.length);
            assert.strictEqual(new Set(held.map(({ memberId }) => memberId)).size, held.length);
          }
        },
      ),
    ));
});
