import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import * as CivilDate from "../../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../../kernel/CivilDateFromString.ts";
import { record } from "../../../kernel/EventLog.ts";
import { now } from "../../../kernel/Instant.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { civilDateOf } from "../../../kernel/ZoneRules.ts";
import { authorize, TenantStore } from "../../../platform/index.ts";
import type { Schedule } from "../../domain/Schedule.ts";
import { BlockConflict } from "../../domain/ScheduledBlocks.ts";
import { watchRosters, watchTimetable } from "../desk/WatchRosters.ts";
import { sessionScheduled } from "../../domain/SessionChanges.ts";
import type { OwnChange, SessionInstance } from "../../domain/SessionInstance.ts";
import { CONFLICTS_NAMED, TooFarAhead } from "../../domain/TimetableRefusals.ts";
import { type LockedResources, ScheduledBlockStore } from "../../ports/ScheduledBlockStore.ts";
import { ScheduleStore } from "../../ports/ScheduleStore.ts";
import { SessionInstanceStore } from "../../ports/SessionInstanceStore.ts";
import { findConflicts, resourcesOf } from "./ClaimBlocks.ts";
import { HORIZON_DAYS, MAXIMUM_DAYS_AHEAD, occurrencesOf, seatsOf, sessionsAt } from "./SeriesSessions.ts";

/** **Shape** `to`: the day before which every series is to be on the timetable; eight weeks from today unless told. */
export const ExtendSchedules = Schema.Struct({ to: Schema.optionalKey(CivilDateFromString) }).annotate({
  identifier: "ExtendSchedules",
});

/**
 * What extending did. **Shape** `sessions`: how many were added; `withoutInstructor` and `withoutRoom`: how many of them had to do without theirs;
 * `conflicts`: the first fifty of why.
 */
export const SchedulesExtended = Schema.Struct({
  schedules: Schema.Int,
  sessions: Schema.Int,
  withoutInstructor: Schema.Int,
  withoutRoom: Schema.Int,
  conflicts: Schema.Array(BlockConflict),
}).annotate({ identifier: "SchedulesExtended" });

/**
 * Puts every series of the tenant on the timetable up to a day. Where an instructor or a room is taken by then, or the instructor has left, the
 * session is added without, for people to see and to find somebody: a series does not stop because one evening is double booked. Done again, it
 * adds nothing.
 *
 * **Errors** `NotPermitted`, `TooFarAhead`, `RecurrenceInvalid`, `RecurrenceNotInstalled`.
 */
export const extendSchedules = UseCase.command(
  "ExtendSchedules",
  { command: ExtendSchedules, answer: SchedulesExtended, first: () => authorize("session:manage") },
  function* (command, { tenantId }) {
    const at = yield* now;
    const tenant = yield* Effect.orDie(TenantStore.use((tenants) => tenants.find(tenantId)));
    const today = civilDateOf(tenant.timezone, at);
    const to = command.to ?? CivilDate.addDays(today, HORIZON_DAYS);
    if (to > CivilDate.addDays(today, MAXIMUM_DAYS_AHEAD)) {
      return yield* new TooFarAhead({ maximumDays: MAXIMUM_DAYS_AHEAD });
    }
    yield* watchTimetable(tenantId);
    const store = yield* ScheduleStore;
    const schedules = yield* store.lockBehind(tenantId, to);
    const resources = yield* ScheduledBlockStore.use((blocks) => blocks.lock(tenantId, resourcesOf(schedules)));
    const answer = { schedules: schedules.length, sessions: 0, withoutInstructor: 0, withoutRoom: 0 };
    const conflicts: Array<BlockConflict> = [];
    for (const schedule of schedules) {
      const occurrences = yield* occurrencesOf(schedule, schedule.extendedTo, to);
      const room = schedule.roomId === undefined ? undefined : resources.rooms.get(schedule.roomId);
      const capacity = yield* Effect.orDie(seatsOf(schedule, room));
      const toCome = occurrences.filter(({ startTime }) => startTime > at);
      const wanted = yield* sessionsAt(schedule, toCome, { capacity, at });
      const { sessions, inTheWay } = yield* withWhatIsFree(schedule, wanted, resources);
      const added = new Set(yield* SessionInstanceStore.use((each) => each.insertMissing(sessions)));
      const kept = sessions.filter(({ id }) => added.has(id));
      yield* store.change({ ...schedule, extendedTo: to, updatedAt: at });
      yield* watchRosters(kept);
      if (kept.length > 0) yield* record(...kept.map(sessionScheduled));
      answer.sessions += kept.length;
      answer.withoutInstructor += kept.filter(({ ownChanges = [] }) => ownChanges.includes("instructor")).length;
      answer.withoutRoom += kept.filter(({ ownChanges = [] }) => ownChanges.includes("room")).length;
      conflicts.push(...inTheWay);
    }
    return { ...answer, conflicts: conflicts.slice(0, CONFLICTS_NAMED) };
  },
);

/** The sessions with the instructors and rooms that are free for them. */
const withWhatIsFree = Effect.fnUntraced(function* (
  { tenantId, instructorId }: Schedule,
  wanted: ReadonlyArray<SessionInstance>,
  { instructors }: LockedResources,
) {
  const inTheWay = yield* findConflicts(tenantId, wanted);
  const hasLeft = instructorId !== undefined && instructors.get(instructorId)?.isActive !== true;
  const taken = new Set(inTheWay.map(({ resource, wantedStartTime }) => `${resource} ${wantedStartTime}`));
  const sessions = wanted.map((session): SessionInstance => {
    const without: Array<OwnChange> = [];
    if (hasLeft || taken.has(`instructor ${session.startTime}`)) without.push("instructor");
    if (taken.has(`room ${session.startTime}`)) without.push("room");
    if (without.length === 0) return session;
    const { roomId, instructorId: instructor, ...rest } = session;
    return {
      ...rest,
      ...(!without.includes("room") && roomId !== undefined && { roomId }),
      ...(!without.includes("instructor") && instructor !== undefined && { instructorId: instructor }),
      ownChanges: without,
    };
  });
  return { sessions, inTheWay };
});
