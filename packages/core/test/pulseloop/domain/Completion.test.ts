import { describe, expect, it } from "vitest";
import fc from "fast-check";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as ActivityCalendar from "../../../src/pulseloop/domain/ActivityCalendar.ts";
import * as Completion from "../../../src/pulseloop/domain/Completion.ts";
import type { Contribution } from "../../../src/pulseloop/domain/DayCell.ts";

const monday = CivilDate.of("2026-01-05");
const at = (offset: number) => CivilDate.addDays(monday, offset);
const calendar = (facts: ReadonlyArray<readonly [factId: string, on: number, rest?: Partial<Contribution>]>) =>
  ActivityCalendar.fromFacts(
    facts.map(([factId, on, rest]) => ({
      civilDate: at(on),
      contribution: { factId, version: 1, type: "other", source: "manual", ...rest },
    })),
  );
const item = (itemId: string, on: number, tileId?: string): Completion.Item => ({
  itemId,
  dueOn: at(on),
  ...(tileId !== undefined && { where: { tileIds: [tileId] } }),
});
const doers = (found: ReadonlyMap<string, Completion.Doer>) =>
  Object.fromEntries([...found].map(([itemId, { factId, on }]) => [itemId, `${factId} on ${on - monday}`]));
const week = [0, 1, 2, 3, 4, 5, 6].map(at);

describe("Completion", () => {
  it("gives an item a fact of its own day before another day's", () => {
    const facts = calendar([
      ["a", 0],
      ["b", 2],
    ]);
    expect(doers(Completion.matchWithin([item("wednesday", 2)], facts, week))).toEqual({ wednesday: "b on 2" });
    expect(doers(Completion.matchWithin([item("thursday", 3)], facts, week))).toEqual({ thursday: "a on 0" });
  });

  it("does the earlier due first, and of one day the smaller id", () => {
    const one = calendar([["a", 6]]);
    const items = [item("friday", 4), item("monday z", 0), item("monday a", 0)];
    expect(doers(Completion.matchWithin(items, one, week))).toEqual({ "monday a": "a on 6" });
    expect(doers(Completion.matchWithin(items.slice(0, 2), one, week))).toEqual({ "monday z": "a on 6" });
    expect(doers(Completion.matchWithin([item("a", 0), item("b", 0)], one, week))).toEqual({ a: "a on 6" });
    expect(doers(Completion.matchWithin([item("b", 0), item("a", 0)], one, week))).toEqual({ a: "a on 6" });
  });

  it("moves a fact from one item to another when that does more items", () => {
    const facts = calendar([
      ["stairs", 0, { tileId: "stairs" }],
      ["stretch", 1, { tileId: "stretch" }],
    ]);
    const items = [item("anything", 0), item("stairs", 1, "stairs")];
    expect(doers(Completion.matchWithin(items, facts, week))).toEqual({
      anything: "stretch on 1",
      stairs: "stairs on 0",
    });
  });

  it("counts no fact entered in error", () => {
    const facts = calendar([["a", 0, { enteredInError: true }]]);
    expect(doers(Completion.matchWithin([item("monday", 0)], facts, week))).toEqual({});
  });

  it("matches week by week within its span, and looks at no item outside it", () => {
    const facts = calendar([
      ["before", -1],
      ["sunday", 6],
      ["next", 7],
    ]);
    const items = [
      item("too early", -1),
      item("monday", 0),
      item("tuesday", 1),
      item("next monday", 7),
      item("too late", 9),
    ];
    const found = Completion.match(items, facts, { from: at(0), to: at(8) });
    expect(doers(found.doneBy)).toEqual({ monday: "sunday on 6", "next monday": "next on 7" });
    expect([...found.due]).toEqual([
      [at(0), 1],
      [at(1), 1],
      [at(7), 1],
    ]);
    expect([...found.done]).toEqual([
      [at(0), 1],
      [at(7), 1],
    ]);
    const sundays = Completion.match(items, facts, { from: at(0), to: at(8) }, 7);
    expect(doers(sundays.doneBy)).toEqual({ "next monday": "next on 7" });
  });

  it("prescribes one item on each of the weekdays named", () => {
    expect(Completion.onWeekdays([1, 5], at(0), at(8))).toEqual([
      { itemId: "2026-01-05", dueOn: at(0) },
      { itemId: "2026-01-09", dueOn: at(4) },
      { itemId: "2026-01-12", dueOn: at(7) },
    ]);
  });

  it("does as many items as trying every assignment would", () => {
    const tile = fc.constantFrom("stairs", "stretch", undefined);
    fc.assert(
      fc.property(
        fc.array(tile, { maxLength: 4 }),
        fc.array(fc.tuple(fc.nat({ max: 6 }), tile), { maxLength: 4 }),
        (facts, items) => {
          const all = calendar(
            facts.map((tileId, index) => [`${index}`, index, tileId === undefined ? {} : { tileId }]),
          );
          const prescribed = items.map(([on, tileId], index) => item(`${index}`, on, tileId));
          const most = (from: number, taken: ReadonlySet<number>): number => {
            if (from === items.length) return 0;
            const wanted = items[from]![1];
            return Math.max(
              most(from + 1, taken),
              ...facts.map((tileId, index) =>
                !taken.has(index) && (wanted === undefined || wanted === tileId)
                  ? 1 + most(from + 1, new Set([...taken, index]))
                  : 0,
              ),
            );
          };
          expect(Completion.matchWithin(prescribed, all, week).size).toBe(most(0, new Set()));
        },
      ),
      { numRuns: 300 },
    );
  });
});
