import { describe, expect, it } from "vitest";
import fc from "fast-check";
import * as CivilDate from "../../src/kernel/CivilDate.ts";
import membershipEnds from "../../src/testing/vectors/membership-ends.json" with { type: "json" };

const anyDay = fc
  .integer({ min: CivilDate.of("1900-01-01"), max: CivilDate.of("2200-12-31") })
  .map((epochDay) => CivilDate.fromEpochDay(epochDay));

describe("CivilDate", () => {
  it("counts days from 1970-01-01, a Thursday", () => {
    expect(CivilDate.of("1970-01-01")).toBe(0);
    expect(CivilDate.weekday(CivilDate.of("1970-01-01"))).toBe(4);
    expect(CivilDate.of("2000-03-01")).toBe(11_017);
    expect(CivilDate.of("1969-12-31")).toBe(-1);
  });

  it.each([
    "2026-02-29",
    "1900-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-04-31",
    "2026-04-00",
    "1899-12-31",
    "2201-01-01",
    "2026-4-1",
    "2026-04-01T00:00",
    " 2026-04-01",
    "2026-04-01\n",
    "20260401",
    "+02026-04-01",
    "٢٠٢٦-٠٤-٠١",
    "",
  ])("refuses %j, which is no day from 1900 to 2200 written YYYY-MM-DD", (text) => {
    expect(CivilDate.fromIso(text)).toBeUndefined();
    expect(() => CivilDate.of(text)).toThrow(RangeError);
  });

  it.each(["1900-01-01", "2000-02-29", "2024-02-29", "2200-12-31"])("accepts %s", (text) => {
    expect(CivilDate.toIso(CivilDate.of(text))).toBe(text);
  });

  it("reads back every day it writes, and agrees with the language's own UTC calendar", () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const text = new Date(day * 86_400_000).toISOString().slice(0, 10);
        expect(CivilDate.toIso(day)).toBe(text);
        expect(CivilDate.fromIso(text)).toBe(day);
        expect(CivilDate.weekday(day) % 7).toBe(new Date(day * 86_400_000).getUTCDay());
        const { year, month, dayOfMonth } = CivilDate.toYmd(day);
        expect(CivilDate.fromYmd(year, month, dayOfMonth)).toBe(day);
      }),
      { numRuns: 1_000 },
    );
  });

  it("keeps the anchor day in month arithmetic: the 31st, clamped in February, is the 31st again in March", () => {
    const start = CivilDate.of("2026-01-31");
    const renewals = [1, 2, 3, 13].map((months) => CivilDate.toIso(CivilDate.addMonths(start, months)));
    expect(renewals).toEqual(["2026-02-28", "2026-03-31", "2026-04-30", "2027-02-28"]);
    const february = CivilDate.addMonths(start, 1);
    expect(CivilDate.toIso(CivilDate.addMonths(february, 1, 31))).toBe("2026-03-31");
    expect(CivilDate.toIso(CivilDate.addMonths(february, 1))).toBe("2026-03-28");
    expect(CivilDate.toIso(CivilDate.addMonths(start, -2))).toBe("2025-11-30");
    expect(CivilDate.toIso(CivilDate.addMonths(CivilDate.of("2024-02-29"), 12))).toBe("2025-02-28");
  });

  it.each(membershipEnds)(
    "ends a membership of $months months and $days days begun on $start on $lastDay",
    ({ start, months, days, lastDay }) => {
      const next = CivilDate.addDays(CivilDate.addMonths(CivilDate.of(start), months), days);
      expect(CivilDate.toIso(CivilDate.addDays(next, -1))).toBe(lastDay);
    },
  );

  it("knows the first and the last day of a month", () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const first = CivilDate.startOfMonth(day);
        const last = CivilDate.endOfMonth(day);
        expect(CivilDate.toYmd(first).dayOfMonth).toBe(1);
        expect(CivilDate.toYmd(CivilDate.addDays(last, 1)).dayOfMonth).toBe(1);
        expect(first <= day && day <= last).toBe(true);
        expect(last - first).toBeLessThan(31);
      }),
    );
  });
});
