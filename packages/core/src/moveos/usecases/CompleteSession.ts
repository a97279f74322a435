import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { SessionInstanceId } from "../../kernel/Ids.ts";
import { authorize } from "../../platform/index.ts";
import { SessionInstance } from "../domain/SessionInstance.ts";
import { theSession } from "./desk/Answers.ts";
import { rosterUseCase } from "./desk/RosterUseCase.ts";

export const CompleteSession = Schema.Struct({
  sessionInstanceId: SessionInstanceId,
}).annotate({ identifier: "CompleteSession" });

/** Says that a session is over. **Errors** `NotPermitted`, `NotFound`, then the roster's, in the order its rules state them. */
export const completeSession = rosterUseCase("CompleteSession", {
  command: CompleteSession,
  answer: SessionInstance,
  first: () => authorize("session:manage"),
  about: ({ sessionInstanceId }) => ({ sessionInstanceId, isWhole: true }),
  ask: () => Result.succeed({ _tag: "CompleteSession" }),
  answerFrom: theSession,
});
