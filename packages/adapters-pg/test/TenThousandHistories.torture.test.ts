/**
 * What is kept fact by fact is what a batch makes of the whole history: ten thousand generated histories on each store, permuted, told twice,
 * late, corrected, taken back. `ZMOS_HISTORIES` and `ZMOS_SEED` say how many, and which; what was run is printed.
 */
import { type CalendarStore, PulseLoop } from "@zmos/core/pulseloop";
import { Challenges, Histories, incrementalIsBatch, standingsAreBatch } from "@zmos/core/testing";
import { describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as fc from "fast-check";
import { afterAll, beforeAll } from "vitest";
import { type Adapter, adapters } from "./support/describeStores.ts";

const HISTORIES = Number(process.env["ZMOS_HISTORIES"] ?? 10_000);
const SEED = Number(process.env["ZMOS_SEED"] ?? Date.now() % 2 ** 31);
/** A tenth of the histories also stand on boards, three members to a board. */
const BOARDS = Math.ceil(HISTORIES / 30);

/** How many histories share a store, and how many are told at once. Stores in memory have no indexes: many small ones stay linear. */
const shapes: Readonly<Record<Adapter, { readonly perStore: number; readonly atOnce: number }>> = {
  memory: { perStore: 20, atOnce: 1 },
  pglite: { perStore: Infinity, atOnce: 1 },
  postgres: { perStore: Infinity, atOnce: 8 },
};

const arrivals = fc.record({
  facts: Histories.historyAndArrival({ maxFacts: 15 }).map(([, facts]) => facts),
  batchSize: fc.integer({ min: 1, max: 12 }),
});
const boards = Challenges.arrival({ maxFacts: 6 });

interface Law {
  readonly what: string;
  readonly count: number;
  /** In how many tests; each has a store of its own. */
  readonly parts: number;
  /** The checks of so many histories, by seed. */
  readonly checks: (count: number, seed: number) => ReadonlyArray<Check>;
}

type Check = Effect.Effect<void, unknown, Effect.Services<ReturnType<typeof standingsAreBatch>> | CalendarStore>;

const laws: ReadonlyArray<Law> = [
  {
    what: "day cells and packed calendars (I7, I14)",
    count: HISTORIES,
    parts: 5,
    checks: (count: number, seed: number) =>
      fc.sample(arrivals, { numRuns: count, seed }).map((arrival) => incrementalIsBatch(arrival)),
  },
  {
    what: "boards (I13)",
    count: BOARDS,
    parts: 1,
    checks: (count: number, seed: number) =>
      fc.sample(boards, { numRuns: count, seed }).map((arrival) => standingsAreBatch(arrival)),
  },
];

const names: ReadonlyArray<Adapter> = ["memory", "pglite", "postgres"];

for (const name of names) {
  const { perStore, atOnce } = shapes[name];
  for (const { what, count, parts, checks } of laws) {
    describe(`${what}, kept fact by fact on ${name}`, () => {
      let started = NaN;
      let compared = 0;
      beforeAll(() => {
        started = performance.now();
      });
      afterAll(() => {
        const seconds = ((performance.now() - started) / 1_000).toFixed(0);
        console.log(`${name}: ${what}: ${compared} of ${count} without a difference, seed ${SEED}, ${seconds} s`);
      });
      for (let part = 0; part < parts; part++) {
        const share = Math.floor(((part + 1) * count) / parts) - Math.floor((part * count) / parts);
        it.live(`are what a batch makes of them, part ${part + 1} of ${parts}`, () =>
          Effect.gen(function* () {
            const all = checks(share, SEED + part).map((check, index) =>
              Effect.onError(check, () => Effect.sync(() => console.error(`number ${index} of seed ${SEED + part}`))),
            );
            for (let start = 0; start < all.length; start += perStore) {
              const stores = Layer.provideMerge(PulseLoop.layerNoDeps, adapters[name]);
              yield* Effect.forEach(
                all.slice(start, start + perStore),
                (check) => Effect.tap(check, () => Effect.sync(() => compared++)),
                { concurrency: atOnce, discard: true },
              ).pipe(Effect.provide(Layer.fresh(stores)));
            }
          }),
        );
      }
    });
  }
}
