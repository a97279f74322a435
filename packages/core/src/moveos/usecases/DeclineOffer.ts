import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { BookingId } from "../../kernel/Ids.ts";
import { WaitlistEntry } from "../domain/WaitlistEntry.ts";
import { thePlace } from "./desk/Answers.ts";
import { rosterUseCase } from "./desk/RosterUseCase.ts";
import { ownPlace } from "./desk/WhoseItIs.ts";

export const DeclineOffer = Schema.Struct({
  waitlistEntryId: BookingId,
}).annotate({ identifier: "DeclineOffer" });

/** Lets an offered seat go to the next in line. **Errors** `NotFound`, `NotPermitted`, then the roster's, in the order its rules state them. */
export const declineOffer = rosterUseCase("DeclineOffer", {
  command: DeclineOffer,
  answer: WaitlistEntry,
  first: () => Effect.void,
  about: ({ waitlistEntryId }) => ({ bookingId: waitlistEntryId }),
  ask: ({ waitlistEntryId }, at) =>
    Result.map(ownPlace(at, waitlistEntryId), ({ id }) => ({ _tag: "DeclineOffer", entryId: id })),
  answerFrom: thePlace,
});
