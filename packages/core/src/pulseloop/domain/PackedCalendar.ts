/**
 * A calendar's totals as columns, for reading many members fast: what a day added up to, without the facts behind it.
 *
 * Derived from day cells and kept beside them; what it says, the cells say too.
 *
 * **Shape** one entry a day with movement, in ascending order of days. As bytes (little-endian): the number of days (u32), the kind of
 * numbers (u32: 0 whole, 1 fractions), then the columns days (i32), events (u16 or f64), minutes and moderate-equivalent
 * minutes (u16 or f64), and padding to 8 bytes.
 *
 * **Units** days are epoch days; minutes.
 *
 * **Invariant** `decode(encode(packed))` is `packed`; `of(calendar)` agrees with the cells' totals.
 */
import type { CivilDate } from "../../kernel/CivilDate.ts";
import type { ActivityCalendar } from "./ActivityCalendar.ts";
import type { DayCell } from "./DayCell.ts";

export interface PackedCalendar {
  readonly days: Int32Array;
  readonly events: Column;
  readonly minutes: Column;
  readonly moderateEquivalentMinutes: Column;
}

type Column = Uint16Array | Float64Array;

type Totals = Pick<DayCell, "events" | "minutes" | "moderateEquivalentMinutes">;

const HEADER_BYTES = 8;
const LARGEST_WHOLE = 0xffff;

export const empty: PackedCalendar = {
  days: new Int32Array(),
  events: new Uint16Array(),
  minutes: new Uint16Array(),
  moderateEquivalentMinutes: new Uint16Array(),
};

/** Packs a calendar's totals. */
export const of = (calendar: ActivityCalendar): PackedCalendar =>
  pack([...calendar].filter(([, { events }]) => events > 0).sort(([left], [right]) => left - right));

/** The packed calendar with other totals on some days; a day without events leaves it. */
export const put = (packed: PackedCalendar, changes: Iterable<readonly [CivilDate, Totals]>): PackedCalendar => {
  const totals = new Map<number, Totals>();
  for (let index = 0; index < packed.days.length; index++) {
    totals.set(packed.days[index]!, {
      events: packed.events[index]!,
      minutes: packed.minutes[index]!,
      moderateEquivalentMinutes: packed.moderateEquivalentMinutes[index]!,
    });
  }
  for (const [day, total] of changes) {
    if (total.events > 0) totals.set(day, total);
    else totals.delete(day);
  }
  return pack([...totals].sort(([left], [right]) => left - right));
};

const pack = (entries: ReadonlyArray<readonly [number, Totals]>): PackedCalendar => {
  const column = (measure: keyof Totals): Column => {
    const values = entries.map(([, totals]) => totals[measure]);
    return values.every(isWhole) ? Uint16Array.from(values) : Float64Array.from(values);
  };
  const columns = {
    events: column("events"),
    minutes: column("minutes"),
    moderateEquivalentMinutes: column("moderateEquivalentMinutes"),
  };
  const days = Int32Array.from(entries, ([day]) => day);
  if (Object.values(columns).every((values) => values instanceof Uint16Array)) return { days, ...columns };
  return {
    days,
    events: Float64Array.from(columns.events),
    minutes: Float64Array.from(columns.minutes),
    moderateEquivalentMinutes: Float64Array.from(columns.moderateEquivalentMinutes),
  };
};

const isWhole = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= LARGEST_WHOLE;

const bytesOf = (count: number, isFractional: boolean): number =>
  padded(HEADER_BYTES + padded(count * 4) + 3 * padded(count * (isFractional ? 8 : 2)));

const padded = (bytes: number): number => (bytes + 7) & ~7;

/** The packed calendar as bytes. */
export const encode = (packed: PackedCalendar): Uint8Array => {
  const count = packed.days.length;
  const isFractional = packed.minutes instanceof Float64Array;
  const bytes = new Uint8Array(bytesOf(count, isFractional));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, count, true);
  view.setUint32(4, isFractional ? 1 : 0, true);
  let offset = HEADER_BYTES;
  for (const column of [packed.days, packed.events, packed.minutes, packed.moderateEquivalentMinutes]) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), offset);
    offset += padded(column.byteLength);
  }
  return bytes;
};

/** The packed calendar that begins at `offset`, and where the next one would. The columns are views of the bytes. */
export const decode = (bytes: Uint8Array, offset = 0): { readonly packed: PackedCalendar; readonly next: number } => {
  const header = new DataView(bytes.buffer, bytes.byteOffset + offset, HEADER_BYTES);
  const count = header.getUint32(0, true);
  const isFractional = header.getUint32(4, true) === 1;
  const next = offset + bytesOf(count, isFractional);
  // Typed arrays must begin at multiples of their size; bytes that came off a wire may not, and then are copied.
  const isAligned = (bytes.byteOffset + offset) % 8 === 0;
  const { buffer, byteOffset } = isAligned ? bytes.subarray(offset, next) : bytes.slice(offset, next);
  let at = byteOffset + HEADER_BYTES;
  const days = new Int32Array(buffer, at, count);
  at += padded(count * 4);
  const column = (): Column => {
    const values = isFractional ? new Float64Array(buffer, at, count) : new Uint16Array(buffer, at, count);
    at += padded(values.byteLength);
    return values;
  };
  return { packed: { days, events: column(), minutes: column(), moderateEquivalentMinutes: column() }, next };
};
