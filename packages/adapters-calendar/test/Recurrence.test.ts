import { assert, describe, it } from "@effect/vitest";
import { CivilDate, type LocalTime, ZoneRules } from "@zmos/core/kernel";
import { Recurrence } from "@zmos/core/moveos";
import * as Effect from "effect/Effect";
import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { CalendarAdapters } from "../src/index.ts";

interface Asked {
  readonly timezone: string;
  readonly startsOn: string;
  readonly startsAt: LocalTime;
  readonly rrule?: string;
  readonly from: string;
  readonly to: string;
}

const expand = ({ timezone, startsOn, startsAt, rrule = "FREQ=DAILY", from, to }: Asked) =>
  Effect.flatMap(Recurrence, (recurrence) =>
    recurrence.expand(
      { rrule, timezone, startsOn: CivilDate.of(startsOn), startsAt },
      { from: CivilDate.of(from), to: CivilDate.of(to) },
    ),
  ).pipe(Effect.provide(CalendarAdapters.layer));

const told = (asked: Asked) =>
  Effect.map(expand(asked), (found) =>
    found.map(({ start, startTime }) => `${start} ${Temporal.Instant.fromEpochMilliseconds(startTime).toString()}`),
  );

const refused = (rrule: string) =>
  Effect.map(
    Effect.flip(
      expand({
        timezone: "Europe/Vienna",
        startsOn: "2026-03-02",
        startsAt: "09:00",
        from: "2026-03-01",
        to: "2026-04-01",
        rrule,
      }),
    ),
    (error) => (error._tag === "RecurrenceInvalid" ? error.part : error._tag),
  );

describe("the occurrences of a series", () => {
  it.effect("begin with its first day, and keep the wall clock over the change to summer time", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(
        yield* told({
          timezone: "Europe/Vienna",
          startsOn: "2026-03-27",
          startsAt: "09:00",
          from: "2026-01-01",
          to: "2026-03-31",
        }),
        [
          "2026-03-27T09:00 2026-03-27T08:00:00Z",
          "2026-03-28T09:00 2026-03-28T08:00:00Z",
          "2026-03-29T09:00 2026-03-29T07:00:00Z",
          "2026-03-30T09:00 2026-03-30T07:00:00Z",
        ],
      );
    }),
  );

  it.effect("leave out a day that does not have their time, and keep their time after it", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(
        yield* told({
          timezone: "Europe/Vienna",
          startsOn: "2026-03-27",
          startsAt: "02:30",
          from: "2026-03-28",
          to: "2026-03-31",
        }),
        ["2026-03-28T02:30 2026-03-28T01:30:00Z", "2026-03-30T02:30 2026-03-30T00:30:00Z"],
      );
      assert.deepStrictEqual(
        yield* told({
          timezone: "Africa/Cairo",
          startsOn: "2026-04-23",
          startsAt: "00:00",
          from: "2026-04-23",
          to: "2026-04-26",
        }),
        ["2026-04-23T00:00 2026-04-22T22:00:00Z", "2026-04-25T00:00 2026-04-24T21:00:00Z"],
      );
      assert.deepStrictEqual(
        yield* told({
          timezone: "Pacific/Apia",
          startsOn: "2011-12-28",
          startsAt: "09:00",
          from: "2011-12-29",
          to: "2012-01-01",
        }),
        ["2011-12-29T09:00 2011-12-29T19:00:00Z", "2011-12-31T09:00 2011-12-30T19:00:00Z"],
      );
    }),
  );

  it.effect("do not count a day that does not have their time", () =>
    Effect.gen(function* () {
      const found = yield* told({
        timezone: "Europe/Vienna",
        startsOn: "2026-03-28",
        startsAt: "02:30",
        rrule: "FREQ=DAILY;COUNT=2",
        from: "2026-03-01",
        to: "2026-05-01",
      });
      assert.deepStrictEqual(
        found.map((line) => line.slice(0, 10)),
        ["2026-03-28", "2026-03-30"],
      );
    }),
  );

  it.effect("begin on the next day that has their time, where the first has not", () =>
    Effect.gen(function* () {
      const asked = { timezone: "Europe/Vienna", startsOn: "2026-03-29", startsAt: "02:30", from: "2026-03-29" };
      assert.deepStrictEqual(yield* told({ ...asked, to: "2026-03-31" }), ["2026-03-30T02:30 2026-03-30T00:30:00Z"]);
      assert.strictEqual((yield* told({ ...asked, rrule: "FREQ=DAILY;COUNT=3", to: "2026-05-31" })).length, 3);
    }),
  );

  it.effect("keep the wall clock over a summer time that pauses for a month", () =>
    Effect.gen(function* () {
      const found = yield* told({
        timezone: "Africa/Cairo",
        startsOn: "2010-08-01",
        startsAt: "18:00",
        from: "2010-08-01",
        to: "2010-10-10",
      });
      assert.isTrue(found.every((line) => line.slice(11, 16) === "18:00"));
      assert.include(found, "2010-08-10T18:00 2010-08-10T15:00:00Z");
      assert.include(found, "2010-08-11T18:00 2010-08-11T16:00:00Z");
      assert.include(found, "2010-09-10T18:00 2010-09-10T15:00:00Z");
    }),
  );

  it.effect("take the first of an hour that comes twice, wherever and by however much it does", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(
        yield* told({
          timezone: "Europe/Vienna",
          startsOn: "2026-10-24",
          startsAt: "02:30",
          from: "2026-10-25",
          to: "2026-10-26",
        }),
        ["2026-10-25T02:30 2026-10-25T00:30:00Z"],
      );
      assert.deepStrictEqual(
        yield* told({
          timezone: "Australia/Lord_Howe",
          startsOn: "2026-04-04",
          startsAt: "01:45",
          from: "2026-04-05",
          to: "2026-04-06",
        }),
        ["2026-04-05T01:45 2026-04-04T14:45:00Z"],
      );
    }),
  );

  it.effect("are asked from a day, included, to a day, excluded", () =>
    Effect.gen(function* () {
      const days = (from: string, to: string) =>
        Effect.map(
          told({
            timezone: "Africa/Nairobi",
            startsOn: "2026-03-02",
            startsAt: "00:00",
            rrule: "FREQ=WEEKLY;BYDAY=MO",
            from,
            to,
          }),
          (found) => found.map((line) => line.slice(0, 10)),
        );
      assert.deepStrictEqual(yield* days("2026-03-09", "2026-03-16"), ["2026-03-09"]);
      assert.deepStrictEqual(yield* days("2026-03-09", "2026-03-17"), ["2026-03-09", "2026-03-16"]);
      assert.deepStrictEqual(yield* days("2026-03-10", "2026-03-16"), []);
      assert.deepStrictEqual(yield* days("2026-03-09", "2026-03-09"), []);
    }),
  );

  it.effect("follow the rules a timetable is made of", () =>
    Effect.gen(function* () {
      const days = (rrule: string) =>
        Effect.map(
          told({
            timezone: "Africa/Nairobi",
            startsOn: "2026-01-05",
            startsAt: "18:00",
            rrule,
            from: "2026-01-01",
            to: "2026-06-01",
          }),
          (found) => found.map((line) => line.slice(5, 10)).join(" "),
        );
      assert.strictEqual(yield* days("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=4"), "01-05 01-08 01-12 01-15");
      assert.strictEqual(yield* days("FREQ=WEEKLY;INTERVAL=2;COUNT=3"), "01-05 01-19 02-02");
      assert.strictEqual(yield* days("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3"), "01-30 02-27 03-27");
      assert.strictEqual(yield* days("FREQ=MONTHLY;BYMONTHDAY=31"), "01-31 03-31 05-31");
      assert.strictEqual(yield* days("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2"), "01-30 02-27");
      assert.strictEqual(yield* days("FREQ=WEEKLY;UNTIL=20260119T150000Z"), "01-05 01-12 01-19");
      assert.strictEqual(yield* days("FREQ=WEEKLY;UNTIL=20260119T145959Z"), "01-05 01-12");
      assert.strictEqual(yield* days("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "");
      assert.strictEqual(yield* days("freq=monthly;bymonthday=1"), "02-01 03-01 04-01 05-01");
    }),
  );

  it.effect("agree with the core's own reading of the wall clock", () =>
    Effect.gen(function* () {
      const zones = [
        "Europe/Vienna",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Africa/Cairo",
        "America/St_Johns",
        "Asia/Kathmandu",
      ];
      const cases = fc.sample(
        fc.record({
          timezone: fc.constantFrom(...zones),
          day: fc.integer({ min: CivilDate.of("2008-01-01"), max: CivilDate.of("2030-01-01") }),
          minute: fc.integer({ min: 0, max: 1_439 }),
        }),
        { numRuns: 120, seed: 7 },
      );
      for (const { timezone, day, minute } of cases) {
        const startsOn = CivilDate.toIso(CivilDate.fromEpochDay(day));
        const startsAt = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
        const to = CivilDate.toIso(CivilDate.fromEpochDay(day + 200));
        const found = yield* expand({ timezone, startsOn, startsAt, from: startsOn, to });
        assert.isAtLeast(found.length, 198);
        for (const { start, startTime } of found) {
          const local = CivilDate.of(start.slice(0, 10));
          assert.strictEqual(ZoneRules.instantAt(timezone, local, minute), startTime, `${timezone} ${start}`);
        }
      }
    }),
  );
});

describe("a series that cannot be followed", () => {
  it.effect("is refused with the part that must change", () =>
    Effect.gen(function* () {
      const parts: Readonly<Record<string, string>> = {
        "": "rrule",
        "BYDAY=MO": "FREQ",
        "FREQ=HOURLY": "FREQ",
        "FREQ=WEEKLY;BYDAY=XX": "BYDAY",
        "FREQ=WEEKLY;BYDAY=1MO": "BYDAY",
        "FREQ=WEEKLY;INTERVAL=0": "INTERVAL",
        "FREQ=WEEKLY;INTERVAL=1001": "INTERVAL",
        "FREQ=WEEKLY;COUNT=0": "COUNT",
        "FREQ=WEEKLY;COUNT=1001": "COUNT",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20260310T000000Z": "COUNT",
        "FREQ=WEEKLY;UNTIL=20260901": "UNTIL",
        "FREQ=WEEKLY;UNTIL=20260230T000000Z": "UNTIL",
        "FREQ=MONTHLY;BYMONTHDAY=32": "BYMONTHDAY",
        "FREQ=MONTHLY;BYMONTHDAY=0": "BYMONTHDAY",
        "FREQ=WEEKLY;BYMONTHDAY=1": "BYMONTHDAY",
        "FREQ=DAILY;BYSETPOS=1": "BYSETPOS",
        "FREQ=MONTHLY;BYWEEKNO=3": "BYWEEKNO",
        "FREQ=MONTHLY;BYYEARDAY=3": "BYYEARDAY",
        "FREQ=DAILY;BYHOUR=9": "BYHOUR",
        "FREQ=DAILY;CONSTRUCTOR=1": "CONSTRUCTOR",
        "FREQ=DAILY;FREQ=WEEKLY": "FREQ",
        "FREQ=WEEKLY;WKST=QQ": "WKST",
        "FREQ=DAILY;COUNT=2\nEXDATE:20260301T090000Z": "rrule",
      };
      for (const [rrule, part] of Object.entries(parts)) assert.strictEqual(yield* refused(rrule), part, rrule);
    }),
  );

  it.effect("is refused by its host, where nobody installed what follows rules", () =>
    Effect.gen(function* () {
      const recurrence = yield* Recurrence;
      const error = yield* Effect.flip(
        recurrence.expand(
          { rrule: "FREQ=DAILY", timezone: "UTC", startsOn: CivilDate.of("2026-01-01"), startsAt: "09:00" },
          { from: CivilDate.of("2026-01-01"), to: CivilDate.of("2026-01-02") },
        ),
      );
      assert.strictEqual(error._tag, "RecurrenceNotInstalled");
    }),
  );
});
