import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { LocationId, RoomId, SessionInstanceId, SessionTypeId, UserAccountId } from "../../kernel/Ids.ts";
import { InstantFromString, now } from "../../kernel/Instant.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize, Capacity, LocationStore, TenantStore } from "../../platform/index.ts";
import { assign } from "../domain/Assignment.ts";
import { sessionScheduled } from "../domain/SessionChanges.ts";
import { capacityOf, endsAt, placeSession, SessionInstance } from "../domain/SessionInstance.ts";
import { SessionInstanceStore } from "../ports/SessionInstanceStore.ts";
import { SessionTypeStore } from "../ports/SessionTypeStore.ts";
import { watchRosters } from "./desk/WatchRosters.ts";
import { claimBlocks, lockResources, resourcesOf } from "./timetable/ClaimBlocks.ts";

/**
 * A session to put on the timetable. **Shape** without `endTime` or `capacity`, it gets its type's usual ones, and not more seats than its location
 * and its room hold.
 */
export const ScheduleSession = Schema.Struct({
  sessionTypeId: SessionTypeId,
  locationId: LocationId,
  roomId: Schema.optionalKey(RoomId),
  instructorId: Schema.optionalKey(UserAccountId),
  startTime: InstantFromString,
  endTime: Schema.optionalKey(InstantFromString),
  capacity: Schema.optionalKey(Capacity),
}).annotate({ identifier: "ScheduleSession" });

/**
 * Puts one session on the timetable.
 *
 * **Errors** `NotPermitted`, `NotFound`, `SessionTimesImpossible`, `InstructorInactive`, `RoomElsewhere`, `RoomTooSmall`, `ScheduleConflict`.
 */
export const scheduleSession = UseCase.command(
  "ScheduleSession",
  { command: ScheduleSession, answer: SessionInstance, first: () => authorize("session:manage") },
  function* (command, { tenantId }) {
    const { sessionTypeId, locationId, roomId, instructorId, startTime } = command;
    const sessionType = yield* SessionTypeStore.use((sessionTypes) => sessionTypes.find(tenantId, sessionTypeId));
    const location = yield* LocationStore.use((locations) => locations.find(tenantId, locationId));
    const { dayStartHours } = yield* Effect.orDie(TenantStore.use((tenants) => tenants.find(tenantId)));
    const { instructors, rooms } = yield* lockResources(tenantId, resourcesOf([command]));
    const instructor = instructorId === undefined ? undefined : instructors.get(instructorId);
    const room = roomId === undefined ? undefined : rooms.get(roomId);
    const capacity = command.capacity ?? capacityOf(sessionType, location, room);
    const endTime = yield* Effect.fromResult(endsAt(startTime, command.endTime, sessionType.defaultDuration));
    yield* Effect.fromResult(assign({ locationId, capacity, instructor, room }));
    const at = yield* now;
    const session: SessionInstance = {
      id: yield* newId(SessionInstanceId),
      tenantId,
      sessionTypeId,
      locationId,
      startTime,
      endTime,
      ...placeSession(startTime, location.timezone, dayStartHours),
      ...(roomId !== undefined && { roomId }),
      ...(instructorId !== undefined && { instructorId }),
      capacity,
      seatsTaken: 0,
      seatsTakenOnline: 0,
      offersOpen: 0,
      waitlistLength: 0,
      status: "scheduled",
      sequence: 0,
      createdAt: at,
      updatedAt: at,
    };
    yield* claimBlocks(tenantId, [session]);
    yield* SessionInstanceStore.use((sessions) => sessions.insert(session));
    yield* watchRosters([session]);
    yield* record(sessionScheduled(session));
    return session;
  },
);
