/** From the occurrences of a series to its sessions. */
import * as Effect from "effect/Effect";
import type { CivilDate } from "../../../kernel/CivilDate.ts";
import { newId } from "../../../kernel/IdSource.ts";
import { SessionInstanceId, type TenantId } from "../../../kernel/Ids.ts";
import type { Instant } from "../../../kernel/Instant.ts";
import { LocationStore, TenantStore } from "../../../platform/index.ts";
import { type Schedule, type SeriesOccurrence, timesOf, withoutExceptions } from "../../domain/Schedule.ts";
import { capacityOf, placeSession, type SessionInstance } from "../../domain/SessionInstance.ts";
import type { Room } from "../../domain/Room.ts";
import { Recurrence } from "../../ports/Recurrence.ts";
import { SessionTypeStore } from "../../ports/SessionTypeStore.ts";

/** How far ahead a series is put on the timetable when nobody says, and at the most. **Units** days. */
export const HORIZON_DAYS = 56;
export const MAXIMUM_DAYS_AHEAD = 366;

/** The occurrences of a series on these days, but for its exceptions. **Units** `from` included, `to` excluded. */
export const occurrencesOf = Effect.fnUntraced(function* (schedule: Schedule, from: CivilDate, to: CivilDate) {
  const recurrence = yield* Recurrence;
  return withoutExceptions(schedule, yield* recurrence.expand(schedule, { from, to }));
});

/** The seats of a series' sessions, unless the series tells: as many as its type usually has, and its location and its room hold. */
export const seatsOf = Effect.fnUntraced(function* (schedule: Omit<Schedule, "id">, room: Room | undefined) {
  const { tenantId, sessionTypeId, locationId } = schedule;
  const sessionType = yield* SessionTypeStore.use((sessionTypes) => sessionTypes.find(tenantId, sessionTypeId));
  const location = yield* LocationStore.use((locations) => locations.find(tenantId, locationId));
  return schedule.capacity ?? capacityOf(sessionType, location, room);
});

/** New sessions at these occurrences. **Units** `capacity`: people. */
export const sessionsAt = Effect.fnUntraced(function* (
  schedule: Schedule,
  occurrences: ReadonlyArray<SeriesOccurrence>,
  { capacity, at }: { readonly capacity: number; readonly at: Instant },
) {
  const dayStartHours = yield* dayStartOf(schedule.tenantId);
  const sessions: Array<SessionInstance> = [];
  for (const occurrence of occurrences) {
    const times = timesOf(schedule, occurrence);
    sessions.push({
      id: yield* newId(SessionInstanceId),
      tenantId: schedule.tenantId,
      sessionTypeId: schedule.sessionTypeId,
      locationId: schedule.locationId,
      ...times,
      ...placeSession(times.startTime, schedule.timezone, dayStartHours),
      ...(schedule.roomId !== undefined && { roomId: schedule.roomId }),
      ...(schedule.instructorId !== undefined && { instructorId: schedule.instructorId }),
      scheduleId: schedule.id,
      recurrenceStart: occurrence.start,
      capacity,
      seatsTaken: 0,
      seatsTakenOnline: 0,
      offersOpen: 0,
      waitlistLength: 0,
      status: "scheduled",
      sequence: 0,
      createdAt: at,
      updatedAt: at,
    });
  }
  return sessions;
});

/** When the tenant's day starts. **Units** hours after midnight. */
export const dayStartOf = (tenantId: TenantId) =>
  Effect.map(Effect.orDie(TenantStore.use((tenants) => tenants.find(tenantId))), ({ dayStartHours }) => dayStartHours);
