import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import {
  LocationId,
  RoomId,
  ScheduleId,
  SessionInstanceId,
  SessionTypeId,
  TenantId,
  UserAccountId,
} from "../../kernel/Ids.ts";
import { Instant, InstantFromString } from "../../kernel/Instant.ts";
import { LocalDateTime } from "../../kernel/LocalTime.ts";
import { ZoneName } from "../../kernel/ZoneName.ts";
import { civilDateOf } from "../../kernel/ZoneRules.ts";
import { Capacity, type Location } from "../../platform/domain/Location.ts";
import type { SessionType } from "./SessionType.ts";

export const SessionStatus = Schema.Literals(["scheduled", "cancelled", "completed"]);
export type SessionStatus = typeof SessionStatus.Type;

/** What of an occurrence may be changed for it alone, apart from its series. */
export const OwnChange = Schema.Literals(["time", "room", "instructor"]);
export type OwnChange = typeof OwnChange.Type;

/**
 * One dated occurrence of a session type at a location.
 *
 * **Shape** `timezone` is its location's when it was scheduled, and `civilDate` the civil day of its start there. An occurrence of a
 * series names it by `scheduleId`, and by `recurrenceStart` the local start at which the series first put it: that stays when it is
 * moved. `ownChanges` says what was changed of it alone. `sequence` grows by one with every change and with its cancellation
 * (RFC 5545, 3.8.7.4).
 *
 * **Units** `capacity`, `seatsTaken`, `seatsTakenOnline` of them, `offersOpen` (seats offered to who waits), `waitlistLength`: people.
 */
export const SessionInstance = Schema.Struct({
  id: SessionInstanceId,
  tenantId: TenantId,
  sessionTypeId: SessionTypeId,
  locationId: LocationId,
  startTime: InstantFromString,
  endTime: InstantFromString,
  timezone: ZoneName,
  civilDate: CivilDateFromString,
  instructorId: Schema.optionalKey(UserAccountId),
  roomId: Schema.optionalKey(RoomId),
  scheduleId: Schema.optionalKey(ScheduleId),
  recurrenceStart: Schema.optionalKey(LocalDateTime),
  ownChanges: Schema.optionalKey(Schema.Array(OwnChange)),
  capacity: Capacity,
  seatsTaken: Schema.Int,
  seatsTakenOnline: Schema.Int,
  offersOpen: Schema.Int,
  waitlistLength: Schema.Int,
  status: SessionStatus,
  sequence: Schema.Int,
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "SessionInstance" });
export type SessionInstance = typeof SessionInstance.Type;

const MILLIS_PER_MINUTE = 60_000;

/** A session must end after it starts, and within a day. */
export class SessionTimesImpossible extends Schema.TaggedError<SessionTimesImpossible>()("SessionTimesImpossible", {
  startTime: InstantFromString,
  endTime: InstantFromString,
}) {
  override get message() {
    return "A session ends after it starts, and within 24 hours of it. Change endTime.";
  }
}

/** Where in local time a session lies: its zone, and the civil day of its start there. **Units** `dayStartHours`: hours after midnight. */
export const placeSession = (
  startTime: Instant,
  timezone: ZoneName,
  dayStartHours: number,
): Pick<SessionInstance, "timezone" | "civilDate"> => ({
  timezone,
  civilDate: civilDateOf(timezone, startTime, dayStartHours),
});

/** When a session ends: as told, else after the type's usual minutes. **Errors** `SessionTimesImpossible`. */
export const endsAt = (
  startTime: Instant,
  told: Instant | undefined,
  usualMinutes: number,
): Result.Result<Instant, SessionTimesImpossible> => {
  const endTime = told ?? Instant.make(startTime + usualMinutes * MILLIS_PER_MINUTE);
  const minutes = (endTime - startTime) / MILLIS_PER_MINUTE;
  return minutes > 0 && minutes <= 1_440
    ? Result.succeed(endTime)
    : Result.fail(new SessionTimesImpossible({ startTime, endTime }));
};

/** How many seats a session gets unless told: its type's usual number, but never more than the location and the room hold. */
export const capacityOf = (
  sessionType: Pick<SessionType, "category" | "defaultCapacity">,
  location: Pick<Location, "capacityDefaults">,
  room: { readonly capacity?: number } | undefined,
): number =>
  Math.min(
    sessionType.defaultCapacity,
    room?.capacity ?? sessionType.defaultCapacity,
    location.capacityDefaults?.[sessionType.category] ?? sessionType.defaultCapacity,
  );

/** How long a session lasts. **Units** minutes. */
export const durationMinutes = (session: Pick<SessionInstance, "startTime" | "endTime">): number =>
  (session.endTime - session.startTime) / MILLIS_PER_MINUTE;
