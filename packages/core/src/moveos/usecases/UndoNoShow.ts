import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { BookingId } from "../../kernel/Ids.ts";
import { authorize } from "../../platform/index.ts";
import { Booking, Reason } from "../domain/Booking.ts";
import { theBooking } from "./desk/Answers.ts";
import { rosterUseCase } from "./desk/RosterUseCase.ts";
import { ownBooking } from "./desk/WhoseItIs.ts";

export const UndoNoShow = Schema.Struct({
  bookingId: BookingId,
  reason: Reason,
  override: Schema.optionalKey(Reason),
}).annotate({ identifier: "UndoNoShow" });

/** Takes a no-show back: the seat is the member's again, and what it cost is given back. **Errors** `NotPermitted`, `NotFound`, then the roster's, in the order its rules state them. */
export const undoNoShow = rosterUseCase("UndoNoShow", {
  command: UndoNoShow,
  answer: Booking,
  first: Effect.fnUntraced(function* ({ override }) {
    yield* authorize("booking:manage");
    if (override !== undefined) yield* authorize("booking:override");
  }),
  about: ({ bookingId }) => ({ bookingId }),
  ask: ({ bookingId, reason, override }, at) =>
    Result.map(ownBooking(at, bookingId), ({ id }) => ({
      _tag: "UndoNoShow",
      bookingId: id,
      reason,
      ...(override !== undefined && { override }),
    })),
  answerFrom: theBooking,
});
