import { Zmos } from "@zmos/core";
import { CivilDate } from "@zmos/core/kernel";
import { openZmos } from "@zmos/core/promise";
import { ActivityCalendar, Adherence, Excuse, ShippedFormulas, Streak } from "@zmos/core/pulseloop";
import { GymSimulator } from "@zmos/core/testing";
import { expect, it } from "vitest";
import { adherenceAnswers } from "../../src/evaluate/AdherenceAnswers.ts";
import { eventLines, excusedLines, headers } from "../../src/evaluate/SimulatedLines.ts";
import { streakAnswers } from "../../src/evaluate/StreakAnswers.ts";
import { studyOf } from "../support/StudyOf.ts";

const gym = { seed: 11, members: 6, from: CivilDate.of("2025-09-15"), to: CivilDate.of("2026-03-31") };
const asOf = "2026-03-31";
const nothing = { series: false, explain: false };

it(
  "gives what the API gives: streaks and zmos-v1 of a simulated gym, told late, twice, corrected and withdrawn",
  { timeout: 60_000 },
  async () => {
    const lives = [...GymSimulator.lives(gym)];
    const zmos = await openZmos(Zmos.layerMemory);
    try {
      const tenant = await zmos.createTenant({ name: "Gym", timezone: "UTC" });
      const desk = zmos.as({ tenantId: tenant.id, actorId: "desk", actorType: "host", roles: [] });
      const fromApi = new Map<string, unknown>();
      for (const { member, facts } of lives) {
        const { id: memberId } = await desk.platform.registerMember({
          firstName: member.memberId,
          lastName: "Simulated",
          timezone: member.zone,
          memberSince: CivilDate.toIso(member.since),
        });
        for (const fact of facts) {
          await desk.pulseLoop.recordMovement({
            memberId,
            type: fact.type,
            occurredAt: new Date(fact.occurredAt).toISOString(),
            timezone: fact.zone,
            // Check-ins come from a booking; here they are told.
            source: fact.source === "check_in" ? "manual" : fact.source,
            externalId: fact.externalId,
            version: fact.version,
            isEnteredInError: fact.enteredInError,
            ...(fact.minutes !== undefined && { durationMinutes: fact.minutes }),
            ...(fact.intensity !== undefined && { intensity: fact.intensity }),
          });
        }
        const streak = await desk.pulseLoop.getStreak({ memberId, asOf });
        const { score, band } = await desk.pulseLoop.getAdherenceSummary({ memberId, asOf });
        const { current, best, status } = streak;
        fromApi.set(member.memberId, { current, best, status, score: score ?? null, band: band ?? null });
      }

      const study = await studyOf(
        {
          events: headers.events + lives.flatMap(({ facts }) => eventLines(facts)).join(""),
          members:
            headers.members +
            lives.map(({ member }) => `${member.memberId},${CivilDate.toIso(member.since)},\n`).join(""),
        },
        { asOf },
      );
      expect(study.told).toEqual([]);
      const [streaks, scores] = [
        streakAnswers(study, undefined, nothing),
        adherenceAnswers(study, ShippedFormulas.zmosV1, nothing),
      ];
      const offline = new Map<string, object>();
      for (const answer of streaks.all()) offline.set(answer.person.memberId, streaks.json(answer) as object);
      for (const answer of scores.all()) {
        const { memberId } = answer.person;
        offline.set(memberId, { ...offline.get(memberId), ...(scores.json(answer) as object) });
      }
      expect(offline.size).toBe(gym.members);
      for (const [memberId, expected] of fromApi)
        expect(offline.get(memberId), memberId).toMatchObject(expected as object);
    } finally {
      await zmos.close();
    }
  },
);

it("has excuses and members in the files a simulation writes", async () => {
  const lives = [...GymSimulator.lives(gym)];
  const study = await studyOf(
    {
      events: headers.events + lives.flatMap(({ facts }) => eventLines(facts)).join(""),
      excused: headers.excused + lives.flatMap(({ member }) => excusedLines(member)).join(""),
    },
    { asOf },
  );
  expect(study.told).toEqual([]);
  const people = new Map([...study.people()].map((person) => [person.memberId, person]));
  for (const { member } of lives) {
    for (const { from, reason } of member.excuses) {
      const excuse = people.get(member.memberId)?.excused(from);
      expect(member.excuses.map((one) => one.reason)).toContain(excuse?.reason ?? reason);
      if (people.has(member.memberId)) expect(excuse).toBeDefined();
    }
  }
});

it("gives what the calculators give on calendars of the same facts: every formula and a rule with freezes", async () => {
  const lives = [...GymSimulator.lives({ ...gym, members: 12 })];
  const study = await studyOf(
    {
      events: headers.events + lives.flatMap(({ facts }) => eventLines(facts)).join(""),
      members:
        headers.members + lives.map(({ member }) => `${member.memberId},${CivilDate.toIso(member.since)},\n`).join(""),
      excused: headers.excused + lives.flatMap(({ member }) => excusedLines(member)).join(""),
    },
    { asOf },
  );
  const rule: Streak.Rule = {
    period: { kind: "week" },
    thresholds: [{ metric: { measure: "minutes", where: { intensities: ["moderate", "vigorous"] } }, atLeast: 60 }],
    freezes: { initial: 1, cap: 2, earnEvery: 4 },
  };
  const people = [...study.people()];
  expect(people).toHaveLength(lives.length);
  for (const [index, { member, facts }] of lives.entries()) {
    const person = people[index]!;
    const { since, excuses } = member;
    const calendar = ActivityCalendar.fromFacts(facts.map(GymSimulator.toCalendarFact));
    const input = { since, asOf: CivilDate.of(asOf), calendar, excused: Excuse.daysOf(excuses) };
    const offline = { ...input, calendar: person.calendar(), excused: person.excused };
    expect(Streak.evaluate({ ...offline, rule })).toEqual(Streak.evaluate({ ...input, rule }));
    for (const formula of ShippedFormulas.shippedFormulas) {
      const [here, there] = [Adherence.evaluate({ ...offline, formula }), Adherence.evaluate({ ...input, formula })];
      expect(here.band, formula.id).toBe(there.band);
      expect(here.periods.length, formula.id).toBe(there.periods.length);
      if (there.score === undefined) expect(here.score).toBeUndefined();
      else expect(here.score, formula.id).toBeCloseTo(there.score, 12);
    }
  }
});
