/**
 * On which civil day a fact falls. Decided once, when the fact is recorded, and kept with it.
 *
 * **Invariant** I5: a late arrival lands on the day it would have landed on in time; a later change of zone, or of the time zone
 * database, moves nothing.
 */
import type { CivilDate } from "../../kernel/CivilDate.ts";
import type { ZoneName } from "../../kernel/ZoneName.ts";
import { civilDateOf } from "../../kernel/ZoneRules.ts";
import type { Occurrence } from "./Occurrence.ts";

/** The zones that could decide, strongest first: the fact's own, its location's, the member's then, the tenant's. */
export interface Zones {
  readonly fact?: ZoneName | undefined;
  readonly location?: ZoneName | undefined;
  readonly member?: ZoneName | undefined;
  readonly tenant: ZoneName;
}

/** **Shape** `timezone` is absent where the fact names its civil day itself and no zone came with it. */
export interface Placement {
  readonly civilDate: CivilDate;
  readonly timezone?: ZoneName;
}

/** The civil day of an occurrence. **Units** `dayStartHours`: hours after midnight at which the tenant's day starts. */
export const place = (occurrence: Occurrence, zones: Zones, dayStartHours: number): Placement => {
  if (occurrence.precision === "day") {
    return { civilDate: occurrence.day, ...(zones.fact !== undefined && { timezone: zones.fact }) };
  }
  const timezone = zones.fact ?? zones.location ?? zones.member ?? zones.tenant;
  return { civilDate: civilDateOf(timezone, occurrence.instant, dayStartHours), timezone };
};
