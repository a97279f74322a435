import * as Effect from "effect/Effect";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { type IdSource, newId } from "../../kernel/IdSource.ts";
import {
  CalendarFeedId,
  LocationId,
  MemberId,
  RoomId,
  ScheduleId,
  SessionInstanceId,
  type TenantId,
  UserAccountId,
} from "../../kernel/Ids.ts";
import {
  type CalendarFeed,
  CalendarFeedStore,
  type Room,
  RoomStore,
  RosterStore,
  ScheduledBlocks,
  ScheduledBlockStore,
  type Schedule,
  ScheduleStore,
  type SessionInstance,
  SessionInstanceStore,
  type SessionTypeStore,
} from "../../moveos/index.ts";
import type { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import {
  type LocationStore,
  type MemberStore,
  type TenantStore,
  type UserAccount,
  UserAccountStore,
} from "../../platform/index.ts";
import { clausesOf, everything, same } from "./Clause.ts";
import {
  addLocation,
  addMember,
  addSession,
  addSessionType,
  addTenant,
  bookingFor,
  EPOCH,
  inTenant,
  minutes,
} from "./World.ts";

type StoresOfTimetable =
  | IdSource
  | LocationStore
  | MemberStore
  | RoomStore
  | RosterStore
  | ScheduleStore
  | SessionInstanceStore
  | SessionTypeStore
  | TenantStore
  | UnitOfWork
  | UserAccountStore;

const stamps = { createdAt: EPOCH, updatedAt: EPOCH };

/** Somebody of a tenant's staff, kept. */
const addUserAccount = Effect.fnUntraced(function* (tenantId: TenantId, more: Partial<UserAccount> = {}) {
  const id = yield* newId(UserAccountId);
  const account: UserAccount = {
    id,
    tenantId,
    firstName: "Wanjiru",
    lastName: "Kamau",
    email: `${id}@example.com`,
    role: "coach",
    isActive: true,
    ...stamps,
    ...more,
  };
  yield* inTenant(
    tenantId,
    UserAccountStore.use((accounts) => accounts.insert(account)),
  );
  return account;
});

const addRoom = Effect.fnUntraced(function* (tenantId: TenantId, more: Partial<Room> = {}) {
  const locationId = more.locationId ?? (yield* addLocation(tenantId)).id;
  const room: Room = {
    id: yield* newId(RoomId),
    tenantId,
    name: "Studio 1",
    capacity: 20,
    ...stamps,
    ...more,
    locationId,
  };
  yield* inTenant(
    tenantId,
    RoomStore.use((rooms) => rooms.insert(room)),
  );
  return room;
});

const addSchedule = Effect.fnUntraced(function* (tenantId: TenantId, more: Partial<Schedule> = {}) {
  const schedule: Schedule = {
    id: yield* newId(ScheduleId),
    tenantId,
    timezone: "Africa/Nairobi",
    startsOn: CivilDate.of("2026-03-02"),
    startsAt: "06:00",
    durationMinutes: 45,
    rrule: "FREQ=WEEKLY;BYDAY=MO,TH",
    exceptions: [CivilDate.of("2026-03-05")],
    extendedTo: CivilDate.of("2026-04-27"),
    ...stamps,
    ...more,
    sessionTypeId: more.sessionTypeId ?? (yield* addSessionType(tenantId)).id,
    locationId: more.locationId ?? (yield* addLocation(tenantId)).id,
  };
  yield* inTenant(
    tenantId,
    ScheduleStore.use((schedules) => schedules.insert(schedule)),
  );
  return schedule;
});

/** A session not kept yet. */
const sessionLike = Effect.fnUntraced(function* (session: SessionInstance, more: Partial<SessionInstance> = {}) {
  return { ...session, id: yield* newId(SessionInstanceId), ...more };
});

export const userAccountStoreContract = clausesOf("UserAccountStore")({
  "finds an account as it was kept and as it was changed, and by its address however it is written": Effect.gen(
    function* () {
      const { id } = yield* addTenant();
      const account = yield* addUserAccount(id, { email: "Wanjiru@Example.com", phone: "+254 700 000 000" });
      const accounts = yield* UserAccountStore;
      yield* same("the account", yield* inTenant(id, accounts.find(id, account.id)), account);
      yield* same("locked", yield* inTenant(id, accounts.lock(id, account.id)), account);
      yield* same("by address", yield* inTenant(id, accounts.byEmail(id, "wanjiru@EXAMPLE.com")), account);
      yield* same("by another", yield* inTenant(id, accounts.byEmail(id, "wanjiru@example.co")), undefined);
      const changed: UserAccount = { ...account, isActive: false, updatedAt: minutes(1) };
      yield* inTenant(id, accounts.change(changed));
      yield* same("changed", yield* inTenant(id, accounts.find(id, account.id)), changed);
      const stranger = yield* newId(UserAccountId);
      for (const lookUp of [accounts.find(id, stranger), accounts.lock(id, stranger)]) {
        yield* same("one that is not there", (yield* Effect.flip(inTenant(id, lookUp)))._tag, "NotFound");
      }
    },
  ),

  "lists oldest first, and nobody of another tenant": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const other = yield* addTenant();
    yield* addUserAccount(other.id);
    const added = [yield* addUserAccount(id), yield* addUserAccount(id), yield* addUserAccount(id)];
    const accounts = yield* UserAccountStore;
    yield* same("the list", yield* everything(id, (page) => accounts.list(id, page)), added);
  }),
});

export const roomStoreContract = clausesOf("RoomStore")({
  "finds a room as it was kept, and lists oldest first, of everywhere or of a location": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const location = yield* addLocation(id);
    const added = [
      yield* addRoom(id, { locationId: location.id }),
      yield* addRoom(id),
      yield* addRoom(id, { locationId: location.id, name: "Rooftop" }),
    ];
    const rooms = yield* RoomStore;
    for (const room of added) yield* same("a room", yield* inTenant(id, rooms.find(id, room.id)), room);
    yield* same("everywhere", yield* everything(id, (page) => rooms.list(id, {}, page)), added);
    const there = yield* everything(id, (page) => rooms.list(id, { locationId: location.id }, page));
    yield* same(
      "there",
      there,
      added.filter(({ locationId }) => locationId === location.id),
    );
    const missing = yield* Effect.flip(inTenant(id, rooms.find(id, yield* newId(RoomId))));
    yield* same("one that is not there", missing._tag, "NotFound");
  }),
});

export const scheduleStoreContract = clausesOf("ScheduleStore")({
  "finds a series as it was kept and as it was changed": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const room = yield* addRoom(id);
    const account = yield* addUserAccount(id);
    const schedule = yield* addSchedule(id, { roomId: room.id, instructorId: account.id, capacity: 12 });
    const bare = yield* addSchedule(id, { exceptions: [] });
    const schedules = yield* ScheduleStore;
    yield* same("the series", yield* inTenant(id, schedules.find(id, schedule.id)), schedule);
    yield* same("locked", yield* inTenant(id, schedules.lock(id, schedule.id)), schedule);
    yield* same("a bare one", yield* inTenant(id, schedules.find(id, bare.id)), bare);
    const { roomId: _, ...roomless } = schedule;
    const changed: Schedule = {
      ...roomless,
      startsAt: "07:15",
      rrule: "FREQ=DAILY",
      exceptions: [],
      extendedTo: CivilDate.of("2026-05-01"),
      updatedAt: minutes(1),
    };
    yield* inTenant(id, schedules.change(changed));
    yield* same("changed", yield* inTenant(id, schedules.find(id, schedule.id)), changed);
    yield* same("the other", yield* inTenant(id, schedules.find(id, bare.id)), bare);
    const stranger = yield* newId(ScheduleId);
    for (const lookUp of [schedules.find(id, stranger), schedules.lock(id, stranger)]) {
      yield* same("one that is not there", (yield* Effect.flip(inTenant(id, lookUp)))._tag, "NotFound");
    }
  }),

  "lists oldest first, and locks those that are behind a day": Effect.gen(function* () {
    const { id } = yield* addTenant();
    yield* addSchedule((yield* addTenant()).id, { extendedTo: CivilDate.of("2026-01-01") });
    const location = yield* addLocation(id);
    const behind = yield* addSchedule(id, { extendedTo: CivilDate.of("2026-04-30"), locationId: location.id });
    const there = yield* addSchedule(id, { extendedTo: CivilDate.of("2026-05-01") });
    const far = yield* addSchedule(id, { extendedTo: CivilDate.of("2026-04-01") });
    const schedules = yield* ScheduleStore;
    yield* same("all", yield* everything(id, (page) => schedules.list(id, {}, page)), [behind, there, far]);
    const filtered = yield* everything(id, (page) => schedules.list(id, { locationId: location.id }, page));
    yield* same("of a location", filtered, [behind]);
    yield* same("behind", yield* inTenant(id, schedules.lockBehind(id, CivilDate.of("2026-05-01"))), [behind, far]);
  }),
});

export const timetableContract = clausesOf("SessionInstanceStore")<StoresOfTimetable>({
  "keeps an occurrence once for its place in its series, and a session of no series always": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const schedule = yield* addSchedule(id);
    const other = yield* addSchedule(id);
    const session = yield* addSession(id);
    const place = { scheduleId: schedule.id, recurrenceStart: "2026-03-09T06:00" };
    const first = yield* sessionLike(session, place);
    const again = yield* sessionLike(session, place);
    const next = yield* sessionLike(session, { ...place, recurrenceStart: "2026-03-12T06:00" });
    const elsewhere = yield* sessionLike(session, { ...place, scheduleId: other.id });
    const alone = yield* sessionLike(session);
    const sessions = yield* SessionInstanceStore;
    const insert = (...wanted: ReadonlyArray<SessionInstance>) => inTenant(id, sessions.insertMissing(wanted));
    yield* same("nothing", yield* insert(), []);
    yield* same("the first time", yield* insert(first), [first.id]);
    const added = yield* insert(again, next, elsewhere, alone);
    yield* same("the second time", added.toSorted(), [next.id, elsewhere.id, alone.id].toSorted());
    yield* same("it is the first", yield* inTenant(id, sessions.find(id, first.id)), first);
    const from = (start: string) => inTenant(id, sessions.ofSchedule(id, schedule.id, start));
    yield* same("the series", yield* from("2026-03-01T00:00"), [first, next]);
    yield* same("from its second on, included", yield* from("2026-03-12T06:00"), [next]);
    yield* same("after it", yield* from("2026-03-12T06:01"), []);
  }),

  "changes what a session is, and leaves its seats to the roster": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const account = yield* addUserAccount(id);
    const location = yield* addLocation(id);
    const room = yield* addRoom(id, { locationId: location.id });
    const schedule = yield* addSchedule(id);
    const session = yield* addSession(id, {
      scheduleId: schedule.id,
      recurrenceStart: "2026-03-09T06:00",
      seatsTaken: 2,
    });
    const untouched = yield* addSession(id);
    const sessions = yield* SessionInstanceStore;
    const changed: SessionInstance = {
      ...session,
      startTime: minutes(120),
      endTime: minutes(180),
      civilDate: CivilDate.of("2026-03-02"),
      instructorId: account.id,
      roomId: room.id,
      ownChanges: ["instructor", "time"],
      sequence: 3,
      updatedAt: minutes(5),
    };
    yield* inTenant(id, sessions.change([]));
    yield* inTenant(id, sessions.change([{ ...changed, seatsTaken: 0, capacity: 99 }]));
    yield* same("changed", yield* inTenant(id, sessions.find(id, session.id)), changed);
    const { scheduleId: _, recurrenceStart: __, roomId: ___, ...freed } = changed;
    yield* inTenant(id, sessions.change([{ ...freed, status: "cancelled" }]));
    yield* same("freed", yield* inTenant(id, sessions.find(id, session.id)), { ...freed, status: "cancelled" });
    yield* same("another", yield* inTenant(id, sessions.find(id, untouched.id)), untouched);
    const stranger = yield* newId(SessionInstanceId);
    const ids = [untouched.id, stranger, session.id];
    const locked = yield* inTenant(id, sessions.lock(id, ids));
    yield* same(
      "locked, in order of id",
      locked.map((each) => each.id),
      [session.id, untouched.id],
    );
  }),

  "lists an instructor's, a room's and a member's sessions": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const account = yield* addUserAccount(id);
    const room = yield* addRoom(id);
    const member = yield* addMember(id);
    const theirs = yield* addSession(id, { instructorId: account.id });
    const there = yield* addSession(id, { roomId: room.id, startTime: minutes(61) });
    const booked = yield* addSession(id, { startTime: minutes(62), seatsTaken: 1 });
    const givenUp = yield* addSession(id, { startTime: minutes(63) });
    const calledOff = yield* addSession(id, { startTime: minutes(64), status: "cancelled" });
    const bookings = [
      yield* bookingFor(booked, { memberId: member.id }),
      yield* bookingFor(givenUp, { memberId: member.id, status: "cancelled", cancelledAt: minutes(1) }),
      yield* bookingFor(calledOff, { memberId: member.id, status: "cancelled", cancelledAt: minutes(1) }),
    ];
    const changes = { sessions: [booked, givenUp, calledOff], bookings, entries: [] };
    yield* inTenant(
      id,
      RosterStore.use((rosters) => rosters.save(changes)),
    );
    const sessions = yield* SessionInstanceStore;
    const list = (filter: Parameters<typeof sessions.list>[1]) =>
      Effect.map(inTenant(id, sessions.list(id, filter, { limit: 10 })), ({ rows }) => rows.map((each) => each.id));
    yield* same("an instructor's", yield* list({ instructorId: account.id }), [theirs.id]);
    yield* same("a room's", yield* list({ roomId: room.id }), [there.id]);
    yield* same("a member's", yield* list({ memberId: member.id }), [booked.id, calledOff.id]);
    yield* same("a stranger's", yield* list({ memberId: yield* newId(MemberId) }), []);
  }),
});

export const scheduledBlockStoreContract = clausesOf("ScheduledBlockStore")({
  "answers what overlaps, and not what only touches, is cancelled, or is another's": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const account = yield* addUserAccount(id);
    const other = yield* addUserAccount(id);
    const room = yield* addRoom(id);
    const at = (from: number, to: number) => ({ startTime: minutes(from), endTime: minutes(to) });
    const before = yield* addSession(id, { ...at(0, 60), instructorId: account.id });
    const within = yield* addSession(id, { ...at(60, 90), instructorId: account.id, roomId: room.id });
    const across = yield* addSession(id, { ...at(30, 61), roomId: room.id });
    const after = yield* addSession(id, { ...at(120, 150), instructorId: account.id });
    yield* addSession(id, { ...at(60, 90), instructorId: account.id, status: "cancelled" });
    yield* addSession(id, { ...at(60, 90), instructorId: other.id });
    yield* addSession(id, at(60, 90));
    const day = yield* addSession(id, { ...at(-1_379, 61), instructorId: account.id });
    const blocks = yield* ScheduledBlockStore;
    const overlapping = (instructorIds: ReadonlyArray<UserAccountId>, roomIds: ReadonlyArray<RoomId>) =>
      Effect.map(
        inTenant(id, blocks.overlapping(id, { instructorIds, roomIds }, { from: minutes(60), to: minutes(120) })),
        (found) => found.map(({ sessionInstanceId }) => sessionInstanceId),
      );
    yield* same("an instructor's", yield* overlapping([account.id], []), [day.id, within.id]);
    yield* same("a room's", yield* overlapping([], [room.id]), [across.id, within.id]);
    yield* same("both", yield* overlapping([account.id], [room.id]), [day.id, across.id, within.id]);
    yield* same("nobody's", yield* overlapping([], []), []);
    const all = yield* inTenant(
      id,
      blocks.overlapping(id, { instructorIds: [account.id], roomIds: [] }, { from: minutes(59), to: minutes(121) }),
    );
    yield* same(
      "a little more",
      all.map(({ sessionInstanceId }) => sessionInstanceId),
      [day.id, before.id, within.id, after.id],
    );
    yield* same("a block", all[2], ScheduledBlocks.blockOf(within));
  }),

  "answers the instructors and rooms that are there, locked or only seen": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const accounts = [yield* addUserAccount(id), yield* addUserAccount(id, { isActive: false })];
    const room = yield* addRoom(id);
    const wanted = {
      instructorIds: [...accounts.map((account) => account.id).toReversed(), yield* newId(UserAccountId)],
      roomIds: [room.id, yield* newId(RoomId)],
    };
    const blocks = yield* ScheduledBlockStore;
    for (const ask of [blocks.lock, blocks.look]) {
      const found = yield* inTenant(id, ask(id, wanted));
      yield* same("how many accounts", found.instructors.size, 2);
      for (const account of accounts) yield* same("an account", found.instructors.get(account.id), account);
      yield* same("the rooms", found.rooms, new Map([[room.id, room]]));
    }
  }),

  "lets one of many schedulers have an instructor or a room at a time": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const accounts = [yield* addUserAccount(id), yield* addUserAccount(id)];
    const location = yield* addLocation(id);
    const rooms = [yield* addRoom(id, { locationId: location.id }), yield* addRoom(id, { locationId: location.id })];
    const template = yield* addSession(id, { locationId: location.id });
    const attempt = Effect.fnUntraced(function* (index: number) {
      // Each wants one of the instructors and one of the rooms, named in any order.
      const instructorId = accounts[index % 2]!.id;
      const roomId = rooms[Math.floor(index / 2) % 2]!.id;
      const session = yield* sessionLike(template, {
        startTime: minutes(200 + (index % 3)),
        endTime: minutes(260),
        instructorId,
        roomId,
      });
      const resources = { instructorIds: [instructorId], roomIds: [roomId] };
      const blocks = yield* ScheduledBlockStore;
      const sessions = yield* SessionInstanceStore;
      return yield* inTenant(
        id,
        Effect.gen(function* () {
          yield* blocks.lock(id, resources);
          yield* Effect.yieldNow;
          const span = { from: session.startTime, to: session.endTime };
          const kept = yield* blocks.overlapping(id, resources, span);
          const block = ScheduledBlocks.blockOf(session)!;
          if (ScheduledBlocks.conflicts(kept, [block]).length > 0) return "taken";
          yield* sessions.insert(session);
          return "scheduled";
        }),
      );
    });
    const outcomes = yield* Effect.all(
      Array.from({ length: 24 }, (_, index) => attempt(index)),
      { concurrency: "unbounded" },
    );
    const scheduled = outcomes.filter((outcome) => outcome === "scheduled").length;
    yield* same("one or two, as who came first chose", scheduled === 1 || scheduled === 2, true);
    const blocks = yield* ScheduledBlockStore;
    const kept = yield* inTenant(
      id,
      blocks.overlapping(
        id,
        { instructorIds: accounts.map((account) => account.id), roomIds: rooms.map((room) => room.id) },
        { from: minutes(0), to: minutes(1_000) },
      ),
    );
    yield* same("how many are kept", kept.length, scheduled);
    yield* same("and nothing is taken twice", ScheduledBlocks.conflicts([], kept), []);
  }),
});

export const calendarFeedStoreContract = clausesOf("CalendarFeedStore")({
  "keeps a feed under its digest, until and after it is revoked": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const feeds = yield* CalendarFeedStore;
    const add = Effect.fnUntraced(function* (digest: string, issuedBy: string) {
      const feed: CalendarFeed = {
        id: yield* newId(CalendarFeedId),
        tenantId: id,
        scope: { locationId: yield* newId(LocationId) },
        issuedBy,
        createdAt: EPOCH,
      };
      yield* inTenant(id, feeds.insert(feed, digest));
      return feed;
    });
    const one = yield* add("digest-1", "amina");
    const two = yield* add("digest-2", "juma");
    yield* same("by its digest", yield* inTenant(id, feeds.byDigest(id, "digest-2")), two);
    yield* same("by no digest", yield* inTenant(id, feeds.byDigest(id, "digest-3")), undefined);
    yield* same("by its id", yield* inTenant(id, feeds.find(id, one.id)), one);
    yield* same("all", yield* everything(id, (page) => feeds.list(id, {}, page)), [one, two]);
    yield* same("one's own", yield* everything(id, (page) => feeds.list(id, { issuedBy: "amina" }, page)), [one]);
    yield* inTenant(id, feeds.revoke(id, one.id, minutes(1)));
    yield* inTenant(id, feeds.revoke(id, one.id, minutes(2)));
    const revoked = { ...one, revokedAt: minutes(1) };
    yield* same("revoked, and when first", yield* inTenant(id, feeds.byDigest(id, "digest-1")), revoked);
    yield* same("the other", yield* inTenant(id, feeds.find(id, two.id)), two);
    const stranger = yield* Effect.flip(inTenant(id, feeds.find(id, yield* newId(CalendarFeedId))));
    yield* same("one that is not there", stranger._tag, "NotFound");
    const { id: theirs } = yield* addTenant();
    yield* same("another tenant's", yield* inTenant(theirs, feeds.byDigest(theirs, "digest-2")), undefined);
  }),
});
