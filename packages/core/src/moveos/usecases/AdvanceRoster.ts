import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { SessionInstanceId } from "../../kernel/Ids.ts";
import { authorize } from "../../platform/index.ts";
import { SessionInstance } from "../domain/SessionInstance.ts";
import { theSession } from "./desk/Answers.ts";
import { rosterUseCase } from "./desk/RosterUseCase.ts";

export const AdvanceRoster = Schema.Struct({
  sessionInstanceId: SessionInstanceId,
}).annotate({ identifier: "AdvanceRoster" });

/** Does what time has brought about for a roster: the clockwork asks this, and it may be asked at any time. **Errors** `NotPermitted`, `NotFound`, then the roster's, in the order its rules state them. */
export const advanceRoster = rosterUseCase("AdvanceRoster", {
  command: AdvanceRoster,
  answer: SessionInstance,
  first: () => authorize("session:manage"),
  about: ({ sessionInstanceId }) => ({ sessionInstanceId, isWhole: true }),
  ask: () => Result.succeed({ _tag: "Advance" }),
  answerFrom: theSession,
});
