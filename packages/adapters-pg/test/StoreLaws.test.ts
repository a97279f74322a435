import * as Effect from "effect/Effect";
import { storeContracts } from "@zmos/core/testing";
import { describeStores } from "./support/describeStores.ts";

describeStores("store laws", ["pglite", "postgres"], (it) => {
  for (const { port, rule, check } of storeContracts) {
    it.effect(`${port} ${rule}`, () => Effect.asVoid(check));
  }
});
