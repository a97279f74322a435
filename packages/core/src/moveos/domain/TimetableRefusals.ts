/** Why a session or a series cannot be put on the timetable like that. Each says what would have to change. */
import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { LocationId, RoomId, ScheduleId, SessionInstanceId, UserAccountId } from "../../kernel/Ids.ts";
import { InstantFromString, toIso } from "../../kernel/Instant.ts";
import { BlockConflict } from "./ScheduledBlocks.ts";

/** How many conflicts a refusal names at the most. */
export const CONFLICTS_NAMED = 50;

/** An instructor or a room is taken. **Shape** `conflicts`: the first fifty; `count`: of how many. */
export class ScheduleConflict extends Schema.TaggedError<ScheduleConflict>()("ScheduleConflict", {
  conflicts: Schema.Array(BlockConflict),
  count: Schema.Int,
}) {
  override get message() {
    const [first] = this.conflicts;
    const taken =
      first === undefined
        ? ""
        : ` The ${first.resource} ${first.id} is taken from ${toIso(first.startTime)} to ${toIso(first.endTime)} by session ${first.sessionInstanceId}.`;
    const many =
      this.count === 1 ? "Another session is in the way." : `Other sessions are in the way ${this.count} times.`;
    return `${many}${taken} Choose another time, instructor or room.`;
  }
}

/** The room belongs to another location. */
export class RoomElsewhere extends Schema.TaggedError<RoomElsewhere>()("RoomElsewhere", {
  roomId: RoomId,
  locationId: LocationId,
}) {
  override get message() {
    return `Room ${this.roomId} is not at location ${this.locationId}. Choose a room of that location.`;
  }
}

/** The room holds fewer people than the session has seats. **Units** people. */
export class RoomTooSmall extends Schema.TaggedError<RoomTooSmall>()("RoomTooSmall", {
  roomId: RoomId,
  roomCapacity: Schema.Int,
  capacity: Schema.Int,
}) {
  override get message() {
    return `Room ${this.roomId} holds ${this.roomCapacity}; the session has ${this.capacity} seats. Choose another room, or fewer seats.`;
  }
}

/** The account has been deactivated, so it is given no sessions. */
export class InstructorInactive extends Schema.TaggedError<InstructorInactive>()("InstructorInactive", {
  instructorId: UserAccountId,
}) {
  override get message() {
    return `The account ${this.instructorId} is deactivated. Choose another instructor.`;
  }
}

/** A session that somebody has booked. */
export const BookedSessionNamed = Schema.Struct({
  sessionInstanceId: SessionInstanceId,
  startTime: InstantFromString,
  seatsTaken: Schema.Int,
}).annotate({ identifier: "BookedSessionNamed" });

/** Sessions would leave the timetable that people have booked. **Shape** `sessions`: the first fifty. */
export class SessionHasBookings extends Schema.TaggedError<SessionHasBookings>()("SessionHasBookings", {
  sessions: Schema.Array(BookedSessionNamed),
}) {
  override get message() {
    const starts = this.sessions.map(({ startTime }) => toIso(startTime)).join(", ");
    return `People have booked sessions that would be taken away (${starts}). Cancel or move these sessions first.`;
  }
}

/** A series has no occurrence on that day. */
export class NoSuchOccurrence extends Schema.TaggedError<NoSuchOccurrence>()("NoSuchOccurrence", {
  scheduleId: ScheduleId,
  on: CivilDateFromString,
}) {
  override get message() {
    return "The series has no occurrence on or after that day that is still to come. Choose an earlier day.";
  }
}

/** So far ahead nothing is put on the timetable. **Units** days. */
export class TooFarAhead extends Schema.TaggedError<TooFarAhead>()("TooFarAhead", { maximumDays: Schema.Int }) {
  override get message() {
    return `A series is put on the timetable at most ${this.maximumDays} days ahead. Choose an earlier day.`;
  }
}
