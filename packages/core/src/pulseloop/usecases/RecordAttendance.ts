import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { BookingId, LocationId, MemberId, SessionInstanceId, SessionTypeId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Principal } from "../../kernel/Principal.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { DurationMinutes, MovementEvent } from "../domain/MovementEvent.ts";
import { recordFacts } from "./RecordFacts.ts";

/**
 * That a member came to a session. **Shape** `checkIns`: the how-manieth check-in of the booking it is; more than one where an earlier one was taken
 * back. **Units** `durationMinutes`: the session's length in minutes.
 */
export const RecordAttendance = Schema.Struct({
  memberId: MemberId,
  bookingId: BookingId,
  checkIns: Schema.Int,
  sessionInstanceId: SessionInstanceId,
  sessionTypeId: SessionTypeId,
  locationId: LocationId,
  startTime: InstantFromString,
  durationMinutes: DurationMinutes,
}).annotate({ identifier: "RecordAttendance" });

/** What a check-in's movement is called: what was taken back stays so, and the next check-in of the booking is another movement. */
export const attendanceId = (bookingId: BookingId, checkIns: number): string =>
  checkIns <= 1 ? bookingId : `${bookingId}/${checkIns}`;

/**
 * Records the movement that a check-in stands for, in the check-in's unit of work. Booking and check-in are its identity, so
 * one check-in is one movement. Who may check in was decided at check-in.
 */
export const recordAttendance = UseCase.command(
  "RecordAttendance",
  { command: RecordAttendance, answer: MovementEvent, first: () => Principal },
  function* ({ startTime, checkIns, ...attendance }, { tenantId }) {
    const { refusals, standing } = yield* recordFacts(tenantId, [
      {
        ...attendance,
        type: "class_attendance",
        occurredAt: { precision: "instant", instant: startTime },
        source: "check_in",
        externalId: attendanceId(attendance.bookingId, checkIns),
        version: 1,
        isEnteredInError: false,
      },
    ]);
    const [event] = standing;
    // Session, location and member were found by the check-in this belongs to: a refusal here is our own mistake.
    return event ?? (yield* Effect.die(refusals[0]?.error ?? new Error("an attendance that was not refused stands")));
  },
);
