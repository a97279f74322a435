import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { SessionTypeId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { Name, Prose } from "../../kernel/Text.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize, Capacity } from "../../platform/index.ts";
import { Intensity } from "../../pulseloop/index.ts";
import { SessionCategory, SessionMinutes, SessionType } from "../domain/SessionType.ts";
import { SessionTypeStore } from "../ports/SessionTypeStore.ts";

export const CreateSessionType = Schema.Struct({
  name: Name,
  description: Schema.optionalKey(Prose),
  category: SessionCategory,
  intensity: Schema.optionalKey(Intensity),
  primaryGoal: Schema.optionalKey(Name),
  contraindications: Schema.optionalKey(Schema.Array(Name).check(Schema.isMaxLength(50))),
  defaultDuration: SessionMinutes,
  defaultCapacity: Capacity,
}).annotate({ identifier: "CreateSessionType" });

/** Adds a kind of session to what the tenant offers. */
export const createSessionType = UseCase.command(
  "CreateSessionType",
  { command: CreateSessionType, answer: SessionType, first: () => authorize("session:manage") },
  function* (command, { tenantId }) {
    const at = yield* now;
    const sessionType: SessionType = {
      contraindications: [],
      ...command,
      id: yield* newId(SessionTypeId),
      tenantId,
      createdAt: at,
      updatedAt: at,
    };
    yield* SessionTypeStore.use((sessionTypes) => sessionTypes.insert(sessionType));
    yield* record({
      type: "SessionTypeCreated",
      entityType: "SessionType",
      entityId: sessionType.id,
      data: { name: sessionType.name, category: sessionType.category },
    });
    return sessionType;
  },
);
