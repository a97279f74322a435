import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import * as RetryAfter from "../src/RetryAfter.ts";
import { at } from "./support/Samples.ts";

const cases: ReadonlyArray<readonly [string | undefined, number | undefined]> = [
  ["0", 0],
  ["1", 1],
  ["3599", 3_599],
  ["3600", 3_600],
  ["3601", 3_600],
  ["9999999999", 3_600],
  ["Fri, 06 Mar 2026 12:00:01 GMT", 1],
  ["Fri, 06 Mar 2026 11:00:00 GMT", 0],
  ["Sat, 07 Mar 2026 12:00:00 GMT", 3_600],
  ["Fri, 99 Mar 2026 12:00:01 GMT", undefined],
  ["2026-03-06T12:00:01Z", undefined],
  ["-1", undefined],
  ["1.5", undefined],
  ["1e3", undefined],
  ["soon", undefined],
  ["", undefined],
  [undefined, undefined],
];

describe("a Retry-After header", () => {
  it.effect.each(cases)("%s means %s seconds at noon", ([header, seconds]) =>
    Effect.gen(function* () {
      yield* TestClock.setTime(at("2026-03-06T12:00:00Z"));
      assert.strictEqual(yield* RetryAfter.fromHeader(header), seconds);
    }),
  );
});
