import { describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as fc from "fast-check";
import { Zmos } from "../../src/index.ts";
import { arrival } from "../../src/testing/arbitraries/Challenges.ts";
import { standingsAreBatch } from "../../src/testing/contracts/StandingsAreBatch.ts";

describe("boards in memory", () => {
  it("are what a batch evaluation of the whole history gives, whoever joins and leaves meanwhile (I13)", () =>
    fc.assert(
      fc.asyncProperty(arrival(), (history) =>
        Effect.runPromise(Effect.provide(standingsAreBatch(history), Zmos.layerMemory)),
      ),
      { numRuns: 60 },
    ));
});
