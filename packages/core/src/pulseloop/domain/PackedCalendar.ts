/**
 * A calendar's totals as columns, for reading many members fast: what a day added up to, without the facts behind it.
 *
 * Derived from day cells and kept beside them; what it says, the cells say too.
 *
 * **Shape** one entry a day with movement, in ascending order of days. As bytes (little-endian): the number of days (u32), the width of
 * the columns (u32: 0 narrow, 1 wide), the first day (i32), nothing (u32); then the columns: days since the first, events, minutes,
 * moderate-equivalent minutes, each padded to 8 bytes. Narrow ones are u16, u8, u16 and u16 wide, which holds whole minutes of most lives; wide ones
 * are i32 and three times f64.
 *
 * **Units** days are epoch days; minutes.
 *
 * **Invariant** `decode(encode(packed))` says what `packed` says; `of(calendar)` agrees with the cells' totals.
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

type Column = Uint8Array | Uint16Array | Float64Array;

type Totals = Pick<DayCell, "events" | "minutes" | "moderateEquivalentMinutes">;

const HEADER_BYTES = 16;

export const empty: PackedCalendar = {
  days: new Int32Array(),
  events: new Float64Array(),
  minutes: new Float64Array(),
  moderateEquivalentMinutes: new Float64Array(),
};

/** Packs a calendar's totals. */
export const of = (calendar: ActivityCalendar): PackedCalendar =>
  pack([...calendar].filter(([, { events }]) => events > 0).sort(([left], [right]) => left - right));

/** The packed calendar with other totals on some days; a day without events leaves it. */
export const put = (packed: PackedCalendar, changes: Iterable<readonly [CivilDate, Totals]>): PackedCalendar => {
  const { days, events, minutes, moderateEquivalentMinutes } = packed;
  // Where a day is told twice, the later telling holds.
  const changed = [...new Map(changes)].sort(byDay);
  const entries: Array<readonly [number, Totals]> = [];
  let next = 0;
  const changesBefore = (day: number) => {
    for (; next < changed.length && changed[next]![0] < day; next++) enter(changed[next]!);
  };
  const enter = (entry: readonly [number, Totals]) => {
    if (entry[1].events > 0) entries.push(entry);
  };
  for (let index = 0; index < days.length; index++) {
    const day = days[index]!;
    changesBefore(day);
    if (changed[next]?.[0] === day) {
      enter(changed[next++]!);
    } else {
      entries.push([
        day,
        {
          events: events[index]!,
          minutes: minutes[index]!,
          moderateEquivalentMinutes: moderateEquivalentMinutes[index]!,
        },
      ]);
    }
  }
  changesBefore(Infinity);
  return pack(entries);
};

const byDay = ([left]: readonly [number, Totals], [right]: readonly [number, Totals]): number => left - right;

/** Filled one by one: a typed array made from an iterable takes many times as long, and this is done for every fact. */
const pack = (entries: ReadonlyArray<readonly [number, Totals]>): PackedCalendar => {
  const count = entries.length;
  const days = new Int32Array(count);
  const events = new Float64Array(count);
  const minutes = new Float64Array(count);
  const moderateEquivalentMinutes = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const [day, totals] = entries[index]!;
    days[index] = day;
    events[index] = totals.events;
    minutes[index] = totals.minutes;
    moderateEquivalentMinutes[index] = totals.moderateEquivalentMinutes;
  }
  return { days, events, minutes, moderateEquivalentMinutes };
};

/** Where the first day that is not before `from` stands among ascending days. */
export const firstFrom = (days: Int32Array, from: number): number => {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (days[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** How many bytes an entry takes in each column: days, events, minutes, moderate-equivalent minutes. */
const NARROW = [2, 1, 2, 2] as const;
const WIDE = [4, 8, 8, 8] as const;

const padded = (bytes: number): number => (bytes + 7) & ~7;

const bytesOf = (count: number, isWide: boolean): number => {
  let bytes = HEADER_BYTES;
  for (const width of isWide ? WIDE : NARROW) bytes += padded(count * width);
  return bytes;
};

/** The packed calendar as bytes. */
export const encode = (packed: PackedCalendar): Uint8Array => {
  const { days, events, minutes, moderateEquivalentMinutes } = packed;
  const count = days.length;
  const first = days[0] ?? 0;
  const isWide =
    (days[count - 1] ?? 0) - first > 0xffff ||
    !areWholeTo(events, 0xff) ||
    !areWholeTo(minutes, 0xffff) ||
    !areWholeTo(moderateEquivalentMinutes, 0xffff);
  const buffer = new ArrayBuffer(bytesOf(count, isWide));
  const header = new DataView(buffer);
  header.setUint32(0, count, true);
  header.setUint32(4, isWide ? 1 : 0, true);
  header.setInt32(8, first, true);
  const widths = isWide ? WIDE : NARROW;
  let at = HEADER_BYTES;
  const offsets = isWide ? new Int32Array(buffer, at, count) : new Uint16Array(buffer, at, count);
  for (let index = 0; index < count; index++) offsets[index] = days[index]! - first;
  at += padded(count * widths[0]);
  (isWide ? new Float64Array(buffer, at, count) : new Uint8Array(buffer, at, count)).set(events);
  at += padded(count * widths[1]);
  (isWide ? new Float64Array(buffer, at, count) : new Uint16Array(buffer, at, count)).set(minutes);
  at += padded(count * widths[2]);
  (isWide ? new Float64Array(buffer, at, count) : new Uint16Array(buffer, at, count)).set(moderateEquivalentMinutes);
  return new Uint8Array(buffer);
};

const areWholeTo = (column: Column, largest: number): boolean => {
  for (let index = 0; index < column.length; index++) {
    const value = column[index]!;
    if (!(value >= 0 && value <= largest && Number.isInteger(value))) return false;
  }
  return true;
};

/** The packed calendar that begins at `offset`, and where the next one would. It reads the bytes when it is asked. */
export const decode = (
  bytes: Uint8Array<ArrayBuffer>,
  offset = 0,
): { readonly packed: PackedCalendar; readonly next: number } => {
  const header = new DataView(bytes.buffer, bytes.byteOffset + offset, HEADER_BYTES);
  const count = header.getUint32(0, true);
  const isWide = header.getUint32(4, true) === 1;
  const next = offset + bytesOf(count, isWide);
  // Typed arrays must begin at multiples of their size; bytes that came off a wire may not, and then are copied.
  const isAligned = (bytes.byteOffset + offset) % 8 === 0;
  const at = isAligned ? bytes.byteOffset + offset : 0;
  const buffer = isAligned ? bytes.buffer : bytes.slice(offset, next).buffer;
  return { packed: new DecodedCalendar(buffer, at + HEADER_BYTES, count, header.getInt32(8, true), isWide), next };
};

/** Makes a column when it is asked for: most questions ask for one of them. */
class DecodedCalendar implements PackedCalendar {
  readonly #buffer: ArrayBuffer;
  readonly #at: number;
  readonly #count: number;
  readonly #first: number;
  readonly #isWide: boolean;
  #days: Int32Array | undefined;

  constructor(buffer: ArrayBuffer, at: number, count: number, first: number, isWide: boolean) {
    this.#buffer = buffer;
    this.#at = at;
    this.#count = count;
    this.#first = first;
    this.#isWide = isWide;
  }

  get days(): Int32Array {
    if (this.#days === undefined) {
      const Offsets = this.#isWide ? Int32Array : Uint16Array;
      const days = new Int32Array(new Offsets(this.#buffer, this.#at, this.#count));
      for (let index = 0; index < days.length; index++) days[index]! += this.#first;
      this.#days = days;
    }
    return this.#days;
  }

  get events(): Column {
    const Counts = this.#isWide ? Float64Array : Uint8Array;
    return new Counts(this.#buffer, this.#startOf(1), this.#count);
  }

  get minutes(): Column {
    const Minutes = this.#isWide ? Float64Array : Uint16Array;
    return new Minutes(this.#buffer, this.#startOf(2), this.#count);
  }

  get moderateEquivalentMinutes(): Column {
    const Minutes = this.#isWide ? Float64Array : Uint16Array;
    return new Minutes(this.#buffer, this.#startOf(3), this.#count);
  }

  #startOf(column: number): number {
    const widths = this.#isWide ? WIDE : NARROW;
    let at = this.#at;
    for (let before = 0; before < column; before++) at += padded(this.#count * widths[before]!);
    return at;
  }
}
