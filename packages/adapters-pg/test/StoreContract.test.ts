import { assert, describe, it } from "@effect/vitest";
import type { StoreUnavailable } from "@zmos/core/kernel";
import {
  BookingId,
  CivilDate,
  EventLog,
  IdempotencyKeys,
  Instant,
  LocationId,
  MemberId,
  MovementEventId,
  NotFound,
  type Rows,
  type PageRequest,
  SessionInstanceId,
  SessionTypeId,
  TenantId,
  UnitOfWork,
  ZoneName,
} from "@zmos/core/kernel";
import {
  type Booking,
  RosterStore,
  type SessionInstance,
  SessionInstanceStore,
  type SessionType,
  SessionTypeStore,
} from "@zmos/core/moveos";
import {
  CredentialStore,
  type Location,
  LocationStore,
  type Member,
  MemberStore,
  TenantStore,
} from "@zmos/core/platform";
import { CalendarStore, DayCell, type MovementEvent, MovementStore, PrescriptionProfiles } from "@zmos/core/pulseloop";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import { describeStores, type Stores } from "./support/describeStores.ts";

const EVERY_ADAPTER = ["memory", "pglite", "postgres"];

let made = 0;
/** Ids in order of making, as ZMOS's own are. */
const uuid = () => {
  made += 1;
  return `0198c0de-0000-7000-8000-${made.toString(16).padStart(12, "0")}`;
};
const at = (iso: string) => Instant.make(Date.parse(iso));
const zone = (name: string) => ZoneName.make(name);
const day = CivilDate.of;
const createdAt = at("2026-03-01T08:00:00.123Z");

const tenantOf = (id: TenantId) => ({
  id,
  name: "Studio Ümläut",
  mode: "zmos_only" as const,
  timezone: zone("Africa/Nairobi"),
  weekStart: 1 as const,
  dayStartHours: 4 as const,
  brandSettings: { colour: "#123456", nested: { createdAt: null, list: [1, "two"] } },
  createdAt,
  updatedAt: createdAt,
});

const locationOf = (tenantId: TenantId, extra: Partial<Location> = {}): Location => ({
  id: LocationId.make(uuid()),
  tenantId,
  name: "Lavington",
  timezone: zone("Africa/Nairobi"),
  createdAt,
  updatedAt: createdAt,
  ...extra,
});

const memberOf = (tenantId: TenantId, extra: Partial<Member> = {}): Member => ({
  id: MemberId.make(uuid()),
  tenantId,
  firstName: "Amina",
  lastName: "O'Brien",
  memberSince: day("2026-02-28"),
  createdAt,
  updatedAt: createdAt,
  ...extra,
});

const sessionTypeOf = (tenantId: TenantId, extra: Partial<SessionType> = {}): SessionType => ({
  id: SessionTypeId.make(uuid()),
  tenantId,
  name: "Spin",
  category: "class",
  contraindications: ["pregnancy", "heart"],
  defaultDuration: 45,
  defaultCapacity: 12,
  createdAt,
  updatedAt: createdAt,
  ...extra,
});

const sessionOf = (
  tenantId: TenantId,
  sessionType: SessionType,
  location: Location,
  extra: Partial<SessionInstance> = {},
): SessionInstance => ({
  id: SessionInstanceId.make(uuid()),
  tenantId,
  sessionTypeId: sessionType.id,
  locationId: location.id,
  startTime: at("2026-03-07T15:00:00Z"),
  endTime: at("2026-03-07T15:45:00Z"),
  capacity: 12,
  seatsTaken: 0,
  status: "scheduled",
  createdAt,
  updatedAt: createdAt,
  ...extra,
});

const bookingOf = (session: SessionInstance, member: Member, extra: Partial<Booking> = {}): Booking => ({
  id: BookingId.make(uuid()),
  tenantId: session.tenantId,
  memberId: member.id,
  sessionInstanceId: session.id,
  status: "booked",
  createdAt,
  ...extra,
});

const factOf = (member: Member, extra: Partial<MovementEvent> = {}): MovementEvent => ({
  id: MovementEventId.make(uuid()),
  tenantId: member.tenantId,
  memberId: member.id,
  version: 1,
  isEnteredInError: false,
  type: "home_workout",
  occurredAt: { precision: "instant", instant: at("2026-03-07T06:00:00Z") },
  timezone: zone("Asia/Kolkata"),
  civilDate: day("2026-03-07"),
  source: "manual",
  createdAt,
  ...extra,
});

/** Every row of a list, in pages of two. */
const all = <Row>(list: (page: PageRequest) => Effect.Effect<Rows<Row>>) =>
  Effect.gen(function* () {
    const rows: Array<Row> = [];
    let page: PageRequest = { limit: 2 };
    for (;;) {
      const found = yield* list(page);
      assert.isAtMost(found.rows.length, 2);
      rows.push(...found.rows);
      if (found.next === undefined) return rows;
      page = { limit: 2, after: found.next };
    }
  });

/** A tenant with a location, a member, a session type and a session. */
const world = Effect.gen(function* () {
  const tenantId = TenantId.make(uuid());
  const tenant = tenantOf(tenantId);
  const location = locationOf(tenantId);
  const member = memberOf(tenantId);
  const sessionType = sessionTypeOf(tenantId, { intensity: "vigorous" });
  const session = sessionOf(tenantId, sessionType, location);
  const units = yield* UnitOfWork;
  const stores = {
    tenants: yield* TenantStore,
    locations: yield* LocationStore,
    members: yield* MemberStore,
    sessionTypes: yield* SessionTypeStore,
    sessions: yield* SessionInstanceStore,
  };
  yield* units.run(
    tenantId,
    Effect.gen(function* () {
      yield* stores.tenants.insert(tenant);
      yield* stores.locations.insert(location);
      yield* stores.members.insert(member);
      yield* stores.sessionTypes.insert(sessionType);
      yield* stores.sessions.insert(session);
    }),
  );
  const run = <A, E, R>(work: Effect.Effect<A, E, R>) => units.run(tenantId, work);
  const read = <A, E, R>(work: Effect.Effect<A, E, R>) => units.read(tenantId, work);
  return { tenantId, tenant, location, member, sessionType, session, run, read };
});

const isNotFound = <A, R>(work: Effect.Effect<A, NotFound | StoreUnavailable, R>) =>
  Effect.map(Effect.flip(work), (error) => assert.instanceOf(error, NotFound));

describeStores("every store", EVERY_ADAPTER, (it) => {
  it.effect("gives back what it was given, to the letter", () =>
    Effect.gen(function* () {
      const { tenantId, tenant, session, run, read } = yield* world;
      const location = locationOf(tenantId, { address: "5 Lane\nNairobi", capacityDefaults: { class: 20 } });
      const member = memberOf(tenantId, {
        email: "a@example.org",
        phone: "+254 700 000000",
        dateOfBirth: day("1990-02-28"),
        timezone: zone("Asia/Kolkata"),
        externalPartyId: "party/1",
      });
      const sessionType = sessionTypeOf(tenantId, { description: "", intensity: "light", primaryGoal: "cardio" });
      yield* run(
        Effect.gen(function* () {
          yield* (yield* LocationStore).insert(location);
          yield* (yield* MemberStore).insert(member);
          yield* (yield* SessionTypeStore).insert(sessionType);
        }),
      );
      assert.deepStrictEqual(yield* read(TenantStore.use((store) => store.find(tenantId))), tenant);
      assert.deepStrictEqual(yield* read(LocationStore.use((store) => store.find(tenantId, location.id))), location);
      assert.deepStrictEqual(yield* read(MemberStore.use((store) => store.find(tenantId, member.id))), member);
      assert.deepStrictEqual(
        yield* read(SessionTypeStore.use((store) => store.find(tenantId, sessionType.id))),
        sessionType,
      );
      assert.deepStrictEqual(
        yield* read(SessionInstanceStore.use((store) => store.find(tenantId, session.id))),
        session,
      );
    }),
  );

  it.effect("does not find what is not there, or is another tenant's", () =>
    Effect.gen(function* () {
      const mine = yield* world;
      const theirs = yield* world;
      const { tenantId, read } = mine;
      yield* isNotFound(read(TenantStore.use((store) => store.find(TenantId.make(uuid())))));
      yield* isNotFound(read(LocationStore.use((store) => store.find(tenantId, theirs.location.id))));
      yield* isNotFound(read(MemberStore.use((store) => store.find(tenantId, theirs.member.id))));
      yield* isNotFound(read(SessionTypeStore.use((store) => store.find(tenantId, theirs.sessionType.id))));
      yield* isNotFound(read(SessionInstanceStore.use((store) => store.find(tenantId, theirs.session.id))));
      yield* isNotFound(read(RosterStore.use((store) => store.findBooking(tenantId, BookingId.make(uuid())))));
      yield* isNotFound(mine.run(RosterStore.use((store) => store.lock(tenantId, theirs.session.id))));
      yield* isNotFound(read(MovementStore.use((store) => store.find(tenantId, MovementEventId.make(uuid())))));
    }),
  );

  it.effect("lists by id, oldest first, a page at a time, its own tenant's alone", () =>
    Effect.gen(function* () {
      const { tenantId, location, member, sessionType, run, read } = yield* world;
      yield* world;
      const locations = Array.from({ length: 4 }, () => locationOf(tenantId));
      const members = Array.from({ length: 4 }, (_, index) => memberOf(tenantId, { externalPartyId: `p${index}` }));
      const sessionTypes = Array.from({ length: 3 }, () => sessionTypeOf(tenantId));
      yield* run(
        Effect.gen(function* () {
          for (const one of locations.toReversed()) yield* (yield* LocationStore).insert(one);
          for (const one of members.toReversed()) yield* (yield* MemberStore).insert(one);
          for (const one of sessionTypes.toReversed()) yield* (yield* SessionTypeStore).insert(one);
        }),
      );
      const [locationStore, memberStore, typeStore] = [
        yield* LocationStore,
        yield* MemberStore,
        yield* SessionTypeStore,
      ];
      assert.deepStrictEqual(yield* read(all((page) => locationStore.list(tenantId, page))), [location, ...locations]);
      assert.deepStrictEqual(yield* read(all((page) => memberStore.list(tenantId, {}, page))), [member, ...members]);
      assert.deepStrictEqual(yield* read(all((page) => typeStore.list(tenantId, page))), [
        sessionType,
        ...sessionTypes,
      ]);
      assert.deepStrictEqual(
        yield* read(all((page) => memberStore.list(tenantId, { externalPartyId: "p2" }, page))),
        members.slice(2, 3),
      );
    }),
  );

  it.effect("answers a cursor that somebody made up without failing", () =>
    Effect.gen(function* () {
      const { tenantId, member, read } = yield* world;
      for (const after of [[], ["x'; --"], ["9e99", "1e400"], ["2026-13-45", "no"], ["", ""]]) {
        const page = { limit: 5, after };
        const lists: ReadonlyArray<Effect.Effect<Rows<unknown>, never, Stores>> = [
          LocationStore.use((store) => store.list(tenantId, page)),
          SessionInstanceStore.use((store) => store.list(tenantId, {}, page)),
          RosterStore.use((store) => store.listBookings(tenantId, {}, page)),
          MovementStore.use((store) => store.list(tenantId, { memberId: member.id }, page)),
          EventLog.use((log) => log.audit(tenantId, page)),
          EventLog.use((log) => log.outbox(tenantId, page)),
        ];
        for (const list of lists) {
          assert.isTrue(Exit.isSuccess(yield* Effect.exit(read(list))), after.join());
        }
      }
    }),
  );
});

describeStores("the directory of tenants", EVERY_ADAPTER, (it) => {
  it.effect("names every tenant to the operator, outside any unit of work", () =>
    Effect.gen(function* () {
      const [first, second] = [yield* world, yield* world];
      const found = yield* TenantStore.use((store) => store.directory);
      const ids = found.map(({ id }) => id);
      assert.includeMembers(ids, [first.tenantId, second.tenantId]);
      assert.deepStrictEqual(Object.keys(found[0] ?? {}).toSorted(), ["createdAt", "id", "name"]);
    }),
  );
});

describeStores("zones", EVERY_ADAPTER, (it) => {
  it.effect("of locations are those of the ones that exist here", () =>
    Effect.gen(function* () {
      const { tenantId, location, read } = yield* world;
      const other = yield* world;
      const zones = yield* read(
        LocationStore.use((store) => store.zones(tenantId, [location.id, other.location.id, LocationId.make(uuid())])),
      );
      assert.deepStrictEqual([...zones], [[location.id, location.timezone]]);
      assert.strictEqual((yield* read(LocationStore.use((store) => store.zones(tenantId, [])))).size, 0);
    }),
  );

  it.effect("of members are in force from when the member was made; a member without has none", () =>
    Effect.gen(function* () {
      const { tenantId, member, run, read } = yield* world;
      const zoned = memberOf(tenantId, { timezone: zone("Asia/Kolkata") });
      yield* run(MemberStore.use((store) => store.insert(zoned)));
      const zones = yield* read(
        MemberStore.use((store) => store.zones(tenantId, [member.id, zoned.id, MemberId.make(uuid())])),
      );
      assert.deepStrictEqual(
        new Map(zones),
        new Map([
          [member.id, []],
          [zoned.id, [{ from: createdAt, timezone: zone("Asia/Kolkata") }]],
        ]),
      );
    }),
  );
});

describeStores("prescription profiles", EVERY_ADAPTER, (it) => {
  it.effect("are those of the session types that exist here", () =>
    Effect.gen(function* () {
      const { tenantId, sessionType, run, read } = yield* world;
      const plain = sessionTypeOf(tenantId);
      yield* run(SessionTypeStore.use((store) => store.insert(plain)));
      const found = yield* read(
        PrescriptionProfiles.use((port) => port.find(tenantId, [sessionType.id, plain.id, SessionTypeId.make(uuid())])),
      );
      assert.deepStrictEqual(
        new Map(found),
        new Map([
          [sessionType.id, { intensity: "vigorous" as const }],
          [plain.id, {}],
        ]),
      );
    }),
  );
});

describeStores("the timetable", EVERY_ADAPTER, (it) => {
  it.effect("lists by start, then id, within a window, by location and type", () =>
    Effect.gen(function* () {
      const { tenantId, location, sessionType, session, run, read } = yield* world;
      const start = (iso: string) => ({ startTime: at(iso), endTime: at("2026-03-09T00:00:00Z") });
      const early = sessionOf(tenantId, sessionType, location, start("2026-03-06T10:00:00Z"));
      const sameTime = sessionOf(tenantId, sessionType, location, start("2026-03-07T15:00:00Z"));
      const late = sessionOf(tenantId, sessionType, location, start("2026-03-08T10:00:00.001Z"));
      const elsewhere = locationOf(tenantId);
      const away = sessionOf(tenantId, sessionType, elsewhere, start("2026-03-05T10:00:00Z"));
      const store = yield* SessionInstanceStore;
      yield* run(
        Effect.gen(function* () {
          yield* LocationStore.use((locations) => locations.insert(elsewhere));
          for (const one of [late, sameTime, early, away]) yield* store.insert(one);
        }),
      );
      const listed = (filter: Parameters<typeof store.list>[1]) =>
        Effect.map(read(all((page) => store.list(tenantId, filter, page))), (found) => found.map(({ id }) => id));
      assert.deepStrictEqual(yield* listed({}), [away.id, early.id, session.id, sameTime.id, late.id]);
      assert.deepStrictEqual(yield* listed({ from: early.startTime, to: late.startTime, locationId: location.id }), [
        early.id,
        session.id,
        sameTime.id,
      ]);
      assert.deepStrictEqual(yield* listed({ locationId: elsewhere.id }), [away.id]);
      assert.deepStrictEqual(yield* listed({ sessionTypeId: SessionTypeId.make(uuid()) }), []);
    }),
  );
});

describeStores("a roster", EVERY_ADAPTER, (it) => {
  it.effect("is locked with the bookings that hold a seat, and the one that is named", () =>
    Effect.gen(function* () {
      const { tenantId, session, member, run, read } = yield* world;
      const store = yield* RosterStore;
      const others = [memberOf(tenantId), memberOf(tenantId), memberOf(tenantId)] as const;
      const booked = bookingOf(session, member);
      const noShow = bookingOf(session, others[0], { status: "no_show" });
      const cancelled = bookingOf(session, others[1], { status: "cancelled", cancelledAt: at("2026-03-06T00:00:00Z") });
      const named = bookingOf(session, others[2], { status: "cancelled", cancelledAt: at("2026-03-06T00:00:00Z") });
      const taken = { ...session, seatsTaken: 2 };
      yield* run(
        Effect.gen(function* () {
          for (const one of others) yield* MemberStore.use((members) => members.insert(one));
          const roster = yield* store.lock(tenantId, session.id);
          assert.deepStrictEqual(roster, { session, bookings: new Map() });
          const changed = [booked, noShow, cancelled, named];
          yield* store.save({ session: taken, bookings: new Map() }, changed);
        }),
      );
      const seats = yield* run(store.lock(tenantId, session.id));
      assert.deepStrictEqual(seats.session, taken);
      assert.sameDeepMembers([...seats.bookings.values()], [booked, noShow]);
      const withNamed = yield* run(store.lock(tenantId, session.id, named.id));
      assert.sameDeepMembers([...withNamed.bookings.values()], [booked, noShow, named]);
      assert.deepStrictEqual(yield* read(store.findBooking(tenantId, cancelled.id)), cancelled);
    }),
  );

  it.effect("keeps what a booking became", () =>
    Effect.gen(function* () {
      const { tenantId, session, member, run, read } = yield* world;
      const store = yield* RosterStore;
      const booking = bookingOf(session, member);
      const checkedIn: Booking = { ...booking, status: "checked_in", checkedInAt: at("2026-03-07T14:58:00.5Z") };
      const roster = { session: { ...session, seatsTaken: 1 }, bookings: new Map() };
      yield* run(store.save(roster, [booking]));
      yield* run(store.save(roster, [checkedIn]));
      assert.deepStrictEqual(yield* read(store.findBooking(tenantId, booking.id)), checkedIn);
    }),
  );

  it.effect("lists its bookings by member and by session, in order of id", () =>
    Effect.gen(function* () {
      const { tenantId, session, sessionType, location, member, run, read } = yield* world;
      const store = yield* RosterStore;
      const another = sessionOf(tenantId, sessionType, location);
      const friend = memberOf(tenantId);
      const bookings = [bookingOf(session, member), bookingOf(session, friend), bookingOf(another, member)] as const;
      yield* run(
        Effect.gen(function* () {
          yield* MemberStore.use((members) => members.insert(friend));
          yield* SessionInstanceStore.use((sessions) => sessions.insert(another));
          const [first, second, third] = bookings;
          yield* store.save({ session: { ...another, seatsTaken: 1 }, bookings: new Map() }, [third]);
          yield* store.save({ session: { ...session, seatsTaken: 2 }, bookings: new Map() }, [second, first]);
        }),
      );
      const listed = (filter: Parameters<typeof store.listBookings>[1]) =>
        read(all((page) => store.listBookings(tenantId, filter, page)));
      assert.deepStrictEqual(yield* listed({}), [...bookings]);
      assert.deepStrictEqual(yield* listed({ memberId: member.id }), [bookings[0], bookings[2]]);
      assert.deepStrictEqual(yield* listed({ sessionInstanceId: session.id }), [bookings[0], bookings[1]]);
      assert.deepStrictEqual(yield* listed({ memberId: friend.id, sessionInstanceId: another.id }), []);
    }),
  );

  it.effect("is decided by one at a time: 60 racers for 7 seats take 7", () =>
    Effect.gen(function* () {
      const { tenantId, sessionType, location, run, read } = yield* world;
      const store = yield* RosterStore;
      const session = sessionOf(tenantId, sessionType, location, { capacity: 7 });
      const racers = Array.from({ length: 60 }, () => memberOf(tenantId));
      yield* run(
        Effect.gen(function* () {
          yield* SessionInstanceStore.use((sessions) => sessions.insert(session));
          for (const racer of racers) yield* MemberStore.use((members) => members.insert(racer));
        }),
      );
      const book = (racer: Member) =>
        run(
          Effect.gen(function* () {
            const { session: locked, bookings } = yield* store.lock(tenantId, session.id);
            if (bookings.size >= locked.capacity) return false;
            const booking = bookingOf(locked, racer);
            const seatsTaken = bookings.size + 1;
            yield* store.save({ session: { ...locked, seatsTaken }, bookings }, [booking]);
            return true;
          }),
        );
      const won = yield* Effect.forEach(racers, book, { concurrency: "unbounded" });
      assert.strictEqual(won.filter(Boolean).length, 7);
      const { session: after, bookings } = yield* read(
        Effect.gen(function* () {
          const found = yield* all((page) => store.listBookings(tenantId, { sessionInstanceId: session.id }, page));
          return {
            session: yield* SessionInstanceStore.use((sessions) => sessions.find(tenantId, session.id)),
            bookings: found,
          };
        }),
      );
      assert.strictEqual(bookings.length, 7);
      assert.strictEqual(after.seatsTaken, 7);
    }),
  );
});

describeStores("movement facts", EVERY_ADAPTER, (it) => {
  it.effect("come back to the letter, known to the instant or to the day", () =>
    Effect.gen(function* () {
      const { tenantId, location, sessionType, session, member, run, read } = yield* world;
      const store = yield* MovementStore;
      const full = factOf(member, {
        durationMinutes: 12.345678901234567,
        intensity: "moderate",
        externalId: "device ✓ 1",
        source: "device",
        locationId: location.id,
        sessionTypeId: sessionType.id,
        sessionInstanceId: session.id,
      });
      const dayOnly = factOf(member, {
        occurredAt: { precision: "day", day: day("2016-04-12") },
        civilDate: day("2016-04-12"),
        source: "import",
      });
      const { timezone: _, ...zoneless } = dayOnly;
      yield* run(store.insert([full, zoneless]));
      assert.deepStrictEqual(yield* read(store.find(tenantId, full.id)), full);
      assert.deepStrictEqual(yield* read(store.find(tenantId, zoneless.id)), zoneless);
    }),
  );

  it.effect("keep every version, found by id and by what their source calls them", () =>
    Effect.gen(function* () {
      const { tenantId, member, run, read } = yield* world;
      const store = yield* MovementStore;
      const first = factOf(member, { source: "import", externalId: "row 1", durationMinutes: 30 });
      const second = { ...first, version: 2, durationMinutes: 40 };
      const other = factOf(member, { source: "device", externalId: "row 1" });
      const unnamed = factOf(member);
      yield* run(store.insert([second, other, unnamed, first]));
      const versions = (...keys: Parameters<typeof store.versions>[1]) => read(store.versions(tenantId, keys));
      assert.sameDeepMembers([...(yield* versions({ source: "import", externalId: "row 1" }))], [first, second]);
      assert.sameDeepMembers([...(yield* versions({ id: unnamed.id }, { id: other.id }))], [unnamed, other]);
      assert.sameDeepMembers(
        [...(yield* versions({ id: unnamed.id }, { source: "device", externalId: "row 1" }))],
        [unnamed, other],
      );
      assert.deepStrictEqual(yield* versions({ source: "partner", externalId: "row 1" }), []);
      assert.deepStrictEqual(yield* versions(), []);
    }),
  );

  it.effect("stand in their highest version, unless one was entered in error", () =>
    Effect.gen(function* () {
      const { tenantId, member, run, read } = yield* world;
      const store = yield* MovementStore;
      const first = factOf(member, { civilDate: day("2026-03-01") });
      const corrected = { ...first, version: 3, civilDate: day("2026-03-09") };
      const wrong = factOf(member);
      const withdrawn = { ...wrong, version: 2, isEnteredInError: true };
      const insisted = { ...wrong, version: 3 };
      const [early, late] = [factOf(member, { civilDate: day("2026-02-28") }), factOf(member)];
      yield* run(store.insert([corrected, first, withdrawn, insisted, wrong, late, early]));
      assert.deepStrictEqual(yield* read(store.find(tenantId, first.id)), corrected);
      assert.deepStrictEqual(yield* read(store.find(tenantId, wrong.id)), withdrawn);
      const listed = (days: { from?: CivilDate.CivilDate; to?: CivilDate.CivilDate }) =>
        read(all((page) => store.list(tenantId, { memberId: member.id, ...days }, page)));
      assert.deepStrictEqual(yield* listed({}), [early, late, corrected]);
      assert.deepStrictEqual(yield* listed({ from: day("2026-03-07"), to: day("2026-03-09") }), [late, corrected]);
      assert.deepStrictEqual(yield* listed({ from: day("2026-03-08"), to: day("2026-03-08") }), []);
    }),
  );

  it.effect("are the same after two who told one fact at the same time: the second is run again and finds it", () =>
    Effect.gen(function* () {
      const { tenantId, member, run, read } = yield* world;
      const store = yield* MovementStore;
      const tell = () =>
        run(
          Effect.gen(function* () {
            const key = { source: "import" as const, externalId: "once" };
            const known = yield* store.versions(tenantId, [key]);
            if (known.length === 0) yield* store.insert([factOf(member, key)]);
          }),
        );
      yield* Effect.all(Array.from({ length: 8 }, tell), { concurrency: "unbounded" });
      assert.strictEqual((yield* read(all((page) => store.list(tenantId, { memberId: member.id }, page)))).length, 1);
    }),
  );
});

describeStores("day cells", EVERY_ADAPTER, (it) => {
  const contribution = (factId: string, minutes: number) => ({
    factId,
    version: 1,
    type: "home_workout" as const,
    source: "manual" as const,
    intensity: "vigorous" as const,
    minutes,
  });

  it.effect("are locked, empty where there is none, saved and read back", () =>
    Effect.gen(function* () {
      const { tenantId, member, run, read } = yield* world;
      const store = yield* CalendarStore;
      const [monday, tuesday, friday] = [day("2026-03-02"), day("2026-03-03"), day("2026-03-06")];
      const keys = [friday, monday, tuesday].map((civilDate) => ({ memberId: member.id, civilDate }));
      const cell = DayCell.of([contribution("b", 20.1), contribution("a", 10.2)]);
      yield* run(
        Effect.gen(function* () {
          const locked = yield* store.lock(tenantId, keys);
          assert.sameDeepMembers(
            [...locked],
            keys.map((key) => ({ ...key, cell: DayCell.empty })),
          );
          yield* store.save(tenantId, [
            { memberId: member.id, civilDate: friday, cell },
            { memberId: member.id, civilDate: monday, cell: DayCell.of([contribution("c", 1)]) },
          ]);
        }),
      );
      const relocked = yield* run(store.lock(tenantId, [{ memberId: member.id, civilDate: friday }]));
      assert.deepStrictEqual(relocked, [{ memberId: member.id, civilDate: friday, cell }]);
      const stranger = MemberId.make(uuid());
      const calendars = yield* read(store.read(tenantId, [member.id, stranger], { from: tuesday, to: friday }));
      assert.deepStrictEqual(
        new Map(calendars),
        new Map([
          [member.id, new Map([[friday, cell]])],
          [stranger, new Map()],
        ]),
      );
      const whole = yield* read(store.read(tenantId, [member.id], {}));
      assert.deepStrictEqual([...(whole.get(member.id)?.keys() ?? [])], [monday, friday]);
    }),
  );

  it.effect("lose nothing among writers who lock the same cells in any order", () =>
    Effect.gen(function* () {
      const { tenantId, member, run, read } = yield* world;
      const store = yield* CalendarStore;
      const days = [day("2026-03-02"), day("2026-03-03"), day("2026-03-04")];
      const keys = days.map((civilDate) => ({ memberId: member.id, civilDate }));
      const write = (writer: number) =>
        run(
          Effect.gen(function* () {
            const locked = yield* store.lock(tenantId, writer % 2 === 0 ? keys : keys.toReversed());
            yield* store.save(
              tenantId,
              locked.map((one) => ({ ...one, cell: DayCell.put(one.cell, contribution(`writer ${writer}`, 1)) })),
            );
          }),
        );
      yield* Effect.forEach(
        Array.from({ length: 40 }, (_, writer) => writer),
        write,
        { concurrency: "unbounded" },
      );
      const calendar = (yield* read(store.read(tenantId, [member.id], {}))).get(member.id);
      for (const one of days) assert.strictEqual(calendar?.get(one)?.events, 40);
    }),
  );
});

describeStores("the event log", EVERY_ADAPTER, (it) => {
  it.effect("keeps one audit entry and one outbox event an event, or neither", () =>
    Effect.gen(function* () {
      const { tenantId, run, read } = yield* world;
      const log = yield* EventLog;
      const event = (type: string) => ({
        id: uuid(),
        tenantId,
        type,
        entityType: "Booking",
        entityId: uuid(),
        actorId: "front desk",
        actorType: "host" as const,
        occurredAt: createdAt,
        data: { seat: 3, note: null, nested: { list: [1] } },
      });
      const events = [event("SeatBooked"), event("BookingCancelled"), event("MemberCheckedIn")];
      yield* run(log.append(events));
      yield* run(log.append([]));
      yield* Effect.exit(run(Effect.andThen(log.append([event("Never")]), Effect.fail("taken back"))));
      assert.deepStrictEqual(yield* read(all((page) => log.outbox(tenantId, page))), events);
      assert.deepStrictEqual(yield* read(all((page) => log.audit(tenantId, page))), events.toReversed());
    }),
  );
});

describeStores("an idempotency key", EVERY_ADAPTER, (it) => {
  const keyed = (tenantId: TenantId, extra: { actorId?: string; request?: string } = {}) => ({
    tenantId,
    actorId: "actor",
    key: "key-1",
    request: "BookSession {}",
    ...extra,
  });

  it.effect("answers again what it answered, to the same request of the same actor", () =>
    Effect.gen(function* () {
      const { tenantId, run, read } = yield* world;
      const keys = yield* IdempotencyKeys;
      const request = keyed(tenantId);
      const answer = { id: "b1", seats: [1, null] };
      assert.isUndefined(yield* read(keys.find(request)));
      yield* run(Effect.andThen(keys.claim(request), keys.keep(request, answer)));
      assert.deepStrictEqual(yield* read(keys.find(request)), { answer });
      assert.deepStrictEqual(yield* run(keys.claim(request)), { answer });
      const reused = keyed(tenantId, { request: "BookSession {other}" });
      for (const work of [read(keys.find(reused)), run(keys.claim(reused))]) {
        assert.strictEqual((yield* Effect.flip(work))._tag, "IdempotencyKeyReused");
      }
      assert.isUndefined(yield* read(keys.find(keyed(tenantId, { actorId: "somebody else" }))));
      const elsewhere = yield* world;
      assert.isUndefined(yield* elsewhere.read(keys.find(keyed(elsewhere.tenantId))));
    }),
  );

  it.effect("is free after a unit of work that failed", () =>
    Effect.gen(function* () {
      const { tenantId, run } = yield* world;
      const keys = yield* IdempotencyKeys;
      const request = keyed(tenantId);
      yield* Effect.exit(
        run(Effect.andThen(keys.claim(request), Effect.andThen(keys.keep(request, 1), Effect.fail("refused")))),
      );
      assert.isUndefined(yield* run(keys.claim(request)));
    }),
  );

  it.effect("is claimed by one of many at the same moment; the others get its answer", () =>
    Effect.gen(function* () {
      const { tenantId, run } = yield* world;
      const keys = yield* IdempotencyKeys;
      const request = keyed(tenantId);
      const once = (runner: number) =>
        run(
          Effect.gen(function* () {
            const earlier = yield* keys.claim(request);
            if (earlier !== undefined) return { answer: earlier.answer, isFirst: false };
            yield* keys.keep(request, runner);
            return { answer: runner, isFirst: true };
          }),
        );
      const found = yield* Effect.forEach(
        Array.from({ length: 20 }, (_, runner) => runner),
        once,
        { concurrency: "unbounded" },
      );
      assert.strictEqual(found.filter(({ isFirst }) => isFirst).length, 1);
      assert.strictEqual(new Set(found.map(({ answer }) => answer)).size, 1);
    }),
  );
});

describeStores("credentials", EVERY_ADAPTER, (it) => {
  const keyOf = (keyId: string, iso: string) => ({
    keyId,
    privateKey: `{"kty":"OKP","kid":"${keyId}"}`,
    publicKey: "{}",
    createdAt: at(iso),
  });

  it.effect("hold one first signing key, whoever comes first, and others when they are added", () =>
    Effect.gen(function* () {
      const store = yield* CredentialStore;
      assert.deepStrictEqual(yield* store.signingKeys, []);
      yield* Effect.forEach(
        ["a", "b", "c", "d"],
        (keyId) => store.addSigningKey(keyOf(keyId, "2026-01-01T00:00:00Z"), { ifNone: true }),
        { concurrency: "unbounded" },
      );
      const [first, ...rest] = yield* store.signingKeys;
      assert.deepStrictEqual(rest, []);
      const next = keyOf("next", "2026-02-01T00:00:00Z");
      yield* store.addSigningKey(next, { ifNone: false });
      yield* store.addSigningKey(keyOf("late", "2026-03-01T00:00:00Z"), { ifNone: true });
      assert.deepStrictEqual(
        (yield* store.signingKeys).map(({ keyId }) => keyId),
        ["next", first?.keyId],
      );
    }),
  );

  it.effect("let a sign-in token be redeemed once, before it expires, in its tenant", () =>
    Effect.gen(function* () {
      const { tenantId, run } = yield* world;
      const other = yield* world;
      const store = yield* CredentialStore;
      const expiresAt = at("2026-03-01T09:00:00Z");
      const token = { tenantId, digest: "abc", actorId: "owner", role: "owner" as const, expiresAt };
      const before = at("2026-03-01T08:59:59.999Z");
      yield* run(store.addSignInToken(token));
      yield* run(store.addSignInToken({ ...token, digest: "expired" }));
      assert.isUndefined(yield* run(store.redeem(tenantId, "abd", before)));
      assert.isUndefined(yield* run(store.redeem(tenantId, "expired", expiresAt)));
      assert.isUndefined(yield* other.run(store.redeem(other.tenantId, "abc", before)));
      const redeemed = yield* Effect.forEach([1, 2, 3], () => run(store.redeem(tenantId, "abc", before)), {
        concurrency: "unbounded",
      });
      assert.deepStrictEqual(
        redeemed.filter((one) => one !== undefined),
        [token],
      );
    }),
  );

  it.effect("tell since when an actor's tokens are void: the actor's own or everybody's, whichever is later", () =>
    Effect.gen(function* () {
      const { tenantId, run, read } = yield* world;
      const store = yield* CredentialStore;
      const [early, late] = [at("2026-03-01T00:00:00Z"), at("2026-03-02T00:00:00Z")];
      const standing = (actorId: string) => read(store.standing(tenantId, actorId));
      assert.deepStrictEqual(yield* standing("host"), { isActive: true });
      yield* run(store.revokeBefore(tenantId, "host", late));
      assert.deepStrictEqual(yield* standing("host"), { isActive: true, revokedBefore: late });
      assert.deepStrictEqual(yield* standing(uuid()), { isActive: true });
      yield* run(store.revokeBefore(tenantId, undefined, early));
      assert.deepStrictEqual(yield* standing("host"), { isActive: true, revokedBefore: late });
      assert.deepStrictEqual(yield* standing("another"), { isActive: true, revokedBefore: early });
    }),
  );
});

describe("describeStores", () => {
  it("refuses an adapter that there is not, and no adapter at all", () => {
    assert.throws(() => describeStores("anything", ["sqlite"], () => undefined), /no adapter called sqlite/);
    assert.throws(() => describeStores("anything", [], () => undefined), /No adapter/);
  });
});
