/** A file of movement events, line by line: CSV with a header, or JSON lines. */
import { type CsvError, parse } from "csv-parse";
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Transform } from "node:stream";
import { BadInput } from "../Refusals.ts";
import { COLUMNS, type ColumnName, columnOf } from "./Columns.ts";

/** What a line says, by column; or why it says nothing. **Units** `number` counts from 1, the header included. */
export type Line =
  | { readonly number: number; readonly fields: Readonly<Partial<Record<ColumnName, string | number>>> }
  | { readonly number: number; readonly fault: string };

/** A file that can be read: how it is written, and how large it is. */
export interface EventFile {
  readonly path: string;
  readonly bytes: number;
  readonly isJson: boolean;
}

/** A line longer than this is no line. **Units** bytes. */
const LONGEST_LINE = 100_000;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "this user may not read it",
  EISDIR: "it is a folder",
};

/** Looks whether a file can be read. **Errors** `BadInput`. */
export const openEventFile = Effect.fn("openEventFile")(function* (path: string) {
  const unreadable = (cause: unknown) => {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    return new BadInput({ detail: `${path} cannot be read: ${REASONS[code] ?? code}. Name a CSV or JSON lines file.` });
  };
  const found = yield* Effect.tryPromise({ try: () => stat(path), catch: unreadable });
  if (found.isDirectory()) {
    return yield* new BadInput({ detail: `${path} cannot be read: it is a folder. Name a CSV or JSON lines file.` });
  }
  const start = yield* Effect.tryPromise({ try: () => startOf(path), catch: unreadable });
  if (start === "") return yield* new BadInput({ detail: `${path} is empty. A CSV file begins with a header line.` });
  return { path, bytes: found.size, isJson: start.startsWith("{") } satisfies EventFile;
});

/** The first characters that say something. */
const startOf = async (path: string): Promise<string> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(4_096) });
    return buffer
      .toString("utf8", 0, bytesRead)
      .replace(/^\uFEFF/, "")
      .trimStart();
  } finally {
    await file.close();
  }
};

/** The lines of a file, none of them in memory for long. **Errors** `BadInput` where its header cannot be understood. */
export const linesOf = (file: EventFile): Stream.Stream<Line, BadInput> =>
  // A generator runs once; the file is read more often.
  Stream.suspend(() =>
    Stream.fromAsyncIterable(file.isJson ? jsonLines(file) : csvLines(file), (cause) =>
      cause instanceof BadInput ? cause : new BadInput({ detail: `${file.path} cannot be read: ${textOf(cause)}` }),
    ),
  );

const textOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

interface Parsed {
  readonly record: ReadonlyArray<string>;
  readonly info: { readonly lines: number };
}

async function* csvLines({ path }: EventFile): AsyncGenerator<Line> {
  const faults: Array<Line> = [];
  let ended = 0;
  const parser = parse({
    bom: true,
    info: true,
    trim: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: LONGEST_LINE,
    on_record: (record: Array<string>, { lines }) => {
      ended = lines;
      return record;
    },
    on_skip: (error: CsvError | undefined) => {
      const isOpen = error?.code === "CSV_QUOTE_NOT_CLOSED";
      const number = isOpen ? ended + 1 : Number(error?.["lines"] ?? ended + 1);
      const fault = isOpen ? "A quote is opened here and never closed" : (error?.message ?? "It cannot be read");
      faults.push({ number, fault });
      return undefined;
    },
  });
  const input = createReadStream(path);
  input.on("error", (error) => parser.destroy(error));
  input
    .pipe(utf8())
    .on("error", (error) => parser.destroy(error))
    .pipe(parser);
  let header: ReadonlyArray<ColumnName> | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      yield* faults.splice(0);
      if (header === undefined) header = headerOf(path, record);
      else yield lineOf(header, record, firstLineOf(record, info.lines));
    }
  } finally {
    input.destroy();
  }
  yield* faults;
  if (header === undefined) throw new BadInput({ detail: `${path} is empty. A CSV file begins with a header line.` });
}

/** A record is named by the line it begins on; its quoted fields may go on over several. */
const firstLineOf = (record: ReadonlyArray<string>, lastLine: number): number =>
  lastLine - record.reduce((breaks, field) => breaks + (field.match(/\r\n|\r|\n/g)?.length ?? 0), 0);

/** Text that is not UTF-8 would be changed silently; it is refused instead. */
const utf8 = (): Transform => {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const decode = (chunk?: Buffer) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new Error("it is not UTF-8. Save it as UTF-8.");
    }
  };
  return new Transform({
    transform(chunk: Buffer, _, done) {
      try {
        done(null, decode(chunk));
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      try {
        done(null, decode());
      } catch (error) {
        done(error as Error);
      }
    },
  });
};

const headerOf = (path: string, record: ReadonlyArray<string>): ReadonlyArray<ColumnName> => {
  const known = record.map((name) => columnOf(name));
  const unknown = record.filter((_, index) => known[index] === undefined);
  const twice = record.filter((_, index) => known.indexOf(known[index]) !== index);
  const missing = COLUMNS.filter(({ isRequired, name }) => isRequired && !known.includes(name)).map(({ name }) => name);
  const faults = [
    ...(missing.length > 0 ? [`it has no column ${missing.join(" and no column ")}`] : []),
    ...(unknown.length > 0
      ? [
          `${unknown
            .slice(0, 5)
            .map((name) => `"${name.slice(0, 40)}"`)
            .join(", ")} is no column of ours`,
        ]
      : []),
    ...(twice.length > 0 && unknown.length === 0 ? [`${twice.join(", ")} is there twice`] : []),
  ];
  if (faults.length > 0) {
    const columns = COLUMNS.map(({ name }) => name).join(",");
    throw new BadInput({
      detail: `The header of ${path} cannot be understood: ${faults.join("; ")}. It may have: ${columns}.`,
    });
  }
  return known as ReadonlyArray<ColumnName>;
};

const lineOf = (header: ReadonlyArray<ColumnName>, record: ReadonlyArray<string>, number: number): Line => {
  if (record.length !== header.length) {
    return { number, fault: `It has ${record.length} fields, and the header has ${header.length}` };
  }
  const fields: Partial<Record<ColumnName, string>> = {};
  for (const [index, name] of header.entries()) {
    const text = record[index] ?? "";
    if (text !== "") fields[name] = text;
  }
  return { number, fields };
};

async function* jsonLines({ path }: EventFile): AsyncGenerator<Line> {
  const input = createReadStream(path);
  const text = input.pipe(utf8());
  input.on("error", (error) => text.destroy(error));
  let number = 0;
  try {
    for await (const raw of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      const line = raw.replace(/^\uFEFF/, "").trim();
      if (line !== "") yield jsonLine(line, number);
    }
    if (text.errored !== null) throw text.errored;
  } finally {
    input.destroy();
  }
}

const jsonLine = (text: string, number: number): Line => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { number, fault: "It is not JSON" };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { number, fault: "It is not a JSON object" };
  }
  const fields: Partial<Record<ColumnName, string | number>> = {};
  for (const [key, told] of Object.entries(value)) {
    const name = columnOf(key);
    if (name === undefined) return { number, fault: `"${key}" is no column of ours` };
    if (name in fields) return { number, fault: `${name} is there twice` };
    if (told === null || told === "") continue;
    if (typeof told !== "string" && typeof told !== "number")
      return { number, fault: `${name} is neither text nor a number` };
    fields[name] = told;
  }
  return { number, fields };
};
