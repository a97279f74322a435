import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { MemberId, SessionInstanceId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { authorize } from "../../platform/index.ts";
import { Reason } from "../domain/Booking.ts";
import { Nonce } from "../domain/Nonce.ts";
import { askPartner } from "./AskPartner.ts";
import { CheckedIn, recordArrival, reportVisit } from "./desk/Arrival.ts";
import { rosterUseCase } from "./desk/RosterUseCase.ts";
import { seenAt } from "./desk/SeenAt.ts";

/**
 * **Shape** `at`: when a device saw the member, if it could not say so at once. `nonce`: what the device calls this arrival; its repeats are one.
 */
export const WalkIn = Schema.Struct({
  sessionInstanceId: SessionInstanceId,
  memberId: MemberId,
  at: Schema.optionalKey(InstantFromString),
  nonce: Schema.optionalKey(Nonce),
  acknowledged: Schema.optionalKey(Schema.Boolean),
  override: Schema.optionalKey(Reason),
}).annotate({ identifier: "WalkIn" });

/** Who may do this, and what a partner says of the member, before any roster is locked. */
const findCover = Effect.fnUntraced(function* ({ memberId, sessionInstanceId, override }: typeof WalkIn.Type) {
  const { tenantId } = yield* authorize("booking:manage");
  if (override !== undefined) yield* authorize("booking:override");
  return yield* askPartner(tenantId, memberId, sessionInstanceId);
});

/**
 * Lets a member without a booking in: seat, check-in and movement at once.
 *
 * **Errors** `NotPermitted`, `NotFound`, `InvalidCommand`, then the roster's, in the order its rules state them.
 */
export const walkIn = rosterUseCase("WalkIn", {
  command: WalkIn,
  answer: CheckedIn,
  first: findCover,
  about: ({ memberId, sessionInstanceId }, partner) => ({
    memberId,
    sessionInstanceId,
    ...(partner !== undefined && { partner }),
  }),
  ask: ({ memberId, at: seen, nonce, acknowledged, override }, { newId, now }) =>
    Result.map(seenAt(seen, now), (at) => ({
      _tag: "WalkIn",
      bookingId: newId,
      memberId,
      at,
      ...(nonce !== undefined && { nonce }),
      ...(acknowledged !== undefined && { acknowledged }),
      ...(override !== undefined && { override }),
    })),
  answerFrom: recordArrival,
  afterwards: ({ booking }) => reportVisit(booking),
});
