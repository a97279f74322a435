import { describe, expect, it } from "vitest";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as ZoneRules from "../../../src/kernel/ZoneRules.ts";
import * as ActivityCalendar from "../../../src/pulseloop/domain/ActivityCalendar.ts";
import * as Adherence from "../../../src/pulseloop/domain/Adherence.ts";
import * as Excuse from "../../../src/pulseloop/domain/Excuse.ts";
import { shippedFormulas } from "../../../src/pulseloop/domain/ShippedFormulas.ts";
import * as Streak from "../../../src/pulseloop/domain/Streak.ts";
import { references } from "../../../src/testing/reference/ReferenceFormulas.ts";
import * as Reference from "../../../src/testing/reference/ReferenceStreak.ts";
import * as GymSimulator from "../../../src/testing/simulator/GymSimulator.ts";

const year = { seed: 7, members: 40, from: CivilDate.of("2025-06-01"), to: CivilDate.of("2026-05-31") };
const facts = [...GymSimulator.simulate(year).facts()];

describe("GymSimulator", () => {
  it("gives the same history for the same seed, and another for another", () => {
    const simulation = GymSimulator.simulate(year);
    expect([...simulation.facts()]).toEqual(facts);
    expect([...simulation.facts()]).toEqual(facts);
    expect([...GymSimulator.simulate({ ...year, seed: 8 }).facts()]).not.toEqual(facts);
  });

  it("gives a member the same life however many others there are", () => {
    const few = [...GymSimulator.simulate({ ...year, members: 3 }).facts()];
    const same = facts.filter(({ memberId }) => memberId <= "member-000003");
    expect(few).toEqual(same);
  });

  it("delivers facts in the order in which they were recorded, some of them late, twice, corrected, withdrawn, unknown", () => {
    expect(facts.map(({ recordedAt }) => recordedAt)).toEqual(
      facts.map(({ recordedAt }) => recordedAt).toSorted((a, b) => a - b),
    );
    const keys = facts.map(({ externalId, version }) => `${externalId} ${version}`);
    const share = (test: (fact: GymSimulator.SimulatedFact) => boolean) => facts.filter(test).length / facts.length;
    expect(new Set(keys).size).toBeLessThan(keys.length);
    expect(share(({ recordedAt, occurredAt }) => recordedAt - occurredAt > 86_400_000)).toBeGreaterThan(0.02);
    expect(share(({ version }) => version > 1)).toBeGreaterThan(0.01);
    expect(share(({ enteredInError }) => enteredInError)).toBeGreaterThan(0.001);
    expect(share(({ minutes }) => minutes === undefined)).toBeGreaterThan(0.04);
    expect(share(({ intensity }) => intensity === undefined)).toBeGreaterThan(0.1);
    expect(facts.length).toBeGreaterThan(2_000);
  });

  it("puts each fact on the day its zone has", () => {
    for (const { zone, occurredAt, civilDate } of facts)
      expect(civilDate).toBe(ZoneRules.civilDateOf(zone, occurredAt));
  });

  it("yields histories on which every calculator agrees with its slow twin", { timeout: 60_000 }, () => {
    const { members } = GymSimulator.simulate(year);
    const asOf = year.to;
    for (const { memberId, since, excuses } of members.slice(0, 2)) {
      const own = facts.filter((fact) => fact.memberId === memberId).map(GymSimulator.toCalendarFact);
      const calendar = ActivityCalendar.fromFacts(own);
      const excused = Excuse.daysOf(excuses);
      const slow = Reference.streak(own, Streak.daily, since, asOf, excused);
      const streak = Streak.evaluate({ calendar, since, asOf, excused });
      expect([streak.current.length, streak.best.length, streak.status]).toEqual([
        slow.current,
        slow.best,
        slow.status,
      ]);
      for (const formula of shippedFormulas) {
        const { score } = Adherence.evaluate({ formula, calendar, since, asOf, excused });
        expect(score, formula.id).toBeCloseTo(references[formula.id]!({ facts: own, since, asOf, excused })!, 9);
      }
    }
  });
});
