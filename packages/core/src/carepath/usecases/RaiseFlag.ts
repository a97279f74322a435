import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { FollowUpFlagId, JourneyEnrollmentId, MovementJourneyId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { FlagKind, FollowUpFlag, Reason } from "../domain/FollowUpFlag.ts";
import { FollowUpFlagStore } from "../ports/FollowUpFlagStore.ts";
import { findOwnEnrollment } from "./FindOwnEnrollment.ts";

/** **Shape** `kind` names a proposal that the coach takes up; without it, it is something else that a coach saw. */
export const RaiseFlag = Schema.Struct({
  journeyId: MovementJourneyId,
  enrollmentId: JourneyEnrollmentId,
  kind: FlagKind.pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed("other" as const))),
  reason: Reason,
}).annotate({ identifier: "RaiseFlag" });

/** Marks an enrolment for follow-up. The event names the kind; what the coach wrote stays with the flag. */
export const raiseFlag = UseCase.command(
  "RaiseFlag",
  { command: RaiseFlag, answer: FollowUpFlag, first: () => authorize("flag:manage") },
  function* ({ kind, reason, ...named }, { tenantId, actorId }) {
    const { id: enrollmentId, journeyId, memberId } = yield* findOwnEnrollment("flag:manage", named);
    const flag: FollowUpFlag = {
      id: yield* newId(FollowUpFlagId),
      tenantId,
      journeyId,
      enrollmentId,
      memberId,
      kind,
      status: "raised",
      reason,
      raisedBy: actorId,
      raisedAt: yield* now,
    };
    yield* FollowUpFlagStore.use((flags) => flags.insert(flag));
    yield* record({
      type: "FlagRaised",
      entityType: "FollowUpFlag",
      entityId: flag.id,
      data: { enrollmentId, memberId, kind },
    });
    return flag;
  },
);
