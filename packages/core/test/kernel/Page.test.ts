import { assert, describe, it } from "@effect/vitest";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { Cursor, rowsOf } from "../../src/kernel/Page.ts";

const read = Schema.decodeUnknownResult(Cursor);
const write = Schema.encodeSync(Cursor);

describe("a cursor", () => {
  it("comes back as the position it was made from", () => {
    const position = ["2026-03-07T03:00:00.000Z", "0195-é"];
    assert.deepStrictEqual(Result.getOrThrow(read(write(position))), position);
  });

  it.each(["", "!", "e30", "W10x", "null", "a".repeat(3_000), write(["a"]).slice(0, -1)])(
    "is refused when it is tampered with: %s",
    (text) => assert.isTrue(Result.isFailure(read(text))),
  );
});

describe("a page", () => {
  const key = (row: string) => [row];

  it("says where the next one begins, when there is one row more than it shows", () =>
    assert.deepStrictEqual(rowsOf(["a", "b", "c"], 2, key), { rows: ["a", "b"], next: ["b"] }));

  it("is the last when there is no row more", () =>
    assert.deepStrictEqual(rowsOf(["a", "b"], 2, key), { rows: ["a", "b"] }));

  it("may be empty", () => assert.deepStrictEqual(rowsOf([], 2, key), { rows: [] }));
});
