import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { LocationId, SessionInstanceId, SessionTypeId } from "../../kernel/Ids.ts";
import { InstantFromString, now, toIso } from "../../kernel/Instant.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize, Capacity, LocationStore, TenantStore } from "../../platform/index.ts";
import { capacityOf, endsAt, placeSession, SessionInstance } from "../domain/SessionInstance.ts";
import { SessionInstanceStore } from "../ports/SessionInstanceStore.ts";
import { SessionTypeStore } from "../ports/SessionTypeStore.ts";

/** A session to put on the timetable. **Shape** without `endTime` or `capacity`, it gets its type's and its location's usual ones. */
export const ScheduleSession = Schema.Struct({
  sessionTypeId: SessionTypeId,
  locationId: LocationId,
  startTime: InstantFromString,
  endTime: Schema.optionalKey(InstantFromString),
  capacity: Schema.optionalKey(Capacity),
}).annotate({ identifier: "ScheduleSession" });

/** Puts one session on the timetable. */
export const scheduleSession = UseCase.command(
  "ScheduleSession",
  { command: ScheduleSession, answer: SessionInstance, first: () => authorize("session:manage") },
  function* (command, { tenantId }) {
    const { sessionTypeId, locationId, startTime } = command;
    const sessionType = yield* SessionTypeStore.use((sessionTypes) => sessionTypes.find(tenantId, sessionTypeId));
    const location = yield* LocationStore.use((locations) => locations.find(tenantId, locationId));
    const { dayStartHours } = yield* Effect.orDie(TenantStore.use((tenants) => tenants.find(tenantId)));
    const at = yield* now;
    const session: SessionInstance = {
      id: yield* newId(SessionInstanceId),
      tenantId,
      sessionTypeId,
      locationId,
      startTime,
      endTime: yield* Effect.fromResult(endsAt(startTime, command.endTime, sessionType.defaultDuration)),
      ...placeSession(startTime, location.timezone, dayStartHours),
      capacity: command.capacity ?? capacityOf(sessionType, location),
      seatsTaken: 0,
      status: "scheduled",
      sequence: 0,
      createdAt: at,
      updatedAt: at,
    };
    yield* SessionInstanceStore.use((sessions) => sessions.insert(session));
    yield* record({
      type: "SessionScheduled",
      entityType: "SessionInstance",
      entityId: session.id,
      data: { sessionTypeId, locationId, startTime: toIso(startTime), capacity: session.capacity },
    });
    return session;
  },
);
