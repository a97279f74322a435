import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import * as CivilDate from "../../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../../kernel/CivilDateFromString.ts";
import { newId } from "../../../kernel/IdSource.ts";
import { LocationId, RoomId, ScheduleId, SessionTypeId, type TenantId, UserAccountId } from "../../../kernel/Ids.ts";
import { now } from "../../../kernel/Instant.ts";
import { LocalTime } from "../../../kernel/LocalTime.ts";
import { civilDateOf } from "../../../kernel/ZoneRules.ts";
import { Capacity, LocationStore } from "../../../platform/index.ts";
import { assign } from "../../domain/Assignment.ts";
import { Exceptions, RecurrenceText, type Schedule } from "../../domain/Schedule.ts";
import { SessionMinutes } from "../../domain/SessionType.ts";
import { TooFarAhead } from "../../domain/TimetableRefusals.ts";
import type { LockedResources } from "../../ports/ScheduledBlockStore.ts";
import { SessionTypeStore } from "../../ports/SessionTypeStore.ts";
import { HORIZON_DAYS, MAXIMUM_DAYS_AHEAD, occurrencesOf, seatsOf, sessionsAt } from "./SeriesSessions.ts";

/**
 * A series to put on the timetable.
 *
 * **Shape** without `durationMinutes` or `capacity`, its type's usual ones; `extendTo` is the day before which its sessions are made now, eight weeks
 * from its first day or from today unless told.
 */
export const ScheduleDraft = Schema.Struct({
  sessionTypeId: SessionTypeId,
  locationId: LocationId,
  roomId: Schema.optionalKey(RoomId),
  instructorId: Schema.optionalKey(UserAccountId),
  capacity: Schema.optionalKey(Capacity),
  startsOn: CivilDateFromString,
  startsAt: LocalTime,
  durationMinutes: Schema.optionalKey(SessionMinutes),
  rrule: RecurrenceText,
  exceptions: Schema.optionalKey(Exceptions),
  extendTo: Schema.optionalKey(CivilDateFromString),
}).annotate({ identifier: "ScheduleDraft" });

/** The series that a draft describes, and the sessions it would have now: those that are still to come. Keeps nothing. */
export const draftSchedule = Effect.fnUntraced(function* (
  tenantId: TenantId,
  command: typeof ScheduleDraft.Type,
  { instructors, rooms }: LockedResources,
) {
  const { extendTo, ...told } = command;
  const sessionType = yield* SessionTypeStore.use((types) => types.find(tenantId, command.sessionTypeId));
  const location = yield* LocationStore.use((locations) => locations.find(tenantId, command.locationId));
  const at = yield* now;
  const today = civilDateOf(location.timezone, at);
  const furthest = CivilDate.addDays(today, MAXIMUM_DAYS_AHEAD);
  const usual = Math.min(CivilDate.addDays(Math.max(today, command.startsOn) as typeof today, HORIZON_DAYS), furthest);
  if (extendTo !== undefined && extendTo > furthest) {
    return yield* new TooFarAhead({ maximumDays: MAXIMUM_DAYS_AHEAD });
  }
  const schedule: Schedule = {
    durationMinutes: sessionType.defaultDuration,
    exceptions: [],
    ...told,
    id: yield* newId(ScheduleId),
    tenantId,
    timezone: location.timezone,
    extendedTo: extendTo ?? CivilDate.fromEpochDay(usual),
    createdAt: at,
    updatedAt: at,
  };
  const { locationId, instructorId, roomId } = schedule;
  const room = roomId === undefined ? undefined : rooms.get(roomId);
  const instructor = instructorId === undefined ? undefined : instructors.get(instructorId);
  const capacity = yield* seatsOf(schedule, room);
  yield* Effect.fromResult(assign({ locationId, capacity, instructor, room }));
  const occurrences = yield* occurrencesOf(schedule, schedule.startsOn, schedule.extendedTo);
  const toCome = occurrences.filter(({ startTime }) => startTime > at);
  return { schedule, sessions: yield* sessionsAt(schedule, toCome, { capacity, at }) };
});
