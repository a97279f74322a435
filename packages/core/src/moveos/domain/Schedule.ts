/**
 * A series: sessions that recur, and how its occurrences follow it when it changes.
 *
 * **Invariant** an occurrence is known by its series and its original local start, so however often a series is put on the timetable, each
 * occurrence is there once. What was changed of one occurrence alone stays, unless told otherwise.
 */
import * as Schema from "effect/Schema";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { LocationId, RoomId, ScheduleId, SessionTypeId, TenantId, UserAccountId } from "../../kernel/Ids.ts";
import { Instant, InstantFromString } from "../../kernel/Instant.ts";
import { type LocalDateTime, LocalTime } from "../../kernel/LocalTime.ts";
import { ZoneName } from "../../kernel/ZoneName.ts";
import { Capacity } from "../../platform/domain/Location.ts";
import { type OwnChange, placeSession, type SessionInstance } from "./SessionInstance.ts";
import { SessionMinutes } from "./SessionType.ts";

/** RFC 5545's RRULE, without its name. */
export const RecurrenceText = Schema.String.check(Schema.isBetweenLength(1, 500)).annotate({
  description: "an RRULE by RFC 5545: FREQ=WEEKLY;BYDAY=MO,TH",
});

/** How many days may be taken out of a series. */
const EXCEPTIONS = 1_000;
export const Exceptions = Schema.Array(CivilDateFromString).check(Schema.isMaxLength(EXCEPTIONS));

/**
 * Sessions that recur.
 *
 * **Shape** `startsOn` is the first day the rule may give, `startsAt` the time on the wall clock of `timezone`, its location's when it was made.
 * `exceptions` are days that are left out. On the days before `extendedTo` the occurrences are on the timetable as sessions of their own.
 *
 * **Units** `durationMinutes`: minutes that pass, also when the clock is changed meanwhile. `capacity`: people.
 */
export const Schedule = Schema.Struct({
  id: ScheduleId,
  tenantId: TenantId,
  sessionTypeId: SessionTypeId,
  locationId: LocationId,
  roomId: Schema.optionalKey(RoomId),
  instructorId: Schema.optionalKey(UserAccountId),
  capacity: Schema.optionalKey(Capacity),
  timezone: ZoneName,
  startsOn: CivilDateFromString,
  startsAt: LocalTime,
  durationMinutes: SessionMinutes,
  rrule: RecurrenceText,
  exceptions: Exceptions,
  extendedTo: CivilDateFromString,
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "Schedule" });
export type Schedule = typeof Schedule.Type;

/** One time the rule gives, before exceptions. */
export interface SeriesOccurrence {
  readonly start: LocalDateTime;
  readonly startTime: Instant;
}

/** The civil day on which an occurrence was first put. */
export const dayOf = (start: LocalDateTime): CivilDate.CivilDate => CivilDate.of(start.slice(0, 10));

/** The occurrences that no exception takes out. */
export const withoutExceptions = <O extends SeriesOccurrence>(
  schedule: Pick<Schedule, "exceptions">,
  occurrences: ReadonlyArray<O>,
): ReadonlyArray<O> => {
  const out = new Set(schedule.exceptions);
  return occurrences.filter(({ start }) => !out.has(dayOf(start)));
};

const MILLIS_PER_MINUTE = 60_000;

/** When an occurrence begins and ends. */
export const timesOf = (
  { durationMinutes }: Pick<Schedule, "durationMinutes">,
  { startTime }: SeriesOccurrence,
): Pick<SessionInstance, "startTime" | "endTime"> => ({
  startTime,
  endTime: Instant.make(startTime + durationMinutes * MILLIS_PER_MINUTE),
});

/** What a change of a session does to its fields. **Shape** absent: what was there before. */
export interface Changed {
  readonly before: SessionInstance;
  readonly after: SessionInstance;
}

/** What must happen for a series' sessions to follow it. **Shape** `removed` are cancelled and belong to no series any more. */
export interface Following {
  readonly added: ReadonlyArray<SeriesOccurrence>;
  readonly changed: ReadonlyArray<Changed>;
  readonly removed: ReadonlyArray<Changed>;
  readonly reassigned: ReadonlyArray<SessionInstance>;
}

/**
 * What is decided by. **Shape** `keepOwnChanges`: whether what was changed of one occurrence alone stays. `told`: what the change names; a session
 * that has no instructor or no room takes the one that is named, even where it lost its own alone.
 *
 * **Units** `dayStartHours`: hours after midnight.
 */
export interface FollowContext {
  readonly now: Instant;
  readonly dayStartHours: number;
  readonly keepOwnChanges: boolean;
  readonly told: ReadonlySet<OwnChange>;
}

/**
 * How the sessions of a series follow it, day by day: a day that has a session and an occurrence keeps the session, moved if need be; a day without
 * an occurrence loses its session; a day without a session gets one. What has begun, is over or is cancelled stays, and its day is taken.
 */
export const follow = (
  schedule: Schedule,
  occurrences: ReadonlyArray<SeriesOccurrence>,
  sessions: ReadonlyArray<SessionInstance>,
  context: FollowContext,
): Following => {
  const free = new Map(withoutExceptions(schedule, occurrences).map((each) => [dayOf(each.start), each]));
  const changed: Array<Changed> = [];
  const removed: Array<Changed> = [];
  const reassigned: Array<SessionInstance> = [];
  for (const session of sessions) {
    if (session.recurrenceStart === undefined) continue;
    const day = dayOf(session.recurrenceStart);
    const occurrence = free.get(day);
    free.delete(day);
    if (session.status !== "scheduled" || session.startTime <= context.now) {
      if (occurrence !== undefined && session.scheduleId !== schedule.id) {
        reassigned.push({ ...session, scheduleId: schedule.id, recurrenceStart: occurrence.start });
      }
    } else if (occurrence === undefined) {
      removed.push({ before: session, after: detached(session, context.now) });
    } else {
      const after = asScheduled(session, schedule, occurrence, context);
      if (differs(session, after)) changed.push({ before: session, after: bumped(after, context.now) });
      else if (session.scheduleId !== after.scheduleId || session.recurrenceStart !== after.recurrenceStart) {
        reassigned.push(after);
      }
    }
  }
  const added = [...free.values()].filter(({ startTime }) => startTime > context.now);
  return { added, changed, removed, reassigned };
};

/** A session as its series has it, but for what was changed of it alone. */
const asScheduled = (
  session: SessionInstance,
  schedule: Schedule,
  occurrence: SeriesOccurrence,
  { keepOwnChanges, dayStartHours, told }: FollowContext,
): SessionInstance => {
  const { roomId, instructorId, ownChanges, ...rest } = session;
  const own = new Set(keepOwnChanges ? ownChanges : []);
  if (told.has("room") && roomId === undefined) own.delete("room");
  if (told.has("instructor") && instructorId === undefined) own.delete("instructor");
  const times = own.has("time")
    ? { startTime: session.startTime, endTime: session.endTime }
    : timesOf(schedule, occurrence);
  const room = own.has("room") ? roomId : schedule.roomId;
  const instructor = own.has("instructor") ? instructorId : schedule.instructorId;
  return {
    ...rest,
    ...times,
    ...placeSession(times.startTime, session.timezone, dayStartHours),
    ...(room !== undefined && { roomId: room }),
    ...(instructor !== undefined && { instructorId: instructor }),
    ...(own.size > 0 && { ownChanges: [...own] }),
    scheduleId: schedule.id,
    recurrenceStart: occurrence.start,
  };
};

/** A session that leaves the timetable and its series. */
const detached = (session: SessionInstance, at: Instant): SessionInstance => {
  const { scheduleId: _, recurrenceStart: __, ...rest } = session;
  return bumped({ ...rest, status: "cancelled" }, at);
};

/** Whether people would notice. */
export const differs = (before: SessionInstance, after: SessionInstance): boolean =>
  before.startTime !== after.startTime ||
  before.endTime !== after.endTime ||
  before.roomId !== after.roomId ||
  before.instructorId !== after.instructorId ||
  before.status !== after.status;

/** A session after one more change. */
export const bumped = (session: SessionInstance, at: Instant): SessionInstance => ({
  ...session,
  sequence: session.sequence + 1,
  updatedAt: at,
});
