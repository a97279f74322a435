import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import { newId } from "../../kernel/IdSource.ts";
import { BookingId, MemberId, SessionInstanceId, SessionTypeId, type TenantId } from "../../kernel/Ids.ts";
import { type Instant, now } from "../../kernel/Instant.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import {
  type Booking,
  type Penalty,
  Roster,
  type RosterRequest,
  RosterStore,
  type SessionInstance,
  SessionInstanceStore,
  SessionTypeStore,
  type TimetableFilter,
} from "../../moveos/index.ts";
import { clausesOf, same } from "./Clause.ts";
import {
  addLocation,
  addMember,
  addSession,
  addSessionType,
  addTenant,
  bookingFor,
  inTenant,
  minutes,
} from "./World.ts";

export const sessionTypeStoreContract = clausesOf("SessionTypeStore")({
  "finds a session type as it was kept": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const sessionType = yield* addSessionType(id, {
      description: "Hills and sprints",
      intensity: "vigorous",
      primaryGoal: "cardio",
      contraindications: ["pregnancy", "knee injury"],
    });
    const found = yield* inTenant(
      id,
      SessionTypeStore.use((sessionTypes) => sessionTypes.find(id, sessionType.id)),
    );
    yield* same("the session type", found, sessionType);
  }),

  "lists oldest first": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const added = [yield* addSessionType(id), yield* addSessionType(id)];
    const listed = yield* inTenant(
      id,
      SessionTypeStore.use((sessionTypes) => sessionTypes.list(id, { limit: 10 })),
    );
    yield* same("the list", listed, { rows: added });
  }),
});

export const sessionInstanceStoreContract = clausesOf("SessionInstanceStore")({
  "finds a session as it was kept": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const session = yield* addSession(id);
    const found = yield* inTenant(
      id,
      SessionInstanceStore.use((sessions) => sessions.find(id, session.id)),
    );
    yield* same("the session", found, session);
    const missing = yield* Effect.flip(
      inTenant(
        id,
        Effect.flatMap(newId(SessionInstanceId), (unknown) =>
          SessionInstanceStore.use((sessions) => sessions.find(id, unknown)),
        ),
      ),
    );
    yield* same("one that is not there", missing._tag, "NotFound");
  }),

  "lists the timetable in order of start, by time, place and type": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const locationId = (yield* addLocation(id)).id;
    const sessionTypeId = (yield* addSessionType(id)).id;
    const late = yield* addSession(id, { startTime: minutes(300), endTime: minutes(345), locationId });
    const early = yield* addSession(id, { sessionTypeId });
    const list = (filter: TimetableFilter) =>
      Effect.map(
        inTenant(
          id,
          SessionInstanceStore.use((sessions) => sessions.list(id, filter, { limit: 10 })),
        ),
        ({ rows }) => rows,
      );
    yield* same("everything", yield* list({}), [early, late]);
    yield* same("from its start, included", yield* list({ from: late.startTime }), [late]);
    yield* same("to its start, excluded", yield* list({ to: late.startTime }), [early]);
    yield* same("at a location", yield* list({ locationId }), [late]);
    yield* same("of a type", yield* list({ sessionTypeId }), [early]);
    yield* same("of a type that is nowhere", yield* list({ sessionTypeId: yield* newId(SessionTypeId) }), []);
    yield* same("all at once", yield* list({ from: early.startTime, to: late.startTime, locationId }), []);
  }),

  "is read page by page, though sessions start together": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const added = [yield* addSession(id), yield* addSession(id), yield* addSession(id)];
    const page = (after?: ReadonlyArray<string>) =>
      inTenant(
        id,
        SessionInstanceStore.use((sessions) => sessions.list(id, {}, { limit: 2, ...(after && { after }) })),
      );
    const first = yield* page();
    yield* same("the first page", first.rows, added.slice(0, 2));
    yield* same("the last page", yield* page(first.next), { rows: added.slice(2) });
  }),
});

const keep = (session: SessionInstance, ...bookings: ReadonlyArray<Booking>) =>
  inTenant(
    session.tenantId,
    RosterStore.use((rosters) => rosters.save({ sessions: [session], bookings, entries: [] })),
  );

const lockOne = (tenantId: TenantId, request: Omit<RosterRequest, "tenantId">) =>
  inTenant(
    tenantId,
    Effect.map(
      RosterStore.use((rosters) => rosters.lock([{ tenantId, isWhole: true, ...request }], minutes(0))),
      ([found]) => found,
    ),
  );

const lock = (tenantId: TenantId, sessionInstanceId: SessionInstanceId, bookingId?: BookingId) =>
  Effect.flatMap(lockOne(tenantId, { sessionInstanceId, ...(bookingId && { bookingId }) }), (found) =>
    found === undefined ? Effect.die(new Error("no roster")) : Effect.succeed(found.roster),
  );

/** A member whom everything allows to come. */
const anybody: Roster.Situation = {
  cover: Result.succeed({ source: "open" }),
  elsewhere: [],
  advisedAgainst: [],
  waitlistPriority: 0,
  penalties: [],
};

export const rosterStoreContract = clausesOf("RosterStore")({
  "answers a roster with every booking that holds a seat": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const session = yield* addSession(id, { capacity: 3 });
    const booked = yield* bookingFor(session);
    const checkedIn = yield* bookingFor(session, { status: "checked_in", checkedInAt: minutes(59) });
    const noShow = yield* bookingFor(session, { status: "no_show" });
    const cancelled = yield* bookingFor(session, { status: "cancelled", cancelledAt: minutes(5) });
    const taken = { ...session, seatsTaken: 2 };
    yield* keep(taken, booked, checkedIn, noShow, cancelled);
    const roster = yield* lock(id, session.id);
    yield* same("the session", roster.session, taken);
    yield* same("seats", roster.bookings.size, 2);
    yield* same("the booked", roster.bookings.get(booked.id), booked);
    yield* same("who did not come", roster.bookings.get(noShow.id), undefined);
    yield* same("the checked in", roster.bookings.get(checkedIn.id), checkedIn);
    const named = yield* lock(id, session.id, cancelled.id);
    yield* same("the booking a command names", named.bookings.get(cancelled.id), cancelled);
  }),

  "answers, of a whole roster, also every booking with a penalty that stands": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const session = yield* addSession(id, { startTime: minutes(600), endTime: minutes(645) });
    const penalty = { for: "no_show", status: "final", marking: 1, credit: "lost" } as const;
    const noShow = yield* bookingFor(session, { status: "no_show", penalty });
    const forgiven = yield* bookingFor(session, { status: "no_show", penalty: { ...penalty, status: "forgiven" } });
    yield* keep(session, noShow, forgiven);
    const found = (isWhole: boolean) =>
      Effect.map(lockOne(id, { sessionInstanceId: session.id, isWhole }), (sheet) => [
        ...(sheet?.roster.bookings.values() ?? []),
      ]);
    yield* same("of the whole", yield* found(true), [noShow]);
    yield* same("of a part", yield* found(false), []);
  }),

  "answers no roster of a session that is not there": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const unknown = yield* newId(SessionInstanceId);
    yield* same("the answer", yield* lockOne(id, { sessionInstanceId: unknown }), undefined);
  }),

  "keeps what became of a booking": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const session = yield* addSession(id);
    const booking = yield* bookingFor(session);
    yield* keep({ ...session, seatsTaken: 1 }, booking);
    const cancelled: Booking = { ...booking, status: "cancelled", cancelledAt: minutes(3) };
    yield* keep({ ...session, seatsTaken: 0 }, cancelled);
    const found = yield* inTenant(
      id,
      RosterStore.use((rosters) => rosters.findBooking(id, booking.id)),
    );
    yield* same("the booking", found, cancelled);
    yield* same("seats taken", (yield* lock(id, session.id)).session.seatsTaken, 0);
  }),

  "lists bookings of a member, of a session, of everybody": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const session = yield* addSession(id);
    const other = yield* addSession(id);
    const member = yield* addMember(id);
    const one = yield* bookingFor(session, { memberId: member.id });
    const two = yield* bookingFor(session);
    const three = yield* bookingFor(other, { memberId: member.id });
    yield* keep({ ...session, seatsTaken: 2 }, one, two);
    yield* keep({ ...other, seatsTaken: 1 }, three);
    const list = (filter: { readonly memberId?: typeof member.id; readonly sessionInstanceId?: typeof session.id }) =>
      Effect.map(
        inTenant(
          id,
          RosterStore.use((rosters) => rosters.listBookings(id, filter, { limit: 10 })),
        ),
        ({ rows }) => rows,
      );
    yield* same("everybody's", yield* list({}), [one, two, three]);
    yield* same("a member's", yield* list({ memberId: member.id }), [one, three]);
    yield* same("a session's", yield* list({ sessionInstanceId: session.id }), [one, two]);
    const stranger = yield* addMember(id);
    yield* same("both at once", yield* list({ memberId: stranger.id, sessionInstanceId: session.id }), []);
  }),

  "tells what stands against a member since it is asked from, and nothing where it is not asked": Effect.gen(
    function* () {
      const { id } = yield* addTenant();
      const { id: memberId } = yield* addMember(id);
      const fee = { minorUnits: 300, currency: "GBP" };
      const stands = { for: "no_show", status: "final", marking: 1, credit: "kept" } as const;
      const put = Effect.fnUntraced(function* (
        startsAfterMinutes: number,
        penalty: Penalty,
        more: Partial<Booking> = {},
      ) {
        const startTime = minutes(startsAfterMinutes);
        const session = yield* addSession(id, { startTime, endTime: minutes(startsAfterMinutes + 45) });
        const booking = yield* bookingFor(session, { memberId, status: "no_show", penalty, ...more });
        yield* keep(session, booking);
        return booking.id;
      });
      yield* put(59, stands);
      const missed = yield* put(60, { ...stands, fee, settlement: "on_account" });
      const late = yield* put(
        120,
        { ...stands, for: "late_cancel" },
        { status: "cancelled", cancelledAt: minutes(30) },
      );
      yield* put(180, { ...stands, status: "forgiven" });
      yield* put(240, { ...stands, for: "late_cancel", status: "pending" });
      yield* put(300, stands, { memberId: (yield* addMember(id)).id });
      const penalties = (penaltiesFrom?: Instant) =>
        Effect.map(
          inTenant(
            id,
            RosterStore.use((rosters) =>
              rosters.lookAtMembers([{ tenantId: id, memberId, ...(penaltiesFrom && { penaltiesFrom }) }], minutes(0)),
            ),
          ),
          ([found]) => found?.penalties ?? [],
        );
      yield* same("since then", yield* penalties(minutes(60)), [
        { bookingId: missed, for: "no_show", at: minutes(60), owes: fee },
        { bookingId: late, for: "late_cancel", at: minutes(30) },
      ]);
      yield* same("not asked", yield* penalties(), []);
    },
  ),

  "knows which members there are, of several tenants at once": Effect.gen(function* () {
    const [{ id: mine }, { id: theirs }] = [yield* addTenant(), yield* addTenant()];
    const [member, other] = [yield* addMember(mine), yield* addMember(theirs)];
    const stranger = MemberId.make("0190a000-0000-7000-8000-00000000dead");
    const known = yield* Effect.flatMap(UnitOfWork, (units) =>
      units.read(
        [mine, theirs],
        RosterStore.use((rosters) =>
          rosters.knownMembers([
            { tenantId: mine, memberId: member.id },
            { tenantId: mine, memberId: other.id },
            { tenantId: mine, memberId: stranger },
            { tenantId: theirs, memberId: other.id },
          ]),
        ),
      ),
    );
    yield* same("known", known.map(({ memberId }) => memberId).toSorted(), [member.id, other.id].toSorted());
  }),

  "knows what a member comes to next": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const { id: memberId } = yield* addMember(id);
    const book = Effect.fnUntraced(function* (startsAfterMinutes: number, more: Partial<Booking> = {}) {
      const startTime = minutes(startsAfterMinutes);
      const session = yield* addSession(id, { startTime, endTime: minutes(startsAfterMinutes + 45), seatsTaken: 1 });
      const booking = yield* bookingFor(session, { memberId, ...more });
      yield* keep(session, booking);
      return { booking, session };
    });
    const later = yield* book(300);
    const next = yield* book(60);
    yield* book(59);
    yield* book(90, { status: "cancelled", cancelledAt: minutes(1) });
    const upcoming = (count: number) =>
      inTenant(
        id,
        RosterStore.use((rosters) => rosters.upcoming(id, memberId, minutes(60), count)),
      );
    yield* same("what is booked from then on", yield* upcoming(5), [next, later]);
    yield* same("at most so many", yield* upcoming(1), [next]);
  }),

  "decides about one roster one after the other: the last seats go to as many as there are": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const session = yield* addSession(id, { capacity: 3, startTime: minutes(1e6), endTime: minutes(1e6 + 45) });
    const attempt = Effect.gen(function* () {
      const member = yield* addMember(id);
      const bookingId = yield* newId(BookingId);
      const rosters = yield* RosterStore;
      return yield* inTenant(
        id,
        Effect.gen(function* () {
          const [sheet] = yield* rosters.lock(
            [{ tenantId: id, sessionInstanceId: session.id, memberId: member.id }],
            minutes(0),
          );
          if (sheet === undefined) return yield* Effect.die(new Error("no roster"));
          yield* Effect.yieldNow;
          const { roster, policy } = sheet;
          const context = { now: yield* now, policy, situationOf: () => anybody };
          const command = { _tag: "Book", bookingId, memberId: member.id, channel: "online" } as const;
          const after = Roster.evolveAll(roster, yield* Effect.fromResult(Roster.decide(roster, command, context)));
          yield* rosters.save({ sessions: [after.session], bookings: [...after.bookings.values()], entries: [] });
        }),
      ).pipe(
        Effect.as("booked"),
        Effect.catchTag("SessionFull", () => Effect.succeed("full")),
      );
    });
    const outcomes = yield* Effect.all(
      Array.from({ length: 30 }, () => attempt),
      { concurrency: "unbounded" },
    );
    yield* same("booked", outcomes.filter((outcome) => outcome === "booked").length, 3);
    const roster = yield* lock(id, session.id);
    yield* same("seats taken", roster.session.seatsTaken, 3);
    yield* same("bookings", roster.bookings.size, 3);
  }),
});
