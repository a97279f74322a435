import { assert, describe, it } from "@effect/vitest";
import { PulseLoop } from "@zmos/core/pulseloop";
import {
  Challenges,
  Histories,
  incrementalIsBatch,
  rebuildMends,
  standingsAreBatch,
  storeContracts,
} from "@zmos/core/testing";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import * as fc from "fast-check";
import { describeStores } from "./support/describeStores.ts";

const EVERY_ADAPTER = ["memory", "pglite", "postgres"];

describeStores("every store keeps the contract", EVERY_ADAPTER, (it) => {
  for (const { port, rule, check } of storeContracts) it.effect(`${port} ${rule}`, () => check);
});

describeStores("day cells", EVERY_ADAPTER, (it) => {
  it.effect(
    "are what a fold of the whole history gives, after any arrival of it (I7)",
    Effect.fnUntraced(function* () {
      const arrivals = fc.record({
        facts: Histories.historyAndArrival({ maxFacts: 15 }).map(([, facts]) => facts),
        batchSize: fc.integer({ min: 1, max: 12 }),
      });
      for (const arrival of fc.sample(arrivals, 10)) yield* TestClock.withLive(incrementalIsBatch(arrival));
    }, Effect.provide(PulseLoop.layerNoDeps)),
  );

  it.effect("are mended by a rebuild where they are not as the facts say (I14)", () =>
    Effect.provide(TestClock.withLive(rebuildMends), PulseLoop.layerNoDeps),
  );
});

describeStores("boards", EVERY_ADAPTER, (it) => {
  it.effect(
    "are what a batch evaluation of the whole history gives, whoever joins and leaves meanwhile (I13)",
    Effect.fnUntraced(function* () {
      for (const arrival of fc.sample(Challenges.arrival({ maxFacts: 6 }), 6)) {
        yield* TestClock.withLive(standingsAreBatch(arrival));
      }
    }, Effect.provide(PulseLoop.layerNoDeps)),
  );
});

describe("describeStores", () => {
  it("refuses an adapter that there is not, and no adapter at all", () => {
    assert.throws(() => describeStores("anything", ["sqlite"], () => undefined), /no adapter called sqlite/);
    assert.throws(() => describeStores("anything", [], () => undefined), /No adapter/);
  });
});
