import * as Schema from "effect/Schema";
import { LocationId, TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Name, Prose } from "../../kernel/Text.ts";
import { ZoneName } from "../../kernel/ZoneName.ts";

/** How many people fit. **Units** people, 1–10,000. */
export const Capacity = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10_000 })).annotate({
  description: "people, 1 to 10,000",
});

/** How many people a site holds, by kind of session; a kind that is absent has no limit of its own. */
export const CapacityDefaults = Schema.Struct({
  class: Schema.optionalKey(Capacity),
  pt: Schema.optionalKey(Capacity),
  event: Schema.optionalKey(Capacity),
}).annotate({ identifier: "CapacityDefaults" });

/** A site of a tenant: a gym branch, a studio, a stretch of forest. Its zone decides on which day things happen there. */
export const Location = Schema.Struct({
  id: LocationId,
  tenantId: TenantId,
  name: Name,
  address: Schema.optionalKey(Prose),
  timezone: ZoneName,
  capacityDefaults: Schema.optionalKey(CapacityDefaults),
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "Location" });
export type Location = typeof Location.Type;
