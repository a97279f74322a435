import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { record } from "../../../kernel/EventLog.ts";
import { RoomId, SessionInstanceId, UserAccountId } from "../../../kernel/Ids.ts";
import { Instant, InstantFromString, now } from "../../../kernel/Instant.ts";
import { NotFound } from "../../../kernel/NotFound.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize, TenantStore } from "../../../platform/index.ts";
import { assign } from "../../domain/Assignment.ts";
import { SessionNotScheduled } from "../../domain/Refusals.ts";
import { bumped, differs } from "../../domain/Schedule.ts";
import { lookAgain } from "../desk/WatchRosters.ts";
import { sessionChanged } from "../../domain/SessionChanges.ts";
import { endsAt, type OwnChange, placeSession, SessionInstance } from "../../domain/SessionInstance.ts";
import { SessionInstanceStore } from "../../ports/SessionInstanceStore.ts";
import { claimBlocks, lockResources, resourcesOf } from "./ClaimBlocks.ts";

/** **Shape** what is absent stays; `null` takes the room or the instructor away. A new start without a new end keeps how long it lasts. */
export const ChangeSession = Schema.Struct({
  sessionInstanceId: SessionInstanceId,
  startTime: Schema.optionalKey(InstantFromString),
  endTime: Schema.optionalKey(InstantFromString),
  roomId: Schema.optionalKey(Schema.NullOr(RoomId)),
  instructorId: Schema.optionalKey(Schema.NullOr(UserAccountId)),
}).annotate({ identifier: "ChangeSession" });

/**
 * Changes one session: when it is, where, and with whom (a substitute). Whoever has booked it stays booked. An occurrence of a series keeps what is
 * changed here when the series changes.
 *
 * **Errors** `NotPermitted`, `NotFound`, `SessionNotScheduled`, `SessionTimesImpossible`, `InstructorInactive`, `RoomElsewhere`, `RoomTooSmall`,
 * `ScheduleConflict`.
 */
export const changeSession = UseCase.command(
  "ChangeSession",
  { command: ChangeSession, answer: SessionInstance, first: () => authorize("session:manage") },
  function* (command, { tenantId }) {
    const sessions = yield* SessionInstanceStore;
    const seen = yield* sessions.find(tenantId, command.sessionInstanceId);
    yield* lockResources(tenantId, resourcesOf([changed(seen, command)]));
    const [before] = yield* sessions.lock(tenantId, [command.sessionInstanceId]);
    if (before === undefined) {
      return yield* new NotFound({ entityType: "SessionInstance", entityId: command.sessionInstanceId });
    }
    if (before.status !== "scheduled") {
      return yield* new SessionNotScheduled({ sessionInstanceId: before.id, status: before.status });
    }
    const startTime = command.startTime ?? before.startTime;
    const told = command.endTime ?? Instant.make(startTime + before.endTime - before.startTime);
    const endTime = yield* Effect.fromResult(endsAt(startTime, told, 0));
    const { dayStartHours } = yield* Effect.orDie(TenantStore.use((tenants) => tenants.find(tenantId)));
    const wanted: SessionInstance = {
      ...changed(before, command),
      startTime,
      endTime,
      ...placeSession(startTime, before.timezone, dayStartHours),
    };
    if (!differs(before, wanted)) return before;
    // Somebody may have given the session somebody else since it was looked at: these are locked now.
    const { instructors, rooms } = yield* lockResources(tenantId, resourcesOf([wanted]));
    const { locationId, capacity, roomId, instructorId } = wanted;
    const instructor = instructorId === before.instructorId ? undefined : instructorId && instructors.get(instructorId);
    const room = roomId === before.roomId ? undefined : roomId && rooms.get(roomId);
    yield* Effect.fromResult(
      assign({ locationId, capacity, instructor: instructor || undefined, room: room || undefined }),
    );
    yield* claimBlocks(tenantId, [wanted]);
    const own = new Set<OwnChange>(before.ownChanges);
    if (before.startTime !== startTime || before.endTime !== endTime) own.add("time");
    if (before.roomId !== roomId) own.add("room");
    if (before.instructorId !== instructorId) own.add("instructor");
    const after = bumped(
      { ...wanted, ...(before.scheduleId !== undefined && { ownChanges: [...own].toSorted() }) },
      yield* now,
    );
    yield* sessions.change([after]);
    yield* lookAgain([after]);
    yield* record(...sessionChanged({ before, after }));
    return after;
  },
);

/** The session with the room and the instructor that a command gives it. */
const changed = (session: SessionInstance, command: typeof ChangeSession.Type): SessionInstance => {
  const { roomId: roomBefore, instructorId: instructorBefore, ...rest } = session;
  const roomId = command.roomId === undefined ? roomBefore : command.roomId;
  const instructorId = command.instructorId === undefined ? instructorBefore : command.instructorId;
  return {
    ...rest,
    ...(roomId !== undefined && roomId !== null && { roomId }),
    ...(instructorId !== undefined && instructorId !== null && { instructorId }),
  };
};
