import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { SessionInstanceId } from "../../kernel/Ids.ts";
import { authorize } from "../../platform/index.ts";
import { Reason } from "../domain/Booking.ts";
import { SessionInstance } from "../domain/SessionInstance.ts";
import { theSession } from "./desk/Answers.ts";
import { rosterUseCase } from "./desk/RosterUseCase.ts";

export const CancelSession = Schema.Struct({
  sessionInstanceId: SessionInstanceId,
  reason: Reason,
}).annotate({ identifier: "CancelSession" });

/** Calls a session off: every booking is cancelled and costs nothing, and everybody is told. **Errors** `NotPermitted`, `NotFound`, then the roster's, in the order its rules state them. */
export const cancelSession = rosterUseCase("CancelSession", {
  command: CancelSession,
  answer: SessionInstance,
  first: () => authorize("session:manage"),
  about: ({ sessionInstanceId }) => ({ sessionInstanceId, isWhole: true }),
  ask: ({ reason }) => Result.succeed({ _tag: "CancelSession", reason }),
  answerFrom: theSession,
});
