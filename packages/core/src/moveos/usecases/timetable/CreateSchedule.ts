import * as Schema from "effect/Schema";
import { record } from "../../../kernel/EventLog.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { Schedule } from "../../domain/Schedule.ts";
import { watchRosters, watchTimetable } from "../desk/WatchRosters.ts";
import { sessionScheduled } from "../../domain/SessionChanges.ts";
import { SessionInstance } from "../../domain/SessionInstance.ts";
import { ScheduleStore } from "../../ports/ScheduleStore.ts";
import { SessionInstanceStore } from "../../ports/SessionInstanceStore.ts";
import { claimBlocks, lockResources, resourcesOf } from "./ClaimBlocks.ts";
import { draftSchedule, ScheduleDraft } from "./DraftSchedule.ts";

export const CreateSchedule = ScheduleDraft.annotate({ identifier: "CreateSchedule" });

/** A series with the sessions it has on the timetable. */
export const ScheduleCreated = Schema.Struct({ schedule: Schedule, sessions: Schema.Array(SessionInstance) }).annotate({
  identifier: "ScheduleCreated",
});

/**
 * Puts a series on the timetable: all of its sessions up to `extendTo`, or none.
 *
 * **Errors** `NotPermitted`, `NotFound`, `RecurrenceInvalid`, `TooFarAhead`, `InstructorInactive`, `RoomElsewhere`, `RoomTooSmall`,
 * `ScheduleConflict` with everything that is in the way, `RecurrenceNotInstalled`.
 */
export const createSchedule = UseCase.command(
  "CreateSchedule",
  { command: CreateSchedule, answer: ScheduleCreated, first: () => authorize("session:manage") },
  function* (command, { tenantId }) {
    const locked = yield* lockResources(tenantId, resourcesOf([command]));
    const { schedule, sessions } = yield* draftSchedule(tenantId, command, locked);
    yield* claimBlocks(tenantId, sessions);
    yield* ScheduleStore.use((schedules) => schedules.insert(schedule));
    yield* SessionInstanceStore.use((store) => store.insertMissing(sessions));
    yield* watchRosters(sessions);
    yield* watchTimetable(tenantId);
    yield* record(
      {
        type: "ScheduleCreated",
        entityType: "Schedule",
        entityId: schedule.id,
        data: { sessionTypeId: schedule.sessionTypeId, locationId: schedule.locationId, rrule: schedule.rrule },
      },
      ...sessions.map(sessionScheduled),
    );
    return { schedule, sessions };
  },
);
