import { CivilDate } from "@zmos/core/kernel";
import { OccurrenceFromString } from "@zmos/core/pulseloop";
import * as Option from "effect/Option";
import * as Schema from "effect/Schema";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayAt, instantAt } from "../../src/evaluate/OccurrenceBytes.ts";

const decode = Schema.decodeUnknownOption(OccurrenceFromString);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What the core makes of a text: an instant, or nothing. */
const slow = (text: string): number | undefined => {
  const occurrence = Option.getOrUndefined(decode(text));
  return occurrence?.precision === "instant" ? occurrence.instant : undefined;
};
const fast = (text: string): number => instantAt(bytesOf(text), 0, text.length);

const two = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((number) => String(number).padStart(2, "0"));
const instantText = fc
  .record({
    year: fc.constantFrom("1899", "1900", "2024", "2026", "2200", "2201"),
    month: two(0, 13),
    day: two(0, 32),
    hour: two(0, 24),
    minute: two(0, 60),
    second: two(0, 60),
    fraction: fc.constantFrom("", ".", ".5", ".25", ".125", ".1239", ".123456789"),
    offset: fc.constantFrom("Z", "z", "+03:00", "-09:30", "+05:45", "+24:00", "+14:60", "", "+0300"),
  })
  .map((it) => `${it.year}-${it.month}-${it.day}T${it.hour}:${it.minute}:${it.second}${it.fraction}${it.offset}`);

describe("OccurrenceBytes", () => {
  it("reads an instant as the core does, or leaves it to the core", () => {
    let read = 0;
    fc.assert(
      fc.property(instantText, (text) => {
        const instant = fast(text);
        if (Number.isNaN(instant)) return;
        read++;
        expect(instant, text).toBe(slow(text));
      }),
      { numRuns: 5_000 },
    );
    expect(read).toBeGreaterThan(200);
  });

  it("reads the usual forms itself", () => {
    for (const text of ["2026-03-07T06:00:00Z", "2026-03-07T09:00:00.250+03:00", "2024-02-29T23:59:59.5-05:00"]) {
      expect(fast(text)).toBe(slow(text));
    }
    expect(fast("2026-03-07T06:00:00+03:00")).toBe(Date.UTC(2026, 2, 7, 3));
  });

  it("knows no instant beyond the first and the last year, whatever the offset", () => {
    for (const text of ["1900-01-01T00:00:00+03:00", "1900-01-01T00:00:00Z", "2200-12-31T23:59:59.999-00:01"]) {
      const instant = fast(text);
      expect(Number.isNaN(instant) ? undefined : instant, text).toBe(slow(text));
    }
  });

  it("is not misled by text that only looks like an instant", () => {
    for (const text of [
      "2026-02-30T06:00:00Z",
      "2026-03-07 06:00:00Z",
      "2026-03-07T06:00:00",
      "2026-03-07T06-00-00Z",
      "20a6-03-07T06:00:00Z",
    ]) {
      expect(fast(text)).toBeNaN();
    }
  });

  it("reads every civil day from 1900 to 2200, and no other", () => {
    for (let day = CivilDate.of("1900-01-01"); day <= CivilDate.of("2200-12-31"); day = CivilDate.addDays(day, 1)) {
      if (dayAt(bytesOf(CivilDate.toIso(day)), 0) !== day) expect.unreachable(CivilDate.toIso(day));
    }
    for (const text of [
      "2026-02-29",
      "1899-12-31",
      "2201-01-01",
      "2026-13-01",
      "2026-00-10",
      "2026-01-00",
      "2026/01/01",
      "26-01-0001",
    ]) {
      expect(dayAt(bytesOf(text), 0)).toBeNaN();
    }
  });
});
