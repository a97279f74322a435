/**
 * CSV as bytes: finds the fields of each record without making text of them.
 *
 * **Shape** fields are spans of `record.bytes`, blanks around them left out. A record with quotes in it is first written out
 * without them, so whoever reads the fields never meets a quote. Lines without anything on them are no records.
 *
 * **Units** lines count from 1; a record is named by the line it begins on.
 *
 * **Invariant** however the bytes are cut into chunks, the records and faults are the same, in the order of the file.
 *
 * **Source** RFC 4180; besides, LF or CRLF, and a byte order mark at the beginning.
 */

const LINE_FEED = 10;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;

/** A record longer than this is none. **Units** bytes. */
export const LONGEST_RECORD = 1 << 20;
/** Fields beyond this many are counted, and kept nowhere. */
const MOST_FIELDS = 256;

const TOO_LONG = "it is longer than a mebibyte";
const NEVER_CLOSED = "a quote is opened here and never closed";

export interface CsvRecord {
  readonly bytes: Uint8Array;
  /** Where each field begins in `bytes`. */
  readonly starts: Int32Array;
  /** Where each field ends in `bytes`. */
  readonly ends: Int32Array;
  readonly count: number;
  readonly line: number;
}

export interface CsvSink {
  /** The record is only lent: it is another one after the call. */
  readonly record: (record: CsvRecord) => void;
  readonly fault: (line: number, reason: string) => void;
}

export class CsvParser {
  readonly #sink: CsvSink;
  readonly #record: { -readonly [Key in keyof CsvRecord]: CsvRecord[Key] } = {
    bytes: new Uint8Array(0),
    starts: new Int32Array(MOST_FIELDS),
    ends: new Int32Array(MOST_FIELDS),
    count: 0,
    line: 0,
  };
  #line = 1;
  #isAtStart = true;
  /** In the middle of a line that is too long to be one. */
  #isSkipping = false;
  #scratch = new Uint8Array(4_096);
  #scratchEnd = 0;

  constructor(sink: CsvSink) {
    this.#sink = sink;
  }

  /**
   * Reads the records in `bytes` from `from` to `to`, and answers where the first record begins that is not complete: hand it over
   * again with what follows. With `isLast`, everything is read.
   */
  parse(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    let position = from;
    if (this.#isAtStart && to - from >= 3) {
      if (bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf) position += 3;
      this.#isAtStart = false;
    } else if (this.#isAtStart && !isLast) return from;
    if (this.#isSkipping) {
      const end = bytes.subarray(0, to).indexOf(LINE_FEED, position);
      if (end < 0) return to;
      this.#isSkipping = false;
      this.#line++;
      position = end + 1;
    }
    const record = this.#record;
    const { starts, ends } = record;
    let recordStart = position;
    let fieldStart = position;
    let count = 0;
    let hasBlanks = false;
    while (position < to) {
      const byte = bytes[position++]!;
      if (byte > COMMA) continue;
      if (byte === COMMA) {
        if (count < MOST_FIELDS) {
          starts[count] = fieldStart;
          ends[count] = position - 1;
        }
        count++;
        fieldStart = position;
      } else if (byte === LINE_FEED) {
        if (count < MOST_FIELDS) {
          starts[count] = fieldStart;
          ends[count] = position - 1;
        }
        record.bytes = bytes;
        if (position - recordStart > LONGEST_RECORD) this.#sink.fault(this.#line++, TOO_LONG);
        else this.#emit(count + 1, this.#line++, hasBlanks);
        count = 0;
        hasBlanks = false;
        recordStart = position;
        fieldStart = position;
      } else if (byte === QUOTE) {
        const end = this.#quoted(bytes, recordStart, to, isLast);
        if (end < 0) return this.#unless(to - recordStart > LONGEST_RECORD, recordStart, to);
        position = end;
        count = 0;
        hasBlanks = false;
        recordStart = position;
        fieldStart = position;
      } else if (byte <= SPACE) hasBlanks = true;
    }
    if (!isLast) return this.#unless(to - recordStart > LONGEST_RECORD, recordStart, to);
    if (recordStart < to) {
      if (count < MOST_FIELDS) {
        starts[count] = fieldStart;
        ends[count] = to;
      }
      record.bytes = bytes;
      this.#emit(count + 1, this.#line, hasBlanks);
    }
    return to;
  }

  /** An incomplete record waits for more, unless it is too long for one. */
  #unless(isTooLong: boolean, recordStart: number, to: number): number {
    if (!isTooLong) return recordStart;
    this.#sink.fault(this.#line, TOO_LONG);
    this.#isSkipping = true;
    return to;
  }

  #emit(count: number, line: number, hasBlanks: boolean): void {
    const record = this.#record;
    const { bytes, starts, ends } = record;
    const toTrim = hasBlanks ? Math.min(count, MOST_FIELDS) : 0;
    for (let index = 0; index < toTrim; index++) {
      let start = starts[index]!;
      let end = ends[index]!;
      while (end > start && bytes[end - 1]! <= SPACE) end--;
      while (start < end && bytes[start]! <= SPACE) start++;
      starts[index] = start;
      ends[index] = end;
    }
    if (count === 1 && starts[0] === ends[0]) return;
    record.count = count;
    record.line = line;
    this.#sink.record(record);
  }

  /** Reads one record that has a quote in it, and answers where the next one begins; -1 where more bytes are needed. */
  #quoted(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    const { starts, ends } = this.#record;
    this.#scratchEnd = 0;
    let count = 0;
    let breaks = 0;
    let position = from;
    for (;;) {
      while (position < to && isBlank(bytes[position]!)) position++;
      const start = this.#scratchEnd;
      if (position < to && bytes[position] === QUOTE) {
        position++;
        for (;;) {
          if (position >= to) {
            return isLast || to - from > LONGEST_RECORD ? this.#skipLine(bytes, from, to, NEVER_CLOSED) : -1;
          }
          const byte = bytes[position++]!;
          if (byte !== QUOTE) {
            if (byte === LINE_FEED) breaks++;
            this.#keep(byte);
          } else if (position < to && bytes[position] === QUOTE) {
            this.#keep(QUOTE);
            position++;
          } else if (position >= to && !isLast) return -1;
          else break;
        }
        while (position < to && (isBlank(bytes[position]!) || bytes[position] === 13)) position++;
        if (position < to && bytes[position] !== COMMA && bytes[position] !== LINE_FEED)
          return this.#skipLine(bytes, from, to, "something follows a closing quote");
      } else {
        while (position < to && bytes[position] !== COMMA && bytes[position] !== LINE_FEED) {
          if (bytes[position] === QUOTE) {
            return this.#skipLine(bytes, from, to, "a quote stands inside a field that is not quoted");
          }
          this.#keep(bytes[position++]!);
        }
      }
      if (position >= to && !isLast) return -1;
      if (count < MOST_FIELDS) {
        starts[count] = start;
        ends[count] = this.#scratchEnd;
      }
      count++;
      if (position < to && bytes[position] === COMMA) {
        position++;
        continue;
      }
      if (position - from > LONGEST_RECORD) return this.#skipLine(bytes, from, to, NEVER_CLOSED);
      this.#record.bytes = this.#scratch;
      const line = this.#line;
      this.#line += breaks + 1;
      this.#emit(count, line, true);
      return Math.min(position + 1, to);
    }
  }

  /** Leaves out the line that begins at `from`, and no more: what comes after it is read again. */
  #skipLine(bytes: Uint8Array, from: number, to: number, reason: string): number {
    this.#sink.fault(this.#line, reason);
    this.#line++;
    const end = bytes.subarray(0, to).indexOf(LINE_FEED, from);
    return end < 0 ? to : end + 1;
  }

  #keep(byte: number): void {
    if (this.#scratchEnd === this.#scratch.length) {
      const larger = new Uint8Array(this.#scratch.length * 2);
      larger.set(this.#scratch);
      this.#scratch = larger;
    }
    this.#scratch[this.#scratchEnd++] = byte;
  }
}

const isBlank = (byte: number): boolean => byte === SPACE || byte === 9;
