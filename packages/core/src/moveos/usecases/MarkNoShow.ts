import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { BookingId } from "../../kernel/Ids.ts";
import { authorize } from "../../platform/index.ts";
import { Booking } from "../domain/Booking.ts";
import { theBooking } from "./desk/Answers.ts";
import { rosterUseCase } from "./desk/RosterUseCase.ts";
import { ownBooking } from "./desk/WhoseItIs.ts";

export const MarkNoShow = Schema.Struct({
  bookingId: BookingId,
}).annotate({ identifier: "MarkNoShow" });

/** Marks that a member did not come. **Errors** `NotPermitted`, `NotFound`, then the roster's, in the order its rules state them. */
export const markNoShow = rosterUseCase("MarkNoShow", {
  command: MarkNoShow,
  answer: Booking,
  first: () => authorize("booking:manage"),
  about: ({ bookingId }) => ({ bookingId }),
  ask: ({ bookingId }, at) =>
    Result.map(ownBooking(at, bookingId), ({ id }) => ({ _tag: "MarkNoShow", bookingId: id })),
  answerFrom: theBooking,
});
