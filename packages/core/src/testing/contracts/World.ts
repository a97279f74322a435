/** Rows that contract clauses put into a store: a tenant of their own, and what belongs to it. */
import * as Effect from "effect/Effect";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { newId } from "../../kernel/IdSource.ts";
import * as Ids from "../../kernel/Ids.ts";
import { Instant } from "../../kernel/Instant.ts";
import { civilDateOf } from "../../kernel/ZoneRules.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { type MovementEvent, MovementStore } from "../../pulseloop/index.ts";
import {
  type Booking,
  type SessionInstance,
  SessionInstanceStore,
  type SessionType,
  SessionTypeStore,
} from "../../moveos/index.ts";
import {
  type Location,
  LocationStore,
  type Member,
  MemberStore,
  type Tenant,
  TenantStore,
} from "../../platform/index.ts";

/** 2026-03-01T00:00:00Z, when everything in a contract's world is made unless it says otherwise. */
export const EPOCH = Instant.make(1_772_323_200_000);

/** An instant some minutes after {@link EPOCH}. */
export const minutes = (count: number): Instant => Instant.make(EPOCH + count * 60_000);

const stamps = { createdAt: EPOCH, updatedAt: EPOCH };

export const inTenant = <A, E, R>(tenantId: Ids.TenantId, work: Effect.Effect<A, E, R>) =>
  UnitOfWork.use((units) => units.run(tenantId, work));

export const addTenant = Effect.fnUntraced(function* (more: Partial<Tenant> = {}) {
  const id = yield* newId(Ids.TenantId);
  const tenant: Tenant = {
    id,
    name: "Lavington Movement",
    mode: "zmos_only",
    timezone: "Africa/Nairobi",
    weekStart: 1,
    dayStartHours: 0,
    brandSettings: {},
    ...stamps,
    ...more,
  };
  yield* inTenant(
    id,
    TenantStore.use((tenants) => tenants.insert(tenant)),
  );
  return tenant;
});

export const addLocation = Effect.fnUntraced(function* (tenantId: Ids.TenantId, more: Partial<Location> = {}) {
  const id = yield* newId(Ids.LocationId);
  const location: Location = { id, tenantId, name: "Lavington", timezone: "Africa/Nairobi", ...stamps, ...more };
  yield* inTenant(
    tenantId,
    LocationStore.use((locations) => locations.insert(location)),
  );
  return location;
});

export const addMember = Effect.fnUntraced(function* (tenantId: Ids.TenantId, more: Partial<Member> = {}) {
  const id = yield* newId(Ids.MemberId);
  const member: Member = {
    id,
    tenantId,
    firstName: "Amina",
    lastName: "Otieno",
    memberSince: CivilDate.of("2026-03-01"),
    ...stamps,
    ...more,
  };
  yield* inTenant(
    tenantId,
    MemberStore.use((members) => members.insert(member)),
  );
  return member;
});

export const addSessionType = Effect.fnUntraced(function* (tenantId: Ids.TenantId, more: Partial<SessionType> = {}) {
  const id = yield* newId(Ids.SessionTypeId);
  const sessionType: SessionType = {
    id,
    tenantId,
    name: "Morning Spin",
    category: "class",
    contraindications: [],
    defaultDuration: 45,
    defaultCapacity: 2,
    ...stamps,
    ...more,
  };
  yield* inTenant(
    tenantId,
    SessionTypeStore.use((sessionTypes) => sessionTypes.insert(sessionType)),
  );
  return sessionType;
});

/** A session of a new type at a new location, an hour after {@link EPOCH} unless it says otherwise. */
export const addSession = Effect.fnUntraced(function* (tenantId: Ids.TenantId, more: Partial<SessionInstance> = {}) {
  const sessionTypeId = more.sessionTypeId ?? (yield* addSessionType(tenantId)).id;
  const locationId = more.locationId ?? (yield* addLocation(tenantId)).id;
  const session: SessionInstance = {
    id: yield* newId(Ids.SessionInstanceId),
    tenantId,
    startTime: minutes(60),
    endTime: minutes(105),
    capacity: 2,
    seatsTaken: 0,
    seatsTakenOnline: 0,
    offersOpen: 0,
    waitlistLength: 0,
    status: "scheduled",
    sequence: 0,
    timezone: "Africa/Nairobi",
    civilDate: civilDateOf("Africa/Nairobi", more.startTime ?? minutes(60)),
    ...stamps,
    ...more,
    sessionTypeId,
    locationId,
  };
  yield* inTenant(
    tenantId,
    SessionInstanceStore.use((sessions) => sessions.insert(session)),
  );
  return session;
});

/** A booking of a new member, not kept yet. */
export const bookingFor = Effect.fnUntraced(function* (session: SessionInstance, more: Partial<Booking> = {}) {
  const memberId = more.memberId ?? (yield* addMember(session.tenantId)).id;
  const booking: Booking = {
    id: yield* newId(Ids.BookingId),
    tenantId: session.tenantId,
    sessionInstanceId: session.id,
    status: "booked",
    channel: "online",
    origin: "booked",
    paidBy: { source: "open" },
    checkIns: 0,
    createdAt: EPOCH,
    ...more,
    memberId,
  };
  return booking;
});

/** A movement not kept yet: on Monday 2026-03-02, at home, by hand, unless it says otherwise. */
export const movementOf = Effect.fnUntraced(function* (
  tenantId: Ids.TenantId,
  memberId: Ids.MemberId,
  more: Partial<MovementEvent> = {},
) {
  const monday = CivilDate.of("2026-03-02");
  const event: MovementEvent = {
    id: yield* newId(Ids.MovementEventId),
    tenantId,
    memberId,
    version: 1,
    isEnteredInError: false,
    type: "home_workout",
    occurredAt: { precision: "day", day: monday },
    civilDate: monday,
    source: "manual",
    createdAt: EPOCH,
    ...more,
  };
  return event;
});

/** A movement, kept as a fact; its day cell is left alone. */
export const addMovement = Effect.fnUntraced(function* (
  tenantId: Ids.TenantId,
  memberId: Ids.MemberId,
  more: Partial<MovementEvent> = {},
) {
  const event = yield* movementOf(tenantId, memberId, more);
  yield* inTenant(
    tenantId,
    MovementStore.use((movements) => movements.insert([event])),
  );
  return event;
});
