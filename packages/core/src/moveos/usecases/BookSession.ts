import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { MemberId, SessionInstanceId } from "../../kernel/Ids.ts";
import { authorize } from "../../platform/index.ts";
import { Booking, Reason } from "../domain/Booking.ts";
import { askPartner } from "./AskPartner.ts";
import { theBooking } from "./desk/Answers.ts";
import { channelOf, rosterUseCase } from "./desk/RosterUseCase.ts";

/**
 * **Shape** `acknowledged`: the member comes though the session is advised against for what it has declared. `override`: why staff sets the rules of
 * time, cover and capacity aside.
 */
export const BookSession = Schema.Struct({
  memberId: MemberId,
  sessionInstanceId: SessionInstanceId,
  acknowledged: Schema.optionalKey(Schema.Boolean),
  override: Schema.optionalKey(Reason),
}).annotate({ identifier: "BookSession" });

/** Who may do this, and what a partner says of the member, before any roster is locked. */
const findCover = Effect.fnUntraced(function* ({ memberId, sessionInstanceId, override }: typeof BookSession.Type) {
  const { tenantId } = yield* authorize("booking:manage", memberId);
  if (override !== undefined) yield* authorize("booking:override");
  return yield* askPartner(tenantId, memberId, sessionInstanceId);
});

/** Gives a member a seat in a session. **Errors** `NotPermitted`, `NotFound`, then the roster's, in the order its rules state them. */
export const bookSession = rosterUseCase("BookSession", {
  command: BookSession,
  answer: Booking,
  first: findCover,
  about: ({ memberId, sessionInstanceId }, partner) => ({
    memberId,
    sessionInstanceId,
    ...(partner !== undefined && { partner }),
  }),
  ask: ({ memberId, acknowledged, override }, { principal, newId }) =>
    Result.succeed({
      _tag: "Book",
      bookingId: newId,
      memberId,
      channel: channelOf(principal),
      ...(acknowledged !== undefined && { acknowledged }),
      ...(override !== undefined && { override }),
    }),
  answerFrom: theBooking,
});
