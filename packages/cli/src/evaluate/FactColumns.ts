/**
 * Facts as columns: a row a fact, a few bytes a column, so that ten million of them fit where as many objects would not.
 *
 * **Units** `days`: epoch days; `minutes`: minutes, NaN where unknown; `instants`: epoch milliseconds, or the civil day's 00:00 UTC
 * where only the day is known; `lines`: as in the file.
 */
import { type DayCell, Metric, Movement } from "@zmos/core/pulseloop";

const TYPE_BITS = 0b111;
const INTENSITY_SHIFT = 3;
const INTENSITY_BITS = 0b11;
const DAY_PRECISION = 1 << 5;
const CONTRADICTED = 1 << 6;
const REPEATED = 1 << 7;
const LEFT_OUT = CONTRADICTED | REPEATED;

/** What a fact is, in one byte. `intensity` counts from 1; 0 is unknown. */
export const kindOf = (type: number, intensity: number, isDay: boolean): number =>
  type | (intensity << INTENSITY_SHIFT) | (isDay ? DAY_PRECISION : 0);

/** What a minute of each intensity weighs, as the core's metric says. */
const weights = [undefined, ...Movement.intensities].map((intensity) =>
  Metric.ofContribution(Metric.moderateEquivalentMinutes, {
    factId: "",
    version: 1,
    type: "other",
    source: "import",
    minutes: 1,
    ...(intensity !== undefined && { intensity }),
  }),
);

export class FactColumns {
  size = 0;
  #repeats = 0;
  #contradictions = 0;
  #linePlaces: Uint32Array | undefined;
  members = new Uint32Array(0);
  days = new Int32Array(0);
  minutes = new Float64Array(0);
  instants = new Float64Array(0);
  kinds = new Uint8Array(0);
  lines = new Uint32Array(0);

  /** Makes room for so many facts in all. */
  reserve(rows: number): void {
    if (rows <= this.members.length) return;
    this.members = resized(this.members, rows);
    this.days = resized(this.days, rows);
    this.minutes = resized(this.minutes, rows);
    this.instants = resized(this.instants, rows);
    this.kinds = resized(this.kinds, rows);
    this.lines = resized(this.lines, rows);
  }

  add(member: number, day: number, instant: number, minutes: number, kind: number, line: number): void {
    const row = this.size;
    if (row === this.members.length) this.reserve(Math.max(1_024, Math.ceil(row * 1.5)));
    this.members[row] = member;
    this.days[row] = day;
    this.instants[row] = instant;
    this.minutes[row] = minutes;
    this.kinds[row] = kind;
    this.lines[row] = line;
    this.size = row + 1;
  }

  /**
   * Moves each row to its place; rows without one, beyond the end, are gone. `days` have been moved before. The instants have done
   * their work, and the lines follow when somebody asks for them.
   */
  regroup(days: Int32Array<ArrayBuffer>, places: Uint32Array): void {
    const count = days.length;
    this.days = days;
    this.members = new Uint32Array(0);
    this.minutes = moved(this.minutes, places, count);
    this.instants = new Float64Array(0);
    this.kinds = moved(this.kinds, places, count);
    this.#linePlaces = places;
    this.size = count;
    this.#repeats = 0;
    this.#contradictions = 0;
  }

  /** Which columns of the file tell the facts of these rows differently; none where they are the same fact. */
  differences(left: number, right: number): ReadonlyArray<string> {
    const { days, instants, minutes } = this;
    const differs = this.kinds[left]! ^ this.kinds[right]!;
    const isSameTime = instants[left] === instants[right] && (differs & DAY_PRECISION) === 0;
    return [
      ...(isSameTime ? [] : ["occurred_at"]),
      // The same instant on another day: it was somewhere else.
      ...(isSameTime && days[left] !== days[right] ? ["zone"] : []),
      ...((differs & TYPE_BITS) === 0 ? [] : ["type"]),
      ...(Object.is(minutes[left], minutes[right]) ? [] : ["duration_minutes"]),
      ...((differs & (INTENSITY_BITS << INTENSITY_SHIFT)) === 0 ? [] : ["intensity"]),
    ];
  }

  /** The fact of this row was told before. */
  repeat(row: number): void {
    this.kinds[row]! |= REPEATED;
    this.#repeats++;
  }

  /** A fact that is told in two ways is believed in neither. */
  contradict(row: number): void {
    if (this.isStanding(row)) this.#contradictions++;
    this.kinds[row]! |= CONTRADICTED;
  }

  /** Whether the fact of this row counts. */
  isStanding(row: number): boolean {
    return (this.kinds[row]! & LEFT_OUT) === 0;
  }

  /** How many facts count. */
  get standing(): number {
    return this.size - this.#repeats - this.#contradictions;
  }

  /** The line of the file on which a row was told. */
  lineOf(row: number): number {
    if (this.#linePlaces !== undefined) {
      this.lines = moved(this.lines, this.#linePlaces, this.size);
      this.#linePlaces = undefined;
    }
    return this.lines[row]!;
  }

  /** The moderate-equivalent minutes of a row; 0 where its duration or intensity is unknown. */
  moderateEquivalentMinutes(row: number): number {
    const minutes = this.minutes[row]!;
    return Number.isNaN(minutes) ? 0 : minutes * weights[(this.kinds[row]! >> INTENSITY_SHIFT) & INTENSITY_BITS]!;
  }

  /** The row as the calculators know a fact. Its id is its place in the file. */
  contribution(row: number): DayCell.Contribution {
    const kind = this.kinds[row]!;
    const intensity = Movement.intensities[((kind >> INTENSITY_SHIFT) & INTENSITY_BITS) - 1];
    const minutes = this.minutes[row]!;
    return {
      factId: `line ${this.lineOf(row)}`,
      version: 1,
      type: Movement.movementTypes[kind & TYPE_BITS]!,
      source: "import",
      ...(intensity !== undefined && { intensity }),
      ...(!Number.isNaN(minutes) && { minutes }),
    };
  }
}

type Column = Uint8Array | Uint32Array | Int32Array | Float64Array;

const moved = <A extends Column>(column: A, places: Uint32Array, count: number): A => {
  const target = new (column.constructor as new (length: number) => A)(count);
  for (let row = 0; row < places.length; row++) {
    const place = places[row]!;
    if (place < count) target[place] = column[row]!;
  }
  return target;
};

const resized = <A extends Column>(column: A, length: number): A => {
  const larger = new (column.constructor as new (length: number) => A)(length);
  larger.set(column);
  return larger;
};
