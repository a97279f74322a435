import * as Effect from "effect/Effect";
import { EventLog } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import * as Ids from "../../kernel/Ids.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import { RosterStore, SessionInstanceStore, SessionTypeStore } from "../../moveos/index.ts";
import { LocationStore, MemberStore, TenantStore } from "../../platform/index.ts";
import { ExcuseStore, FormulaStore, MovementStore } from "../../pulseloop/index.ts";
import { clausesOf, everything, same } from "./Clause.ts";
import {
  addLocation,
  addMember,
  addMovement,
  addSession,
  addSessionType,
  addTenant,
  bookingFor,
  inTenant,
  minutes,
} from "./World.ts";

/** A tenant with one of everything that has an id. */
const world = Effect.gen(function* () {
  const { id } = yield* addTenant();
  const location = yield* addLocation(id);
  const sessionType = yield* addSessionType(id);
  const session = yield* addSession(id, { locationId: location.id, sessionTypeId: sessionType.id, seatsTaken: 1 });
  const booking = yield* bookingFor(session);
  yield* inTenant(
    id,
    RosterStore.use((rosters) => rosters.save({ sessions: [session], bookings: [booking], entries: [] })),
  );
  const member = yield* addMember(id);
  const movement = yield* addMovement(id, member.id);
  return { id, location, sessionType, session, booking, member, movement };
});

const stores = Effect.gen(function* () {
  return {
    tenants: yield* TenantStore,
    locations: yield* LocationStore,
    members: yield* MemberStore,
    types: yield* SessionTypeStore,
    sessions: yield* SessionInstanceStore,
    rosters: yield* RosterStore,
    movements: yield* MovementStore,
    excuses: yield* ExcuseStore,
    formulas: yield* FormulaStore,
    log: yield* EventLog,
  };
});

/** What holds of every store that finds things by id and lists them. */
export const everyStoreContract = clausesOf("every store")({
  "does not find what is not there, and what is another tenant's just as little": Effect.gen(function* () {
    const { id } = yield* world;
    const theirs = yield* world;
    const { tenants, locations, members, types, sessions, rosters, movements } = yield* stores;
    const nowhere = {
      id: yield* newId(Ids.TenantId),
      location: { id: yield* newId(Ids.LocationId) },
      member: { id: yield* newId(Ids.MemberId) },
      sessionType: { id: yield* newId(Ids.SessionTypeId) },
      session: { id: yield* newId(Ids.SessionInstanceId) },
      booking: { id: yield* newId(Ids.BookingId) },
      movement: { id: yield* newId(Ids.MovementEventId) },
    };
    for (const thing of [nowhere, theirs]) {
      const lookUps: Readonly<Record<string, Effect.Effect<unknown, NotFound>>> = {
        Tenant: tenants.find(thing.id),
        Location: locations.find(id, thing.location.id),
        Member: members.find(id, thing.member.id),
        SessionType: types.find(id, thing.sessionType.id),
        SessionInstance: sessions.find(id, thing.session.id),
        Booking: rosters.findBooking(id, thing.booking.id),
        MovementEvent: movements.find(id, thing.movement.id),
      };
      for (const [what, lookUp] of Object.entries(lookUps)) {
        if (what === "Tenant" && thing === theirs) continue; // In memory the wall stands in front of the store.
        const error = yield* Effect.flip(inTenant(id, lookUp));
        const entityType = error._tag === "NotFound" ? error.entityType : error._tag;
        yield* same(`a ${what} that is not there`, entityType, what.replace("'s roster", ""));
      }
    }
  }),

  "lists by id, oldest first, page by page, whatever order they came in, and nothing of another tenant": Effect.gen(
    function* () {
      const { id, location, sessionType } = yield* world;
      yield* world;
      const reversed = { locations: [location], types: [sessionType] };
      const ids = [yield* newId(Ids.LocationId), yield* newId(Ids.LocationId), yield* newId(Ids.LocationId)];
      for (const one of ids.toReversed()) {
        reversed.locations.splice(1, 0, yield* addLocation(id, { id: one }));
        reversed.types.splice(1, 0, yield* addSessionType(id, { id: Ids.SessionTypeId.make(one) }));
      }
      const locations = yield* LocationStore;
      const types = yield* SessionTypeStore;
      yield* same("locations", yield* everything(id, (page) => locations.list(id, page)), reversed.locations);
      yield* same("session types", yield* everything(id, (page) => types.list(id, page)), reversed.types);
    },
  ),

  "answers a cursor that somebody made up": Effect.gen(function* () {
    const { id, member } = yield* world;
    const { locations, members, types, sessions, rosters, movements, excuses, formulas, log } = yield* stores;
    for (const after of [[], ["x'; --"], ["9e99", "1e400"], ["2026-13-45", "no"], ["", ""], ["\u0000"]]) {
      const page = { limit: 5, after };
      const lists = [
        locations.list(id, page),
        members.list(id, {}, page),
        types.list(id, page),
        sessions.list(id, {}, page),
        rosters.listBookings(id, {}, page),
        movements.list(id, { memberId: member.id }, page),
        excuses.list(id, member.id, page),
        Effect.map(formulas.list(id, page), (rows) => ({ rows })),
        log.audit(id, page),
        log.outbox(id, page),
      ];
      for (const list of lists) yield* inTenant(id, Effect.asVoid<unknown, never, never>(list));
    }
  }),

  "keeps text, fractions and nothing at all to the letter": Effect.gen(function* () {
    const tenant = yield* addTenant({
      name: "Studio Ümläut 🏃🏾",
      brandSettings: { colour: "#123456", nested: { createdAt: null, list: [1, "two"], snake_case: true } },
      createdAt: minutes(0.002),
    });
    const location = yield* addLocation(tenant.id, { name: "O'Brien's \\ \"5\"", address: "5 Lane\nNairobi" });
    const sessionType = yield* addSessionType(tenant.id, { description: "", contraindications: ["a,b", "{c}"] });
    const member = yield* addMember(tenant.id, { firstName: "Zoë", lastName: "O'Brien; drop table member" });
    const event = yield* addMovement(tenant.id, member.id, {
      durationMinutes: 12.345678901234567,
      source: "device",
      externalId: "device ✓ 1",
    });
    const find = <A, E, R>(lookUp: Effect.Effect<A, E, R>) => inTenant(tenant.id, lookUp);
    yield* same("the tenant", yield* find(TenantStore.use((store) => store.find(tenant.id))), tenant);
    yield* same("the location", yield* find(LocationStore.use((s) => s.find(tenant.id, location.id))), location);
    yield* same("the type", yield* find(SessionTypeStore.use((s) => s.find(tenant.id, sessionType.id))), sessionType);
    yield* same("the member", yield* find(MemberStore.use((store) => store.find(tenant.id, member.id))), member);
    yield* same("the movement", yield* find(MovementStore.use((store) => store.find(tenant.id, event.id))), event);
  }),
});
