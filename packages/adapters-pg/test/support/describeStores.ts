import * as Memory from "@zmos/core/memory";
import { describe, it, type Vitest } from "@effect/vitest";
import * as Layer from "effect/Layer";
import * as StoresPg from "../../src/StoresPg.ts";
import { layerPglite, layerPostgres } from "./TestDatabase.ts";
import { IdSource } from "@zmos/core/kernel";

export const adapters = {
  memory: Memory.layer,
  pglite: Layer.merge(Layer.provide(StoresPg.layer, layerPglite), IdSource.layer),
  postgres: Layer.merge(Layer.provide(StoresPg.layer, layerPostgres), IdSource.layer),
};

export type Adapter = keyof typeof adapters;
export type Stores = Layer.Success<typeof adapters.postgres>;

const isAdapter = (name: string): name is Adapter => Object.hasOwn(adapters, name);

/**
 * Runs the same clauses on each of the adapters, by name. A name that is no adapter is an error: a suite that runs
 * nowhere would pass.
 */
export const describeStores = (
  subject: string,
  names: ReadonlyArray<string>,
  clauses: (it: Vitest.MethodsNonLive<Stores>, adapter: Adapter) => void,
): void => {
  if (names.length === 0) throw new Error("No adapter to run the clauses on");
  for (const name of names) {
    if (!isAdapter(name)) {
      throw new Error(`There is no adapter called ${name}; there are ${Object.keys(adapters).join(", ")}`);
    }
    describe(`${subject} (${name})`, () => {
      it.layer(adapters[name], { timeout: "60 seconds" })((scoped) => clauses(scoped, name));
    });
  }
};
