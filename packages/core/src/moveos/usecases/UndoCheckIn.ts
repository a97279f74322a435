import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { BookingId } from "../../kernel/Ids.ts";
import { authorize } from "../../platform/index.ts";
import { Booking, Reason } from "../domain/Booking.ts";
import { retractArrival } from "./desk/Arrival.ts";
import { rosterUseCase } from "./desk/RosterUseCase.ts";
import { ownBooking } from "./desk/WhoseItIs.ts";

export const UndoCheckIn = Schema.Struct({ bookingId: BookingId, reason: Reason }).annotate({
  identifier: "UndoCheckIn",
});

/**
 * Takes a check-in back, with its movement and what it spent: the booking stands again; a walk-in is gone.
 *
 * **Errors** `NotPermitted`, `NotFound`, then the roster's.
 */
export const undoCheckIn = rosterUseCase("UndoCheckIn", {
  command: UndoCheckIn,
  answer: Booking,
  first: () => authorize("booking:manage"),
  about: ({ bookingId }) => ({ bookingId }),
  ask: ({ bookingId, reason }, at) =>
    Result.map(ownBooking(at, bookingId), ({ id }) => ({ _tag: "UndoCheckIn", bookingId: id, reason })),
  answerFrom: retractArrival,
});
