import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { BookingId } from "../../kernel/Ids.ts";
import { Booking } from "../domain/Booking.ts";
import { theBooking } from "./desk/Answers.ts";
import { rosterUseCase } from "./desk/RosterUseCase.ts";
import { ownPlace } from "./desk/WhoseItIs.ts";

export const AcceptOffer = Schema.Struct({
  waitlistEntryId: BookingId,
}).annotate({ identifier: "AcceptOffer" });

/** Takes the seat that is offered. **Errors** `NotFound`, `NotPermitted`, then the roster's, in the order its rules state them. */
export const acceptOffer = rosterUseCase("AcceptOffer", {
  command: AcceptOffer,
  answer: Booking,
  first: () => Effect.void,
  about: ({ waitlistEntryId }) => ({ bookingId: waitlistEntryId }),
  ask: ({ waitlistEntryId }, at) =>
    Result.map(ownPlace(at, waitlistEntryId), ({ id }) => ({ _tag: "AcceptOffer", entryId: id })),
  answerFrom: theBooking,
});
