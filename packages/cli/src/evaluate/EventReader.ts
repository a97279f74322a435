/**
 * Reads a file of movement events into columns, one line at a time, and names every line that says nothing.
 *
 * **Invariant** the facts that stand do not depend on the order of the lines: a fact told twice alike is one, and one that is told in
 * two ways is left out, whichever came first.
 */
import { ZoneRules } from "@zmos/core/kernel";
import { Movement, OccurrenceFromString } from "@zmos/core/pulseloop";
import * as Option from "effect/Option";
import * as Schema from "effect/Schema";
import { ByteDictionary } from "./ByteDictionary.ts";
import type { CsvRecord, CsvSink } from "./CsvParser.ts";
import { ExternalIds } from "./ExternalIds.ts";
import { FactColumns, kindOf } from "./FactColumns.ts";
import { columnsIn, textAt } from "./HeaderColumns.ts";
import { dayAt, instantAt, isDayLong } from "./OccurrenceBytes.ts";

export const EVENT_COLUMNS = [
  "member_id",
  "occurred_at",
  "zone",
  "type",
  "duration_minutes",
  "intensity",
  "external_id",
] as const;

const LONGEST_ID = 200;
const MOST_MINUTES = 1_440;
const DAY_MILLIS = 86_400_000;
const ZERO = 48;
const NINE = 57;
const NO_ZONE = -1;

const decodeOccurrence = Schema.decodeUnknownOption(OccurrenceFromString);

export interface EventReaderOptions {
  /** The people known so far; others are added. */
  readonly members: ByteDictionary;
  /** The zone of instants whose line names none. */
  readonly zone?: string;
  readonly fault: (line: number, reason: string) => void;
  /** About how many lines there are, where that is known: so much room is made at once. */
  readonly expectedRows?: number;
}

export class EventReader implements CsvSink {
  readonly facts = new FactColumns();
  readonly members: ByteDictionary;
  readonly zones = new ByteDictionary();
  /** The zones in which each member moved, where there are any: the number of the zone, or several. */
  readonly zonesOfMember = new Map<number, ReadonlySet<number>>();
  /** Which zone each member's last line named, plus one: whoever stays there needs no look into the map. */
  #lastZones = new Uint16Array(1_024);
  readonly #types = new ByteDictionary(Movement.movementTypes);
  readonly #intensities = new ByteDictionary(Movement.intensities);
  readonly #defaultType = Movement.movementTypes.indexOf("other");
  readonly #defaultZone: number;
  readonly #expectedRows: number;
  #ids: ExternalIds;
  readonly fault: (line: number, reason: string) => void;
  #columns: Readonly<Record<(typeof EVENT_COLUMNS)[number], number>> | undefined;
  #count = 0;

  constructor({ members, zone, fault, expectedRows = 0 }: EventReaderOptions) {
    this.members = members;
    this.fault = fault;
    this.#defaultZone = zone === undefined ? NO_ZONE : this.zones.numberOf(zone);
    this.#expectedRows = expectedRows;
    this.#ids = new ExternalIds(this.#again);
  }

  get hasHeader(): boolean {
    return this.#columns !== undefined;
  }

  record(record: CsvRecord): void {
    const columns = this.#columns;
    if (columns === undefined) {
      this.#columns = columnsIn(record, EVENT_COLUMNS, ["member_id", "occurred_at"]);
      this.#count = record.count;
      this.facts.reserve(this.#expectedRows);
      if (this.#columns.external_id >= 0) this.#ids = new ExternalIds(this.#again, this.#expectedRows);
      return;
    }
    if (record.count !== this.#count) {
      this.fault(record.line, `it has ${fieldsText(record.count)}, and the header has ${this.#count}`);
      return;
    }
    const { bytes, starts, ends, line } = record;

    const memberAt = columns.member_id;
    let member = this.members.find(bytes, starts[memberAt]!, ends[memberAt]!);
    if (member < 0) {
      member = this.#newMember(record, memberAt);
      if (member < 0) return;
    }

    const timeAt = columns.occurred_at;
    const timeStart = starts[timeAt]!;
    const timeEnd = ends[timeAt]!;
    let isDay = isDayLong(timeStart, timeEnd);
    let instant = isDay ? dayAt(bytes, timeStart) * DAY_MILLIS : instantAt(bytes, timeStart, timeEnd);
    if (instant !== instant) {
      const occurrence = Option.getOrUndefined(decodeOccurrence(textAt(record, timeAt)));
      if (occurrence === undefined) {
        this.fault(line, timeStart === timeEnd ? "occurred_at is missing" : this.#badTime(record, timeAt));
        return;
      }
      isDay = occurrence.precision === "day";
      instant = occurrence.precision === "day" ? occurrence.day * DAY_MILLIS : occurrence.instant;
    }

    const zoneAt = columns.zone;
    let zone = this.#defaultZone;
    if (zoneAt >= 0 && starts[zoneAt] !== ends[zoneAt]) {
      zone = this.zones.find(bytes, starts[zoneAt]!, ends[zoneAt]!);
      if (zone < 0) {
        zone = this.#newZone(record, zoneAt);
        if (zone < 0) return;
      }
    }
    let day: number;
    if (isDay) day = instant / DAY_MILLIS;
    else if (zone === NO_ZONE) {
      this.fault(
        line,
        `${textAt(record, timeAt)} is an instant, and no zone says which day it was: fill in zone, or give --zone`,
      );
      return;
    } else day = ZoneRules.civilDateOf(this.zones.textOf(zone), instant);

    let type = this.#defaultType;
    const typeAt = columns.type;
    if (typeAt >= 0 && starts[typeAt] !== ends[typeAt]) {
      type = this.#types.find(bytes, starts[typeAt]!, ends[typeAt]!);
      if (type < 0) {
        this.fault(line, `type ${quoted(record, typeAt)} is none of ${Movement.movementTypes.join(", ")}`);
        return;
      }
    }
    let intensity = 0;
    const intensityAt = columns.intensity;
    if (intensityAt >= 0 && starts[intensityAt] !== ends[intensityAt]) {
      intensity = this.#intensities.find(bytes, starts[intensityAt]!, ends[intensityAt]!) + 1;
      if (intensity === 0) {
        this.fault(line, `intensity ${quoted(record, intensityAt)} is none of ${Movement.intensities.join(", ")}`);
        return;
      }
    }
    let minutes = NaN;
    const minutesAt = columns.duration_minutes;
    if (minutesAt >= 0 && starts[minutesAt] !== ends[minutesAt]) {
      minutes = minutesIn(record, minutesAt);
      if (!(minutes <= MOST_MINUTES)) {
        this.fault(line, `duration_minutes ${quoted(record, minutesAt)} is no number of minutes from 0 to 1,440`);
        return;
      }
    }

    if (zone !== NO_ZONE && this.#lastZones[member] !== zone + 1) this.#noteZone(member, zone);
    const { facts } = this;
    facts.add(member, day, instant, minutes, kindOf(type, intensity, isDay), line);
    const idAt = columns.external_id;
    if (idAt >= 0 && starts[idAt] !== ends[idAt]) {
      this.#ids.told(member, bytes, starts[idAt]!, ends[idAt]!, facts.size - 1);
    }
  }

  /** The lines came to an end: looks up what still waits, and forgets what is needed only while they come in. */
  finish(): void {
    this.#ids.settle();
    this.#ids = new ExternalIds(this.#again);
  }

  /** A fact that was told before: alike, or otherwise. */
  readonly #again = (first: number, row: number): void => {
    const { facts } = this;
    const fields = facts.differences(first, row);
    facts.repeat(row);
    if (fields.length === 0) return;
    facts.contradict(first);
    this.fault(
      facts.lineOf(row),
      `its external_id is that of line ${facts.lineOf(first)}, of the same member and with other ${fields.join(", ")}; neither is taken`,
    );
  };

  #newMember(record: CsvRecord, at: number): number {
    const start = record.starts[at]!;
    const end = record.ends[at]!;
    const text = textAt(record, at);
    const reason =
      start === end
        ? "member_id is missing"
        : text === undefined
          ? "member_id is not UTF-8"
          : text.length > LONGEST_ID
            ? `member_id is longer than ${LONGEST_ID} characters`
            : undefined;
    if (reason !== undefined) {
      this.fault(record.line, reason);
      return -1;
    }
    return this.members.add(record.bytes, start, end, text!);
  }

  #newZone(record: CsvRecord, at: number): number {
    const name = textAt(record, at);
    if (name === undefined || name.length > 64 || !ZoneRules.isZone(name)) {
      this.fault(record.line, `zone ${quoted(record, at)} is no IANA time zone, like Africa/Nairobi`);
      return -1;
    }
    return this.zones.add(record.bytes, record.starts[at]!, record.ends[at]!, name);
  }

  #noteZone(member: number, zone: number): void {
    if (member >= this.#lastZones.length) {
      const larger = new Uint16Array(Math.max(this.members.size, this.#lastZones.length * 2));
      larger.set(this.#lastZones);
      this.#lastZones = larger;
    }
    this.#lastZones[member] = zone + 1;
    const known = this.zonesOfMember.get(member);
    if (known?.has(zone) !== true) this.zonesOfMember.set(member, new Set([...(known ?? []), zone]));
  }

  #badTime(record: CsvRecord, at: number): string {
    return `occurred_at ${quoted(record, at)} is neither an ISO 8601 instant with its offset, like 2026-03-07T06:00:00Z, nor a civil day, like 2026-03-07`;
  }
}

const fieldsText = (count: number): string => (count === 1 ? "one field" : `${count} fields`);

/** A field for people to recognise. */
const quoted = (record: CsvRecord, at: number): string => {
  const text = textAt(record, at);
  return text === undefined ? "that is not UTF-8" : `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
};

const MOST_DIGITS = 6;
const DECIMAL = /^\d+(\.\d+)?$/;

const minutesIn = (record: CsvRecord, at: number): number => {
  const { bytes, starts, ends } = record;
  const start = starts[at]!;
  const end = ends[at]!;
  if (end - start > MOST_DIGITS) return decimalIn(record, at);
  let minutes = 0;
  for (let index = start; index < end; index++) {
    const byte = bytes[index]!;
    if (byte < ZERO || byte > NINE) return decimalIn(record, at);
    minutes = minutes * 10 + byte - ZERO;
  }
  return minutes;
};

const decimalIn = (record: CsvRecord, at: number): number => {
  const text = textAt(record, at);
  return text !== undefined && DECIMAL.test(text) ? Number(text) : NaN;
};
