import { describe, expect, it } from "vitest";
import fc from "fast-check";
import * as CivilDate from "../../src/kernel/CivilDate.ts";
import * as CivilWeek from "../../src/kernel/CivilWeek.ts";
import isoWeeks from "../../src/testing/vectors/iso-week.json" with { type: "json" };

describe("CivilWeek", () => {
  it.each(Object.entries(isoWeeks))("puts %s in ISO week %i", (day, week) => {
    expect(CivilWeek.isoWeekOf(CivilDate.of(day)).week).toBe(week);
  });

  it("gives the days around new year to the year of their Thursday", () => {
    expect(CivilWeek.toIsoWeek(CivilDate.of("2005-01-02"))).toBe("2004-W53");
    expect(CivilWeek.toIsoWeek(CivilDate.of("2008-12-29"))).toBe("2009-W01");
    expect(CivilWeek.toIsoWeek(CivilDate.of("2026-12-31"))).toBe("2026-W53");
    expect(CivilWeek.toIsoWeek(CivilDate.of("2027-01-04"))).toBe("2027-W01");
  });

  it("begins a week on the tenant's week start, at most six days back", () => {
    const wednesday = CivilDate.of("2026-11-18");
    const starts = ([1, 2, 3, 4, 5, 6, 7] as const).map((start) =>
      CivilDate.toIso(CivilWeek.startOfWeek(wednesday, start)),
    );
    expect(starts).toEqual([
      "2026-11-16",
      "2026-11-17",
      "2026-11-18",
      "2026-11-12",
      "2026-11-13",
      "2026-11-14",
      "2026-11-15",
    ]);
    expect(CivilDate.toIso(CivilWeek.endOfWeek(wednesday))).toBe("2026-11-22");
  });

  it("cuts the calendar into sevens: the day after a week's end starts the next week", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -30_000, max: 80_000 }),
        fc.constantFrom(1, 2, 3, 4, 5, 6, 7),
        (epochDay, start) => {
          const day = CivilDate.fromEpochDay(epochDay);
          const weekStart: CivilWeek.WeekStart = start;
          const first = CivilWeek.startOfWeek(day, weekStart);
          const next = CivilDate.addDays(CivilWeek.endOfWeek(day, weekStart), 1);
          expect(CivilDate.weekday(first)).toBe(start);
          expect(next - first).toBe(7);
          expect(CivilWeek.startOfWeek(next, weekStart)).toBe(next);
          expect(day >= first && day < next).toBe(true);
        },
      ),
    );
  });
});
