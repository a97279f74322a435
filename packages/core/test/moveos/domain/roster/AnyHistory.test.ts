import { assert, describe, it } from "@effect/vitest";
import * as fc from "fast-check";
import { history } from "../../../../src/testing/arbitraries/RosterHistories.ts";
import { search } from "../../../../src/testing/laws/Verdict.ts";
import { walk } from "../../../../src/testing/laws/RosterWorlds.ts";

describe("any history, by any policy,", () => {
  it("keeps the laws and agrees with the reference", () => {
    const verdict = search("roster", history, ({ world, asks }) => walk(world, asks).wrong, {
      runs: 400,
      seed: 20_261_121,
    });
    assert.deepStrictEqual(verdict, { law: "roster", holds: true, runs: 400 });
  });

  it("is not refused all the way: most of the histories that are tried get somewhere", () => {
    const lengths = fc.sample(history, { numRuns: 400, seed: 5 }).map(({ world, asks }) => walk(world, asks).done);
    assert.isAbove(lengths.filter((done) => done >= 4).length, 150);
  });
});
