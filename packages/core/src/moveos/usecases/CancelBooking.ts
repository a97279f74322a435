import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { BookingId } from "../../kernel/Ids.ts";
import { authorize } from "../../platform/index.ts";
import { Booking, Reason } from "../domain/Booking.ts";
import { theBooking } from "./desk/Answers.ts";
import { channelOf, rosterUseCase } from "./desk/RosterUseCase.ts";
import { ownBooking } from "./desk/WhoseItIs.ts";

/** **Shape** `override`: why staff cancels whatever the time, and waives what it would cost. */
export const CancelBooking = Schema.Struct({
  bookingId: BookingId,
  override: Schema.optionalKey(Reason),
}).annotate({ identifier: "CancelBooking" });

/** Gives a seat back. **Errors** `NotFound`, `NotPermitted`, then the roster's, in the order its rules state them. */
export const cancelBooking = rosterUseCase("CancelBooking", {
  command: CancelBooking,
  answer: Booking,
  first: ({ override }) => (override === undefined ? Effect.void : Effect.asVoid(authorize("booking:override"))),
  about: ({ bookingId }) => ({ bookingId }),
  ask: ({ bookingId, override }, at) =>
    Result.map(ownBooking(at, bookingId), () => ({
      _tag: "Cancel",
      bookingId,
      channel: channelOf(at.principal),
      ...(override !== undefined && { override }),
    })),
  answerFrom: theBooking,
});
