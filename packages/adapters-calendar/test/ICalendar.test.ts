import { assert, describe, it } from "@effect/vitest";
import { Instant } from "@zmos/core/kernel";
import { type CalendarDocument, type CalendarEvent, CalendarFeedFormat } from "@zmos/core/moveos";
import * as Effect from "effect/Effect";
import * as fc from "fast-check";
import { convertIcsCalendar } from "ts-ics";
import { CalendarAdapters } from "../src/index.ts";

const write = (calendar: CalendarDocument) =>
  Effect.runSync(
    Effect.flatMap(CalendarFeedFormat, (format) => format.write(calendar)).pipe(Effect.provide(CalendarAdapters.layer)),
  );

const at = (text: string) => Instant.make(Date.parse(text));

const spin: CalendarEvent = {
  uid: "01a0a1f4-0000-7000-8000-000000000003",
  sequence: 2,
  startTime: at("2026-12-01T06:00:00Z"),
  endTime: at("2026-12-01T06:45:00Z"),
  changedAt: at("2026-11-30T10:00:00Z"),
  isCancelled: false,
  summary: "Morning Spin",
  location: "Studio 1, Lavington",
};

const calendarOf = (...events: ReadonlyArray<CalendarEvent>): CalendarDocument => ({
  name: "Lavington",
  writtenAt: at("2026-11-30T12:00:00Z"),
  events,
});

const unfold = (text: string) => text.replaceAll("\r\n ", "").split("\r\n");

describe("a calendar as text", () => {
  it("is what RFC 5545 asks for: instants in UTC, the session's own id, how often it changed", () => {
    assert.deepStrictEqual(unfold(write(calendarOf(spin))), [
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//Zimasa//ZMOS//EN",
      "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH",
      "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
      "X-PUBLISHED-TTL:PT1H",
      "X-WR-CALNAME:Lavington",
      "BEGIN:VEVENT",
      "UID:01a0a1f4-0000-7000-8000-000000000003",
      "DTSTAMP:20261130T120000Z",
      "LAST-MODIFIED:20261130T100000Z",
      "DTSTART:20261201T060000Z",
      "DTEND:20261201T064500Z",
      "SUMMARY:Morning Spin",
      "LOCATION:Studio 1\\, Lavington",
      "STATUS:CONFIRMED",
      "SEQUENCE:2",
      "END:VEVENT",
      "END:VCALENDAR",
      "",
    ]);
  });

  it("says that a session is cancelled", () =>
    assert.include(unfold(write(calendarOf({ ...spin, isCancelled: true }))), "STATUS:CANCELLED"));

  it("of nothing is a calendar", () =>
    assert.strictEqual(convertIcsCalendar(undefined, write(calendarOf())).events?.length ?? 0, 0));

  const text = fc
    .oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }),
      fc.stringMatching(/^[a-z;,\\:"\n ]{1,200}$/),
      fc.constant("🏃🏾".repeat(60)),
    )
    .map((drawn) => drawn.replaceAll(/\p{Cc}/gu, (sign) => (sign === "\n" ? sign : "")).trim())
    .filter((kept) => kept.length > 0);

  it("has lines of at most 75 octets that end with CRLF and break no character, and is read back as it was", () =>
    fc.assert(
      fc.property(text, text, (summary, name) => {
        const written = write({ ...calendarOf({ ...spin, summary }), name });
        const lines = written.split("\r\n");
        assert.strictEqual(lines.at(-1), "");
        for (const line of lines) {
          assert.isAtMost(Buffer.byteLength(line), 75);
          assert.isTrue(line.isWellFormed());
          assert.notMatch(line, /[\r\n]/);
        }
        assert.strictEqual(lines.filter((line) => line.startsWith("BEGIN:VEVENT")).length, 1);
        const event = convertIcsCalendar(undefined, written).events?.[0];
        assert.strictEqual(event?.summary, summary);
        assert.strictEqual(event?.start.date.toISOString(), "2026-12-01T06:00:00.000Z");
        assert.strictEqual(event?.sequence, 2);
      }),
    ));

  it("does not let a name become a line of its own", () => {
    const written = write({ ...calendarOf({ ...spin, summary: "x\r\nSTATUS:CANCELLED" }), name: "y\rMETHOD:CANCEL" });
    assert.notInclude(unfold(written), "STATUS:CANCELLED");
    assert.notInclude(written.split(/\r\n|\r|\n/), "METHOD:CANCEL");
  });
});

describe("the secret of a feed's address", () => {
  it("is never the same, holds 256 bits, and its digest is another text", () => {
    const [one, other, digest] = Effect.runSync(
      Effect.gen(function* () {
        const format = yield* CalendarFeedFormat;
        const secret = yield* format.newSecret;
        return [secret, yield* format.newSecret, yield* format.digestOf(secret)] as const;
      }).pipe(Effect.provide(CalendarAdapters.layer)),
    );
    assert.notStrictEqual(one, other);
    assert.strictEqual(Buffer.from(one, "base64url").length, 32);
    assert.notStrictEqual(digest, one);
  });
});
