import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { BookingId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { useCase } from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { MovementEvent, PulseLoop } from "../../pulseloop/index.ts";
import { Booking } from "../domain/Booking.ts";
import { defaultPolicy } from "../domain/BookingPolicy.ts";
import { decide } from "../domain/Roster.ts";
import { durationMinutes } from "../domain/SessionInstance.ts";
import { Eligibility } from "../ports/Eligibility.ts";
import { RosterStore } from "../ports/RosterStore.ts";
import { keepDecision } from "./keepDecision.ts";
import { visitOf } from "./visitOf.ts";

export const CheckIn = Schema.Struct({ bookingId: BookingId }).annotate({ identifier: "CheckIn" });

/** The booking that was checked in, and the movement it became. */
export const CheckedIn = Schema.Struct({ booking: Booking, movementEvent: MovementEvent }).annotate({
  identifier: "CheckedIn",
});

/**
 * Checks a member in: the booking, the movement event, its day cell, and the events that tell of them are kept together or not at all.
 * A member does not check itself in; somebody at the door, or a device of the tenant's, does.
 *
 * **Errors** `NotPermitted`, `NotFound`, then the roster's, in the order its rules state them.
 */
export const checkIn = useCase("CheckIn", { command: CheckIn, answer: CheckedIn }, function* ({ bookingId }) {
  const { tenantId } = yield* authorize("booking:manage");
  const units = yield* UnitOfWork;
  const rosters = yield* RosterStore;
  const pulseLoop = yield* PulseLoop;
  const { visit, ...checkedIn } = yield* units.run(
    tenantId,
    Effect.gen(function* () {
      const { sessionInstanceId, memberId } = yield* rosters.findBooking(tenantId, bookingId);
      const roster = yield* rosters.lock(tenantId, sessionInstanceId, bookingId);
      const { session } = roster;
      const context = { now: yield* now, policy: defaultPolicy };
      const event = yield* Effect.fromResult(decide(roster, { _tag: "CheckIn", bookingId }, context));
      const booking = yield* keepDecision(roster, event);
      const movementEvent = yield* pulseLoop.recordAttendance({
        memberId,
        bookingId,
        sessionInstanceId,
        sessionTypeId: session.sessionTypeId,
        locationId: session.locationId,
        startTime: session.startTime,
        durationMinutes: durationMinutes(session),
      });
      return { booking, movementEvent, visit: yield* visitOf(tenantId, memberId, sessionInstanceId) };
    }),
  );
  // Told after the fact is kept, and told again by reconciliation where the answer is not known: the booking makes repeats one.
  yield* Eligibility.use((eligibility) => eligibility.recordVisit(visit, bookingId));
  return checkedIn;
});
