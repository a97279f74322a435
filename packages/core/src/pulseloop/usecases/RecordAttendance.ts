import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { BookingId, LocationId, MemberId, SessionInstanceId, SessionTypeId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Principal } from "../../kernel/Principal.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { useCase } from "../../kernel/UseCase.ts";
import { DurationMinutes, MovementEvent } from "../domain/MovementEvent.ts";
import { recordFacts } from "./recordFacts.ts";

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
export const recordAttendance = useCase(
  "RecordAttendance",
  { command: RecordAttendance, answer: MovementEvent },
  function* ({ startTime, ...attendance }) {
    const { tenantId } = yield* Principal;
    const units = yield* UnitOfWork;
    const recording = recordFacts(tenantId, [
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
    const { refusals, standing } = yield* units.run(tenantId, recording);
    const [event] = standing;
    // The session, its location and its member are in the unit of work that checked them: a refusal here is our own mistake.
    return event ?? (yield* Effect.die(refusals[0]?.error ?? new Error("an attendance that was not refused stands")));
  },
);
