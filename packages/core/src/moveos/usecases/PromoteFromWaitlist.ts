import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { BookingId } from "../../kernel/Ids.ts";
import { authorize } from "../../platform/index.ts";
import { Booking, Reason } from "../domain/Booking.ts";
import { theBooking } from "./desk/Answers.ts";
import { rosterUseCase } from "./desk/RosterUseCase.ts";
import { ownPlace } from "./desk/WhoseItIs.ts";

export const PromoteFromWaitlist = Schema.Struct({
  waitlistEntryId: BookingId,
  reason: Reason,
}).annotate({ identifier: "PromoteFromWaitlist" });

/** Gives somebody in line a seat out of turn, by staff, with a reason; where none is free the capacity is raised. **Errors** `NotPermitted`, `NotFound`, then the roster's, in the order its rules state them. */
export const promoteFromWaitlist = rosterUseCase("PromoteFromWaitlist", {
  command: PromoteFromWaitlist,
  answer: Booking,
  first: () => authorize("booking:override"),
  about: ({ waitlistEntryId }) => ({ bookingId: waitlistEntryId }),
  ask: ({ waitlistEntryId, reason }, at) =>
    Result.map(ownPlace(at, waitlistEntryId), ({ id }) => ({ _tag: "Promote", entryId: id, override: reason })),
  answerFrom: theBooking,
});
