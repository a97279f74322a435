import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { LocationId, SessionInstanceId, SessionTypeId, TenantId } from "../../kernel/Ids.ts";
import { Instant, InstantFromString } from "../../kernel/Instant.ts";
import { Capacity, type Location } from "../../platform/domain/Location.ts";
import type { SessionType } from "./SessionType.ts";

export const SessionStatus = Schema.Literals(["scheduled", "cancelled", "completed"]);
export type SessionStatus = typeof SessionStatus.Type;

/** One dated occurrence of a session type at a location. **Units** `capacity`, `seatsTaken`: people. */
export const SessionInstance = Schema.Struct({
  id: SessionInstanceId,
  tenantId: TenantId,
  sessionTypeId: SessionTypeId,
  locationId: LocationId,
  startTime: InstantFromString,
  endTime: InstantFromString,
  capacity: Capacity,
  seatsTaken: Schema.Int,
  status: SessionStatus,
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

/** How many seats a session gets unless told: its type's usual number, but never more than the location holds. */
export const capacityOf = (
  sessionType: Pick<SessionType, "category" | "defaultCapacity">,
  location: Pick<Location, "capacityDefaults">,
): number =>
  Math.min(
    sessionType.defaultCapacity,
    location.capacityDefaults?.[sessionType.category] ?? sessionType.defaultCapacity,
  );

/** How long a session lasts. **Units** minutes. */
export const durationMinutes = (session: Pick<SessionInstance, "startTime" | "endTime">): number =>
  (session.endTime - session.startTime) / MILLIS_PER_MINUTE;
