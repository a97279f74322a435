import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { LocationId, SessionInstanceId, SessionTypeId } from "../../kernel/Ids.ts";
import { InstantFromString, now, toIso } from "../../kernel/Instant.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { useCase } from "../../kernel/UseCase.ts";
import { authorize, Capacity, LocationStore } from "../../platform/index.ts";
import { capacityOf, endsAt, SessionInstance } from "../domain/SessionInstance.ts";
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
export const scheduleSession = useCase(
  "ScheduleSession",
  { command: ScheduleSession, answer: SessionInstance },
  function* (command) {
    const { tenantId } = yield* authorize("session:manage");
    const { sessionTypeId, locationId, startTime } = command;
    const at = yield* now;
    const id = yield* newId(SessionInstanceId);
    const sessionTypes = yield* SessionTypeStore;
    const locations = yield* LocationStore;
    const sessions = yield* SessionInstanceStore;
    const units = yield* UnitOfWork;
    return yield* units.run(
      tenantId,
      Effect.gen(function* () {
        const sessionType = yield* sessionTypes.find(tenantId, sessionTypeId);
        const location = yield* locations.find(tenantId, locationId);
        const session: SessionInstance = {
          id,
          tenantId,
          sessionTypeId,
          locationId,
          startTime,
          endTime: yield* Effect.fromResult(endsAt(startTime, command.endTime, sessionType.defaultDuration)),
          capacity: command.capacity ?? capacityOf(sessionType, location),
          seatsTaken: 0,
          status: "scheduled",
          createdAt: at,
          updatedAt: at,
        };
        yield* sessions.insert(session);
        yield* record({
          type: "SessionScheduled",
          entityType: "SessionInstance",
          entityId: id,
          data: { sessionTypeId, locationId, startTime: toIso(startTime), capacity: session.capacity },
        });
        return session;
      }),
    );
  },
);
