import { assert, describe, it } from "@effect/vitest";
import * as fc from "fast-check";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import type * as CivilWeek from "../../../src/kernel/CivilWeek.ts";
import type { Member } from "../../../src/platform/index.ts";
import * as ActivityCalendar from "../../../src/pulseloop/domain/ActivityCalendar.ts";
import * as Adherence from "../../../src/pulseloop/domain/Adherence.ts";
import * as Excuse from "../../../src/pulseloop/domain/Excuse.ts";
import * as PackedCalendar from "../../../src/pulseloop/domain/PackedCalendar.ts";
import * as PackedScores from "../../../src/pulseloop/domain/PackedScores.ts";
import { Measure, metricOf } from "../../../src/pulseloop/domain/Measure.ts";
import { adherenceFormula, type ScoringRules, streakRule } from "../../../src/pulseloop/domain/ScoringRules.ts";
import { packedStandingOf, standingOf } from "../../../src/pulseloop/domain/Standing.ts";
import * as Streak from "../../../src/pulseloop/domain/Streak.ts";
import { civilDate, firstDay, history } from "../../../src/testing/arbitraries/Histories.ts";

const calendar = history().map((facts) => ActivityCalendar.prune(ActivityCalendar.fromFacts(facts)));
const measure = fc.constantFrom(...Measure.literals);
const rules: fc.Arbitrary<ScoringRules> = fc.record({
  activeDay: fc.record({ measure, atLeast: fc.constantFrom(1, 2, 30, 45.5) }),
  weeklyTarget: fc.record({ measure, amount: fc.constantFrom(0, 1, 3, 150, 33.3) }),
  weeks: fc.integer({ min: 1, max: 8 }),
});
const weekStart = fc.integer({ min: 1, max: 7 }).map((day) => day as CivilWeek.WeekStart);

const totalsOf = (of: ActivityCalendar.ActivityCalendar) =>
  [...of].map(([day, { events, minutes, moderateEquivalentMinutes }]) => [
    day,
    events,
    minutes,
    moderateEquivalentMinutes,
  ]);

const entriesOf = ({ days, events, minutes, moderateEquivalentMinutes }: PackedCalendar.PackedCalendar) =>
  [...days].map((day, index) => [day, events[index], minutes[index], moderateEquivalentMinutes[index]]);

describe("a packed calendar", () => {
  it("says what the cells say", () =>
    fc.assert(
      fc.property(calendar, (cells) => assert.deepStrictEqual(entriesOf(PackedCalendar.of(cells)), totalsOf(cells))),
    ));

  it("knows on which days there was movement", () =>
    fc.assert(
      fc.property(calendar, civilDate(), (cells, another) => {
        const packed = PackedCalendar.of(cells);
        for (const day of [...cells.keys(), another]) {
          assert.strictEqual(PackedCalendar.has(packed, day), (cells.get(day)?.events ?? 0) > 0);
        }
      }),
    ));

  it("comes back from its bytes, wherever among others they stand", () =>
    fc.assert(
      fc.property(calendar, calendar, fc.integer({ min: 0, max: 9 }), (one, other, shift) => {
        const [first, second] = [PackedCalendar.of(one), PackedCalendar.of(other)];
        const bytes = new Uint8Array([
          ...new Uint8Array(shift),
          ...PackedCalendar.encode(first),
          ...PackedCalendar.encode(second),
        ]);
        const read = PackedCalendar.decode(bytes, shift);
        assert.deepStrictEqual(entriesOf(read.packed), entriesOf(first));
        const next = PackedCalendar.decode(bytes, read.next);
        assert.deepStrictEqual(entriesOf(next.packed), entriesOf(second));
        assert.strictEqual(next.next, bytes.length);
      }),
    ));

  it("kept day by day is the calendar packed at once", () =>
    fc.assert(
      fc.property(calendar, fc.array(civilDate()), (cells, emptied) => {
        const nothing = { events: 0, minutes: 0, moderateEquivalentMinutes: 0 };
        const filled = [...cells].reduce(
          (packed, change) => PackedCalendar.put(packed, [change]),
          PackedCalendar.empty,
        );
        assert.deepStrictEqual(filled, PackedCalendar.of(cells));
        const left = ActivityCalendar.fromCells([...cells].filter(([day]) => !emptied.includes(day)));
        const changes = emptied.map((day) => [day, nothing] as const);
        assert.deepStrictEqual(PackedCalendar.put(filled, changes), PackedCalendar.of(left));
      }),
    ));
});

describe("a packed calendar's bytes", () => {
  const totals = { events: 1, minutes: 30, moderateEquivalentMinutes: 30 };
  const first = CivilDate.of("1960-02-29");
  const NARROW = 16 + 4 * 8;
  const WIDE = 16 + 8 + 3 * 16;
  it.each<readonly [what: string, span: number, more: Partial<typeof totals>, bytes: number]>([
    ["whole minutes of a life", 65_535, {}, NARROW],
    ["more days than an offset holds", 65_536, {}, WIDE],
    ["as many events as a byte holds", 1, { events: 255 }, NARROW],
    ["one event more", 1, { events: 256 }, WIDE],
    ["no minutes at all", 1, { minutes: 0, moderateEquivalentMinutes: 0 }, NARROW],
    ["as many minutes as two bytes hold", 1, { minutes: 65_535 }, NARROW],
    ["one minute more", 1, { minutes: 65_536 }, WIDE],
    ["half a minute", 1, { minutes: 12.5 }, WIDE],
    ["as many weighted minutes as two bytes hold", 1, { moderateEquivalentMinutes: 65_535 }, NARROW],
    ["one weighted minute more", 1, { moderateEquivalentMinutes: 65_536 }, WIDE],
    ["half a weighted minute", 1, { moderateEquivalentMinutes: 0.5 }, WIDE],
    ["less than nothing, which is nobody's but comes back", 1, { minutes: -1 }, WIDE],
  ])("are as few as its widest number allows: %s", (_, span, more, length) => {
    const packed = PackedCalendar.put(PackedCalendar.empty, [
      [first, totals],
      [CivilDate.addDays(first, span), { ...totals, ...more }],
    ]);
    const bytes = new Uint8Array(PackedCalendar.encode(packed));
    assert.strictEqual(bytes.length, length);
    assert.deepStrictEqual(entriesOf(PackedCalendar.decode(bytes).packed), entriesOf(packed));
  });

  it("of nobody's days are a header", () => {
    const bytes = new Uint8Array(PackedCalendar.encode(PackedCalendar.empty));
    assert.strictEqual(bytes.length, 16);
    assert.deepStrictEqual(entriesOf(PackedCalendar.decode(bytes).packed), []);
  });

  it("hold what was put last on a day, wherever among the others it stands", () => {
    const on = (offset: number, events: number) => [CivilDate.addDays(first, offset), { ...totals, events }] as const;
    const packed = PackedCalendar.put(PackedCalendar.empty, [on(5, 1), on(1, 1), on(3, 1)]);
    const changed = PackedCalendar.put(packed, [on(3, 2), on(7, 3), on(0, 4), on(3, 5), on(1, 0)]);
    assert.deepStrictEqual(
      entriesOf(changed).map(([day, events]) => [Number(day) - first, events]),
      [
        [0, 4],
        [3, 5],
        [5, 1],
        [7, 3],
      ],
    );
  });
});

describe("scores from a packed calendar are those from the cells", () => {
  it("in the tenant's weeks, unless the rule has its own", () => {
    const one: ScoringRules = {
      activeDay: { measure: "events", atLeast: 1 },
      weeklyTarget: { measure: "events", amount: 3 },
      weeks: 4,
    };
    const periodOf = (period: Streak.Rule["period"]) =>
      streakRule({ ...one, streak: { period, thresholds: [] } }, 7).period;
    assert.deepStrictEqual(periodOf({ kind: "week" }), { kind: "week", weekStart: 7 });
    assert.deepStrictEqual(periodOf({ kind: "week", weekStart: 6 }), { kind: "week", weekStart: 6 });
    assert.deepStrictEqual(periodOf({ kind: "month" }), { kind: "month" });
  });

  it("the streak of active days", () =>
    fc.assert(
      fc.property(calendar, rules, civilDate(90), (cells, one, asOf) => {
        const expected = Streak.evaluate({ calendar: cells, rule: streakRule(one, 1), asOf });
        const { current, best, status } = PackedScores.streak(PackedCalendar.of(cells), one.activeDay, asOf);
        assert.deepStrictEqual(
          { current, best, status },
          { current: expected.current, best: expected.best, status: expected.status },
        );
      }),
    ));

  it("zmos-v1, to the last bit", () =>
    fc.assert(
      fc.property(calendar, rules, weekStart, civilDate(90), civilDate(30), (cells, one, starts, asOf, since) => {
        const formula = adherenceFormula(one, starts);
        const expected = Adherence.evaluate({ formula, calendar: cells, asOf, since }).score;
        assert.strictEqual(PackedScores.zmosV1(PackedCalendar.of(cells), one, starts, since, asOf), expected);
      }),
      { numRuns: 500 },
    ));

  it("a whole standing", () => {
    const member = { id: "m", firstName: "Amina", lastName: "Otieno", memberSince: firstDay } as unknown as Member;
    fc.assert(
      fc.property(calendar, rules, weekStart, civilDate(90), civilDate(30), (cells, one, starts, asOf, memberSince) => {
        const who = { ...member, memberSince };
        const expected = standingOf({
          member: who,
          calendar: ActivityCalendar.fromCells([...cells].filter(([day]) => day <= asOf)),
          asOf,
          excused: Excuse.none,
          streak: streakRule(one, starts),
          formula: adherenceFormula(one, starts),
          metric: metricOf(one.weeklyTarget.measure),
          weekTarget: one.weeklyTarget.amount,
          weekStart: starts,
        });
        const packed = PackedCalendar.of(cells);
        assert.deepStrictEqual(
          packedStandingOf({ member: who, packed, asOf, weekStart: starts, rules: one }),
          expected,
        );
      }),
      { numRuns: 300 },
    );
  });

  it("what a measure adds up to between two days", () => {
    const day = (offset: number) => CivilDate.addDays(firstDay, offset);
    const totals = (events: number) => ({ events, minutes: events * 10.5, moderateEquivalentMinutes: 0 });
    const packed = PackedCalendar.put(
      PackedCalendar.empty,
      [0, 1, 3, 7].map((offset) => [day(offset), totals(offset + 1)] as const),
    );
    assert.strictEqual(PackedScores.total(packed, "events", day(1), day(3)), 6);
    assert.strictEqual(PackedScores.total(packed, "minutes", day(0), day(7)), 157.5);
    assert.strictEqual(PackedScores.total(packed, "events", day(4), day(6)), 0);
  });
});
