import { describe, expect, it } from "vitest";
import fc from "fast-check";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as ActivityCalendar from "../../../src/pulseloop/domain/ActivityCalendar.ts";
import * as DailyStreak from "../../../src/pulseloop/domain/DailyStreak.ts";
import * as Excuse from "../../../src/pulseloop/domain/Excuse.ts";
import * as Metric from "../../../src/pulseloop/domain/Metric.ts";
import * as Streak from "../../../src/pulseloop/domain/Streak.ts";
import * as Histories from "../../../src/testing/arbitraries/Histories.ts";
import * as Rules from "../../../src/testing/arbitraries/Rules.ts";
import * as Reference from "../../../src/testing/reference/ReferenceStreak.ts";
import streaks from "../../../src/testing/vectors/streaks.json" with { type: "json" };

const day = CivilDate.of;

/** A history drawn as one sign a day: `#` moved, `.` did not, `e` excused, `E` excused and moved. */
const drawn = (history: string, firstDay = day("2026-01-05")) => {
  const at = (index: number) => CivilDate.addDays(firstDay, index);
  const signs = history.split("");
  return {
    calendar: ActivityCalendar.fromFacts(
      signs.flatMap((sign, index) =>
        sign === "#" || sign === "E"
          ? [
              {
                civilDate: at(index),
                contribution: { factId: `${index}`, version: 1, type: "gym_checkin", source: "check_in" } as const,
              },
            ]
          : [],
      ),
    ),
    excused: Excuse.daysOf(
      signs.flatMap((sign, index) =>
        sign === "e" || sign === "E"
          ? [{ from: at(index), to: at(index), reason: "illness", grantedBy: "coach" } as const]
          : [],
      ),
    ),
    since: firstDay,
    asOf: at(signs.length - 1),
  };
};

const weekly: Streak.Rule = { period: { kind: "week" }, thresholds: [{ metric: Metric.activeDays, atLeast: 3 }] };

const spans = (list: ReadonlyArray<{ from: CivilDate.CivilDate; to: CivilDate.CivilDate }> | undefined) =>
  list?.map(({ from, to }) => `${CivilDate.toIso(from)}…${CivilDate.toIso(to)}`);

describe("Streak, by example", () => {
  it.each(streaks.examples)("$history ($rule): $name", (example) => {
    const [initial, earnEvery, cap] = (example.freezes ?? "").split("/");
    const rule: Streak.Rule = {
      ...(example.rule === "weekly" ? weekly : Streak.daily),
      ...(example.freezes !== undefined && {
        freezes: {
          initial: Number(initial),
          cap: Number(cap),
          ...(earnEvery !== "-" && { earnEvery: Number(earnEvery) }),
        },
      }),
    };
    const result = Streak.evaluate({ ...drawn(example.history), rule });
    expect({ current: result.current.length, best: result.best.length, status: result.status }).toEqual({
      current: example.current,
      best: example.best,
      status: example.status,
    });
    expect(result.freezes?.left).toBe(example.freezesLeft);
  });

  it("names the days on which current and best begin and end", () => {
    const { current, best } = Streak.evaluate(drawn("####.##."));
    expect([best.start, best.end, current.start, current.end].map((on) => CivilDate.toIso(on!))).toEqual([
      "2026-01-05",
      "2026-01-08",
      "2026-01-10",
      "2026-01-11",
    ]);
  });

  it("ends a weekly streak at as-of while its week goes on", () => {
    const { current } = Streak.evaluate({ ...drawn("###....###"), rule: weekly });
    expect(spans([{ from: current.start!, to: current.end! }])).toEqual(["2026-01-05…2026-01-14"]);
  });

  it("prefers the latest of equally long best streaks", () => {
    const { best } = Streak.evaluate(drawn("##.##.#."));
    expect(CivilDate.toIso(best.start!)).toBe("2026-01-08");
  });

  it.each([
    ["##.", "2026-01-07…2026-01-07", "the pending day"],
    ["##", "2026-01-07…2026-01-07", "the day after a met one"],
    ["##e", "2026-01-08…2026-01-08", "the day after an excused one"],
    ["#..", "2026-01-07…2026-01-07", "today begins a new streak"],
  ])("%s needs %s next: %s", (history, expected) => {
    const { keepsAliveNext } = Streak.evaluate(drawn(history));
    expect(spans([keepsAliveNext!])).toEqual([expected]);
    expect(keepsAliveNext!.needs).toEqual([{ metric: Metric.events, atLeast: 1, have: 0 }]);
  });

  it("says how much of a week is still missing", () => {
    const { keepsAliveNext } = Streak.evaluate({ ...drawn("###....##"), rule: weekly });
    expect(spans([keepsAliveNext!])).toEqual(["2026-01-12…2026-01-18"]);
    expect(keepsAliveNext!.needs).toEqual([{ metric: Metric.activeDays, atLeast: 3, have: 2 }]);
  });

  it("promises nothing when every day to come is excused", () => {
    const { excused: _, ...input } = drawn("##");
    const excused = Excuse.daysOf([{ from: day("2026-01-07"), reason: "membership_pause", grantedBy: "desk" }]);
    expect(Streak.evaluate({ ...input, excused }).keepsAliveNext).toBeUndefined();
  });

  it.each([
    ["##..", "2026-01-07…2026-01-07"],
    ["##...#", "2026-01-07…2026-01-07"],
    ["##e.#.##", "2026-01-10…2026-01-10"],
  ])("%s was broken on %s", (history, expected) => {
    expect(spans([Streak.evaluate(drawn(history)).brokenBy!])).toEqual([expected]);
  });

  it.each([".", "#", "..##", "##e#"])("%s was never broken", (history) => {
    expect(Streak.evaluate(drawn(history)).brokenBy).toBeUndefined();
  });

  it("names the missed days that took a freeze, the most recent first", () => {
    const rule = { ...Streak.daily, freezes: { initial: 2, cap: 2 } };
    const result = Streak.evaluate({ ...drawn("##.#.#"), rule, explain: true });
    expect(spans(result.freezes!.spentOn)).toEqual(["2026-01-09…2026-01-09", "2026-01-07…2026-01-07"]);
    expect(result.periods!.map(({ status, frozen }) => (frozen ? "frozen" : status))).toEqual([
      "met",
      "met",
      "frozen",
      "met",
      "frozen",
      "met",
    ]);
  });

  it("was broken by the day after the last one a freeze could carry", () => {
    const rule = { ...Streak.daily, freezes: { initial: 1, cap: 1 } };
    expect(spans([Streak.evaluate({ ...drawn("##...#"), rule }).brokenBy!])).toEqual(["2026-01-08…2026-01-08"]);
  });

  it("rests on the rule's rest weekdays", () => {
    const rule: Streak.Rule = { ...Streak.daily, restWeekdays: [6, 7] };
    expect(Streak.evaluate({ ...drawn("#####..#####"), rule }).current.length).toBe(10);
    expect(Streak.evaluate({ ...drawn("#####.."), rule }).status).toBe("paused");
  });

  it("passes over the day Apia skipped", () => {
    const history = drawn("##.##", day("2011-12-28"));
    const skipped = day("2011-12-30");
    const excused = Excuse.daysOf([{ from: skipped, to: skipped, reason: "no_such_day", grantedBy: "tz database" }]);
    expect(Streak.evaluate({ ...history, excused }).current.length).toBe(4);
  });

  it("ignores facts before its first day and after as-of", () => {
    const { calendar } = drawn("#######");
    const result = Streak.evaluate({ calendar, since: day("2026-01-07"), asOf: day("2026-01-09") });
    expect(result.current).toEqual({ length: 3, start: day("2026-01-07"), end: day("2026-01-09") });
    expect(Streak.evaluate({ calendar, since: day("2026-02-01"), asOf: day("2026-01-09") }).current.length).toBe(0);
  });

  it("counts months", () => {
    const { calendar, since } = drawn("#".padEnd(27, ".") + "#".padEnd(28, ".") + "#");
    const rule: Streak.Rule = { period: { kind: "month" }, thresholds: [{ metric: Metric.events, atLeast: 1 }] };
    expect(Streak.evaluate({ calendar, since, rule, asOf: day("2026-02-28") }).current.length).toBe(2);
    expect(Streak.evaluate({ calendar, since, rule, asOf: day("2026-03-31") }).current.length).toBe(3);
    expect(Streak.evaluate({ calendar, since, rule, asOf: day("2026-04-30") }).status).toBe("at_risk");
    expect(Streak.evaluate({ calendar, since, rule, asOf: day("2026-05-01") }).status).toBe("broken");
  });

  it("counts runs of m days from their anchor, each with n active days", () => {
    const rule = Streak.timesInDays(2, 4, day("2026-01-05"));
    expect(Streak.evaluate({ ...drawn("##..#..##.#."), rule }).current.length).toBe(3);
    const shifted = Streak.timesInDays(2, 4, day("2026-01-06"));
    expect(Streak.evaluate({ ...drawn("##..#..##.#.."), rule: shifted }).current.length).toBe(2);
    expect(Streak.evaluate({ ...drawn(".#...##..#.#."), rule: shifted }).current.length).toBe(2);
  });

  it("joins thresholds by all or by any", () => {
    const input = drawn("#");
    const thresholds = [
      { metric: Metric.events, atLeast: 1 },
      { metric: Metric.minutes, atLeast: 30 },
    ];
    const length = (join: "all" | "any") =>
      Streak.evaluate({ ...input, rule: { period: { kind: "day" }, thresholds, join } }).current.length;
    expect([length("all"), length("any")]).toEqual([0, 1]);
  });

  it("counts periods of a score that reaches the threshold", () => {
    const week = (index: number, score: number, status: "met" | "missed" | "excused" | "pending" = "missed") => ({
      from: CivilDate.addDays(day("2026-01-05"), 7 * index),
      to: CivilDate.addDays(day("2026-01-11"), 7 * index),
      score,
      status,
    });
    const weeks = [
      week(0, 0.95),
      week(1, 0.89),
      week(2, 0.9),
      week(3, 0, "excused"),
      week(4, 1, "met"),
      week(5, 0.2, "pending"),
    ];
    expect(Streak.overScores(weeks, 0.9, day("2026-02-10"))).toMatchObject({
      current: { length: 2, start: day("2026-01-19"), end: day("2026-02-08") },
      best: { length: 2 },
      status: "at_risk",
      brokenBy: { from: day("2026-01-12") },
    });
  });
});

describe("Streak, what it tells besides", () => {
  it("says with which excuse a period was excused, each once, and lists periods only when asked", () => {
    const pause = { from: day("2026-01-06"), to: day("2026-01-07"), reason: "travel", grantedBy: "coach" } as const;
    const input = { ...drawn("#..#"), excused: Excuse.daysOf([pause]) };
    expect(
      Streak.evaluate({ ...input, explain: true }).periods!.map(({ excuses, frozen }) => [excuses, frozen]),
    ).toEqual([
      [[], false],
      [[pause], false],
      [[pause], false],
      [[], false],
    ]);
    const [week] = Streak.evaluate({ ...input, rule: weekly, explain: true }).periods!;
    expect(week!.excuses).toEqual([pause]);
    expect(Streak.evaluate(input)).not.toHaveProperty("periods");
  });

  it("joins what is needed next as the rule does, all unless told", () => {
    expect(Streak.evaluate(drawn("#")).keepsAliveNext!.join).toBe("all");
    expect(Streak.evaluate({ ...drawn("#"), rule: { ...Streak.daily, join: "any" } }).keepsAliveNext!.join).toBe("any");
  });

  it("does not depend on the order in which a calendar lists its days", () => {
    const input = drawn("##.###..");
    const shuffled = new Map([...input.calendar].toReversed());
    expect(Streak.evaluate({ ...input, calendar: shuffled })).toEqual(Streak.evaluate(input));
    const { since: _, ...open } = input;
    expect(Streak.evaluate({ ...open, calendar: shuffled }).best).toEqual(Streak.evaluate(open).best);
  });

  it("begins with the first period when as-of is before it", () => {
    const { calendar } = drawn("#");
    const result = Streak.evaluate({ calendar, since: day("2026-02-01"), asOf: day("2026-01-09"), explain: true });
    expect(result).toMatchObject({ current: { length: 0 }, best: { length: 0 }, status: "broken", periods: [] });
    expect(spans([result.keepsAliveNext!])).toEqual(["2026-02-01…2026-02-01"]);
  });

  it("asks seven a week with three open days for three, not for a little more", () => {
    const rule: Streak.Rule = {
      period: { kind: "week" },
      thresholds: [{ metric: Metric.events, atLeast: 7 }],
      excuse: "prorate",
    };
    expect(Streak.evaluate({ ...drawn("###eeee"), rule }).current.length).toBe(1);
  });

  it("misses a week of which one of two joined thresholds was out of reach only when any would do", () => {
    const thresholds = [
      { metric: Metric.activeDays, atLeast: 5 },
      { metric: Metric.events, atLeast: 1 },
    ];
    const status = (join: "all" | "any") =>
      Streak.evaluate({ ...drawn("...eeee#"), rule: { period: { kind: "week" }, thresholds, join }, explain: true })
        .periods![0]!.status;
    expect([status("all"), status("any")]).toEqual(["excused", "missed"]);
  });

  it("names the very first period as the one that broke nothing", () => {
    expect(Streak.evaluate(drawn(".#")).brokenBy).toBeUndefined();
  });
});

describe("Streak, by property", () => {
  const since = Histories.firstDay;
  const asOf = Histories.civilDate();

  it("equals the slow reference for every rule, whatever the facts, excuses and order of arrival", () => {
    fc.assert(
      fc.property(
        Histories.historyAndArrival({ spanDays: 45, maxFacts: 60 }),
        Rules.rule,
        Rules.excuses,
        Histories.civilDate(45),
        ([history, arrival], rule, excuses, on) => {
          const excused = Excuse.daysOf(excuses);
          const expected = Reference.streak(history, rule, since, on, excused);
          const result = Streak.evaluate({
            calendar: ActivityCalendar.fromFacts(arrival),
            rule,
            since,
            asOf: on,
            excused,
            explain: true,
          });
          expect(result.periods!.map(({ status }) => status)).toEqual(expected.statuses);
          expect({ current: result.current.length, best: result.best.length, status: result.status }).toEqual({
            current: expected.current,
            best: expected.best,
            status: expected.status,
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  it("is the same from the days alone as from the calendar", () => {
    fc.assert(
      fc.property(fc.array(Histories.civilDate(30), { maxLength: 60 }), asOf, fc.boolean(), (days, on, bounded) => {
        const calendar = ActivityCalendar.fromFacts(
          days.map((civilDate, index) => ({
            civilDate,
            contribution: { factId: `${index}`, version: 1, type: "other", source: "import" },
          })),
        );
        const from = bounded ? { since: CivilDate.addDays(since, 5) } : {};
        const { current, best, status, brokenBy } = Streak.evaluate({ calendar, asOf: on, ...from });
        const fast = DailyStreak.evaluate(days, on, from.since);
        expect({ current: fast.current, best: fast.best, status: fast.status }).toEqual({ current, best, status });
        expect(fast.brokenBy).toBe(brokenBy?.from);
      }),
      { numRuns: 500 },
    );
  });

  it("never falls when more movement is recorded, freezes or not", () => {
    fc.assert(
      fc.property(
        Histories.history({ maxFacts: 60 }),
        Rules.rule,
        Rules.excuses,
        asOf,
        Histories.civilDate(),
        Histories.contribution,
        (history, rule, excuses, on, extraDay, extra) => {
          const excused = Excuse.daysOf(excuses);
          const calendar = ActivityCalendar.fromFacts(history);
          const more = ActivityCalendar.put(calendar, { civilDate: extraDay, contribution: extra });
          const before = Streak.evaluate({ calendar, rule, since, asOf: on, excused });
          const after = Streak.evaluate({ calendar: more, rule, since, asOf: on, excused });
          expect(after.current.length).toBeGreaterThanOrEqual(before.current.length);
          expect(after.best.length).toBeGreaterThanOrEqual(before.best.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("never falls when another excuse is granted, also backwards in time", () => {
    fc.assert(
      fc.property(
        Histories.history({ maxFacts: 60 }),
        Rules.rule,
        Rules.excuses,
        Rules.excuse,
        asOf,
        (history, rule, excuses, extra, on) => {
          const calendar = ActivityCalendar.fromFacts(history);
          const before = Streak.evaluate({ calendar, rule, since, asOf: on, excused: Excuse.daysOf(excuses) });
          const after = Streak.evaluate({
            calendar,
            rule,
            since,
            asOf: on,
            excused: Excuse.daysOf([...excuses, extra]),
          });
          expect(after.current.length).toBeGreaterThanOrEqual(before.current.length);
          expect(after.best.length).toBeGreaterThanOrEqual(before.best.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("gives each length the span it names: a daily streak without excuses is as long as its days", () => {
    fc.assert(
      fc.property(Histories.history(), asOf, (history, on) => {
        const { current, best } = Streak.evaluate({ calendar: ActivityCalendar.fromFacts(history), asOf: on });
        for (const { length, start, end } of [current, best]) {
          expect(length).toBe(start === undefined ? 0 : end! - start + 1);
        }
        expect(best.length).toBeGreaterThanOrEqual(current.length);
      }),
    );
  });
});
