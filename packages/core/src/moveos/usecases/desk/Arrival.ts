/** What follows from a member's coming: the movement, in the same unit of work; and word to who covers the visit, once it is kept. */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { UnitOfWork } from "../../../kernel/UnitOfWork.ts";
import { MovementEvent, PulseLoop } from "../../../pulseloop/index.ts";
import { Booking } from "../../domain/Booking.ts";
import type { Roster, RosterCommand } from "../../domain/Roster.ts";
import { durationMinutes } from "../../domain/SessionInstance.ts";
import { Eligibility } from "../../ports/Eligibility.ts";
import { visitOf } from "../VisitOf.ts";
import { theBooking } from "./Answers.ts";

/** The booking that was checked in, and the movement it became. */
export const CheckedIn = Schema.Struct({ booking: Booking, movementEvent: MovementEvent }).annotate({
  identifier: "CheckedIn",
});

/** The movement of an arrival: one for each time a booking was checked in and that was not taken back, however often it is told. */
export const recordArrival = Effect.fnUntraced(function* (after: Roster, asked: RosterCommand) {
  const booking = yield* theBooking(after, asked);
  const { session } = after;
  const pulseLoop = yield* PulseLoop;
  const movementEvent = yield* Effect.orDie(
    pulseLoop.recordAttendance({
      memberId: booking.memberId,
      bookingId: booking.id,
      checkIns: booking.checkIns,
      sessionInstanceId: session.id,
      sessionTypeId: session.sessionTypeId,
      locationId: session.locationId,
      startTime: session.startTime,
      durationMinutes: durationMinutes(session),
    }),
  );
  return { booking, movementEvent };
});

/** An arrival was a mistake: its movement never was. */
export const retractArrival = Effect.fnUntraced(function* (after: Roster, asked: RosterCommand) {
  const booking = yield* theBooking(after, asked);
  const pulseLoop = yield* PulseLoop;
  yield* Effect.orDie(pulseLoop.retractAttendance({ bookingId: booking.id, checkIns: booking.checkIns }));
  return booking;
});

/**
 * Tells who covers the visit that it took place, once that is kept. The booking makes repeats one, so an answer that does not come is
 * simply asked for again; the check-in stands either way.
 */
export const reportVisit = Effect.fn("reportVisit")(function* ({ tenantId, memberId, sessionInstanceId, id }: Booking) {
  const eligibility = yield* Eligibility;
  if (!(yield* eligibility.concerns(tenantId))) return;
  const units = yield* UnitOfWork;
  const outcome = yield* units.read(tenantId, visitOf(tenantId, memberId, sessionInstanceId)).pipe(
    Effect.flatMap((visit) => eligibility.recordVisit(visit, id)),
    Effect.orElseSucceed(() => "unknown" as const),
  );
  if (outcome === "unknown")
    yield* Effect.logWarning("the visit may not have reached who covers it", { bookingId: id });
});
