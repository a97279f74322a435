import * as Schema from "effect/Schema";
import { SessionTypeId, TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Name, Prose } from "../../kernel/Text.ts";
import { Capacity } from "../../platform/domain/Location.ts";
import { Intensity } from "../../pulseloop/domain/MovementEvent.ts";

/** What kind of session it is: a class, personal training, an event. */
export const SessionCategory = Schema.Literals(["class", "pt", "event"]);

/** How long a session lasts. **Units** minutes, 1–1,440. */
export const SessionMinutes = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_440 })).annotate({
  description: "minutes, 1 to 1,440",
});

/**
 * The template of a class, a training or an event.
 *
 * **Shape** `intensity`, `primaryGoal` and `contraindications` are its *movement prescription profile*: what it does for a body,
 * and for whom it is not advised. `defaultDuration` and `defaultCapacity` are what a new occurrence gets unless told otherwise.
 *
 * **Units** `defaultDuration`: minutes. `defaultCapacity`: people.
 */
export const SessionType = Schema.Struct({
  id: SessionTypeId,
  tenantId: TenantId,
  name: Name,
  description: Schema.optionalKey(Prose),
  category: SessionCategory,
  intensity: Schema.optionalKey(Intensity),
  primaryGoal: Schema.optionalKey(Name),
  contraindications: Schema.Array(Name),
  defaultDuration: SessionMinutes,
  defaultCapacity: Capacity,
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "SessionType" });
export type SessionType = typeof SessionType.Type;
