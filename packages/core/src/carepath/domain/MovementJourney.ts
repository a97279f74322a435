import * as Schema from "effect/Schema";
import { MovementJourneyId, TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Name, Prose } from "../../kernel/Text.ts";

/** What a week of a journey asks for. **Units** `minutesPerWeek`: minutes; `sessionsPerWeek`: sessions. */
export const TargetGoals = Schema.Struct({
  minutesPerWeek: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10_080 }))),
  sessionsPerWeek: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100 }))),
  focusAreas: Schema.Array(Name),
}).annotate({ identifier: "TargetGoals" });

/** A structured, time-bound programme of movement. **Units** `durationWeeks`: weeks, 1–104. */
export const MovementJourney = Schema.Struct({
  id: MovementJourneyId,
  tenantId: TenantId,
  name: Name,
  description: Schema.optionalKey(Prose),
  durationWeeks: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 104 })),
  targetGoals: TargetGoals,
  status: Schema.Literals(["active", "archived"]),
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "MovementJourney" });
export type MovementJourney = typeof MovementJourney.Type;
