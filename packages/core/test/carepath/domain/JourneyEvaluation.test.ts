import { describe, expect, it } from "vitest";
import fc from "fast-check";
import * as JourneyEvaluation from "../../../src/carepath/domain/JourneyEvaluation.ts";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as ActivityCalendar from "../../../src/pulseloop/domain/ActivityCalendar.ts";
import * as Adherence from "../../../src/pulseloop/domain/Adherence.ts";
import type { Contribution } from "../../../src/pulseloop/domain/DayCell.ts";
import * as Excuse from "../../../src/pulseloop/domain/Excuse.ts";
import { cappedWeeks } from "../../../src/pulseloop/domain/ShippedFormulas.ts";
import * as Histories from "../../../src/testing/arbitraries/Histories.ts";
import * as Rules from "../../../src/testing/arbitraries/Rules.ts";

const start = CivilDate.of("2026-01-07"); // a Wednesday
const at = (offset: number) => CivilDate.addDays(start, offset);

let number = 0;
const moved = (offset: number, rest: Partial<Contribution> = {}): ActivityCalendar.CalendarFact => ({
  civilDate: at(offset),
  contribution: { factId: `${number++}`, version: 1, type: "gym_checkin", source: "check_in", ...rest },
});

const threeAWeek: JourneyEvaluation.Plan = { phases: [{ weeks: 4, sessionsPerWeek: 3 }] };

const evaluate = (
  plan: JourneyEvaluation.Plan,
  facts: ReadonlyArray<ActivityCalendar.CalendarFact>,
  asOfOffset: number,
  rest: Partial<JourneyEvaluation.Enrolment> & { excused?: Excuse.ExcusedDays } = {},
) => {
  const { excused, ...enrolment } = rest;
  return JourneyEvaluation.evaluate({
    plan,
    enrolment: { startsOn: start, ...enrolment },
    calendar: ActivityCalendar.fromFacts(facts),
    asOf: at(asOfOffset),
    ...(excused && { excused }),
  });
};

const spans = ({ weeks }: JourneyEvaluation.Evaluation) =>
  weeks.map(({ from, to }) => `${CivilDate.toIso(from)}…${CivilDate.toIso(to)}`);

describe("JourneyEvaluation", () => {
  it("counts its weeks from the day the member started", () => {
    const result = evaluate(threeAWeek, [moved(0), moved(6), moved(7)], 8);
    expect(spans(result)[0]).toBe("2026-01-07…2026-01-13");
    expect(result).toMatchObject({ currentWeek: 2, endsOn: at(27), score: 2 / 3, standing: "at_risk" });
    expect(result.weeks.map(({ status }) => status)).toEqual(["missed", "pending", "upcoming", "upcoming"]);
    expect(result.remaining).toEqual([{ goal: "sessions", target: 3, actual: 1 }]);
  });

  it.each([
    [3, 1, "on_track"],
    [0.8, 0.8, "on_track"],
    [0.79, 0.79, "at_risk"],
    [0.5, 0.5, "at_risk"],
    [0.49, 0.49, "off_track"],
  ] as const)("a first week of share %d has standing by score %d: %s", (share, score, standing) => {
    const plan: JourneyEvaluation.Plan = { phases: [{ weeks: 2, minutesPerWeek: 100 }] };
    expect(evaluate(plan, [moved(0, { minutes: share * 100 })], 7)).toMatchObject({ score, standing });
  });

  it("uses the journey's own thresholds", () => {
    expect(evaluate({ ...threeAWeek, onTrackFrom: 0.6 }, [moved(0), moved(1)], 7).standing).toBe("on_track");
  });

  it("has neither score nor standing before the first week is over", () => {
    const result = evaluate(threeAWeek, [moved(0)], 6);
    expect([result.score, result.standing]).toEqual([undefined, undefined]);
    expect(evaluate(threeAWeek, [], -1)).toMatchObject({
      completion: { weeksOver: 0 },
      weeks: [{ status: "upcoming" }, {}, {}, {}],
    });
  });

  it("asks each phase for its own, and takes the mean of what a week asks", () => {
    const plan: JourneyEvaluation.Plan = {
      phases: [
        { weeks: 1, sessionsPerWeek: 2, focusAreas: ["mobility"] },
        { weeks: 1, sessionsPerWeek: 4, minutesPerWeek: 120, focusAreas: ["strength"] },
      ],
    };
    const result = evaluate(plan, [moved(0), moved(1), moved(7, { minutes: 60 }), moved(8, { minutes: 120 })], 14);
    expect(result.weeks.map(({ adherence, focusAreas }) => [adherence, focusAreas])).toEqual([
      [1, ["mobility"]],
      [(2 / 4 + 1) / 2, ["strength"]],
    ]);
    expect(result).toMatchObject({ score: 0.875, completion: { weeksOver: 2, weeksTotal: 2, isCompleted: true } });
    expect(result).not.toHaveProperty("currentWeek");
  });

  it("leaves a week that asks nothing out of the score", () => {
    const plan: JourneyEvaluation.Plan = { phases: [{ weeks: 1 }, { weeks: 1, sessionsPerWeek: 2 }] };
    const result = evaluate(plan, [moved(7)], 14);
    expect(result.weeks.map(({ status, adherence }) => [status, adherence])).toEqual([
      ["rest", undefined],
      ["missed", 0.5],
    ]);
    expect(result.score).toBe(0.5);
  });

  it("shifts the weeks that remain by a pause, in the middle of a week too", () => {
    const result = evaluate(threeAWeek, [moved(0), moved(1), moved(2)], 20, { pauses: [{ from: at(9), to: at(18) }] });
    expect(spans(result)).toEqual([
      "2026-01-07…2026-01-13",
      "2026-01-14…2026-01-30",
      "2026-01-31…2026-02-06",
      "2026-02-07…2026-02-13",
    ]);
    expect(result).toMatchObject({ currentWeek: 2, score: 1, endsOn: at(37), isPaused: false });
  });

  it("stands still in an open pause, and proposes no flag", () => {
    const result = evaluate(threeAWeek, [moved(0), moved(1), moved(2)], 60, { pauses: [{ from: at(9) }] });
    expect(result).toMatchObject({ isPaused: true, score: 1, proposedFlags: [], streak: { status: "paused" } });
    expect([result.currentWeek, result.endsOn]).toEqual([undefined, undefined]);
    expect(result.completion).toEqual({ weeksOver: 1, weeksTotal: 4, isCompleted: false });
  });

  it("judges whoever dropped out by what was over then", () => {
    const result = evaluate(threeAWeek, [moved(0), moved(1), moved(2)], 60, { endedOn: at(8) });
    expect(result).toMatchObject({
      asOf: at(8),
      score: 1,
      proposedFlags: [],
      completion: { weeksOver: 1, isCompleted: false },
    });
  });

  it.each([
    [5, undefined, 0],
    [6, 1 / 3, 1],
    [7, 1 / 3, 1],
  ])("counts the first week of whoever ended on day %i: score %d", (day, score, weeksOver) => {
    const ended = evaluate(threeAWeek, [moved(0)], 60, { endedOn: at(day) });
    expect([ended.score, ended.completion.weeksOver]).toEqual([score, weeksOver]);
    expect(ended.weeks[0]!.status).toBe(score === undefined ? "pending" : "missed");
  });

  it("tells what each week that counts adds to the score, and nothing of the others", () => {
    const result = evaluate(threeAWeek, [moved(0), moved(7), moved(8)], 15);
    expect(result.weeks.map(({ contribution }) => contribution)).toEqual([1 / 6, 1 / 3, undefined, undefined]);
    expect(result.score).toBe(0.5);
  });

  it("asks less of a week partly excused and nothing of one wholly excused", () => {
    const illness = (from: number, to: number) =>
      Excuse.daysOf([{ from: at(from), to: at(to), reason: "illness", grantedBy: "coach" }]);
    const partly = evaluate({ phases: [{ weeks: 2, sessionsPerWeek: 7 }] }, [moved(0), moved(1)], 7, {
      excused: illness(3, 6),
    });
    expect(partly.weeks[0]).toMatchObject({ goals: [{ target: 3, actual: 2 }], adherence: 2 / 3 });
    const wholly = evaluate(threeAWeek, [moved(0), moved(1), moved(2)], 14, { excused: illness(7, 13) });
    expect(wholly).toMatchObject({ score: 1, streak: { current: { length: 1 } } });
    expect(wholly.weeks[1]!.status).toBe("excused");
  });

  it.each([
    [-1, undefined],
    [0, 1],
    [6, 1],
    [7, 2],
    [27, 4],
    [28, undefined],
  ])("on day %i its current week is %s", (day, week) => {
    expect(evaluate(threeAWeek, [], day).currentWeek).toBe(week);
  });

  it.each([
    [8, false, 2],
    [9, true, undefined],
    [11, true, undefined],
    [12, false, 2],
  ])("on day %i, with a pause from 9 to 11, it is paused: %s", (day, isPaused, week) => {
    const result = evaluate(threeAWeek, [], day, { pauses: [{ from: at(9), to: at(11) }] });
    expect([result.isPaused, result.currentWeek]).toEqual([isPaused, week]);
  });

  it("is not paused for whoever left in a pause, and goes on for whoever is going to leave", () => {
    expect(evaluate(threeAWeek, [], 20, { pauses: [{ from: at(9) }], endedOn: at(15) }).isPaused).toBe(false);
    expect(evaluate(threeAWeek, [], 20, { endedOn: at(25) })).toMatchObject({ asOf: at(20), currentWeek: 3 });
  });

  it("waits for the rest of a week that an open pause interrupts", () => {
    const result = evaluate(threeAWeek, [], 60, { pauses: [{ from: at(10) }] });
    expect(result.weeks.map(({ status }) => status)).toEqual(["missed", "pending"]);
    expect(result.completion.weeksOver).toBe(1);
  });

  it("does not make up for one goal with another", () => {
    const plan: JourneyEvaluation.Plan = { phases: [{ weeks: 2, sessionsPerWeek: 1, minutesPerWeek: 100 }] };
    const [week] = evaluate(plan, [moved(0, { minutes: 50 }), moved(1), moved(2)], 7).weeks;
    expect(week).toMatchObject({
      goals: [
        { goal: "sessions", target: 1, actual: 3 },
        { goal: "minutes", target: 100, actual: 50 },
      ],
      adherence: 0.75,
      status: "missed",
    });
  });

  it("counts what this week still asks for, and nothing that is done", () => {
    const plan: JourneyEvaluation.Plan = { phases: [{ weeks: 2, sessionsPerWeek: 1, minutesPerWeek: 100 }] };
    const left = ({ remaining }: JourneyEvaluation.Evaluation) => remaining;
    expect(left(evaluate(plan, [moved(0, { minutes: 50 })], 1))).toEqual([
      { goal: "minutes", target: 100, actual: 50 },
    ]);
    expect(left(evaluate(plan, [moved(0, { minutes: 100 })], 1))).toEqual([]);
  });

  it("is a rest week when nothing is asked, also by a goal of nothing, and the streak goes on through it", () => {
    const plan: JourneyEvaluation.Plan = {
      phases: [
        { weeks: 1, sessionsPerWeek: 1 },
        { weeks: 1, sessionsPerWeek: 0 },
        { weeks: 1, sessionsPerWeek: 1 },
      ],
    };
    const result = evaluate(plan, [moved(0), moved(14)], 21);
    expect(result.weeks.map(({ status, goals }) => [status, goals.length])).toEqual([
      ["met", 1],
      ["rest", 0],
      ["met", 1],
    ]);
    expect(result.streak.current.length).toBe(2);
  });

  it("asks a day's share of a week wholly excused, which is met or excused, never missed", () => {
    const away = Excuse.daysOf([{ from: at(0), to: at(6), reason: "travel", grantedBy: "coach" }]);
    const first = (facts: ReadonlyArray<ActivityCalendar.CalendarFact>) =>
      evaluate({ phases: [{ weeks: 2, sessionsPerWeek: 7 }] }, facts, 7, { excused: away });
    expect(first([]).weeks[0]).toMatchObject({ goals: [{ target: 1, actual: 0 }], status: "excused" });
    expect(first([])).not.toHaveProperty("score");
    expect(first([moved(3)])).toMatchObject({ weeks: [{ status: "met" }, {}], score: 1 });
  });

  describe("with prescribed items", () => {
    const plan: JourneyEvaluation.Plan = {
      phases: [
        {
          weeks: 2,
          prescriptions: [
            { itemId: "spin", dayOfWeek: 1, where: { sessionTypeIds: ["spin"] } },
            { itemId: "stretch", dayOfWeek: 3, where: { tileIds: ["stretch"] } },
            { itemId: "anything", dayOfWeek: 5 },
          ],
        },
      ],
    };

    it("counts an item done on another day of its week, and not in another week", () => {
      const result = evaluate(plan, [moved(6, { sessionTypeId: "spin" }), moved(7, { tileId: "stretch" })], 7);
      expect(result.weeks[0]!.items).toEqual([
        { itemId: "spin", dueOn: at(0), doneOn: at(6) },
        { itemId: "stretch", dueOn: at(2) },
        { itemId: "anything", dueOn: at(4) },
      ]);
      expect(result.weeks[0]).toMatchObject({ goals: [{ goal: "items", target: 3, actual: 1 }], adherence: 1 / 3 });
    });

    it("asks nobody for an item due on an excused day, and counts it all the same when it is done", () => {
      const excused = Excuse.daysOf([{ from: at(0), to: at(1), reason: "travel", grantedBy: "coach" }]);
      const items = (facts: ReadonlyArray<ActivityCalendar.CalendarFact>) =>
        evaluate(plan, facts, 7, { excused }).weeks[0]!.goals;
      expect(items([moved(4)])).toEqual([{ goal: "items", target: 2, actual: 1 }]);
      expect(items([moved(4), moved(6, { sessionTypeId: "spin" })])).toEqual([{ goal: "items", target: 3, actual: 2 }]);
    });

    it("is excused when all that is prescribed is due on excused days, and a rest week while some day is open", () => {
      const status = (last: number) => {
        const excused = Excuse.daysOf([{ from: at(0), to: at(last), reason: "travel", grantedBy: "coach" }]);
        return evaluate(plan, [], 7, { excused }).weeks[0]!.status;
      };
      expect([status(3), status(4), status(6)]).toEqual(["missed", "rest", "excused"]);
    });

    it("lists what is due before the start, and orders by day what the plan does not", () => {
      const dueOn = ({ dueNext }: JourneyEvaluation.Evaluation) => dueNext.map(({ dueOn: day }) => day - start);
      const [phase] = plan.phases;
      const reversed = { phases: [{ ...phase!, prescriptions: phase!.prescriptions!.toReversed() }] };
      expect(dueOn(evaluate(reversed, [], -3))).toEqual([0, 2, 4]);
      expect(dueOn(evaluate(reversed, [], 14))).toEqual([]);
    });

    it("prescribes nothing on a day that an open pause cuts off", () => {
      const [, second] = evaluate(plan, [], 60, { pauses: [{ from: at(9) }] }).weeks;
      expect(second!.items).toEqual([{ itemId: "spin", dueOn: at(7) }]);
    });

    it("lists what is due next, soonest first, and next week's once this week is done", () => {
      const ids = ({ dueNext }: JourneyEvaluation.Evaluation) =>
        dueNext.map(({ itemId, dueOn }) => [itemId, dueOn - start]);
      expect(ids(evaluate(plan, [moved(0, { sessionTypeId: "spin" })], 1))).toEqual([
        ["stretch", 2],
        ["anything", 4],
      ]);
      const allDone = [moved(0, { sessionTypeId: "spin" }), moved(1, { tileId: "stretch" }), moved(1)];
      expect(ids(evaluate(plan, allDone, 1))).toEqual([
        ["spin", 7],
        ["stretch", 9],
        ["anything", 11],
      ]);
    });
  });

  it("counts only the movement the journey is about", () => {
    const plan: JourneyEvaluation.Plan = { ...threeAWeek, counts: { types: ["class_attendance"] } };
    expect(evaluate(plan, [moved(0), moved(1, { type: "class_attendance" })], 7).score).toBe(1 / 3);
    const minutes: JourneyEvaluation.Plan = { ...plan, phases: [{ weeks: 1, minutesPerWeek: 100 }] };
    const facts = [moved(0, { minutes: 80 }), moved(1, { minutes: 25, type: "class_attendance" })];
    expect(evaluate(minutes, facts, 7).score).toBe(0.25);
  });

  it("proposes flags with their reason: off track, weeks missed in a row, no movement", () => {
    const result = evaluate(threeAWeek, [moved(0), moved(1), moved(2)], 27);
    expect(result.proposedFlags).toEqual([
      { reason: "off_track", since: at(21), detail: "adherence 33.3 % is below 50 %" },
      { reason: "weeks_missed_in_a_row", since: at(7), detail: "2 weeks missed in a row, since week 2" },
      { reason: "no_movement", since: at(3), detail: "no movement on 24 expected days" },
    ]);
  });

  it.each([
    [12, false],
    [13, true],
  ])("on day %i it proposes the flag of ten idle days: %s", (day, isProposed) => {
    const { proposedFlags } = evaluate(threeAWeek, [moved(0), moved(1), moved(2)], day);
    expect(proposedFlags.some(({ reason }) => reason === "no_movement")).toBe(isProposed);
  });

  it("says off track since the week with which the score fell, however many follow and early as this one is met", () => {
    const offTrack = (facts: ReadonlyArray<ActivityCalendar.CalendarFact>, day: number) =>
      evaluate({ phases: [{ weeks: 6, sessionsPerWeek: 1 }] }, facts, day).proposedFlags.find(
        ({ reason }) => reason === "off_track",
      )?.since;
    expect(offTrack([moved(0)], 20)).toBeUndefined();
    expect(offTrack([moved(0)], 21)).toBe(at(21));
    expect(offTrack([moved(0)], 35)).toBe(at(21));
    expect(offTrack([moved(0), moved(21)], 23)).toBe(at(21));
    expect(offTrack([moved(0), moved(21)], 28)).toBeUndefined();
    expect(offTrack([moved(0), moved(21)], 35)).toBe(at(35));
  });

  it("names the journey's own threshold", () => {
    const [flag] = evaluate(
      { ...threeAWeek, onTrackFrom: 0.9, atRiskFrom: 0.7 },
      [moved(0), moved(1)],
      7,
    ).proposedFlags;
    expect(flag).toMatchObject({ reason: "off_track", detail: "adherence 66.6 % is below 70 %" });
  });

  it("asks for two missed weeks with none met since, excused and restful ones aside", () => {
    const missed = (facts: ReadonlyArray<ActivityCalendar.CalendarFact>, day: number, excused = Excuse.none) =>
      evaluate({ phases: [{ weeks: 6, sessionsPerWeek: 1 }] }, facts, day, { excused }).proposedFlags.find(
        ({ reason }) => reason === "weeks_missed_in_a_row",
      );
    expect(missed([], 13)).toBeUndefined();
    expect(missed([], 14)).toMatchObject({ since: at(0) });
    expect(missed([moved(14)], 14)).toBeUndefined();
    const away = Excuse.daysOf([{ from: at(7), to: at(13), reason: "travel", grantedBy: "coach" }]);
    expect(missed([], 20, away)).toBeUndefined();
    expect(missed([], 21, away)).toMatchObject({ since: at(0), detail: "2 weeks missed in a row, since week 1" });
  });

  it("expects no movement on excused days, and is content with some today", () => {
    const idle = (facts: ReadonlyArray<ActivityCalendar.CalendarFact>, day: number, excused = Excuse.none) =>
      evaluate(threeAWeek, facts, day, { excused }).proposedFlags.find(({ reason }) => reason === "no_movement");
    expect(idle([], 10)).toEqual({ reason: "no_movement", since: at(0), detail: "no movement on 10 expected days" });
    expect(idle([moved(10)], 10)).toBeUndefined();
    const ill = Excuse.daysOf([{ from: at(2), to: at(4), reason: "illness", grantedBy: "coach" }]);
    expect(idle([], 12, ill)).toBeUndefined();
    expect(idle([], 13, ill)).toMatchObject({ since: at(0) });
  });

  it("proposes nothing once all is over, or for whoever left", () => {
    expect(evaluate(threeAWeek, [], 27).proposedFlags).toHaveLength(3);
    expect(evaluate(threeAWeek, [], 28).proposedFlags).toEqual([]);
    expect(evaluate(threeAWeek, [], 27, { endedOn: at(27) }).proposedFlags).toEqual([]);
  });

  it("proposes nothing for a member on track", () => {
    expect(evaluate(threeAWeek, [moved(0), moved(1), moved(2), moved(8)], 10).proposedFlags).toEqual([]);
  });
});

describe("JourneyEvaluation, by property", () => {
  const startsOn = Histories.firstDay;

  it("scores sessions a week as the formula of capped weeks does, over weeks that begin with the journey", () => {
    fc.assert(
      fc.property(
        Histories.historyAndArrival(),
        fc.array(Rules.excuse, { maxLength: 3 }),
        Histories.civilDate(90),
        fc.integer({ min: 1, max: 5 }),
        ([facts, arrival], excuses, asOf, perWeek) => {
          const excused = Excuse.daysOf(excuses);
          const plan: JourneyEvaluation.Plan = { phases: [{ weeks: 20, sessionsPerWeek: perWeek }] };
          const calendar = ActivityCalendar.fromFacts(arrival);
          const { score } = JourneyEvaluation.evaluate({ plan, enrolment: { startsOn }, calendar, asOf, excused });
          const expected = Adherence.evaluate({
            formula: {
              ...cappedWeeks,
              period: { kind: "days", lengthDays: 7 },
              target: { kind: "constant", perPeriod: perWeek },
              window: { kind: "all" },
            },
            calendar: ActivityCalendar.fromFacts(facts),
            since: startsOn,
            asOf,
            excused,
          }).score;
          if (expected === undefined) expect(score).toBeUndefined();
          else expect(score).toBeCloseTo(expected, 9);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is after a pause as if the days of the pause had not been", () => {
    const plan: JourneyEvaluation.Plan = {
      phases: [
        { weeks: 3, sessionsPerWeek: 2, minutesPerWeek: 60 },
        {
          weeks: 5,
          prescriptions: [
            { itemId: "a", dayOfWeek: 2 },
            { itemId: "b", dayOfWeek: 6, where: { tileIds: ["stairs"] } },
          ],
        },
      ],
    };
    fc.assert(
      fc.property(
        Histories.history({ maxFacts: 50 }),
        Histories.civilDate(50),
        fc.integer({ min: 1, max: 20 }),
        Histories.civilDate(60),
        (facts, from, length, asOf) => {
          const later = (day: CivilDate.CivilDate) => (day < from ? day : CivilDate.addDays(day, length));
          const shifted = facts.map((fact) => ({ ...fact, civilDate: later(fact.civilDate) }));
          const pause = { from, to: CivilDate.addDays(from, length - 1) };
          const plain = JourneyEvaluation.evaluate({
            plan,
            enrolment: { startsOn },
            calendar: ActivityCalendar.fromFacts(facts),
            asOf,
          });
          const paused = JourneyEvaluation.evaluate({
            plan,
            enrolment: { startsOn, pauses: [pause] },
            calendar: ActivityCalendar.fromFacts(shifted),
            asOf: later(asOf),
          });
          expect(paused.score).toBe(plain.score);
          expect(paused.currentWeek).toBe(plain.currentWeek);
          expect(paused.weeks.map(({ goals, status }) => [goals, status])).toEqual(
            plain.weeks.map(({ goals, status }) => [goals, status]),
          );
          expect(paused.proposedFlags.map(({ reason }) => reason)).toEqual(
            plain.proposedFlags.map(({ reason }) => reason),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it("never falls with more movement", () => {
    const plan: JourneyEvaluation.Plan = {
      phases: [
        {
          weeks: 10,
          sessionsPerWeek: 3,
          minutesPerWeek: 90,
          prescriptions: [{ itemId: "a", dayOfWeek: 2, where: { tileIds: ["stairs"] } }],
        },
      ],
    };
    fc.assert(
      fc.property(
        Histories.history(),
        fc.array(Rules.excuse, { maxLength: 3 }),
        Histories.civilDate(),
        Histories.civilDate(),
        Histories.contribution,
        (facts, excuses, asOf, on, extra) => {
          const calendar = ActivityCalendar.fromFacts(facts);
          const input = { plan, enrolment: { startsOn }, asOf, excused: Excuse.daysOf(excuses) };
          const before = JourneyEvaluation.evaluate({ ...input, calendar });
          const after = JourneyEvaluation.evaluate({
            ...input,
            calendar: ActivityCalendar.put(calendar, { civilDate: on, contribution: extra }),
          });
          expect(after.score ?? 0).toBeGreaterThanOrEqual((before.score ?? 0) - 1e-12);
          expect(after.streak.current.length).toBeGreaterThanOrEqual(before.streak.current.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});
