import { describe, expect, it } from "vitest";
import fc from "fast-check";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as ActivityCalendar from "../../../src/pulseloop/domain/ActivityCalendar.ts";
import * as DayCell from "../../../src/pulseloop/domain/DayCell.ts";
import * as Histories from "../../../src/testing/arbitraries/Histories.ts";
import { liveFacts } from "../../../src/testing/reference/LiveFacts.ts";

const day = CivilDate.of;
const fact = (on: string, factId: string, version = 1, rest: Partial<DayCell.Contribution> = {}) => ({
  civilDate: day(on),
  contribution: { factId, version, type: "gym_checkin", source: "check_in", ...rest } as const,
});
const totals = (calendar: ActivityCalendar.ActivityCalendar) =>
  [...ActivityCalendar.prune(calendar)].map(([on, { events, minutes, moderateEquivalentMinutes }]) => [
    CivilDate.toIso(on),
    events,
    minutes,
    moderateEquivalentMinutes,
  ]);

const cell = fc.array(Histories.contribution, { maxLength: 6 }).map(DayCell.of);

describe("ActivityCalendar", () => {
  it("counts a fact of unknown duration or intensity as an event and as no minutes", () => {
    const calendar = ActivityCalendar.fromFacts([
      fact("2026-03-02", "a"),
      fact("2026-03-02", "b", 1, { minutes: 30 }),
      fact("2026-03-02", "c", 1, { minutes: 20, intensity: "vigorous" }),
      fact("2026-03-02", "d", 1, { minutes: 45, intensity: "light" }),
      fact("2026-03-02", "e", 1, { intensity: "moderate" }),
    ]);
    expect(totals(calendar)).toEqual([["2026-03-02", 5, 95, 40]]);
  });

  it("moves a fact to the day its highest version names, whichever version arrives last", () => {
    const first = fact("2026-03-02", "a", 1, { minutes: 30 });
    const corrected = fact("2026-03-05", "a", 2, { minutes: 40 });
    for (const arrival of [
      [first, corrected],
      [corrected, first],
      [corrected, first, corrected],
    ]) {
      expect(totals(ActivityCalendar.fromFacts(arrival))).toEqual([["2026-03-05", 1, 40, 0]]);
      expect(totals(arrival.reduce(ActivityCalendar.put, ActivityCalendar.empty))).toEqual([["2026-03-05", 1, 40, 0]]);
    }
  });

  it("forgets a fact entered in error for good, even when a higher version arrives later", () => {
    const calendar = ActivityCalendar.fromFacts([
      fact("2026-03-02", "a", 2, { enteredInError: true }),
      fact("2026-03-02", "a", 1),
      fact("2026-03-03", "a", 3),
    ]);
    expect(totals(calendar)).toEqual([]);
  });

  it("lists its days in ascending order, whatever the order of arrival", () => {
    const calendar = ActivityCalendar.fromFacts([fact("2026-03-05", "b"), fact("2026-03-02", "a")]);
    expect([...calendar.keys()].map(CivilDate.toIso)).toEqual(["2026-03-02", "2026-03-05"]);
  });

  it("holds the live facts and nothing else, whatever order, repetition or delay they arrive with", () => {
    fc.assert(
      fc.property(Histories.historyAndArrival(), ([history, arrival]) => {
        const expected = liveFacts(history)
          .map(({ civilDate, contribution }) => [civilDate, contribution] as const)
          .toSorted(([left], [right]) => left - right);
        const calendar = ActivityCalendar.prune(ActivityCalendar.fromFacts(arrival));
        const found = [...calendar].flatMap(([on, cell]) => cell.contributions.map((one) => [on, one] as const));
        expect(found).toEqual(expected);
      }),
    );
  });

  it("makes the same calendar one by one as all at once", () => {
    fc.assert(
      fc.property(Histories.historyAndArrival({ maxFacts: 12 }), ([history, arrival]) => {
        expect([...arrival.reduce(ActivityCalendar.put, ActivityCalendar.empty)]).toEqual([
          ...ActivityCalendar.fromFacts(history),
        ]);
      }),
    );
  });

  it("merges: the calendar of a ∪ b is the calendar of a merged with the calendar of b", () => {
    fc.assert(
      fc.property(Histories.historyAndArrival(), fc.nat(), ([history, arrival], cut) => {
        const at = cut % (arrival.length + 1);
        const left = ActivityCalendar.fromFacts(arrival.slice(0, at));
        const right = ActivityCalendar.fromFacts(arrival.slice(at));
        const whole = [...ActivityCalendar.fromFacts(history)];
        expect([...ActivityCalendar.merge(left, right)]).toEqual(whole);
        expect([...ActivityCalendar.merge(right, left)]).toEqual(whole);
        expect([...ActivityCalendar.merge(left, left)]).toEqual([...left]);
      }),
    );
  });

  it("is after record-then-retract as if the fact had never been recorded", () => {
    fc.assert(
      fc.property(Histories.history(), Histories.contribution, Histories.civilDate(), (history, one, on) => {
        const before = ActivityCalendar.fromFacts(history);
        const recorded = ActivityCalendar.put(before, { civilDate: on, contribution: one });
        const retracted = ActivityCalendar.put(recorded, {
          civilDate: on,
          contribution: { ...one, version: 2, enteredInError: true },
        });
        expect([...ActivityCalendar.prune(retracted)]).toEqual([...ActivityCalendar.prune(before)]);
      }),
    );
  });
});

describe("ActivityCalendar, of what is stored", () => {
  it("puts stored cells in the order of their days, and answers for days without any", () => {
    const cell = DayCell.of([fact("2026-03-02", "a").contribution]);
    const calendar = ActivityCalendar.fromCells([
      [day("2026-03-05"), cell],
      [day("2026-03-02"), cell],
    ]);
    expect([...calendar]).toEqual([
      [day("2026-03-02"), cell],
      [day("2026-03-05"), cell],
    ]);
    expect(ActivityCalendar.cellOn(calendar, day("2026-03-05"))).toBe(cell);
    expect(ActivityCalendar.cellOn(calendar, day("2026-03-03"))).toBe(DayCell.empty);
  });

  it("lets a fact stand on the later day should one version ever name two", () => {
    const facts = [fact("2026-03-02", "a"), fact("2026-03-05", "a")];
    for (const arrival of [facts, facts.toReversed()]) {
      expect(totals(ActivityCalendar.fromFacts(arrival))).toEqual([["2026-03-05", 1, 0, 0]]);
    }
  });
});

describe("DayCell", () => {
  it("merges what either cell knows", () => {
    fc.assert(
      fc.property(cell, cell, (left, right) => {
        const both = DayCell.of([...left.contributions, ...right.contributions]);
        expect(DayCell.merge(left, right)).toEqual(both);
        expect(DayCell.merge(right, left)).toEqual(both);
        expect(DayCell.merge(left, DayCell.empty)).toBe(left);
        expect(DayCell.merge(DayCell.empty, left)).toBe(left);
      }),
    );
  });

  it("is idle when nothing on it counts", () => {
    const live = fact("2026-03-02", "a").contribution;
    expect(DayCell.isIdle(DayCell.empty)).toBe(true);
    expect(DayCell.isIdle(DayCell.of([{ ...live, enteredInError: true }]))).toBe(true);
    expect(DayCell.isIdle(DayCell.of([live]))).toBe(false);
  });

  it("takes back what it was given: remove undoes put", () => {
    fc.assert(
      fc.property(cell, Histories.contribution, (before, one) => {
        expect(DayCell.remove(DayCell.put(before, one), one.factId)).toEqual(before);
        expect(DayCell.remove(before, one.factId)).toBe(before);
      }),
    );
  });

  it("is unchanged by what it already holds", () => {
    fc.assert(
      fc.property(cell, (before) => {
        for (const one of before.contributions) expect(DayCell.put(before, one)).toBe(before);
      }),
    );
  });

  it("keeps exactly the totals its contributions add up to, fractions included", () => {
    fc.assert(
      fc.property(cell, (before) => {
        expect(before.contributions.reduce(DayCell.put, DayCell.empty)).toEqual(before);
        expect(before.contributions.toReversed().reduce(DayCell.put, DayCell.empty)).toEqual(before);
      }),
    );
  });

  it("lets every reader arrive at the same cell even if one version was written twice with other content", () => {
    const one = { factId: "a", version: 1, type: "other", source: "manual" } as const;
    const other = { ...one, minutes: 30 };
    expect(DayCell.of([one, other])).toEqual(DayCell.of([other, one]));
  });
});
