import * as Schema from "effect/Schema";
import { AccessPlanId, LocationId, SessionTypeId, TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Name } from "../../kernel/Text.ts";

/** What a plan lets its holder do. **Units** `visits`: visits per `per`; absent is without limit. */
export const UsageRules = Schema.Struct({
  visits: Schema.optionalKey(
    Schema.Struct({
      count: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000 })),
      per: Schema.Literals(["day", "week", "month", "term"]),
    }),
  ),
  allowedLocations: Schema.optionalKey(Schema.Array(LocationId)),
  allowedSessionTypes: Schema.optionalKey(Schema.Array(SessionTypeId)),
}).annotate({ identifier: "UsageRules" });

/** A product that gives access: a membership, a pack of visits, corporate cover. */
export const AccessPlan = Schema.Struct({
  id: AccessPlanId,
  tenantId: TenantId,
  name: Name,
  type: Schema.Literals(["membership", "pack", "corporate"]),
  billingPeriod: Schema.Literals(["weekly", "monthly", "yearly", "once_off"]),
  usageRules: UsageRules,
  isProgramLinked: Schema.Boolean,
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "AccessPlan" });
export type AccessPlan = typeof AccessPlan.Type;
