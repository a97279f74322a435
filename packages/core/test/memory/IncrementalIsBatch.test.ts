import { describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import * as fc from "fast-check";
import { Zmos } from "../../src/index.ts";
import { historyAndArrival } from "../../src/testing/arbitraries/Histories.ts";
import { incrementalIsBatch } from "../../src/testing/contracts/IncrementalIsBatch.ts";
import { rebuildMends } from "../../src/testing/contracts/RebuildMends.ts";

describe("day cells in memory", () => {
  it("are what a fold of the whole history gives, after any arrival of it (I7)", () =>
    fc.assert(
      fc.asyncProperty(historyAndArrival(), fc.integer({ min: 1, max: 12 }), ([, facts], batchSize) =>
        Effect.runPromise(Effect.provide(incrementalIsBatch({ facts, batchSize }), Zmos.layerMemory)),
      ),
      { numRuns: 60 },
    ));

  it.effect("are mended by a rebuild where they are not as the facts say (I14)", () =>
    Effect.provide(TestClock.withLive(rebuildMends), Zmos.layerMemory),
  );
});
