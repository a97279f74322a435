import { describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Memory from "../../src/memory/index.ts";
import { storeContracts } from "../../src/testing/contracts/StoreContracts.ts";

describe("stores in memory keep the contract", () => {
  for (const { port, rule, check } of storeContracts) {
    it.effect(`${port} ${rule}`, () => Effect.provide(check, Memory.layer));
  }
});
