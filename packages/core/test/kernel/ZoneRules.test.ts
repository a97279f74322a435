import { describe, expect, it } from "vitest";
import fc from "fast-check";
import * as CivilDate from "../../src/kernel/CivilDate.ts";
import * as ZoneRules from "../../src/kernel/ZoneRules.ts";
import dayLengths from "../../src/testing/vectors/day-lengths.json" with { type: "json" };
import { disagreements, intlCivilDate } from "./ZoneRulesSweep.ts";

const utc = (iso: string) => new Date(iso).getTime();
const dayOf = (zone: string, iso: string, dayStartHours = 0) =>
  CivilDate.toIso(ZoneRules.civilDateOf(zone, utc(iso), dayStartHours));

describe("ZoneRules", () => {
  it.each(dayLengths)("measures $day in $zone as $hours hours", ({ zone, day, hours, ...rest }) => {
    const date = CivilDate.of(day);
    const start = ZoneRules.startOfDay(zone, date);
    const next = ZoneRules.startOfDay(zone, CivilDate.addDays(date, 1));
    if (hours === 0) {
      expect(start).toBeUndefined();
      expect(ZoneRules.exists(zone, date)).toBe(false);
      return;
    }
    expect((next! - start!) / 3_600_000).toBe(hours);
    const wallTime = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "short" }).format(start);
    expect(wallTime).toBe("firstWallTime" in rest ? rest.firstWallTime : "00:00");
  });

  it.each([
    ["Europe/Vienna", "2026-03-28T22:59:59.999Z", "2026-03-28"],
    ["Europe/Vienna", "2026-03-28T23:00:00Z", "2026-03-29"],
    ["Europe/Vienna", "2026-03-29T21:59:59Z", "2026-03-29"],
    ["Europe/Vienna", "2026-03-29T22:00:00Z", "2026-03-30"],
    ["Europe/Vienna", "2026-10-25T22:59:59Z", "2026-10-25"],
    ["Europe/Vienna", "2026-10-25T23:00:00Z", "2026-10-26"],
    ["Australia/Lord_Howe", "2026-04-05T13:29:59Z", "2026-04-05"],
    ["Australia/Lord_Howe", "2026-04-05T13:30:00Z", "2026-04-06"],
    ["Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29"],
    ["Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31"],
    ["America/St_Johns", "2010-11-07T02:30:00Z", "2010-11-07"],
    ["America/St_Johns", "2010-11-07T02:31:00Z", "2010-11-06"],
    ["America/St_Johns", "2010-11-07T03:29:59Z", "2010-11-06"],
    ["America/St_Johns", "2010-11-07T03:30:00Z", "2010-11-07"],
    ["America/Sao_Paulo", "2018-11-04T02:59:59Z", "2018-11-03"],
    ["America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-04"],
    ["Asia/Kathmandu", "2026-01-01T18:14:59Z", "2026-01-01"],
    ["Asia/Kathmandu", "2026-01-01T18:15:00Z", "2026-01-02"],
  ])("in %s, %s falls on %s", (zone, instant, day) => {
    expect(dayOf(zone, instant)).toBe(day);
  });

  it("gives what happens before the day start to the previous civil date", () => {
    expect(dayOf("Europe/Vienna", "2026-06-10T01:59:59Z", 4)).toBe("2026-06-09");
    expect(dayOf("Europe/Vienna", "2026-06-10T02:00:00Z", 4)).toBe("2026-06-10");
  });

  it("reads the day start from the wall clock, also on the night that loses an hour", () => {
    expect(dayOf("Europe/Vienna", "2026-03-29T00:59:59Z", 3)).toBe("2026-03-28");
    expect(dayOf("Europe/Vienna", "2026-03-29T01:00:00Z", 3)).toBe("2026-03-29");
  });

  it("skips a date that never existed when it looks for the previous one", () => {
    expect(dayOf("Pacific/Apia", "2011-12-30T13:59:59Z", 4)).toBe("2011-12-29");
    expect(dayOf("Pacific/Apia", "2011-12-30T14:00:00Z", 4)).toBe("2011-12-31");
  });

  it("lets a day with a day start begin when the first fact may belong to it", () => {
    expect(ZoneRules.startOfDay("Europe/Vienna", CivilDate.of("2026-06-10"), 4)).toBe(utc("2026-06-10T02:00:00Z"));
    expect(ZoneRules.startOfDay("Pacific/Apia", CivilDate.of("2011-12-30"), 4)).toBeUndefined();
    expect(ZoneRules.startOfDay("Pacific/Apia", CivilDate.of("2011-12-31"), 4)).toBe(utc("2011-12-30T14:00:00Z"));
  });

  it("knows IANA names in any case and old names too, and refuses everything else", () => {
    for (const name of ["Europe/Vienna", "europe/vienna", "Asia/Kolkata", "Asia/Calcutta", "Etc/GMT+5", "UTC"]) {
      expect(ZoneRules.isZone(name), name).toBe(true);
    }
    for (const name of ["", "+02:00", "-05", "Europe/Wien", "Mars/Olympus", " UTC", "Europe/Vienna\n", "__proto__"]) {
      expect(ZoneRules.isZone(name), name).toBe(false);
    }
    expect(() => ZoneRules.civilDateOf("Mars/Olympus", 0)).toThrow(RangeError);
    expect(() => ZoneRules.civilDateOf("+02:00", 0)).toThrow('"+02:00" is not an IANA time zone');
  });

  it.each([
    ["an ordinary morning", "Europe/Vienna", "2026-06-10", 9 * 60, "2026-06-10T07:00:00Z"],
    ["the minute before the clock jumps", "Europe/Vienna", "2026-03-29", 119, "2026-03-29T00:59:00Z"],
    ["a time it jumps over, as late as without the jump", "Europe/Vienna", "2026-03-29", 150, "2026-03-29T01:30:00Z"],
    ["the minute it jumps to", "Europe/Vienna", "2026-03-29", 180, "2026-03-29T01:00:00Z"],
    ["a time shown twice, the first", "Europe/Vienna", "2026-10-25", 150, "2026-10-25T00:30:00Z"],
    ["the time after it", "Europe/Vienna", "2026-10-25", 180, "2026-10-25T02:00:00Z"],
    ["half an hour that is shown twice", "Australia/Lord_Howe", "2026-04-05", 105, "2026-04-04T14:45:00Z"],
    ["west of Greenwich, before the clock jumps", "America/New_York", "2026-03-08", 119, "2026-03-08T06:59:00Z"],
    ["a day that never came", "Pacific/Apia", "2011-12-30", 12 * 60, "2011-12-30T22:00:00Z"],
  ])("finds %s", (_, zone, day, minuteOfDay, instant) => {
    expect(new Date(ZoneRules.instantAt(zone, CivilDate.of(day), minuteOfDay)).getTime()).toBe(utc(instant));
  });

  it.each([
    ["Europe/Vienna", "2026-01-01T00:00:00Z", 3_600],
    ["Europe/Vienna", "2026-03-29T00:59:59.999Z", 3_600],
    ["Europe/Vienna", "2026-03-29T01:00:00Z", 7_200],
    ["America/St_Johns", "2026-01-01T00:00:00Z", -12_600],
    ["Europe/Vienna", "1850-01-01T00:00:00Z", 3_921],
    ["Europe/Vienna", "-000043-03-15T23:30:00Z", 3_921],
    ["Europe/Vienna", "2600-07-01T12:00:00Z", 7_200],
  ])("in %s, at %s, clocks are %d seconds ahead of UTC", (zone, instant, seconds) => {
    expect(ZoneRules.offsetSecondsAt(zone, utc(instant))).toBe(seconds);
  });

  it("begins and ends its table without a seam", () => {
    for (const seam of ["1899-01-01T00:00:00Z", "2201-01-01T00:00:00Z"]) {
      for (const seconds of [-1, 0, 1]) {
        const instant = utc(seam) + seconds * 1_000;
        expect(ZoneRules.civilDateOf("Europe/Vienna", instant)).toBe(intlCivilDate("Europe/Vienna")(instant));
        const day = ZoneRules.civilDateOf("Europe/Vienna", instant);
        expect(ZoneRules.civilDateOf("Europe/Vienna", ZoneRules.startOfDay("Europe/Vienna", day)!)).toBe(day);
      }
    }
  });

  it.each(["1850-06-01T12:00:00Z", "0044-03-15T23:30:00Z", "2201-06-01T22:30:00Z", "9999-12-31T23:30:00Z"])(
    "answers %s, which lies outside the table, as Intl does",
    (instant) => {
      for (const zone of ["Europe/Vienna", "America/St_Johns", "Pacific/Apia"]) {
        expect(ZoneRules.civilDateOf(zone, utc(instant))).toBe(intlCivilDate(zone)(utc(instant)));
      }
    },
  );

  it("finds the start of days outside the table", () => {
    const farDay = ZoneRules.civilDateOf("Europe/Vienna", utc("2525-07-01T12:00:00Z"));
    expect(ZoneRules.startOfDay("Europe/Vienna", farDay)).toBe(utc("2525-06-30T22:00:00Z"));
  });

  it("starts every existing day at its first instant, whatever the day start", () => {
    const zones = ["Europe/Vienna", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "America/Sao_Paulo"];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: CivilDate.of("2010-01-01"), max: CivilDate.of("2027-01-01") }),
        fc.integer({ min: 0, max: 6 }),
        (zone, epochDay, dayStartHours) => {
          const day = CivilDate.fromEpochDay(epochDay);
          const start = ZoneRules.startOfDay(zone, day, dayStartHours);
          if (start === undefined) {
            expect([zone, CivilDate.toIso(day)]).toEqual(["Pacific/Apia", "2011-12-30"]);
            return;
          }
          expect(ZoneRules.civilDateOf(zone, start, dayStartHours)).toBe(day);
          expect(ZoneRules.civilDateOf(zone, start - 1, dayStartHours)).toBeLessThan(day);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("gives many instants the same dates as each alone", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("Europe/Vienna", "Pacific/Apia", "America/St_Johns", "Asia/Kathmandu"),
        fc.array(fc.integer({ min: utc("1890-01-01T00:00:00Z"), max: utc("2210-01-01T00:00:00Z") }), { maxLength: 30 }),
        fc.integer({ min: 0, max: 6 }),
        (zone, instants, dayStartHours) => {
          expect([...ZoneRules.civilDatesOf(zone, instants, dayStartHours)]).toEqual(
            instants.map((instant) => ZoneRules.civilDateOf(zone, instant, dayStartHours)),
          );
        },
      ),
    );
    const everyMinute = Float64Array.from(
      { length: 4_000 },
      (_, minute) => utc("2011-12-29T00:00:00Z") + minute * 60_000,
    );
    for (const zone of ["Pacific/Apia", "America/St_Johns"]) {
      expect([...ZoneRules.civilDatesOf(zone, everyMinute)]).toEqual(
        Array.from(everyMinute, (instant) => ZoneRules.civilDateOf(zone, instant)),
      );
    }
  });

  it("agrees with Intl in every tenth IANA zone, 2000–2038 (the torture test sweeps them all)", () => {
    const sample = Intl.supportedValuesOf("timeZone").filter((_, index) => index % 10 === 3);
    expect(disagreements(sample, 15 * 86_400 + 7 * 3_600 + 13)).toEqual([]);
  });
});
