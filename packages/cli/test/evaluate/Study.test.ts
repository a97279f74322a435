import { CivilDate } from "@zmos/core/kernel";
import { DayCell, Streak } from "@zmos/core/pulseloop";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HeaderNotUnderstood } from "../../src/evaluate/HeaderColumns.ts";
import type { Study } from "../../src/evaluate/Study.ts";
import { daysOf, HEADER, studyOf, type Texts } from "../support/StudyOf.ts";

const lines = (...rows: ReadonlyArray<string>): string => [HEADER, ...rows, ""].join("\n");
const only = (study: Study) => [...study.people()][0]!;

describe("a study's events", () => {
  it("fall on the day their own zone has, summer time and all", async () => {
    const study = await studyOf({
      events: lines(
        "vienna,2026-03-28T22:59:59Z,Europe/Vienna,,,,",
        "vienna,2026-03-28T23:00:00Z,Europe/Vienna,,,,",
        "vienna,2026-03-29T21:59:59Z,Europe/Vienna,,,,",
        "vienna,2026-03-29T22:00:00Z,Europe/Vienna,,,,",
        "kathmandu,2026-03-01T18:14:59Z,Asia/Kathmandu,,,,",
        "kathmandu,2026-03-01T18:15:00Z,Asia/Kathmandu,,,,",
        "nairobi,2026-03-01T23:30:00+03:00,Africa/Nairobi,,,,",
        "lordhowe,2026-04-04T12:59:59Z,Australia/Lord_Howe,,,,",
        "lordhowe,2026-04-05T13:29:59Z,Australia/Lord_Howe,,,,",
      ),
    });
    expect(daysOf(study)).toEqual({
      kathmandu: ["2026-03-01", "2026-03-02"],
      lordhowe: ["2026-04-04", "2026-04-05"],
      nairobi: ["2026-03-01"],
      vienna: ["2026-03-28", "2026-03-29", "2026-03-30"],
    });
  });

  it("that name their civil day need no zone, and keep that day in every zone", async () => {
    const study = await studyOf({ events: lines("m1,2026-03-07,,,,,", "m1,2026-03-08,Pacific/Auckland,,,,") });
    expect(study.told).toEqual([]);
    expect(daysOf(study)).toEqual({ m1: ["2026-03-07", "2026-03-08"] });
  });

  it("take the zone of --zone where their line names none", async () => {
    const events = lines("m1,2026-03-07T22:00:00Z,,,,,", "m1,2026-03-07T22:00:00Z,UTC,,,,");
    expect(daysOf(await studyOf({ events }, { zone: "Africa/Nairobi" }))).toEqual({ m1: ["2026-03-07", "2026-03-08"] });
  });

  it("leave out a day their zone never had: nobody in Apia misses 2011-12-30", async () => {
    const events = lines(
      "apia,2011-12-29T12:00:00-10:00,Pacific/Apia,,,,",
      "apia,2011-12-31T12:00:00+14:00,Pacific/Apia,,,,",
      "elsewhere,2011-12-29,,,,,",
      "elsewhere,2011-12-31,,,,,",
      "both,2011-12-29T12:00:00-10:00,Pacific/Apia,,,,",
      "both,2011-12-31T12:00:00Z,Europe/Vienna,,,,",
    );
    const study = await studyOf({ events }, { asOf: "2011-12-31" });
    const current = Object.fromEntries(
      [...study.people()].map(({ memberId, calendar, asOf, since, excused }) => [
        memberId,
        Streak.evaluate({ calendar: calendar(), asOf, since, excused }).current.length,
      ]),
    );
    expect(current).toEqual({ apia: 2, both: 1, elsewhere: 1 });
  });

  it("may come with their columns in any order, a byte order mark, CRLF and quotes", async () => {
    const text =
      '\uFEFF"occurred_at",External_ID,member_id\r\n2026-03-01,"a","Otieno, Amina"\r\n 2026-03-02 , b ,"Zoë ""Z"""\r\n';
    const study = await studyOf({ events: text });
    expect(study.told).toEqual([]);
    expect(daysOf(study)).toEqual({ "Otieno, Amina": ["2026-03-01"], 'Zoë "Z"': ["2026-03-02"] });
  });

  it("keep unknown durations and intensities unknown: counted as events, never as minutes", async () => {
    const study = await studyOf({
      events: lines("m1,2026-03-01,,gym_checkin,45,moderate,", "m1,2026-03-01,,,,vigorous,", "m1,2026-03-01,,,12.5,,"),
    });
    const cell = only(study).calendar().get(CivilDate.of("2026-03-01"))!;
    expect(cell).toMatchObject({ events: 3, minutes: 57.5, moderateEquivalentMinutes: 45 });
    expect(cell.contributions.map(({ minutes, intensity, type }) => [minutes, intensity, type])).toEqual([
      [12.5, undefined, "other"],
      [45, "moderate", "gym_checkin"],
      [undefined, "vigorous", "other"],
    ]);
  });

  it("with the same external id and member are one fact; without one, each is its own", async () => {
    const study = await studyOf({
      events: lines(
        "m1,2026-03-01,,,30,,a",
        "m1,2026-03-01,,,30,,a",
        "m2,2026-03-01,,,30,,a",
        "m1,2026-03-01T00:00:00Z,UTC,,30,,",
        "m1,2026-03-01T00:00:00Z,UTC,,30,,",
      ),
    });
    expect(study.facts).toBe(4);
    expect([...study.people()].map(({ calendar }) => calendar().get(CivilDate.of("2026-03-01"))?.events)).toEqual([
      3, 1,
    ]);
  });

  it("that contradict each other are both named and neither is taken, whichever comes first", async () => {
    const rows = ["m1,2026-03-01,,,30,,a", "m1,2026-03-01,,,45,light,a", "m1,2026-03-02,,,30,,b"];
    const study = await studyOf({ events: lines(...rows) });
    expect(study.told).toEqual([
      "events.csv, line 3: its external_id is that of line 2, of the same member and with other duration_minutes, intensity; neither is taken",
    ]);
    expect(daysOf(study)).toEqual({ m1: ["2026-03-02"] });
    expect(daysOf(await studyOf({ events: lines(...rows.toReversed(), rows[0]!) }))).toEqual({ m1: ["2026-03-02"] });
  });

  it("name what they contradict: the time, the day by zone, the type", async () => {
    const study = await studyOf({
      events: lines(
        "m1,2026-03-01T22:00:00Z,UTC,,,,a",
        "m1,2026-03-01T22:00:00Z,Africa/Nairobi,,,,a",
        "m1,2026-03-01,,,,,b",
        "m1,2026-03-01T00:00:00Z,UTC,,,,b",
        "m1,2026-03-01,,gym_checkin,,,c",
        "m1,2026-03-01,,other,,,c",
      ),
    });
    expect(study.told.map((line) => /other (\w+);/.exec(line)?.[1])).toEqual(["zone", "occurred_at", "type"]);
  });

  it("are named one by one where they cannot be taken, each with its line and reason", async () => {
    const study = await studyOf({
      events: lines(
        ",2026-03-01,,,,,",
        "m1,,,,,,",
        "m1,yesterday,,,,,",
        "m1,2026-02-29,,,,,",
        "m1,2026-03-01T10:00:00,,,,,",
        "m1,2026-03-01T10:00:00Z,,,,,",
        "m1,2026-03-01T10:00:00Z,Mars/Base,,,,",
        "m1,2026-03-01,,swim,,,",
        "m1,2026-03-01,,,-5,,",
        "m1,2026-03-01,,,1441,,",
        "m1,2026-03-01,,,1e2,,",
        "m1,2026-03-01,,,,hard,",
        "m1,2026-03-01",
        'm1,2026-03-01,,,,,"',
        "good,2026-03-01,,,1440,light,x",
      ),
    });
    expect(study.badLines).toBe(14);
    expect(study.told.map((line) => line.replace("events.csv, line ", ""))).toEqual([
      "2: member_id is missing",
      "3: occurred_at is missing",
      expect.stringMatching(/^4: occurred_at "yesterday" is neither an ISO 8601 instant .* nor a civil day/),
      expect.stringMatching(/^5: occurred_at "2026-02-29" is neither/),
      expect.stringMatching(/^6: occurred_at "2026-03-01T10:00:00" is neither/),
      "7: 2026-03-01T10:00:00Z is an instant, and no zone says which day it was: fill in zone, or give --zone",
      '8: zone "Mars/Base" is no IANA time zone, like Africa/Nairobi',
      expect.stringMatching(/^9: type "swim" is none of class_attendance, gym_checkin/),
      '10: duration_minutes "-5" is no number of minutes from 0 to 1,440',
      '11: duration_minutes "1441" is no number of minutes from 0 to 1,440',
      '12: duration_minutes "1e2" is no number of minutes from 0 to 1,440',
      '13: intensity "hard" is none of light, moderate, vigorous',
      "14: it has 2 fields, and the header has 7",
      "15: a quote is opened here and never closed",
    ]);
    expect(daysOf(study)).toEqual({ good: ["2026-03-01"] });
  });

  it("that are not UTF-8 are named", async () => {
    const events = new Uint8Array([
      ...new TextEncoder().encode(`${HEADER}\nm`),
      0xff,
      ...new TextEncoder().encode(",2026-03-01,,,,,\n"),
    ]);
    expect((await studyOf({ events })).told).toEqual(["events.csv, line 2: member_id is not UTF-8"]);
  });

  it("need a header that can be understood", async () => {
    const told = async (events: string) => await studyOf({ events }).catch((error: unknown) => error);
    for (const [header, reason] of [
      ["member_id,zone", "it has no column occurred_at"],
      ["member_id,occurred_at,duration_minute", '"duration_minute" is no column of ours'],
      ["member_id,occurred_at,zone,zone", "zone is there twice"],
      ["", "is empty"],
    ] as const) {
      const error = await told(`${header}\nm1,2026-03-01\n`.replace(/^\nm1.*\n/, ""));
      expect(error).toBeInstanceOf(HeaderNotUnderstood);
      expect(String(error)).toContain(reason);
    }
  });

  it("give the same study in any order, fractions of minutes included", { timeout: 60_000 }, async () => {
    const row = fc.record({
      member: fc.constantFrom("m1", "m2"),
      day: fc.integer({ min: 1, max: 4 }),
      minutes: fc.constantFrom("", "0.1", "7.3", "33.3", "45"),
      intensity: fc.constantFrom("", "light", "moderate", "vigorous"),
      id: fc.constantFrom("", "", "", "a", "b"),
    });
    const rows = fc
      .array(row, { maxLength: 25 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    const textOf = (
      all: ReadonlyArray<{ member: string; day: number; minutes: string; intensity: string; id: string }>,
    ) => lines(...all.map((it) => `${it.member},2026-03-0${it.day},,,${it.minutes},${it.intensity},${it.id}`));
    const cells = (study: Study) =>
      [...study.people()].map(({ memberId, calendar }) => [
        memberId,
        [...calendar()].map(([day, { events, minutes, moderateEquivalentMinutes }]) => [
          day,
          events,
          minutes,
          moderateEquivalentMinutes,
        ]),
      ]);
    await fc.assert(
      fc.asyncProperty(rows, async ([all, shuffled]) => {
        const [one, other] = [await studyOf({ events: textOf(all) }), await studyOf({ events: textOf(shuffled) })];
        expect(cells(other)).toEqual(cells(one));
        for (const { calendar } of one.people()) {
          for (const cell of calendar().values()) {
            const fresh = DayCell.of(cell.contributions);
            expect(cell.events).toBe(fresh.events);
            expect(cell.minutes).toBeCloseTo(fresh.minutes, 9);
            expect(cell.moderateEquivalentMinutes).toBeCloseTo(fresh.moderateEquivalentMinutes, 9);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("a study's people", () => {
  const events = lines("m2,2026-03-03,,,,,", "m1,2026-03-05,,,,,", "stranger,2026-03-01,,,,,");
  const sinceOf = async (texts: Texts, options?: Parameters<typeof studyOf>[1]) =>
    Object.fromEntries(
      [...(await studyOf(texts, options)).people()].map(({ memberId, since, asOf }) => [
        memberId,
        `${CivilDate.toIso(since)} ${CivilDate.toIso(asOf)}`,
      ]),
    );

  it("are everybody with an event, in the order of ids, from the earliest day of the file on", async () => {
    const all = await sinceOf({ events });
    expect(Object.keys(all)).toEqual(["m1", "m2", "stranger"]);
    expect(new Set(Object.values(all))).toEqual(new Set(["2026-03-01 2026-03-31"]));
    expect(await sinceOf({ events }, { member: "m1" })).toEqual({ m1: "2026-03-01 2026-03-31" });
  });

  it("begin on --from where it is given", async () => {
    expect((await sinceOf({ events }, { from: "2026-02-01" }))["m1"]).toBe("2026-02-01 2026-03-31");
  });

  it("are those of the members file, with or without events, each for their own days", async () => {
    const members = "member_id,from,to\nidle,2026-02-01,\nm1,2026-03-02,2026-03-20\nm2,,\n";
    expect(await sinceOf({ events, members })).toEqual({
      idle: "2026-02-01 2026-03-31",
      m1: "2026-03-02 2026-03-20",
      m2: "2026-03-01 2026-03-31",
    });
    expect(await sinceOf({ events, members }, { from: "2026-03-10" })).toEqual({
      idle: "2026-03-10 2026-03-31",
      m1: "2026-03-10 2026-03-20",
      m2: "2026-03-10 2026-03-31",
    });
    expect((await studyOf({ events, members })).strangers).toEqual({ people: 1, facts: 1 });
  });

  it("are excused between two spells of membership", async () => {
    const members = "member_id,from,to\nm1,2026-03-20,\nm1,2026-03-01,2026-03-05\nm1,2026-03-04,2026-03-10\n";
    const { since, asOf, excused } = only(await studyOf({ events, members }));
    expect([since, asOf].map(CivilDate.toIso)).toEqual(["2026-03-01", "2026-03-31"]);
    const isExcused = (day: string) => excused(CivilDate.of(day))?.reason;
    expect(["2026-03-10", "2026-03-11", "2026-03-19", "2026-03-20"].map(isExcused)).toEqual([
      undefined,
      "membership_pause",
      "membership_pause",
      undefined,
    ]);
  });

  it("are excused on the days of the excused file, ends included, whatever the reason is called", async () => {
    const excused = "reason,member_id,to,from\nIllness,m1,2026-03-04,2026-03-03\nwedding,m1,,2026-03-30\n";
    const person = only(await studyOf({ events, excused }, { member: "m1" }));
    const reasons = ["02", "03", "04", "05", "30", "31"].map(
      (day) => person.excused(CivilDate.of(`2026-03-${day}`))?.reason,
    );
    expect(reasons).toEqual([undefined, "illness", "illness", undefined, "other", "other"]);
  });

  it("have their bad lines named in every file", async () => {
    const members = "member_id,from,to\nm1,2026-03-05,2026-03-01\n,2026-03-01,\nm1,March,\n";
    const excused = "member_id,from\nm1,\nm2,2026-03-01,x\n";
    expect((await studyOf({ events, members, excused })).told).toEqual([
      "members.csv, line 2: to is before from",
      "members.csv, line 3: member_id is missing",
      'members.csv, line 4: from "March" is no civil day like 2026-03-07',
      "excused.csv, line 2: from is missing",
      "excused.csv, line 3: it has 3 fields, and the header has 2",
    ]);
  });
});
