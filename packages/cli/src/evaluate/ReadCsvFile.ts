import { open } from "node:fs/promises";
import { CsvParser, type CsvSink, LONGEST_RECORD } from "./CsvParser.ts";

/** **Units** bytes read at once. */
const CHUNK = 4 << 20;

/**
 * Reads a CSV file from end to end, a chunk at a time: the next one is on its way while one is read.
 *
 * **Errors** rejects as `node:fs` does, and with the signal's reason.
 */
export const readCsvFile = async (path: string, sink: CsvSink, signal?: AbortSignal): Promise<void> => {
  const parser = new CsvParser(sink);
  const file = await open(path);
  try {
    // What is left of one chunk is put before the next one, so that every record is in one piece.
    let current = new Uint8Array(LONGEST_RECORD + CHUNK + 1);
    let other = new Uint8Array(current.length);
    const carry = LONGEST_RECORD + 1;
    let from = carry;
    let next = file.read(current, carry, CHUNK);
    for (;;) {
      const { bytesRead } = await next;
      signal?.throwIfAborted();
      const to = carry + bytesRead;
      if (bytesRead > 0) next = file.read(other, carry, CHUNK);
      const done = parser.parse(current, from, to, bytesRead === 0);
      if (bytesRead === 0) return;
      from = carry - (to - done);
      other.set(current.subarray(done, to), from);
      [current, other] = [other, current];
    }
  } finally {
    await file.close();
  }
};

const SAMPLE = 1 << 16;

/** About how many lines a file of so many bytes has, by its first ones. */
export const expectedRows = async (path: string, bytes: number): Promise<number> => {
  // A pipe says nothing about its length, and what is read of it is gone.
  if (bytes === 0) return 0;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(SAMPLE), 0, SAMPLE, 0);
    let lines = 0;
    for (let index = 0; index < bytesRead; index++) if (buffer[index] === 10) lines++;
    return lines === 0 ? 1 : Math.ceil((bytes / (bytesRead / lines)) * 1.05) + 16;
  } finally {
    await file.close();
  }
};
