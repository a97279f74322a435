import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { MemberId, SessionInstanceId } from "../../kernel/Ids.ts";
import { authorize } from "../../platform/index.ts";
import { WaitlistEntry } from "../domain/WaitlistEntry.ts";
import { askPartner } from "./AskPartner.ts";
import { thePlace } from "./desk/Answers.ts";
import { channelOf, rosterUseCase } from "./desk/RosterUseCase.ts";

export const JoinWaitlist = Schema.Struct({
  sessionInstanceId: SessionInstanceId,
  memberId: MemberId,
  acknowledged: Schema.optionalKey(Schema.Boolean),
  /** Before whom in line, where staff says so: lower goes first. */
  priority: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: -1_000, maximum: 1_000 }))),
}).annotate({ identifier: "JoinWaitlist" });

/** Who may do this, and what a partner says of the member, before any roster is locked. */
const findCover = Effect.fnUntraced(function* ({ memberId, sessionInstanceId, priority }: typeof JoinWaitlist.Type) {
  const { tenantId } = yield* authorize("booking:manage", memberId);
  if (priority !== undefined) yield* authorize("booking:override");
  return yield* askPartner(tenantId, memberId, sessionInstanceId);
});

/** Puts a member in line for a session that is full. **Errors** `NotPermitted`, `NotFound`, then the roster's, in the order its rules state them. */
export const joinWaitlist = rosterUseCase("JoinWaitlist", {
  command: JoinWaitlist,
  answer: WaitlistEntry,
  first: findCover,
  about: ({ memberId, sessionInstanceId }, partner) => ({
    memberId,
    sessionInstanceId,
    ...(partner !== undefined && { partner }),
  }),
  ask: ({ memberId, acknowledged, priority }, { principal, newId }) =>
    Result.succeed({
      _tag: "JoinWaitlist",
      entryId: newId,
      memberId,
      channel: channelOf(principal),
      ...(acknowledged !== undefined && { acknowledged }),
      ...(priority !== undefined && { priority }),
    }),
  answerFrom: thePlace,
});
