import { assert, it } from "@effect/vitest";
import { history } from "../../../../src/testing/arbitraries/RosterHistories.ts";
import { explore, policyWith, walk } from "../../../../src/testing/laws/RosterWorlds.ts";
import { search } from "../../../../src/testing/laws/Verdict.ts";
import { MOMENTS, smallWorlds } from "./SmallWorlds.ts";

const SEEDS = [1, 2, 3, 4];
const RUNS = 30_000;

for (const seed of SEEDS) {
  it(`keeps the laws and agrees with the reference in ${RUNS} histories by chance (seed ${seed})`, () => {
    const verdict = search("roster", history, ({ world, asks }) => walk(world, asks).wrong, { runs: RUNS, seed });
    assert.deepStrictEqual(verdict, { law: "roster", holds: true, runs: RUNS });
  });
}

for (const [name, worldOf] of Object.entries(smallWorlds)) {
  for (const [members, capacity] of [
    [3, 1],
    [3, 2],
    [4, 2],
  ] as const) {
    it(`goes every way, or 40,000 standings, with ${members} members and a capacity of ${capacity}: ${name}`, () => {
      const { policy, standings, asks } = worldOf(members);
      const world = { capacity, policy: policyWith(policy), standings, moments: MOMENTS };
      const explored = explore(world, asks, { standings: 40_000 });
      assert.deepStrictEqual(explored.wrong, undefined);
      assert.isTrue(explored.isExhausted || explored.standings > 40_000, "every way was gone");
      console.info(
        `${name} (${members} × ${capacity}): ${explored.standings} standings, ${explored.steps} steps, ${explored.isExhausted ? "all" : "not all"}`,
      );
    });
  }
}
