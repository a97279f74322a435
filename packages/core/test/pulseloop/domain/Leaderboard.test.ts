import { describe, expect, it } from "vitest";
import fc from "fast-check";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as Leaderboard from "../../../src/pulseloop/domain/Leaderboard.ts";
import leaderboards from "../../../src/testing/vectors/leaderboards.json" with { type: "json" };
import rankStyles from "../../../src/testing/vectors/rank-styles.json" with { type: "json" };

const styles = ["ordinal", "competition", "dense"] as const;

const entryOf = (text: string): Leaderboard.Entry => {
  const [value = "", day, participantId = ""] = text.split(" ");
  return {
    participantId,
    value: Number(value),
    ...(day !== "-" && { reachedOn: CivilDate.fromYmd(2026, 6, Number(day))! }),
  };
};

const entry: fc.Arbitrary<Leaderboard.Entry> = fc.record(
  {
    participantId: fc.uuid(),
    value: fc.integer({ min: 0, max: 4 }),
    reachedOn: fc.integer({ min: 20_000, max: 20_003 }).map(CivilDate.fromEpochDay),
    isHidden: fc.boolean(),
  },
  { requiredKeys: ["participantId", "value"] },
);
const entries = fc.uniqueArray(entry, { selector: ({ participantId }) => participantId, maxLength: 30 });

describe("Leaderboard", () => {
  it.each(leaderboards.examples.flatMap((example) => styles.map((style) => [example.name, style, example] as const)))(
    "%s, %s ranks",
    (_, style, example) => {
      const listed = example.entries.map(entryOf);
      const ranked = Leaderboard.rank(listed.toReversed(), style);
      expect(ranked.map(({ participantId }) => participantId)).toEqual(
        listed.map(({ participantId }) => participantId),
      );
      expect(ranked.map(({ rank }) => rank)).toEqual(example[style]);
    },
  );

  it.each(styles)("ranks the published values in the %s style", (style) => {
    const listed = rankStyles.values.map((value, index) => ({ participantId: `${index}`, value }));
    expect(Leaderboard.rank(listed, style).map(({ rank }) => rank)).toEqual(rankStyles[style]);
  });

  it("ranks 1-1-3 unless another style is asked for", () => {
    const tied = ["5 - a", "5 - b", "3 - c"].map(entryOf);
    expect(Leaderboard.rank(tied).map(({ rank }) => rank)).toEqual([1, 1, 3]);
    expect(Leaderboard.rankOf(tied, "c")).toBe(3);
  });

  it("is the same for any order of the entries", () => {
    fc.assert(
      fc.property(entries, fc.constantFrom(...styles), (list, style) => {
        expect(Leaderboard.rank(list.toReversed(), style)).toEqual(Leaderboard.rank(list, style));
      }),
    );
  });

  it("gives one participant the rank the whole list gives them", () => {
    fc.assert(
      fc.property(entries, fc.constantFrom(...styles), (list, style) => {
        for (const { participantId, rank } of Leaderboard.rank(list, style)) {
          expect(Leaderboard.rankOf(list, participantId, style)).toBe(rank);
        }
      }),
    );
    expect(Leaderboard.rankOf([], "nobody")).toBeUndefined();
  });

  it("leaves out those who opted out, and nobody's rank changes by it", () => {
    fc.assert(
      fc.property(entries, fc.nat({ max: 10 }), (list, count) => {
        const shown = Leaderboard.top(list, count);
        expect(shown.some(({ isHidden }) => isHidden)).toBe(false);
        expect(shown).toEqual(
          Leaderboard.rank(list)
            .filter(({ isHidden }) => !isHidden)
            .slice(0, count),
        );
      }),
    );
  });

  it("numbers by the definition of each style", () => {
    fc.assert(
      fc.property(entries, (list) => {
        const better = (one: Leaderboard.Entry, than: Leaderboard.Entry) =>
          one.value > than.value ||
          (one.value === than.value && (one.reachedOn ?? Infinity) < (than.reachedOn ?? Infinity));
        for (const own of Leaderboard.rank(list, "competition")) {
          expect(own.rank).toBe(1 + list.filter((other) => better(other, own)).length);
        }
        for (const own of Leaderboard.rank(list, "dense")) {
          const ahead = list.filter((other) => better(other, own)).map((other) => `${other.value}/${other.reachedOn}`);
          expect(own.rank).toBe(1 + new Set(ahead).size);
        }
      }),
    );
  });
});
