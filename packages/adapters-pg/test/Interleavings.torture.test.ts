/**
 * Members and staff ask what they like, at once, in small worlds of any kind, and everything is right afterwards: in memory, on PGlite, and on
 * PostgreSQL at two server processes. `ZMOS_RACES` and `ZMOS_SEED` say how many races, and from which world on; what was run is printed.
 */
import { assert, it } from "@effect/vitest";
import { type Ask, deskAtRandom, threeDoors, type Told } from "@zmos/core/testing";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Redacted from "effect/Redacted";
import * as Database from "../src/Database.ts";
import * as StoresPg from "../src/StoresPg.ts";
import { deskProcesses } from "./support/DeskProcesses.ts";
import { adapters } from "./support/describeStores.ts";
import { LOGIN } from "./support/PostgresServer.globalSetup.ts";
import { freshDatabase, urlOf } from "./support/TestDatabase.ts";
import { IdSource } from "@zmos/core/kernel";

const RACES = Number(process.env["ZMOS_RACES"] ?? 100_000);
const SEED = Number(process.env["ZMOS_SEED"] ?? Date.now() % 2 ** 31);
const A_WORLD = 15;
const HOUR = 3_600_000;

/** How many worlds a store holds, how many of them are asked at once, and how many races there are. Embedded databases take one at a time. */
const shapes = {
  memory: { races: RACES, perStore: 20, atOnce: 5 },
  pglite: { races: RACES / 10, perStore: Infinity, atOnce: 8 },
  postgres: { races: RACES, perStore: Infinity, atOnce: 40 },
};

/** Everything that may be asked, was done at some time: otherwise little was tried. */
const EVERYTHING = 14;

const report = (where: string, worlds: ReadonlyArray<Told>, seconds: number) => {
  const sum = (of: (told: Told) => ReadonlyMap<string, number>) => {
    const counts: Record<string, number> = {};
    for (const told of worlds) for (const [what, count] of of(told)) counts[what] = (counts[what] ?? 0) + count;
    return Object.entries(counts).toSorted(([, left], [, right]) => right - left);
  };
  const inWords = (counts: ReadonlyArray<readonly [string, number]>) =>
    counts.map(([what, count]) => `${what} ${count}`).join(", ");
  const [asked, races] = (["asked", "races"] as const).map((what) => worlds.reduce((all, told) => all + told[what], 0));
  const done = sum((told) => told.done);
  console.info(
    `${where}: ${races} races of ${asked} commands in ${worlds.length} worlds from seed ${SEED} on, ${Math.round(seconds)} s, nothing wrong\n` +
      `  done: ${inWords(done)}\n  refused: ${inWords(sum((told) => told.refused))}`,
  );
  return done.length;
};

/** Worlds in turn, so many at once, until enough was asked. */
const worldsFrom = (seed: number, races: number, atOnce: number, ask: Ask) =>
  Effect.forEach(
    Array.from({ length: Math.ceil(races / A_WORLD) }, (_, index) => seed + index),
    (one) => deskAtRandom(one, ask, A_WORLD),
    { concurrency: atOnce },
  );

for (const name of ["memory", "pglite"] as const) {
  const { races, perStore, atOnce } = shapes[name];
  it.live(
    `whatever is asked at once at three doors on ${name}, ${races} races`,
    () =>
      Effect.gen(function* () {
        const started = performance.now();
        const told: Array<Told> = [];
        const share = Math.min(races, perStore * A_WORLD);
        for (let past = 0; past < races; past += share) {
          const some = Effect.flatMap(threeDoors, (ask) =>
            worldsFrom(SEED + past / A_WORLD, Math.min(share, races - past), atOnce, ask),
          );
          told.push(...(yield* some.pipe(Effect.scoped, Effect.provide(Layer.fresh(adapters[name])))));
        }
        assert.strictEqual(report(name, told, (performance.now() - started) / 1_000), EVERYTHING);
      }),
    HOUR,
  );
}

it.live(
  `whatever is asked at once at two server processes on PostgreSQL, ${shapes.postgres.races} races`,
  () =>
    Effect.gen(function* () {
      const { races, atOnce } = shapes.postgres;
      const url = urlOf(LOGIN, yield* freshDatabase);
      const stores = Layer.merge(Layer.provide(StoresPg.layer, Database.layerServer({ url })), IdSource.layer);
      const ask = yield* deskProcesses({ DESK_URL: Redacted.value(url) }, 2);
      const started = performance.now();
      const told = yield* Effect.provide(worldsFrom(SEED, races, atOnce, ask), stores);
      assert.strictEqual(report("PostgreSQL, two processes", told, (performance.now() - started) / 1_000), EVERYTHING);
    }).pipe(Effect.scoped),
  HOUR,
);
