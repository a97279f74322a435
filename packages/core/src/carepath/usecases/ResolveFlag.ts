import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { FollowUpFlagId, MovementJourneyId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { NotFound } from "../../kernel/NotFound.ts";
import { Prose } from "../../kernel/Text.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { FollowUpFlag, resolve } from "../domain/FollowUpFlag.ts";
import { FollowUpFlagStore } from "../ports/FollowUpFlagStore.ts";

export const ResolveFlag = Schema.Struct({
  journeyId: MovementJourneyId,
  flagId: FollowUpFlagId,
  resolution: Schema.optionalKey(Prose),
}).annotate({ identifier: "ResolveFlag" });

/** Somebody looked after it. **Errors** `NotPermitted`, `NotFound`, `FlagAlreadyResolved`. */
export const resolveFlag = UseCase.command(
  "ResolveFlag",
  { command: ResolveFlag, answer: FollowUpFlag, first: () => authorize("flag:manage") },
  function* ({ journeyId, flagId, resolution }, { tenantId, actorId }) {
    const flags = yield* FollowUpFlagStore;
    const flag = yield* flags.lock(tenantId, flagId);
    if (flag.journeyId !== journeyId) return yield* new NotFound({ entityType: "FollowUpFlag", entityId: flagId });
    const by = { actorId, at: yield* now, ...(resolution !== undefined && { resolution }) };
    const resolved = yield* Effect.fromResult(resolve(flag, by));
    yield* flags.save(resolved);
    yield* record({
      type: "FlagResolved",
      entityType: "FollowUpFlag",
      entityId: flagId,
      data: { enrollmentId: flag.enrollmentId, memberId: flag.memberId, kind: flag.kind },
    });
    return resolved;
  },
);
