import { type CivilDate, fromEpochDay } from "../../kernel/CivilDate.ts";
import type { ZoneName } from "../../kernel/ZoneName.ts";
import { exists, startOfDay } from "../../kernel/ZoneRules.ts";
import * as Excuse from "./Excuse.ts";

/** Days that a zone's calendar left out (Apia has no 2011-12-30), besides those `excused`. They can be neither met nor missed. */
export const skippedIn =
  (timezone: ZoneName, excused: Excuse.ExcusedDays = Excuse.none): Excuse.ExcusedDays =>
  (day) =>
    startOfDay(timezone, day) === undefined
      ? { from: day, to: day, reason: "no_such_day", grantedBy: timezone }
      : excused(day);

/** Tells whether a zone's calendar has every day from one day to `until`. Remembers zones, which are few where members are many. */
export const wholeUntil = (until: CivilDate): ((timezone: ZoneName, from: CivilDate) => boolean) => {
  const known = new Map<ZoneName, { readonly from: CivilDate; readonly isWhole: boolean }>();
  return (timezone, from) => {
    const earlier = known.get(timezone);
    if (earlier !== undefined && earlier.from <= from && earlier.isWhole) return true;
    let isWhole = true;
    for (let day = from; day <= until && isWhole; day = fromEpochDay(day + 1)) isWhole = exists(timezone, day);
    known.set(timezone, { from, isWhole });
    return isWhole;
  };
};
