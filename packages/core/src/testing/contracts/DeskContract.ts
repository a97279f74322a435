/**
 * What many may ask at the desk at once, of one server or of several, and what the store must be afterwards: the promises of every port that the desk
 * relies on, together. Each clause ends with the oracle.
 */
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Result from "effect/Result";
import type { MemberId } from "../../kernel/Ids.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { EventLog } from "../../kernel/EventLog.ts";
import { defaultPolicy, type MoveOs } from "../../moveos/index.ts";
import { clausesOf, same } from "./Clause.ts";
import { deskAtRandom, threeDoors } from "./DeskAtRandom.ts";
import { allIsRight } from "./DeskOracle.ts";
import {
  addMembers,
  asHost,
  asOwner,
  byCredits,
  memberAt,
  openDesk,
  openDoor,
  sessionAt,
  underKey,
} from "./DeskWorld.ts";
import { inTenant } from "./World.ts";

type Door = MoveOs["Service"];

const atOnce = { concurrency: "unbounded" } as const;

const tagOf = (result: Result.Result<unknown, { readonly _tag: string }>): string =>
  Result.isSuccess(result) ? "done" : result.failure._tag;

const tally = (tags: ReadonlyArray<string>): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const tag of tags.toSorted()) counts[tag] = (counts[tag] ?? 0) + 1;
  return counts;
};

/** Two servers' doors over one store. */
const twoDoors = Effect.map(Effect.all([openDoor, openDoor]), (doors) => Effect.all(doors.map(({ moveOs }) => moveOs)));

const eventsOf = Effect.fnUntraced(function* (tenantId: Parameters<typeof asHost>[0], type: string) {
  const log = yield* EventLog;
  const { rows } = yield* inTenant(tenantId, log.outbox(tenantId, { limit: 5_000 }));
  return rows.filter((event) => event.type === type).length;
});

export const deskContract = clausesOf("RosterDesk")({
  "gives the last seat to one of 200 racers at two doors, and to nobody else": Effect.gen(function* () {
    const desk = yield* openDesk({ members: 8 });
    const { tenantId } = desk;
    const racers = [...desk.memberIds, ...(yield* addMembers(tenantId, 192))];
    yield* asOwner(tenantId)(desk.moveOs.setBookingPolicy(defaultPolicy));
    const doors = yield* yield* twoDoors;
    const outcomes = yield* Effect.forEach(
      racers,
      (memberId, index) => {
        const door = doors[index % 2] ?? desk.moveOs;
        return Effect.result(asHost(tenantId)(door.bookSession({ memberId, sessionInstanceId: sessionAt(desk) })));
      },
      atOnce,
    );
    yield* same("outcomes", tally(outcomes.map(tagOf)), { SessionFull: 199, done: 1 });
    yield* allIsRight(tenantId, { bookings: outcomes.filter(Result.isSuccess).map(({ success }) => success.id) });
  }).pipe(Effect.scoped),

  "gives a seat that is cancelled while somebody joins to who waits, once": Effect.gen(function* () {
    for (let round = 0; round < 5; round++) {
      const desk = yield* openDesk({ members: 4 });
      const { tenantId } = desk;
      const host = asHost(tenantId);
      const [one, two] = yield* yield* twoDoors;
      if (one === undefined || two === undefined) return;
      const sessionInstanceId = sessionAt(desk);
      const booking = yield* host(one.bookSession({ memberId: memberAt(desk, 0), sessionInstanceId }));
      yield* host(one.joinWaitlist({ memberId: memberAt(desk, 1), sessionInstanceId }));
      const outcomes = yield* Effect.all(
        [
          Effect.result(host(one.cancelBooking({ bookingId: booking.id }))),
          Effect.result(host(two.joinWaitlist({ memberId: memberAt(desk, 2), sessionInstanceId }))),
          Effect.result(host(two.bookSession({ memberId: memberAt(desk, 3), sessionInstanceId }))),
        ],
        atOnce,
      );
      yield* same("outcomes", outcomes.map(tagOf), ["done", "done", "SessionFull"]);
      const { bookings, waitlist } = yield* asOwner(tenantId)(one.getRoster({ sessionInstanceId }));
      yield* same(
        "who has the seat",
        bookings.map(({ memberId }) => memberId),
        [memberAt(desk, 1)],
      );
      yield* same(
        "who waits",
        waitlist.map(({ memberId }) => memberId),
        [memberAt(desk, 2)],
      );
      yield* allIsRight(tenantId);
    }
  }).pipe(Effect.scoped),

  "promotes once, when one cancels while staff promotes": Effect.gen(function* () {
    for (let round = 0; round < 5; round++) {
      const desk = yield* openDesk({ members: 3 });
      const { tenantId } = desk;
      const host = asHost(tenantId);
      const [one, two] = yield* yield* twoDoors;
      if (one === undefined || two === undefined) return;
      const sessionInstanceId = sessionAt(desk);
      const booking = yield* host(one.bookSession({ memberId: memberAt(desk, 0), sessionInstanceId }));
      const place = yield* host(one.joinWaitlist({ memberId: memberAt(desk, 1), sessionInstanceId }));
      const [cancelled, promoted] = yield* Effect.all(
        [
          Effect.result(host(one.cancelBooking({ bookingId: booking.id }))),
          Effect.result(asOwner(tenantId)(two.promoteFromWaitlist({ waitlistEntryId: place.id, reason: "a friend" }))),
        ],
        atOnce,
      );
      yield* same("the cancellation", tagOf(cancelled), "done");
      yield* same("the promotion", ["done", "NotInLine"].includes(tagOf(promoted)), true);
      yield* same("seats given", yield* eventsOf(tenantId, "SeatBooked"), 2);
      yield* allIsRight(tenantId, { bookings: [place.id] });
    }
  }).pipe(Effect.scoped),

  "takes one of two cancellations": Effect.gen(function* () {
    const desk = yield* openDesk();
    const { tenantId } = desk;
    const host = asHost(tenantId);
    const doors = yield* yield* twoDoors;
    const { id } = yield* host(
      desk.moveOs.bookSession({ memberId: memberAt(desk, 0), sessionInstanceId: sessionAt(desk) }),
    );
    const outcomes = yield* Effect.forEach(
      doors,
      (door) => Effect.result(host(door.cancelBooking({ bookingId: id }))),
      atOnce,
    );
    yield* same("outcomes", tally(outcomes.map(tagOf)), { BookingNotActive: 1, done: 1 });
    yield* allIsRight(tenantId);
  }).pipe(Effect.scoped),

  "never has more seats taken than there are, when the capacity is lowered while members book": Effect.gen(
    function* () {
      for (const whenCapacityLowered of ["refuse", "last_booked_waits"] as const) {
        const desk = yield* openDesk({ capacity: 6, members: 8, policy: { ...byCredits, whenCapacityLowered } });
        const { tenantId } = desk;
        const doors = yield* yield* twoDoors;
        const sessionInstanceId = sessionAt(desk);
        const booking = (memberId: MemberId, index: number) =>
          Effect.result(
            asHost(tenantId)((doors[index % 2] ?? desk.moveOs).bookSession({ memberId, sessionInstanceId })),
          );
        const lowering = [5, 4, 3].map((capacity, index) => {
          const door = doors[index % 2] ?? desk.moveOs;
          return Effect.result(
            asOwner(tenantId)(door.changeCapacity({ sessionInstanceId, capacity, reason: "a bike broke" })),
          );
        });
        yield* Effect.all([Effect.forEach(desk.memberIds, booking, atOnce), Effect.all(lowering, atOnce)], atOnce);
        yield* allIsRight(tenantId);
      }
    },
  ).pipe(Effect.scoped),

  "books once under one key, however often and wherever it is sent at once, and answers the same": Effect.gen(
    function* () {
      const desk = yield* openDesk({ capacity: 5 });
      const { tenantId } = desk;
      const doors = yield* yield* twoDoors;
      const book = (door: Door) =>
        asHost(tenantId)(door.bookSession({ memberId: memberAt(desk, 0), sessionInstanceId: sessionAt(desk) })).pipe(
          underKey("book"),
        );
      const answers = yield* Effect.all([...doors, ...doors, ...doors].map(book), atOnce);
      for (const answer of answers) yield* same("the answer", answer, answers[0] ?? answer);
      yield* same("seats given", yield* eventsOf(tenantId, "SeatBooked"), 1);
      const other = desk.moveOs.bookSession({ memberId: memberAt(desk, 1), sessionInstanceId: sessionAt(desk) });
      const reused = yield* Effect.result(asHost(tenantId)(other).pipe(underKey("book")));
      yield* same("the same key for something else", tagOf(reused), "IdempotencyKeyReused");
      yield* allIsRight(tenantId, { bookings: answers.map(({ id }) => id) });
    },
  ).pipe(Effect.scoped),

  "cancels once under one key, sent twice at once, and answers the same": Effect.gen(function* () {
    for (let round = 0; round < 10; round++) {
      const desk = yield* openDesk({ members: 1 });
      const { tenantId } = desk;
      const host = asHost(tenantId);
      const doors = yield* yield* twoDoors;
      const { id } = yield* host(
        desk.moveOs.bookSession({ memberId: memberAt(desk, 0), sessionInstanceId: sessionAt(desk) }),
      );
      const cancel = (door: Door) =>
        Effect.result(host(door.cancelBooking({ bookingId: id })).pipe(underKey("cancel")));
      const outcomes = yield* Effect.forEach([...doors, ...doors], cancel, atOnce);
      yield* same("outcomes", tally(outcomes.map(tagOf)), { done: 4 });
      yield* allIsRight(tenantId);
    }
  }).pipe(Effect.scoped),

  "decides each of many that come at once, though one of them cannot be decided": Effect.gen(function* () {
    const desk = yield* openDesk({ capacity: 8, members: 8 });
    const { tenantId, moveOs } = desk;
    const host = asHost(tenantId);
    // No door lets a fraction in; what the database cannot take, and the core would not, dies.
    const poison = asOwner(tenantId)(
      moveOs.changeCapacity({ sessionInstanceId: sessionAt(desk), capacity: 1e300, reason: "poison" }),
    );
    const book = (memberId: MemberId) =>
      Effect.exit(host(moveOs.bookSession({ memberId, sessionInstanceId: sessionAt(desk) })));
    const before = desk.memberIds.slice(0, 4).map(book);
    const after = desk.memberIds.slice(4).map(book);
    const [first, , last] = yield* Effect.all(
      [Effect.all(before, atOnce), Effect.exit(poison), Effect.all(after, atOnce)],
      atOnce,
    );
    const booked = [...first, ...last].flatMap((exit) => (Exit.isSuccess(exit) ? [exit.value.id] : []));
    yield* same("booked", booked.length, 8);
    yield* allIsRight(tenantId, { bookings: booked });
  }).pipe(Effect.scoped),

  "decides in the unit of work that is open, which takes it back": Effect.gen(function* () {
    const desk = yield* openDesk({ members: 2 });
    const { tenantId, moveOs } = desk;
    const units = yield* UnitOfWork;
    const book = (index: number) =>
      asHost(tenantId)(moveOs.bookSession({ memberId: memberAt(desk, index), sessionInstanceId: sessionAt(desk) }));
    const undone = yield* Effect.exit(
      units.run(tenantId, Effect.andThen(book(0), Effect.fail("the host changed its mind"))),
    );
    yield* same("the unit of work", Exit.isFailure(undone), true);
    yield* allIsRight(tenantId);
    const kept = yield* units.run(tenantId, book(1));
    yield* same("seats given", yield* eventsOf(tenantId, "SeatBooked"), 1);
    yield* allIsRight(tenantId, { bookings: [kept.id] });
  }).pipe(Effect.scoped),

  "decides for several tenants at once as for each alone: nobody's member is another's": Effect.gen(function* () {
    const [ours, theirs] = [yield* openDesk({ capacity: 20 }), yield* openDesk({ capacity: 20, members: 12 })];
    const { moveOs } = ours;
    const thief = (memberId: MemberId) =>
      Effect.result(asHost(ours.tenantId)(moveOs.bookSession({ memberId, sessionInstanceId: sessionAt(ours) })));
    const rightful = (memberId: MemberId) =>
      Effect.result(asHost(theirs.tenantId)(moveOs.bookSession({ memberId, sessionInstanceId: sessionAt(theirs) })));
    const trespasser = (memberId: MemberId) =>
      Effect.result(asHost(ours.tenantId)(moveOs.bookSession({ memberId, sessionInstanceId: sessionAt(theirs) })));
    const outcomes = yield* Effect.all(
      theirs.memberIds.flatMap((id) => [thief(id), rightful(id), trespasser(memberAt(ours, 0)), thief(id)]),
      atOnce,
    );
    const of = (place: number) => tally(outcomes.filter((_, index) => index % 4 === place).map(tagOf));
    yield* same("whose member it is", of(1), { done: 12 });
    yield* same("whose member it is not", of(0), { NotFound: 12 });
    yield* same("asked again", of(3), { NotFound: 12 });
    yield* same("whose session it is not", of(2), { NotFound: 12 });
    yield* allIsRight(ours.tenantId);
    yield* allIsRight(theirs.tenantId);
    const [booking] = (yield* asOwner(theirs.tenantId)(moveOs.listBookings({}))).items;
    if (booking === undefined) return;
    const looked = yield* Effect.result(asOwner(ours.tenantId)(moveOs.getBooking({ bookingId: booking.id })));
    yield* same("what another tenant sees of it", tagOf(looked), "NotFound");
    yield* same("all that another tenant sees", (yield* asOwner(ours.tenantId)(moveOs.listBookings({}))).items, []);
  }).pipe(Effect.scoped),

  "holds each credit once: who has one gets one of two seats that are asked for at once": Effect.gen(function* () {
    for (let round = 0; round < 5; round++) {
      const desk = yield* openDesk({ capacity: 5, sessions: 2, members: 1, credits: 1 });
      const { tenantId } = desk;
      const doors = yield* yield* twoDoors;
      const outcomes = yield* Effect.forEach(
        doors,
        (door, index) =>
          Effect.result(
            asHost(tenantId)(
              door.bookSession({ memberId: memberAt(desk, 0), sessionInstanceId: sessionAt(desk, index) }),
            ),
          ),
        atOnce,
      );
      yield* same("outcomes", tally(outcomes.map(tagOf)), { NotEntitled: 1, done: 1 });
      yield* allIsRight(tenantId);
    }
  }).pipe(Effect.scoped),

  "does not count twice what is held from joining on": Effect.gen(function* () {
    const policy = { ...byCredits, waitlist: { ...byCredits.waitlist, creditOn: "join" as const } };
    const desk = yield* openDesk({ sessions: 2, members: 2, credits: 2, policy });
    const { tenantId, moveOs } = desk;
    const host = asHost(tenantId);
    const { id } = yield* host(
      moveOs.bookSession({ memberId: memberAt(desk, 0), sessionInstanceId: sessionAt(desk, 0) }),
    );
    yield* host(moveOs.joinWaitlist({ memberId: memberAt(desk, 1), sessionInstanceId: sessionAt(desk, 0) }));
    // Both at once: the seat that is freed goes to the second member, whose other credit pays for the other session.
    const outcomes = yield* Effect.all(
      [
        Effect.result(host(moveOs.cancelBooking({ bookingId: id }))),
        Effect.result(host(moveOs.bookSession({ memberId: memberAt(desk, 1), sessionInstanceId: sessionAt(desk, 1) }))),
      ],
      atOnce,
    );
    yield* same("outcomes", outcomes.map(tagOf), ["done", "done"]);
    yield* allIsRight(tenantId);
  }).pipe(Effect.scoped),

  "books who owes nothing, however far back the policy looks for what is owed": Effect.gen(function* () {
    const desk = yield* openDesk({ policy: { ...byCredits, unpaidFees: "refuse" } });
    const book = desk.moveOs.bookSession({ memberId: memberAt(desk, 0), sessionInstanceId: sessionAt(desk) });
    const { id } = yield* asHost(desk.tenantId)(book);
    yield* allIsRight(desk.tenantId, { bookings: [id] });
  }).pipe(Effect.scoped),

  "gives a seat on the house to who was moved to the line and has no credit left, if staff says so": Effect.gen(
    function* () {
      const desk = yield* openDesk({ capacity: 2, sessions: 2, members: 2, credits: 1 });
      const { tenantId, moveOs } = desk;
      const owner = asOwner(tenantId);
      const book = (member: number, session: number, override?: string) =>
        owner(
          moveOs.bookSession({
            memberId: memberAt(desk, member),
            sessionInstanceId: sessionAt(desk, session),
            ...(override !== undefined && { override }),
          }),
        );
      yield* book(0, 0);
      const { id: moved } = yield* book(1, 0);
      yield* owner(moveOs.changeCapacity({ sessionInstanceId: sessionAt(desk), capacity: 1, reason: "a bike broke" }));
      yield* book(1, 1);
      const seated = yield* book(1, 0, "we had promised it");
      yield* same("the booking", seated.id, moved);
      yield* allIsRight(tenantId, { bookings: [moved] });
    },
  ).pipe(Effect.scoped),

  "lets a no-show that is taken back come on the house, where its credit was used elsewhere meanwhile": Effect.gen(
    function* () {
      const policy = {
        ...byCredits,
        booking: { closes: { minutesBeforeStart: -30 } },
        noShow: { consequence: { credit: "keep" as const } },
      };
      const desk = yield* openDesk({ capacity: 2, sessions: 2, members: 1, credits: 1, startsIn: -10, policy });
      const { tenantId, moveOs } = desk;
      const owner = asOwner(tenantId);
      const book = (index: number) =>
        owner(moveOs.bookSession({ memberId: memberAt(desk, 0), sessionInstanceId: sessionAt(desk, index) }));
      const { id: bookingId } = yield* book(0);
      yield* owner(moveOs.markNoShow({ bookingId }));
      yield* book(1);
      yield* owner(moveOs.undoNoShow({ bookingId, reason: "she stood at the back" }));
      yield* owner(moveOs.checkIn({ bookingId }));
      yield* allIsRight(tenantId);
    },
  ).pipe(Effect.scoped),

  "stays right whatever is asked at once at three doors, in small worlds of any kind": Effect.gen(function* () {
    const ask = yield* threeDoors;
    yield* Effect.forEach(
      Array.from({ length: 4 }, (_, seed) => seed),
      (seed) => deskAtRandom(seed, ask, 8),
      { concurrency: 4, discard: true },
    );
  }).pipe(Effect.scoped),
});
