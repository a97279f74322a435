import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { BookingId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { MovementEvent, PulseLoop } from "../../pulseloop/index.ts";
import { Booking } from "../domain/Booking.ts";
import { defaultPolicy } from "../domain/BookingPolicy.ts";
import { decide } from "../domain/Roster.ts";
import { durationMinutes } from "../domain/SessionInstance.ts";
import { Eligibility } from "../ports/Eligibility.ts";
import { RosterStore } from "../ports/RosterStore.ts";
import { keepDecision } from "./KeepDecision.ts";
import { visitOf } from "./VisitOf.ts";

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
export const checkIn = UseCase.command(
  "CheckIn",
  {
    command: CheckIn,
    answer: CheckedIn,
    first: () => authorize("booking:manage"),
    afterwards: ({ booking }) => reportVisit(booking),
  },
  function* ({ bookingId }, { tenantId }) {
    const rosters = yield* RosterStore;
    const { sessionInstanceId, memberId } = yield* rosters.findBooking(tenantId, bookingId);
    const roster = yield* rosters.lock(tenantId, sessionInstanceId, bookingId);
    const context = { now: yield* now, policy: defaultPolicy };
    const event = yield* Effect.fromResult(decide(roster, { _tag: "CheckIn", bookingId }, context));
    const booking = yield* keepDecision(roster, event);
    const { session } = roster;
    const pulseLoop = yield* PulseLoop;
    const movementEvent = yield* pulseLoop.recordAttendance({
      memberId,
      bookingId,
      sessionInstanceId,
      sessionTypeId: session.sessionTypeId,
      locationId: session.locationId,
      startTime: session.startTime,
      durationMinutes: durationMinutes(session),
    });
    return { booking, movementEvent };
  },
);

/**
 * Tells who covers the visit that it took place, once that is kept. The booking makes repeats one, so an answer that does not come is
 * simply asked for again; the check-in stands either way.
 */
const reportVisit = Effect.fn("reportVisit")(function* ({ tenantId, memberId, sessionInstanceId, id }: Booking) {
  const units = yield* UnitOfWork;
  const eligibility = yield* Eligibility;
  const outcome = yield* units.read(tenantId, visitOf(tenantId, memberId, sessionInstanceId)).pipe(
    Effect.flatMap((visit) => eligibility.recordVisit(visit, id)),
    Effect.orElseSucceed(() => "unknown" as const),
  );
  if (outcome === "unknown")
    yield* Effect.logWarning("the visit may not have reached who covers it", { bookingId: id });
});
