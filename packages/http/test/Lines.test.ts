import { assert, describe, it } from "vitest";
import { Writable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { linesTo } from "../src/Lines.ts";

describe("Lines of the log", () => {
  it("are written together at the end of a turn, in order, each once", async () => {
    const written: Array<string> = [];
    const log = linesTo(
      new Writable({
        decodeStrings: false,
        write: (text: string, _encoding, done) => {
          written.push(text);
          done();
        },
      }),
    );
    log("first");
    log("second");
    assert.deepStrictEqual(written, []);
    await nextTurn();
    log("third");
    await nextTurn();
    await nextTurn();
    assert.deepStrictEqual(written, ["first\nsecond\n", "third\n"]);
  });
});
