import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import * as CivilDate from "../../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../../kernel/CivilDateFromString.ts";
import { record } from "../../../kernel/EventLog.ts";
import { newId } from "../../../kernel/IdSource.ts";
import { RoomId, ScheduleId, UserAccountId } from "../../../kernel/Ids.ts";
import { Instant, now } from "../../../kernel/Instant.ts";
import { InvalidCommand } from "../../../kernel/InvalidCommand.ts";
import { LocalTime } from "../../../kernel/LocalTime.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import * as ZoneRules from "../../../kernel/ZoneRules.ts";
import { authorize } from "../../../platform/index.ts";
import { assign } from "../../domain/Assignment.ts";
import * as RecurrenceRule from "../../domain/RecurrenceRule.ts";
import { Exceptions, type Following, follow, RecurrenceText, Schedule } from "../../domain/Schedule.ts";
import { lookAgain, watchRosters } from "../desk/WatchRosters.ts";
import { sessionChanged, sessionScheduled } from "../../domain/SessionChanges.ts";
import type { OwnChange, SessionInstance } from "../../domain/SessionInstance.ts";
import { SessionMinutes } from "../../domain/SessionType.ts";
import { CONFLICTS_NAMED, NoSuchOccurrence, SessionHasBookings } from "../../domain/TimetableRefusals.ts";
import type { LockedResources } from "../../ports/ScheduledBlockStore.ts";
import { Recurrence } from "../../ports/Recurrence.ts";
import { ScheduleStore } from "../../ports/ScheduleStore.ts";
import { SessionInstanceStore } from "../../ports/SessionInstanceStore.ts";
import { claimBlocks, lockResources, resourcesOf } from "./ClaimBlocks.ts";
import { dayStartOf, MAXIMUM_DAYS_AHEAD, seatsOf, sessionsAt } from "./SeriesSessions.ts";

/**
 * **Shape** what is absent stays; `null` takes the room or the instructor away. `scope`: `all` changes every session to come, `following` those
 * from the first occurrence on or after `from`, which then are a series of their own. `endsBefore` ends the series before that day.
 * `discardOwnChanges`: sessions that were changed alone follow the series again.
 */
export const ChangeSchedule = Schema.Struct({
  scheduleId: ScheduleId,
  scope: Schema.Literals(["all", "following"]),
  from: Schema.optionalKey(CivilDateFromString),
  roomId: Schema.optionalKey(Schema.NullOr(RoomId)),
  instructorId: Schema.optionalKey(Schema.NullOr(UserAccountId)),
  startsAt: Schema.optionalKey(LocalTime),
  durationMinutes: Schema.optionalKey(SessionMinutes),
  rrule: Schema.optionalKey(RecurrenceText),
  endsBefore: Schema.optionalKey(CivilDateFromString),
  addExceptions: Schema.optionalKey(Exceptions),
  removeExceptions: Schema.optionalKey(Exceptions),
  discardOwnChanges: Schema.optionalKey(Schema.Boolean),
}).annotate({ identifier: "ChangeSchedule" });
type ChangeSchedule = typeof ChangeSchedule.Type;

/** What a change of a series did. **Shape** `schedule`: the series that changed, a new one after a split, which `endedScheduleId` then names. */
export const ScheduleChanged = Schema.Struct({
  schedule: Schedule,
  endedScheduleId: Schema.optionalKey(ScheduleId),
  added: Schema.Int,
  changed: Schema.Int,
  removed: Schema.Int,
}).annotate({ identifier: "ScheduleChanged" });

/**
 * Changes a series and its sessions to come, all of them or none. Sessions that have begun, are over or were cancelled stay as they are; those that
 * people have booked are moved with their bookings, and never taken away.
 *
 * **Errors** `NotPermitted`, `NotFound`, `RecurrenceInvalid`, `NoSuchOccurrence`, `InstructorInactive`, `RoomElsewhere`, `RoomTooSmall`,
 * `SessionHasBookings` with the sessions that would be taken away, `ScheduleConflict` with everything that is in the way, `RecurrenceNotInstalled`.
 */
export const changeSchedule = UseCase.command(
  "ChangeSchedule",
  { command: ChangeSchedule, answer: ScheduleChanged, first: (command) => authorizeScoped(command) },
  function* (command, { tenantId }) {
    const schedules = yield* ScheduleStore;
    const store = yield* SessionInstanceStore;
    const before = yield* schedules.lock(tenantId, command.scheduleId);
    const at = yield* now;
    const today = ZoneRules.civilDateOf(before.timezone, at);
    const { schedule, ended, from } = yield* split(before, command, { today, at });

    const seen = yield* store.ofSchedule(tenantId, before.id, `${CivilDate.toIso(from)}T00:00`);
    const locked = yield* lockResources(tenantId, resourcesOf([schedule, ...seen]));
    const ids = new Set(seen.map(({ id }) => id));
    const sessions = yield* store.lock(tenantId, [...ids]);
    const recurrence = yield* Recurrence;
    const occurrences = yield* recurrence.expand(schedule, { from, to: schedule.extendedTo });
    const told = new Set<OwnChange>();
    if (command.roomId !== undefined) told.add("room");
    if (command.instructorId !== undefined) told.add("instructor");
    const plan = follow(schedule, occurrences, sessions, {
      now: at,
      dayStartHours: yield* dayStartOf(tenantId),
      keepOwnChanges: command.discardOwnChanges !== true,
      told,
    });
    yield* refuseToTakeAway(plan);

    const room = schedule.roomId === undefined ? undefined : locked.rooms.get(schedule.roomId);
    const capacity = yield* seatsOf(schedule, room);
    yield* checkAssignments(schedule, command, plan, { locked, capacity });
    const added = yield* sessionsAt(schedule, plan.added, { capacity, at });
    yield* claimBlocks(tenantId, [...added, ...plan.changed.map(({ after }) => after)]);

    if (ended === undefined) yield* schedules.change(schedule);
    else {
      yield* schedules.change(ended);
      yield* schedules.insert(schedule);
    }
    const changes = [...plan.changed, ...plan.removed];
    yield* store.change([...changes.map(({ after }) => after), ...plan.reassigned]);
    yield* store.insertMissing(added);
    yield* watchRosters(added);
    yield* lookAgain(plan.changed.map(({ after }) => after));
    yield* record(
      {
        type: "ScheduleChanged",
        entityType: "Schedule",
        entityId: before.id,
        data: {
          scope: command.scope,
          from: CivilDate.toIso(from),
          rrule: schedule.rrule,
          startsAt: schedule.startsAt,
          ...(ended !== undefined && { followedBy: schedule.id }),
        },
      },
      ...changes.flatMap(sessionChanged),
      ...added.map(sessionScheduled),
    );
    return {
      schedule,
      ...(ended !== undefined && { endedScheduleId: before.id }),
      added: added.length,
      changed: plan.changed.length,
      removed: plan.removed.length,
    };
  },
);

/** **Errors** `NotPermitted`; `InvalidCommand` where scope and first day do not go together, which a field alone does not show. */
const authorizeScoped = Effect.fnUntraced(function* ({ scope, from }: ChangeSchedule) {
  const principal = yield* authorize("session:manage");
  if ((scope === "following") === (from !== undefined)) return principal;
  const message = "Expected the first day that changes with scope following, and none with scope all";
  return yield* new InvalidCommand({ errors: [{ path: "/from", message }] });
});

interface Split {
  readonly schedule: Schedule;
  readonly ended?: Schedule;
  readonly from: CivilDate.CivilDate;
}

/** The series after the change, and what is left of it before. A split before its first occurrence is none: the whole series changes. */
const split = Effect.fnUntraced(function* (
  before: Schedule,
  command: ChangeSchedule,
  { today, at }: { readonly today: CivilDate.CivilDate; readonly at: Instant },
) {
  const recurrence = yield* Recurrence;
  const changed = yield* changedSeries(before, command, at);
  const whole: Split = { schedule: changed, from: today };
  if (command.from === undefined) return whole;
  const asked = CivilDate.fromEpochDay(Math.max(command.from, today));
  const rest = yield* recurrence.expand(before, { from: asked, to: CivilDate.addDays(asked, MAXIMUM_DAYS_AHEAD) });
  const first = rest.find(({ startTime }) => startTime > at);
  if (first === undefined) return yield* new NoSuchOccurrence({ scheduleId: before.id, on: asked });
  const from = CivilDate.of(first.start.slice(0, 10));
  const earlier = yield* recurrence.expand(before, { from: before.startsOn, to: from });
  if (earlier.length === 0) return whole;
  const rule = yield* Effect.fromResult(RecurrenceRule.read(before.rrule));
  const schedule: Schedule = {
    ...(command.rrule === undefined
      ? yield* changedSeries(
          { ...before, rrule: RecurrenceRule.write(RecurrenceRule.after(rule, earlier.length)) },
          command,
          at,
        )
      : changed),
    id: yield* newId(ScheduleId),
    startsOn: from,
    createdAt: at,
  };
  const ended: Schedule = {
    ...before,
    rrule: RecurrenceRule.write(RecurrenceRule.endingBefore(rule, first.startTime)),
    updatedAt: at,
  };
  const parted: Split = {
    schedule: { ...schedule, exceptions: schedule.exceptions.filter((day) => day >= from) },
    ended: { ...ended, exceptions: ended.exceptions.filter((day) => day < from) },
    from,
  };
  return parted;
});

/** A series with what a command says of it. **Errors** `RecurrenceInvalid`. */
const changedSeries = Effect.fnUntraced(function* (before: Schedule, command: ChangeSchedule, at: Instant) {
  const { roomId: roomBefore, instructorId: instructorBefore, ...rest } = before;
  const { startsAt, durationMinutes, addExceptions = [], removeExceptions = [], endsBefore } = command;
  const roomId = command.roomId === undefined ? roomBefore : command.roomId;
  const instructorId = command.instructorId === undefined ? instructorBefore : command.instructorId;
  const rule = yield* Effect.fromResult(RecurrenceRule.read(command.rrule ?? before.rrule));
  const end = endsBefore && Instant.make(ZoneRules.instantAt(before.timezone, endsBefore, 0));
  const back = new Set(removeExceptions);
  const exceptions = new Set([...before.exceptions, ...addExceptions].filter((day) => !back.has(day)));
  const changed: Schedule = {
    ...rest,
    ...(roomId !== undefined && roomId !== null && { roomId }),
    ...(instructorId !== undefined && instructorId !== null && { instructorId }),
    ...(startsAt !== undefined && { startsAt }),
    ...(durationMinutes !== undefined && { durationMinutes }),
    rrule: RecurrenceRule.write(end === undefined ? rule : RecurrenceRule.endingBefore(rule, end)),
    exceptions: [...exceptions].toSorted((left, right) => left - right),
    updatedAt: at,
  };
  return changed;
});

/** **Errors** `SessionHasBookings`: nobody loses a place without the session being cancelled, which tells them. */
const refuseToTakeAway = ({ removed }: Following) => {
  const booked = removed
    .map(({ before }) => before)
    .filter(({ seatsTaken, offersOpen, waitlistLength }) => seatsTaken + offersOpen + waitlistLength > 0)
    .map(({ id, startTime, seatsTaken }) => ({ sessionInstanceId: id, startTime, seatsTaken }));
  return booked.length === 0
    ? Effect.void
    : Effect.fail(new SessionHasBookings({ sessions: booked.slice(0, CONFLICTS_NAMED) }));
};

/** What the command gives the series must fit it, and every session that gets it. */
const checkAssignments = (
  { locationId, roomId, instructorId }: Schedule,
  command: ChangeSchedule,
  { changed }: Following,
  { locked, capacity }: { readonly locked: LockedResources; readonly capacity: number },
) => {
  const room = typeof command.roomId === "string" && roomId !== undefined ? locked.rooms.get(roomId) : undefined;
  const instructor =
    typeof command.instructorId === "string" && instructorId !== undefined
      ? locked.instructors.get(instructorId)
      : undefined;
  const getsRoom = ({ before, after }: { readonly before: SessionInstance; readonly after: SessionInstance }) =>
    after.roomId === roomId && before.roomId !== roomId;
  const most = changed.filter(getsRoom).reduce((seats, { after }) => Math.max(seats, after.capacity), capacity);
  return Effect.fromResult(assign({ locationId, capacity: most, instructor, room }));
};
