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
  const totals = new Map<number, Totals>();
  for (let index = 0; index < days.length; index++) {
    totals.set(days[index]!, {
      events: events[index]!,
      minutes: minutes[index]!,
      moderateEquivalentMinutes: moderateEquivalentMinutes[index]!,
    });
  }
  for (const [day, total] of changes) {
    if (total.events > 0) totals.set(day, total);
    else totals.delete(day);
  }
  return pack([...totals].sort(([left], [right]) => left - right));
};

const pack = (entries: ReadonlyArray<readonly [number, Totals]>): PackedCalendar => ({
  days: Int32Array.from(entries, ([day]) => day),
  events: Float64Array.from(entries, ([, { events }]) => events),
  minutes: Float64Array.from(entries, ([, { minutes }]) => minutes),
  moderateEquivalentMinutes: Float64Array.from(entries, ([, totals]) => totals.moderateEquivalentMinutes),
});

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
    !events.every((value) => isWholeTo(value, 0xff)) ||
    !minutes.every((value) => isWholeTo(value, 0xffff)) ||
    !moderateEquivalentMinutes.every((value) => isWholeTo(value, 0xffff));
  const bytes = new Uint8Array(bytesOf(count, isWide));
  const header = new DataView(bytes.buffer);
  header.setUint32(0, count, true);
  header.setUint32(4, isWide ? 1 : 0, true);
  header.setInt32(8, first, true);
  const offsets = days.map((day) => day - first);
  const columns = isWide
    ? [offsets, Float64Array.from(events), Float64Array.from(minutes), Float64Array.from(moderateEquivalentMinutes)]
    : [
        Uint16Array.from(offsets),
        Uint8Array.from(events),
        Uint16Array.from(minutes),
        Uint16Array.from(moderateEquivalentMinutes),
      ];
  let at = HEADER_BYTES;
  for (const column of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += padded(column.byteLength);
  }
  return bytes;
};

const isWholeTo = (value: number, largest: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= largest;

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
