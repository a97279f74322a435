import { describe, expect, it } from "vitest";
import fc from "fast-check";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as ZoneRules from "../../../src/kernel/ZoneRules.ts";
import * as ActivityCalendar from "../../../src/pulseloop/domain/ActivityCalendar.ts";
import * as ChallengeProgress from "../../../src/pulseloop/domain/ChallengeProgress.ts";
import type { Contribution } from "../../../src/pulseloop/domain/DayCell.ts";
import * as Metric from "../../../src/pulseloop/domain/Metric.ts";
import * as Streak from "../../../src/pulseloop/domain/Streak.ts";
import * as Histories from "../../../src/testing/arbitraries/Histories.ts";
import * as Rules from "../../../src/testing/arbitraries/Rules.ts";
import { liveFacts } from "../../../src/testing/reference/LiveFacts.ts";

const june = (day: number) => CivilDate.fromYmd(2026, 6, day)!;

const challenge = (
  kind: ChallengeProgress.Kind,
  rest: Partial<ChallengeProgress.Challenge> = {},
): ChallengeProgress.Challenge => ({
  kind,
  from: june(1),
  to: june(30),
  join: "any_time_counting_back",
  graceDays: 3,
  ...rest,
});

let number = 0;
const moved = (
  on: CivilDate.CivilDate,
  minutes: number,
  rest: Partial<Contribution> = {},
): ActivityCalendar.CalendarFact => ({
  civilDate: on,
  contribution: { factId: `${number++}`, version: 1, type: "gym_checkin", source: "check_in", minutes, ...rest },
});

const progress = (
  of: ChallengeProgress.Challenge,
  facts: ReadonlyArray<ActivityCalendar.CalendarFact>,
  { asOf = june(30), joinedOn = june(1) } = {},
) => ChallengeProgress.evaluate({ challenge: of, calendar: ActivityCalendar.fromFacts(facts), joinedOn, asOf });

const sixHundredMinutes = challenge({ kind: "cumulative", metric: Metric.minutes, target: 600 });
const threeAWeek = challenge(
  { kind: "frequency", metric: Metric.events, perPeriod: 3, period: "week", periods: 4 },
  { from: june(3), to: june(30) },
);

describe("ChallengeProgress", () => {
  it("adds up to a target and names the civil day on which it was reached", () => {
    const facts = [moved(june(1), 250), moved(june(10), 349), moved(june(20), 1), moved(june(25), 60)];
    expect(progress(sixHundredMinutes, facts)).toMatchObject({
      value: 660,
      target: 600,
      fraction: 1,
      isReached: true,
      reachedOn: june(20),
    });
    const before = progress(sixHundredMinutes, facts, { asOf: june(19) });
    expect(before).toMatchObject({ value: 599, isReached: false, fraction: 599 / 600 });
    expect(before).not.toHaveProperty("reachedOn");
  });

  it("counts the first and the last day of its window and no other", () => {
    const facts = [
      moved(CivilDate.of("2026-05-31"), 100),
      moved(june(1), 10),
      moved(june(30), 10),
      moved(CivilDate.of("2026-07-01"), 100),
    ];
    expect(progress(sixHundredMinutes, facts, { asOf: CivilDate.of("2026-07-05") }).value).toBe(20);
  });

  it("counts three sessions a week for four weeks, the weeks running from its first day", () => {
    const sessions = (...days: ReadonlyArray<number>) => days.map((day) => moved(june(day), 30));
    const three = [3, 4, 5, 10, 11, 16, 17, 18, 23];
    expect(progress(threeAWeek, sessions(...three))).toMatchObject({
      value: 3,
      target: 4,
      fraction: 0.75,
      isReached: false,
    });
    const all = progress(threeAWeek, sessions(...three, 24, 29, 30));
    expect(all).toMatchObject({ value: 4, isReached: true, reachedOn: june(30) });
    expect(all.periods.map(({ value, isMet }) => [value, isMet])).toEqual([
      [3, true],
      [3, true],
      [3, true],
      [3, true],
    ]);
    expect(progress(threeAWeek, sessions(3, 4, 5, 9, 10, 11)).value).toBe(1);
  });

  it("takes the longest streak within its window, begun within it", () => {
    const inARow = challenge({ kind: "streak", rule: Streak.daily, target: 5 });
    const facts = [-2, -1, 0, 1, 2, 3, 5, 6, 7, 8, 9, 10].map((day) => moved(CivilDate.addDays(june(1), day - 1), 10));
    expect(progress(inARow, facts)).toMatchObject({ value: 6, reachedOn: june(9) });
    expect(progress(inARow, facts, { asOf: june(4) })).toMatchObject({ value: 3, isReached: false });
  });

  it("takes the best single day", () => {
    const best = challenge({ kind: "best_effort", metric: Metric.minutes, target: 90 });
    const facts = [moved(june(2), 80), moved(june(9), 50), moved(june(9), 45), moved(june(12), 120)];
    expect(progress(best, facts)).toMatchObject({ value: 120, reachedOn: june(9) });
    expect(progress(best, facts.slice(0, 1))).toMatchObject({ value: 80, isReached: false });
  });

  it("adds up a team, each member from the day they joined", () => {
    const team = challenge({ kind: "team", metric: Metric.events, target: 4 }, { join: "any_time" });
    const member = (joinedOn: CivilDate.CivilDate, ...days: ReadonlyArray<number>) => ({
      joinedOn,
      calendar: ActivityCalendar.fromFacts(days.map((day) => moved(june(day), 30))),
    });
    const members = [member(june(1), 2, 3), member(june(10), 4, 11, 12)];
    expect(ChallengeProgress.evaluateTeam(team, members, june(30))).toMatchObject({ value: 4, reachedOn: june(12) });
    expect(ChallengeProgress.evaluateTeam(team, members, june(11))).toMatchObject({ value: 3, isReached: false });
    expect(ChallengeProgress.evaluateTeam(team, [member(june(10), 9, 10)], june(30)).value).toBe(1);
  });

  it("counts from the joining, or back from the start, as its join policy says", () => {
    const facts = [moved(june(2), 100), moved(june(12), 100)];
    const value = (join: ChallengeProgress.Challenge["join"]) =>
      progress({ ...sixHundredMinutes, join }, facts, { joinedOn: june(12) }).value;
    expect([value("any_time"), value("any_time_counting_back")]).toEqual([100, 200]);
  });

  it.each([
    ["before_start", CivilDate.of("2026-05-31"), "yes"],
    ["before_start", june(1), "already_started"],
    ["any_time", june(30), "yes"],
    ["any_time", CivilDate.of("2026-07-01"), "is_over"],
    ["any_time_counting_back", june(15), "yes"],
  ] as const)("with %s, joining on day %i: %s", (join, on, answer) => {
    expect(ChallengeProgress.mayJoin({ ...sixHundredMinutes, join }, on)).toBe(answer);
  });

  it("counts eligible sources only", () => {
    const devicesOnly = { ...sixHundredMinutes, sources: ["device", "partner"] as const };
    const facts = [
      moved(june(2), 100),
      moved(june(2), 20, { source: "device" }),
      moved(june(3), 5, { source: "partner" }),
    ];
    expect(progress(devicesOnly, facts).value).toBe(25);
  });

  it("is defined when nothing is asked, and before it starts", () => {
    const nothing = challenge({ kind: "cumulative", metric: Metric.minutes, target: 0 });
    expect(progress(nothing, [])).toMatchObject({ value: 0, fraction: 1, isReached: true, reachedOn: june(1) });
    const early = progress(sixHundredMinutes, [], { asOf: CivilDate.of("2026-05-20") });
    expect(early).toMatchObject({ value: 0, fraction: 0, isReached: false, periods: [] });
    expect(early).not.toHaveProperty("counted");
  });

  it.each([
    [CivilDate.of("2026-05-31"), "upcoming"],
    [june(1), "running"],
    [june(30), "running"],
    [CivilDate.of("2026-07-01"), "in_grace"],
    [CivilDate.of("2026-07-03"), "in_grace"],
    [CivilDate.of("2026-07-04"), "final"],
  ] as const)("on day %i it is %s", (day, phase) => {
    expect(ChallengeProgress.phaseOn(sixHundredMinutes, day)).toBe(phase);
  });

  it("may be finalised only when grace is over in every zone on earth, and not an hour later than needed", () => {
    const from = ChallengeProgress.finalisableFrom(sixHundredMinutes);
    const lastDayOfGrace = CivilDate.of("2026-07-03");
    for (const zone of [...Intl.supportedValuesOf("timeZone"), "Etc/GMT+12", "Etc/GMT-14"]) {
      expect(ZoneRules.civilDateOf(zone, from), zone).toBeGreaterThan(lastDayOfGrace);
    }
    expect(ZoneRules.civilDateOf("Etc/GMT+12", from - 1)).toBe(lastDayOfGrace);
  });

  it("lists whose final result late facts would change", () => {
    const final = new Map([
      ["ann", { value: 600, reachedOn: june(20) }],
      ["bob", { value: 500 }],
      ["cem", { value: 600, reachedOn: june(21) }],
    ]);
    const now = new Map([...final, ["bob", { value: 520 }], ["cem", { value: 600, reachedOn: june(19) }]]);
    expect(ChallengeProgress.wouldChange(final, now)).toEqual([
      { participantId: "bob", finalised: 500, now: 520 },
      { participantId: "cem", finalised: 600, now: 600 },
    ]);
  });
});

describe("ChallengeProgress, period by period", () => {
  const facts = [moved(june(2), 80), moved(june(9), 95), moved(june(10), 90)];

  it("has one period for what adds up, as long as what counts", () => {
    expect(progress(sixHundredMinutes, facts, { asOf: june(15) }).periods).toEqual([
      { from: june(1), to: june(15), value: 265, target: 600, isMet: false },
    ]);
    const enough = { ...sixHundredMinutes, kind: { kind: "cumulative", metric: Metric.minutes, target: 265 } } as const;
    expect(progress(enough, facts).periods).toEqual([
      { from: june(1), to: june(30), value: 265, target: 265, isMet: true },
    ]);
  });

  it("has the active days for a best effort", () => {
    const best = challenge({ kind: "best_effort", metric: Metric.minutes, target: 90 });
    expect(progress(best, facts).periods).toEqual([
      { from: june(2), to: june(2), value: 80, target: 90, isMet: false },
      { from: june(9), to: june(9), value: 95, target: 90, isMet: true },
      { from: june(10), to: june(10), value: 90, target: 90, isMet: true },
    ]);
  });

  it("has the days, weeks or months of a frequency", () => {
    const every = (period: "day" | "week" | "month") =>
      challenge(
        { kind: "frequency", metric: Metric.events, perPeriod: 2, period, periods: 1 },
        { from: june(2), to: CivilDate.of("2026-07-03") },
      );
    const input = { asOf: CivilDate.of("2026-07-03"), joinedOn: june(2) };
    const found = (period: "day" | "week" | "month") =>
      progress(every(period), facts, input).periods.map(({ from, to, value, isMet }) => [
        from - june(1),
        to - june(1),
        value,
        isMet,
      ]);
    expect(found("month")).toEqual([
      [1, 29, 3, true],
      [30, 60, 0, false],
    ]);
    expect(found("week").slice(0, 2)).toEqual([
      [1, 7, 1, false],
      [8, 14, 2, true],
    ]);
    expect(found("day").length).toBe(32);
  });

  it("has the periods of its rule for a streak", () => {
    const inARow = challenge({ kind: "streak", rule: Streak.daily, target: 2 }, { from: june(8) });
    expect(progress(inARow, facts, { asOf: june(10) }).periods).toEqual([
      { from: june(8), to: june(8), value: 0, target: 1, isMet: false },
      { from: june(9), to: june(9), value: 1, target: 1, isMet: true },
      { from: june(10), to: june(10), value: 1, target: 1, isMet: true },
    ]);
  });

  it("counts a session type once, on the day it was first done", () => {
    const variety = challenge({ kind: "cumulative", metric: { measure: "session_types" }, target: 2 });
    const types = ["spin", "spin", "yoga", "box"].map((sessionTypeId, index) =>
      moved(june(3 + index), 30, { sessionTypeId }),
    );
    expect(progress(variety, types)).toMatchObject({ value: 3, reachedOn: june(5) });
  });

  it.each<ChallengeProgress.Kind>([
    { kind: "cumulative", metric: Metric.minutes, target: 0 },
    { kind: "best_effort", metric: Metric.minutes, target: 0 },
    { kind: "frequency", metric: Metric.events, perPeriod: 1, period: "day", periods: 2 },
    { kind: "streak", rule: Streak.daily, target: 2 },
  ])("has neither value nor periods before it starts: %j", (kind) => {
    const before = progress(challenge(kind), facts, { asOf: CivilDate.of("2026-05-20") });
    expect(before).toMatchObject({ value: 0, periods: [] });
    expect(before).not.toHaveProperty("reachedOn");
  });

  it("does not depend on the order in which a calendar lists its days", () => {
    const enough = { ...sixHundredMinutes, kind: { kind: "cumulative", metric: Metric.minutes, target: 100 } } as const;
    const inOrder = ActivityCalendar.fromFacts(facts);
    const evaluated = (calendar: ActivityCalendar.ActivityCalendar) =>
      ChallengeProgress.evaluate({ challenge: enough, calendar, joinedOn: june(1), asOf: june(30) });
    expect(evaluated(new Map([...inOrder].toReversed()))).toEqual(evaluated(inOrder));
  });

  it("counts a team back from the start when its join policy does, and forgets who left the list", () => {
    const team = challenge({ kind: "team", metric: Metric.events, target: 4 });
    const members = [{ calendar: ActivityCalendar.fromFacts(facts), joinedOn: june(10) }];
    expect(ChallengeProgress.evaluateTeam(team, members, june(30)).value).toBe(3);
    expect(ChallengeProgress.wouldChange(new Map([["ann", { value: 1 }]]), new Map())).toEqual([]);
  });
});

describe("ChallengeProgress, by property", () => {
  const metric = fc.constantFrom<Metric.Metric>(
    Metric.events,
    Metric.minutes,
    Metric.activeDays,
    { measure: "session_types" },
    Metric.moderateEquivalentMinutes,
  );
  const kind: fc.Arbitrary<ChallengeProgress.Kind> = fc.oneof(
    fc.record({ kind: fc.constant("cumulative" as const), metric, target: fc.integer({ min: 0, max: 300 }) }),
    fc.record({ kind: fc.constant("best_effort" as const), metric, target: fc.integer({ min: 1, max: 90 }) }),
    fc.record({
      kind: fc.constant("frequency" as const),
      metric,
      perPeriod: fc.integer({ min: 1, max: 3 }),
      period: fc.constantFrom("day" as const, "week" as const, "month" as const),
      periods: fc.integer({ min: 1, max: 4 }),
    }),
    fc.record({ kind: fc.constant("streak" as const), rule: Rules.rule, target: fc.integer({ min: 1, max: 4 }) }),
  );
  const challenges: fc.Arbitrary<ChallengeProgress.Challenge> = fc
    .record({
      kind,
      from: Histories.civilDate(20),
      days: fc.integer({ min: 1, max: 50 }),
      join: fc.constantFrom("any_time" as const, "any_time_counting_back" as const),
      graceDays: fc.constant(2),
    })
    .map(({ days, ...rest }) => ({ ...rest, to: CivilDate.addDays(rest.from, days - 1) }));

  it("names as the day reached the first as-of with which the goal is reached", () => {
    fc.assert(
      fc.property(Histories.history({ maxFacts: 50 }), challenges, Histories.civilDate(40), (facts, one, joinedOn) => {
        const calendar = ActivityCalendar.fromFacts(facts);
        const whole = ChallengeProgress.evaluate({ challenge: one, calendar, joinedOn, asOf: one.to });
        let first: CivilDate.CivilDate | undefined;
        for (let asOf = one.from; asOf <= one.to && first === undefined; asOf = CivilDate.addDays(asOf, 1)) {
          const { isReached, counted } = ChallengeProgress.evaluate({ challenge: one, calendar, joinedOn, asOf });
          if (isReached && counted !== undefined) first = asOf;
        }
        expect(whole.reachedOn).toBe(first);
      }),
      { numRuns: 300 },
    );
  });

  it("adds up exactly the live facts of the window, in any order of arrival", () => {
    fc.assert(
      fc.property(Histories.historyAndArrival(), challenges, Histories.civilDate(), ([facts, arrival], one, asOf) => {
        const minutesWanted = { ...one, kind: { kind: "cumulative" as const, metric: Metric.minutes, target: 100 } };
        const { value } = ChallengeProgress.evaluate({
          challenge: minutesWanted,
          calendar: ActivityCalendar.fromFacts(arrival),
          joinedOn: one.from,
          asOf,
        });
        const expected = liveFacts(facts)
          .filter(({ civilDate }) => civilDate >= one.from && civilDate <= one.to && civilDate <= asOf)
          .reduce((sum, { contribution }) => sum + (contribution.minutes ?? 0), 0);
        expect(value).toBeCloseTo(expected, 9);
      }),
    );
  });

  it("never falls with more movement, and is never reached later by it", () => {
    fc.assert(
      fc.property(
        Histories.history({ maxFacts: 50 }),
        challenges,
        Histories.civilDate(),
        Histories.contribution,
        (facts, one, on, extra) => {
          const input = { challenge: one, joinedOn: one.from, asOf: one.to };
          const calendar = ActivityCalendar.fromFacts(facts);
          const before = ChallengeProgress.evaluate({ ...input, calendar });
          const after = ChallengeProgress.evaluate({
            ...input,
            calendar: ActivityCalendar.put(calendar, { civilDate: on, contribution: extra }),
          });
          expect(after.value).toBeGreaterThanOrEqual(before.value);
          if (before.reachedOn !== undefined) expect(after.reachedOn).toBeLessThanOrEqual(before.reachedOn);
        },
      ),
      { numRuns: 300 },
    );
  });
});
