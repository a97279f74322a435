import type { ZoneName } from "../../kernel/ZoneName.ts";
import { startOfDay } from "../../kernel/ZoneRules.ts";
import * as Excuse from "./Excuse.ts";

/** Days that a zone's calendar left out (Apia has no 2011-12-30), besides those `excused`. They can be neither met nor missed. */
export const skippedIn =
  (timezone: ZoneName, excused: Excuse.ExcusedDays = Excuse.none): Excuse.ExcusedDays =>
  (day) =>
    startOfDay(timezone, day) === undefined
      ? { from: day, to: day, reason: "no_such_day", grantedBy: timezone }
      : excused(day);
