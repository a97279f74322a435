import { expect, it } from "vitest";
import * as CivilDate from "../../src/kernel/CivilDate.ts";
import * as ZoneRules from "../../src/kernel/ZoneRules.ts";
import { disagreements } from "./ZoneRulesSweep.ts";

it("agrees with Intl over every IANA zone 2000–2038, every 22 hours and 47 minutes", { timeout: 1_200_000 }, () => {
  expect(disagreements(Intl.supportedValuesOf("timeZone"), 22 * 3_600 + 47 * 60)).toEqual([]);
});

it("agrees with Intl at both edges of every civil day of every IANA zone 2000–2038", { timeout: 1_200_000 }, () => {
  const wrong: Array<string> = [];
  for (const zone of Intl.supportedValuesOf("timeZone")) {
    const format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    for (let day = CivilDate.of("2000-01-01"); day < CivilDate.of("2038-01-01"); day = CivilDate.addDays(day, 1)) {
      const start = ZoneRules.startOfDay(zone, day);
      const iso = CivilDate.toIso(day);
      if (start === undefined) {
        // A day that never came: Intl must jump from the day before to the day after.
        const next = ZoneRules.startOfDay(zone, CivilDate.addDays(day, 1))!;
        if (format.format(next - 1) !== CivilDate.toIso(CivilDate.addDays(day, -1))) wrong.push(`${zone} ${iso}`);
      } else if (format.format(start) !== iso || format.format(start - 1) === iso) {
        wrong.push(`${zone} ${iso}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});
