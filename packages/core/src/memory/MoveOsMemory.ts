/** MoveOS's ports in memory. */
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { toIso } from "../kernel/Instant.ts";
import { NotFound } from "../kernel/NotFound.ts";
import {
  type Booking,
  holdsSeat,
  RosterStore,
  type SessionInstance,
  SessionInstanceStore,
  type SessionType,
  SessionTypeStore,
} from "../moveos/index.ts";
import { type PrescriptionProfile, PrescriptionProfiles } from "../pulseloop/index.ts";
import { MemoryDatabase, type MemoryTable } from "./MemoryDatabase.ts";
import { pageOf } from "./PageOf.ts";

const find = <Row>(rows: MemoryTable<Row>, entityType: string, tenantId: string, entityId: string) =>
  Effect.suspend(() => {
    const row = rows.get(`${tenantId}/${entityId}`);
    return row === undefined ? Effect.fail(new NotFound({ entityType, entityId })) : Effect.succeed(row);
  });

const of = <Row extends { readonly tenantId: string }>(rows: MemoryTable<Row>, tenantId: string): Array<Row> =>
  [...rows.values()].filter((row) => row.tenantId === tenantId);

export const layer = Layer.effectContext(
  Effect.gen(function* () {
    const database = yield* MemoryDatabase;
    const types = database.table<SessionType>();
    const sessions = database.table<SessionInstance>();
    const bookings = database.table<Booking>();

    const sessionTypeStore = SessionTypeStore.of({
      find: (tenantId, id) => find(types, "SessionType", tenantId, id),
      list: (tenantId, page) => Effect.sync(() => pageOf(of(types, tenantId), page, ({ id }) => [id])),
      insert: (type) => Effect.sync(() => types.set(`${type.tenantId}/${type.id}`, type)),
    });

    const profiles = PrescriptionProfiles.of({
      find: (tenantId, ids) =>
        Effect.sync(() => {
          const known = ids.map((id) => types.get(`${tenantId}/${id}`)).filter((type) => type !== undefined);
          return new Map(
            known.map(({ id, intensity }): [typeof id, PrescriptionProfile] => [id, intensity ? { intensity } : {}]),
          );
        }),
    });

    const sessionStore = SessionInstanceStore.of({
      find: (tenantId, id) => find(sessions, "SessionInstance", tenantId, id),
      list: (tenantId, { from, to, locationId, sessionTypeId }, page) =>
        Effect.sync(() => {
          const shown = of(sessions, tenantId).filter(
            (session) =>
              session.startTime >= (from ?? -Infinity) &&
              session.startTime < (to ?? Infinity) &&
              session.locationId === (locationId ?? session.locationId) &&
              session.sessionTypeId === (sessionTypeId ?? session.sessionTypeId),
          );
          return pageOf(shown, page, ({ startTime, id }) => [toIso(startTime), id]);
        }),
      insert: (session) => Effect.sync(() => sessions.set(`${session.tenantId}/${session.id}`, session)),
    });

    const rosterStore = RosterStore.of({
      lock: (tenantId, sessionInstanceId, bookingId) =>
        Effect.map(find(sessions, "SessionInstance", tenantId, sessionInstanceId), (session) => {
          const loaded = of(bookings, tenantId).filter(
            (booking) =>
              booking.sessionInstanceId === sessionInstanceId && (holdsSeat(booking) || booking.id === bookingId),
          );
          return { session, bookings: new Map(loaded.map((booking) => [booking.id, booking])) };
        }),
      save: ({ session }, changed) =>
        Effect.sync(() => {
          sessions.set(`${session.tenantId}/${session.id}`, session);
          for (const booking of changed) bookings.set(`${booking.tenantId}/${booking.id}`, booking);
        }),
      findBooking: (tenantId, id) => find(bookings, "Booking", tenantId, id),
      upcoming: (tenantId, memberId, from, count) =>
        Effect.sync(() =>
          of(bookings, tenantId)
            .filter((booking) => booking.memberId === memberId && booking.status === "booked")
            .flatMap((booking) => {
              const session = sessions.get(`${tenantId}/${booking.sessionInstanceId}`);
              return session === undefined || session.startTime < from ? [] : [{ booking, session }];
            })
            .toSorted((left, right) => left.session.startTime - right.session.startTime)
            .slice(0, count),
        ),
      listBookings: (tenantId, { memberId, sessionInstanceId }, page) =>
        Effect.sync(() => {
          const shown = of(bookings, tenantId).filter(
            (booking) =>
              booking.memberId === (memberId ?? booking.memberId) &&
              booking.sessionInstanceId === (sessionInstanceId ?? booking.sessionInstanceId),
          );
          return pageOf(shown, page, ({ id }) => [id]);
        }),
    });

    return Context.make(SessionTypeStore, sessionTypeStore).pipe(
      Context.add(PrescriptionProfiles, profiles),
      Context.add(SessionInstanceStore, sessionStore),
      Context.add(RosterStore, rosterStore),
    );
  }),
);
