/**
 * Calendars as `text/calendar`, written by ts-ics.
 *
 * **Source** RFC 5545; the calendar's name as X-WR-CALNAME, which calendar applications read.
 */
import type { CalendarDocument, CalendarEvent } from "@zmos/core/moveos";
import type { Instant } from "@zmos/core/kernel";
import * as DateTime from "effect/DateTime";
import { generateIcsCalendar, type IcsEvent } from "ts-ics";

const PRODUCT = "-//Zimasa//ZMOS//EN";
const LINE_OCTETS = 75;

/** How often applications are asked to look again. **Source** RFC 7986, 5.7; X-PUBLISHED-TTL for those before it. */
const REFRESH = "PT1H";

export const write = ({ name, writtenAt, events }: CalendarDocument): string =>
  fold(
    generateIcsCalendar({
      version: "2.0",
      prodId: PRODUCT,
      method: "PUBLISH",
      // The library escapes the texts of events, and this one not.
      name: escape(plain(name)),
      events: events.map((event) => toIcsEvent(event, writtenAt)),
    }).replace(
      "\r\nMETHOD:PUBLISH\r\n",
      `\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nREFRESH-INTERVAL;VALUE=DURATION:${REFRESH}\r\nX-PUBLISHED-TTL:${REFRESH}\r\n`,
    ),
  );

const toIcsEvent = (event: CalendarEvent, writtenAt: Instant): IcsEvent => ({
  uid: event.uid,
  stamp: { date: dateOf(writtenAt) },
  lastModified: { date: dateOf(event.changedAt) },
  start: { date: dateOf(event.startTime) },
  end: { date: dateOf(event.endTime) },
  summary: plain(event.summary),
  location: plain(event.location),
  ...(event.description !== undefined && { description: plain(event.description) }),
  status: event.isCancelled ? "CANCELLED" : "CONFIRMED",
  sequence: event.sequence,
});

const dateOf = (instant: Instant): Date => DateTime.toDateUtc(DateTime.makeUnsafe(instant));

/** A carriage return would end the line for applications that are lenient. */
const plain = (text: string): string => text.replaceAll(/\r\n?/g, "\n");

/** **Source** RFC 5545, 3.3.11. */
const escape = (text: string): string => text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll("\n", "\\n");

/** Lines of at most 75 octets, broken between characters: the library counts UTF-16 units and breaks characters. **Source** RFC 5545, 3.1. */
const fold = (text: string): string =>
  text
    .replaceAll(/\r\n[ \t]/g, "")
    .split("\r\n")
    .map(foldLine)
    .join("\r\n");

const foldLine = (line: string): string => {
  let folded = "";
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LINE_OCTETS) {
      folded += "\r\n ";
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
};
