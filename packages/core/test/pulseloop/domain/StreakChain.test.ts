import { describe, expect, it } from "vitest";
import fc from "fast-check";
import * as StreakChain from "../../../src/pulseloop/domain/StreakChain.ts";
import * as Rules from "../../../src/testing/arbitraries/Rules.ts";
import { canPay, chainLength } from "../../../src/testing/reference/ReferenceStreak.ts";

const signs = { "#": "met", ".": "missed", e: "excused", "?": "pending" } as const;
const drawn = (row: string): ReadonlyArray<StreakChain.PeriodStatus> =>
  row.split("").map((sign) => signs[sign as keyof typeof signs]);

const statuses = fc
  .tuple(
    fc.array(fc.constantFrom<StreakChain.PeriodStatus>("met", "met", "missed", "excused"), { maxLength: 25 }),
    fc.constantFrom<StreakChain.PeriodStatus>("met", "missed", "excused", "pending"),
  )
  .map(([row, last]) => [...row, last]);

/** The missed period with which the streak before the current one was lost, found by going forward in time. */
const brokenBy = (
  row: ReadonlyArray<StreakChain.PeriodStatus>,
  freezes: StreakChain.Freezes,
  chain: StreakChain.Chain,
): number => {
  const until = chain.length > 0 ? chain.first : row.length;
  const before = row.slice(0, until).lastIndexOf("met");
  if (before < 0) return -1;
  for (let end = before + 1; end < until; end++) {
    if (row[end] === "missed" && chainLength(row.slice(0, end + 1), freezes) === 0) return end;
  }
  // At the time freezes carried it, and later gaps have taken them since: the most recent gap they no longer carry.
  const gaps = row.flatMap((status, index) => (status === "missed" ? [index] : []));
  let covered = 0;
  while (covered < gaps.length && canPay(row, gaps.slice(-covered - 1), freezes)) covered++;
  return gaps.at(-covered - 1) ?? -1;
};

describe("StreakChain", () => {
  it.each([
    ["##.##", "1/-/1", 0, 4, [2]],
    ["##..##", "1/-/1", 4, 5, []],
    ["#.#.#", "1/-/1", 2, 4, [3]],
    ["e#e#?", "0/-/0", 1, 3, []],
    ["##?", "0/-/0", 0, 1, []],
  ] as const)("in %s with freezes %s the current chain is %i to %i, frozen at %j", (row, rule, first, last, frozen) => {
    const [initial, , cap] = rule.split("/").map(Number);
    expect(StreakChain.evaluate(drawn(row), { initial: initial!, cap: cap! }).current).toMatchObject({
      first,
      last,
      frozen,
    });
  });

  it.each([
    ["##..#", 2],
    ["#.##.?", 4],
    ["#e.#", 2],
    ["#...", 1],
    [".##", -1],
    ["##", -1],
    ["..", -1],
    ["", -1],
  ] as const)("%s was broken at %i", (row, expected) => {
    expect(StreakChain.evaluate(drawn(row)).brokenBy).toBe(expected);
  });

  it("names the gap whose freeze a later gap has taken as what broke the streak before", () => {
    // Alive through the first gap at the time, by the only freeze; then the second gap took it.
    expect(StreakChain.evaluate(drawn("#.#.#"), { initial: 1, cap: 1 })).toMatchObject({
      current: { length: 2, first: 2, stoppedAt: 1 },
      brokenBy: 1,
      freezesLeft: 0,
    });
  });

  it("has no chain in an empty row", () => {
    expect(StreakChain.evaluate([])).toMatchObject({
      current: { length: 0, first: -1, last: -1, frozen: [] },
      best: { length: 0 },
      freezesLeft: 0,
    });
  });

  it("equals what trying every number of freezes, forwards in time, comes to", () => {
    fc.assert(
      fc.property(statuses, Rules.freezes, (row, freezes) => {
        const { current, best, brokenBy: found, freezesLeft } = StreakChain.evaluate(row, freezes);
        expect(current.length).toBe(chainLength(row, freezes));
        const ends = row.map((_, index) => chainLength(row.slice(0, index + 1), freezes));
        expect(best.length).toBe(Math.max(0, ...ends));
        expect(found).toBe(brokenBy(row, freezes, current));

        const unit = freezes.earnEvery ?? 1;
        let parts = Math.min(freezes.initial, freezes.cap) * unit;
        row.forEach((status, index) => {
          if (status === "met" && freezes.earnEvery !== undefined) parts = Math.min(freezes.cap * unit, parts + 1);
          if (current.frozen.includes(index)) parts -= unit;
        });
        expect(freezesLeft).toBe(Math.floor(parts / unit));
      }),
      { numRuns: 2_000 },
    );
  });

  it("is made of the met periods from its first to its last, with every missed one between them and after frozen", () => {
    fc.assert(
      fc.property(statuses, Rules.freezes, (row, freezes) => {
        for (const chain of [StreakChain.evaluate(row, freezes).current, StreakChain.evaluate(row, freezes).best]) {
          if (chain.length === 0) {
            expect(chain).toMatchObject({ first: -1, last: -1, frozen: [] });
            continue;
          }
          expect([row[chain.first], row[chain.last]]).toEqual(["met", "met"]);
          const within = row.slice(chain.first, chain.last + 1);
          expect(within.filter((status) => status === "met").length).toBe(chain.length);
          const missed = row.flatMap((status, index) =>
            status === "missed" && index > chain.first && index < chain.last ? [index] : [],
          );
          expect(chain.frozen.filter((index) => index < chain.last)).toEqual(missed.toReversed());
        }
      }),
      { numRuns: 500 },
    );
  });
});
