import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { SessionInstanceId } from "../../kernel/Ids.ts";
import { authorize, Capacity } from "../../platform/index.ts";
import { Reason } from "../domain/Booking.ts";
import { SessionInstance } from "../domain/SessionInstance.ts";
import { theSession } from "./desk/Answers.ts";
import { rosterUseCase } from "./desk/RosterUseCase.ts";

export const ChangeCapacity = Schema.Struct({
  sessionInstanceId: SessionInstanceId,
  capacity: Capacity,
  reason: Reason,
}).annotate({ identifier: "ChangeCapacity" });

/** Gives a session more or fewer seats. **Errors** `NotPermitted`, `NotFound`, then the roster's, in the order its rules state them. */
export const changeCapacity = rosterUseCase("ChangeCapacity", {
  command: ChangeCapacity,
  answer: SessionInstance,
  first: () => authorize("session:manage"),
  about: ({ sessionInstanceId }) => ({ sessionInstanceId, isWhole: true }),
  ask: ({ capacity, reason }) => Result.succeed({ _tag: "ChangeCapacity", capacity, reason }),
  answerFrom: theSession,
});
