import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { BookingId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { authorize } from "../../platform/index.ts";
import { Reason } from "../domain/Booking.ts";
import { Nonce } from "../domain/Nonce.ts";
import { CheckedIn, recordArrival, reportVisit } from "./desk/Arrival.ts";
import { rosterUseCase } from "./desk/RosterUseCase.ts";
import { seenAt } from "./desk/SeenAt.ts";
import { ownBooking } from "./desk/WhoseItIs.ts";

/**
 * **Shape** `at`: when a device saw the member, if it could not say so at once. `nonce`: what the device calls this arrival; its repeats are one.
 */
export const CheckIn = Schema.Struct({
  bookingId: BookingId,
  at: Schema.optionalKey(InstantFromString),
  nonce: Schema.optionalKey(Nonce),
  acknowledged: Schema.optionalKey(Schema.Boolean),
  override: Schema.optionalKey(Reason),
}).annotate({ identifier: "CheckIn" });

/**
 * Checks a member in: the booking, the movement event, its day cell, and the events that tell of them are kept together or not at all.
 * A member does not check itself in; somebody at the door, or a device of the tenant's, does.
 *
 * **Errors** `NotPermitted`, `NotFound`, `InvalidCommand`, then the roster's, in the order its rules state them.
 */
export const checkIn = rosterUseCase("CheckIn", {
  command: CheckIn,
  answer: CheckedIn,
  first: Effect.fnUntraced(function* ({ override }) {
    yield* authorize("booking:manage");
    if (override !== undefined) yield* authorize("booking:override");
  }),
  about: ({ bookingId }) => ({ bookingId }),
  ask: ({ bookingId, at: seen, ...told }, at) =>
    Result.gen(function* () {
      yield* ownBooking(at, bookingId);
      return { _tag: "CheckIn" as const, bookingId, at: yield* seenAt(seen, at.now), ...told };
    }),
  answerFrom: recordArrival,
  afterwards: ({ booking }) => reportVisit(booking),
});
