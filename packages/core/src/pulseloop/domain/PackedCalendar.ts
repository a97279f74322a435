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
export const of = (calendar: ActivityCalendar): PackedCalendar => put(empty, calendar);

/** The packed calendar with other totals on some days; a day without events leaves it. */
export const put = (packed: PackedCalendar, changes: Iterable<readonly [CivilDate, Totals]>): PackedCalendar => {
  // Where a day is told twice, the later telling holds.
  const changed = [...new Map(changes)].sort(byDay);
  const { days } = packed;
  const into = new Filling(packed, days.length + changed.length);
  let from = 0;
  for (const [day, totals] of changed) {
    const upTo = firstFrom(days, day);
    into.copy(from, upTo);
    into.enter(day, totals);
    from = days[upTo] === day ? upTo + 1 : upTo;
  }
  into.copy(from, days.length);
  return into.packed();
};

const byDay = ([left]: readonly [number, Totals], [right]: readonly [number, Totals]): number => left - right;

/** Columns that are filled from the left, with stretches of those that were there and days that are new: this is done for every fact. */
class Filling {
  readonly #from: PackedCalendar;
  readonly #days: Int32Array<ArrayBuffer>;
  readonly #events: Float64Array<ArrayBuffer>;
  readonly #minutes: Float64Array<ArrayBuffer>;
  readonly #moderateEquivalentMinutes: Float64Array<ArrayBuffer>;
  #count = 0;

  constructor({ days, events, minutes, moderateEquivalentMinutes }: PackedCalendar, atMost: number) {
    this.#from = { days, events, minutes, moderateEquivalentMinutes };
    this.#days = new Int32Array(atMost);
    this.#events = new Float64Array(atMost);
    this.#minutes = new Float64Array(atMost);
    this.#moderateEquivalentMinutes = new Float64Array(atMost);
  }

  /** The days from one place of what was there to before another. */
  copy(start: number, end: number): void {
    const { days, events, minutes, moderateEquivalentMinutes } = this.#from;
    for (let index = start; index < end; index++) {
      const at = this.#count++;
      this.#days[at] = days[index]!;
      this.#events[at] = events[index]!;
      this.#minutes[at] = minutes[index]!;
      this.#moderateEquivalentMinutes[at] = moderateEquivalentMinutes[index]!;
    }
  }

  enter(day: number, totals: Totals): void {
    if (totals.events <= 0) return;
    const at = this.#count++;
    this.#days[at] = day;
    this.#events[at] = totals.events;
    this.#minutes[at] = totals.minutes;
    this.#moderateEquivalentMinutes[at] = totals.moderateEquivalentMinutes;
  }

  packed(): PackedCalendar {
    return {
      days: this.#days.subarray(0, this.#count),
      events: this.#events.subarray(0, this.#count),
      minutes: this.#minutes.subarray(0, this.#count),
      moderateEquivalentMinutes: this.#moderateEquivalentMinutes.subarray(0, this.#count),
    };
  }
}

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

/** Whether there was movement on this day. */
export const has = ({ days }: PackedCalendar, day: CivilDate): boolean => days[firstFrom(days, day)] === day;

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
