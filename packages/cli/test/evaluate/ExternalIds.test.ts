import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExternalIds } from "../../src/evaluate/ExternalIds.ts";

const repeatsOf = (told: ReadonlyArray<readonly [member: number, id: string]>, expected?: number) => {
  const repeats: Array<string> = [];
  const ids = new ExternalIds((first, row) => repeats.push(`${row} is ${first}`), expected);
  for (const [row, [member, id]] of told.entries()) {
    const bytes = new TextEncoder().encode(`xx${id}yy`);
    ids.told(member, bytes, 2, bytes.length - 2, row);
  }
  ids.settle();
  return repeats;
};

const slow = (told: ReadonlyArray<readonly [number, string]>) => {
  const first = new Map<string, number>();
  return told.flatMap(([member, id], row) => {
    const key = `${member} ${id}`;
    const before = first.get(key);
    if (before === undefined) first.set(key, row);
    return before === undefined ? [] : [`${row} is ${before}`];
  });
};

describe("ExternalIds", () => {
  it("finds each fact that is told again, and the row that told it first", () => {
    const tellings = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 3 }), fc.oneof(fc.constantFrom("a", "b", "ab", "abcd", "abcde"), fc.uuid())),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(tellings, (told) => {
        expect(repeatsOf(told)).toEqual(slow(told));
      }),
    );
  });

  it("keeps apart a hundred thousand ids that hardly differ, whether or not so many were expected", () => {
    const told = Array.from({ length: 100_000 }, (_, row) => [row % 7, `evt-${Math.floor(row / 1.01)}`] as const);
    expect(repeatsOf(told)).toEqual(slow(told));
    expect(repeatsOf(told, 100_000)).toEqual(slow(told));
  });
});
