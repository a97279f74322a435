import { assert, describe, it } from "@effect/vitest";
import { explore, policyWith } from "../../../../src/testing/laws/RosterWorlds.ts";
import { MOMENTS, smallWorlds } from "./SmallWorlds.ts";

describe("every way there is with three members keeps the laws and agrees with the reference, where", () => {
  for (const [name, worldOf] of Object.entries(smallWorlds)) {
    for (const capacity of [1, 2]) {
      it(`${name}, with ${capacity === 1 ? "one seat" : "two seats"}`, () => {
        const { policy, standings, asks } = worldOf(3);
        const world = { capacity, policy: policyWith(policy), standings, moments: MOMENTS };
        const { wrong, standings: count, steps } = explore(world, asks, { depth: 6 });
        assert.deepStrictEqual(wrong, undefined);
        assert.isAbove(steps, count);
      });
    }
  }
});
