import * as Schema from "effect/Schema";
import { TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Name } from "../../kernel/Text.ts";
import { ZoneName } from "../../kernel/ZoneName.ts";

/** Whether a tenant stands alone or lives inside the ZHEP platform. */
export const TenantMode = Schema.Literals(["zmos_only", "zhep_connected"]);

/** The day a tenant's week starts on. **Units** ISO weekday, 1 = Monday … 7 = Sunday. */
export const WeekStart = Schema.Literals([1, 2, 3, 4, 5, 6, 7]);

/** How late after midnight a tenant's day starts. **Units** hours, 0–6. */
export const DayStartHours = Schema.Literals([0, 1, 2, 3, 4, 5, 6]);

/** A movement provider: a gym group, a studio brand, an outdoor club. Everything else belongs to one. */
export const Tenant = Schema.Struct({
  id: TenantId,
  name: Name,
  mode: TenantMode,
  timezone: ZoneName,
  weekStart: WeekStart,
  dayStartHours: DayStartHours,
  brandSettings: Schema.Record(Schema.String, Schema.Json),
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "Tenant" });
export type Tenant = typeof Tenant.Type;
