import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { BookingId } from "../../kernel/Ids.ts";
import { authorize } from "../../platform/index.ts";
import { Booking } from "../domain/Booking.ts";
import { theBooking } from "./desk/Answers.ts";
import { rosterUseCase } from "./desk/RosterUseCase.ts";
import { ownBooking } from "./desk/WhoseItIs.ts";

export const RecordFeePaid = Schema.Struct({ bookingId: BookingId }).annotate({ identifier: "RecordFeePaid" });

/** The fee that was put on a member's account, or was declined, is paid at the desk. **Errors** `NotPermitted`, `NotFound`, `NoFeeOwed`. */
export const recordFeePaid = rosterUseCase("RecordFeePaid", {
  command: RecordFeePaid,
  answer: Booking,
  first: () => authorize("membership:manage"),
  about: ({ bookingId }) => ({ bookingId }),
  ask: ({ bookingId }, at) =>
    Result.map(ownBooking(at, bookingId), ({ id }) => ({ _tag: "RecordFeePaid", bookingId: id })),
  answerFrom: theBooking,
});
