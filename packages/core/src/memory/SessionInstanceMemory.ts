import * as Effect from "effect/Effect";
import { toIso } from "../kernel/Instant.ts";
import { NotFound } from "../kernel/NotFound.ts";
import { type Booking, type SessionInstance, SessionInstanceStore } from "../moveos/index.ts";
import type { MemoryTable } from "./MemoryDatabase.ts";
import { pageOf } from "./PageOf.ts";

/** The timetable in memory, over the tables that rosters share with it. */
export const sessionInstances = (sessions: MemoryTable<SessionInstance>, bookings: MemoryTable<Booking>) => {
  const keep = (session: SessionInstance) => sessions.set(`${session.tenantId}/${session.id}`, session);
  const of = (tenantId: string) => [...sessions.values()].filter((session) => session.tenantId === tenantId);

  /** The sessions a member has booked, and the cancelled ones it had. */
  const isOf = (memberId: string | undefined) => {
    if (memberId === undefined) return () => true;
    const had = new Map<string, boolean>();
    for (const booking of bookings.values()) {
      if (booking.memberId !== memberId) continue;
      had.set(booking.sessionInstanceId, booking.status !== "cancelled" || had.get(booking.sessionInstanceId) === true);
    }
    return ({ id, status }: SessionInstance) => had.get(id) === true || (status === "cancelled" && had.has(id));
  };

  return SessionInstanceStore.of({
    find: (tenantId, id) =>
      Effect.suspend(() => {
        const session = sessions.get(`${tenantId}/${id}`);
        return session === undefined
          ? Effect.fail(new NotFound({ entityType: "SessionInstance", entityId: id }))
          : Effect.succeed(session);
      }),
    list: (tenantId, { from, to, locationId, sessionTypeId, instructorId, roomId, memberId }, page) =>
      Effect.sync(() => {
        const shown = of(tenantId).filter(
          (session) =>
            session.startTime >= (from ?? -Infinity) &&
            session.startTime < (to ?? Infinity) &&
            session.locationId === (locationId ?? session.locationId) &&
            session.sessionTypeId === (sessionTypeId ?? session.sessionTypeId) &&
            session.instructorId === (instructorId ?? session.instructorId) &&
            session.roomId === (roomId ?? session.roomId),
        );
        return pageOf(shown.filter(isOf(memberId)), page, ({ startTime, id }) => [toIso(startTime), id]);
      }),
    // Units of work go one at a time, so whoever is in one has everything locked.
    lock: (tenantId, ids) =>
      Effect.sync(() => [...new Set(ids)].toSorted().flatMap((id) => sessions.get(`${tenantId}/${id}`) ?? [])),
    ofSchedule: (tenantId, scheduleId, from) =>
      Effect.sync(() =>
        of(tenantId)
          .filter((session) => session.scheduleId === scheduleId && (session.recurrenceStart ?? "") >= from)
          .toSorted((left, right) => ((left.recurrenceStart ?? "") < (right.recurrenceStart ?? "") ? -1 : 1)),
      ),
    insert: (session) => Effect.sync(() => keep(session)),
    insertMissing: (wanted) =>
      Effect.sync(() => {
        const placeOf = ({ tenantId, scheduleId, recurrenceStart }: SessionInstance) =>
          `${tenantId}/${scheduleId}/${recurrenceStart}`;
        const taken = new Set([...sessions.values()].filter(({ scheduleId }) => scheduleId !== undefined).map(placeOf));
        const missing = wanted.filter((session) => session.scheduleId === undefined || !taken.has(placeOf(session)));
        for (const session of missing) keep(session);
        return missing.map(({ id }) => id);
      }),
    change: (changed) =>
      Effect.sync(() => {
        for (const session of changed) {
          const kept = sessions.get(`${session.tenantId}/${session.id}`);
          if (kept === undefined) continue;
          const { capacity, seatsTaken, offersOpen, waitlistLength } = kept;
          keep({ ...session, capacity, seatsTaken, offersOpen, waitlistLength });
        }
      }),
  });
};
