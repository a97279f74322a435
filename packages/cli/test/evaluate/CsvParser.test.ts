import { parse } from "csv-parse/sync";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CsvParser, LONGEST_RECORD } from "../../src/evaluate/CsvParser.ts";

interface Read {
  readonly records: ReadonlyArray<{ readonly line: number; readonly fields: ReadonlyArray<string> }>;
  readonly faults: ReadonlyArray<string>;
}

/** Reads bytes in chunks of these sizes, and the rest at once. */
const read = (bytes: Uint8Array, chunks: ReadonlyArray<number> = []): Read => {
  const records: Array<Read["records"][number]> = [];
  const faults: Array<string> = [];
  const parser = new CsvParser({
    record: ({ bytes: at, starts, ends, count, line }) => {
      const fields = Array.from({ length: count }, (_, index) =>
        new TextDecoder().decode(at.subarray(starts[index], ends[index])),
      );
      records.push({ line, fields });
    },
    fault: (line, reason) => faults.push(`${line}: ${reason}`),
  });
  let done = 0;
  let to = 0;
  for (const chunk of chunks) {
    to = Math.min(bytes.length, to + chunk);
    done = parser.parse(bytes, done, to, false);
  }
  parser.parse(bytes, done, bytes.length, true);
  return { records, faults };
};

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const fieldsOf = (text: string) => read(bytesOf(text)).records.map(({ fields }) => fields);

const field = fc.oneof(
  fc.constantFrom("", "m1", "2026-03-01", 'say "hi"', "a,b", "two\nlines", "Zoë", "日本", "a\r\nb", '""'),
  fc.string({ maxLength: 12 }).filter((text) => !/[\0\uFEFF]/.test(text)),
);
const written = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

describe("CsvParser", () => {
  it("reads what csv-parse reads, however the bytes are cut into chunks", () => {
    const tables = fc.record({
      rows: fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
      lineEnd: fc.constantFrom("\n", "\r\n"),
      mark: fc.constantFrom("", "\uFEFF"),
      isEnded: fc.boolean(),
      chunks: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }),
    });
    fc.assert(
      fc.property(tables, ({ rows, lineEnd, mark, isEnded, chunks }) => {
        const text = mark + rows.map((row) => row.map(written).join(",")).join(lineEnd) + (isEnded ? lineEnd : "");
        const expected = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true });
        const blank = (one: string) => one.replace(/^[\0- ]+/, "").replace(/[\0- ]+$/, "");
        const { records, faults } = read(bytesOf(text), chunks);
        expect(faults).toEqual([]);
        expect(records.map(({ fields }) => fields)).toEqual(expected.map((row) => row.map(blank)));
        expect(read(bytesOf(text))).toEqual({ records, faults });
      }),
      { numRuns: 500 },
    );
  });

  it("names a record by the line it begins on, and passes over empty lines", () => {
    const { records } = read(bytesOf('a,b\n\n"x\ny",1\n\r\nlast,2'));
    expect(records.map(({ line }) => line)).toEqual([1, 3, 6]);
  });

  it("leaves blanks around a field out, quoted or not", () => {
    expect(fieldsOf(' a , "b c" ,\td\t\n')).toEqual([["a", "b c", "d"]]);
  });

  it("names a line with a quote that does not belong there, and reads on with the next one", () => {
    const { records, faults } = read(bytesOf('a,b\n5" pipe,1\n"x"y,2\nok,3\n"never closed,4\nalso ok,5\n'));
    expect(faults).toEqual([
      "2: a quote stands inside a field that is not quoted",
      "3: something follows a closing quote",
      "5: a quote is opened here and never closed",
    ]);
    expect(records.map(({ line, fields }) => `${line} ${fields.join("|")}`)).toEqual([
      "1 a|b",
      "4 ok|3",
      "6 also ok|5",
    ]);
  });

  it("names a line that is too long to be one, and reads on with the next one", () => {
    const text = `a,b\n${"x".repeat(LONGEST_RECORD + 10)},1\nok,2\n`;
    const whole = read(bytesOf(text));
    expect(whole.faults).toEqual(["2: it is longer than a mebibyte"]);
    expect(whole.records.map(({ line }) => line)).toEqual([1, 3]);
    expect(
      read(
        bytesOf(text),
        Array.from({ length: 20 }, () => 100_000),
      ),
    ).toEqual(whole);
  });

  it("counts more fields than it keeps", () => {
    expect(read(bytesOf(`${",".repeat(400)}\n`)).records[0]?.fields).toHaveLength(401);
  });
});
