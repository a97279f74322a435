import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { BookingId, LocationId, MemberId, SessionInstanceId, SessionTypeId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Principal } from "../../kernel/Principal.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { DurationMinutes, MovementEvent } from "../domain/MovementEvent.ts";
import { recordFacts } from "./RecordFacts.ts";

/** That a member came to a session. **Units** `durationMinutes`: the session's length in minutes. */
export const RecordAttendance = Schema.Struct({
  memberId: MemberId,
  bookingId: BookingId,
  sessionInstanceId: SessionInstanceId,
  sessionTypeId: SessionTypeId,
  locationId: LocationId,
  startTime: InstantFromString,
  durationMinutes: DurationMinutes,
}).annotate({ identifier: "RecordAttendance" });

/**
 * Records the movement that a check-in stands for, in the check-in's unit of work. The booking is its identity, so one booking is
 * one movement. Who may check in was decided at check-in.
 */
export const recordAttendance = UseCase.command(
  "RecordAttendance",
  { command: RecordAttendance, answer: MovementEvent, first: () => Principal },
  function* ({ startTime, ...attendance }, { tenantId }) {
    const { refusals, standing } = yield* recordFacts(tenantId, [
      {
        ...attendance,
        type: "class_attendance",
        occurredAt: { precision: "instant", instant: startTime },
        source: "check_in",
        externalId: attendance.bookingId,
        version: 1,
        isEnteredInError: false,
      },
    ]);
    const [event] = standing;
    // Session, location and member were found by the check-in this belongs to: a refusal here is our own mistake.
    return event ?? (yield* Effect.die(refusals[0]?.error ?? new Error("an attendance that was not refused stands")));
  },
);
