import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { describe, expect, it } from "vitest";
import { planOf, prescriptionsOf } from "../../../src/carepath/domain/JourneyPlan.ts";
import { CreateJourney } from "../../../src/carepath/usecases/CreateJourney.ts";
import type { MovementJourney } from "../../../src/carepath/domain/MovementJourney.ts";
import * as Ids from "../../../src/kernel/Ids.ts";
import { Instant } from "../../../src/kernel/Instant.ts";

const spin = "0195f000-0000-7000-8000-000000000001";
const stairs = "0195f000-0000-7000-8000-000000000002";

const read = Schema.decodeUnknownResult(CreateJourney, { errors: "all" });
const isTaken = (command: object) => Result.isSuccess(read({ name: "Hills", durationWeeks: 4, ...command }));
const why = (command: object) => {
  const result = read({ name: "Hills", durationWeeks: 4, ...command });
  return Result.isFailure(result) ? result.failure.message : "";
};

const journeyOf = (command: object): MovementJourney => ({
  ...Result.getOrThrow(read({ name: "Hills", durationWeeks: 4, ...command })),
  id: Ids.MovementJourneyId.make(spin),
  tenantId: Ids.TenantId.make(stairs),
  status: "active",
  createdAt: Instant.make(0),
  updatedAt: Instant.make(0),
});

describe("a journey", () => {
  it.each([
    [3, false],
    [4, true],
    [5, false],
  ])("of 4 weeks takes phases of %i weeks: %s", (weeks, taken) => {
    expect(isTaken({ phases: [{ weeks: 1 }, { weeks: weeks - 1 }] })).toBe(taken);
  });

  it("says that it is the phases that do not fill it", () => {
    expect(why({ phases: [{ weeks: 3 }] })).toMatch(/must add up to durationWeeks[^]*phases/);
  });

  it.each([
    [0, false],
    [1, true],
    [104, true],
    [105, false],
  ])("lasts %i weeks: %s", (durationWeeks, taken) => {
    expect(isTaken({ durationWeeks })).toBe(taken);
  });

  it.each([
    [{ onTrackFrom: 0.8, atRiskFrom: 0.8 }, true],
    [{ onTrackFrom: 0.8, atRiskFrom: 0.81 }, false],
    [{ onTrackFrom: 1, atRiskFrom: 0 }, true],
    [{ onTrackFrom: 1.01, atRiskFrom: 0 }, false],
    [{ onTrackFrom: 0.5, atRiskFrom: -0.01 }, false],
  ])("has its own thresholds %j: %s", (standingThresholds, taken) => {
    expect(isTaken({ standingThresholds })).toBe(taken);
  });

  it("has the plan's thresholds unless it says otherwise: on track from 0.8, at risk from 0.5", () => {
    expect(journeyOf({}).standingThresholds).toEqual({ onTrackFrom: 0.8, atRiskFrom: 0.5 });
  });

  it("prescribes a session type or a tile, not both in one item", () => {
    const prescribe = (item: object) => ({ phases: [{ weeks: 4, prescriptions: [{ dayOfWeek: 1, ...item }] }] });
    expect(isTaken(prescribe({}))).toBe(true);
    expect(isTaken(prescribe({ sessionTypeId: spin }))).toBe(true);
    expect(isTaken(prescribe({ tileId: stairs }))).toBe(true);
    expect(isTaken(prescribe({ sessionTypeId: spin, tileId: stairs }))).toBe(false);
    expect(isTaken(prescribe({ dayOfWeek: 0 }))).toBe(false);
    expect(isTaken(prescribe({ dayOfWeek: 8 }))).toBe(false);
  });
});

describe("its plan", () => {
  it("asks the same of every week where there are no phases", () => {
    const plan = planOf(journeyOf({ targetGoals: { sessionsPerWeek: 3, focusAreas: ["strength"] } }));
    expect(plan.phases).toEqual([{ weeks: 4, sessionsPerWeek: 3, focusAreas: ["strength"], prescriptions: [] }]);
  });

  it("asks of a phase what the journey asks unless the phase says otherwise, and nothing where it says 0", () => {
    const plan = planOf(
      journeyOf({
        targetGoals: { sessionsPerWeek: 3, minutesPerWeek: 90, focusAreas: ["strength"] },
        phases: [
          { weeks: 1, sessionsPerWeek: 0, focusAreas: [] },
          { weeks: 3, minutesPerWeek: 150 },
        ],
      }),
    );
    expect(plan.phases).toMatchObject([
      { weeks: 1, sessionsPerWeek: 0, minutesPerWeek: 90, focusAreas: [] },
      { weeks: 3, sessionsPerWeek: 3, minutesPerWeek: 150, focusAreas: ["strength"] },
    ]);
  });

  it("knows each prescribed item by the number of its phase and its own", () => {
    const journey = journeyOf({
      phases: [
        { weeks: 1, prescriptions: [{ dayOfWeek: 2 }] },
        {
          weeks: 3,
          prescriptions: [
            { dayOfWeek: 1, sessionTypeId: spin },
            { dayOfWeek: 1, tileId: stairs },
          ],
        },
      ],
    });
    expect([...prescriptionsOf(journey).keys()]).toEqual(["1.1", "2.1", "2.2"]);
    expect(planOf(journey).phases.flatMap(({ prescriptions = [] }) => prescriptions)).toEqual([
      { itemId: "1.1", dayOfWeek: 2 },
      { itemId: "2.1", dayOfWeek: 1, where: { sessionTypeIds: [spin] } },
      { itemId: "2.2", dayOfWeek: 1, where: { tileIds: [stairs] } },
    ]);
  });

  it("counts the movement that the journey is about", () => {
    expect(planOf(journeyOf({ counts: { types: ["class_attendance"] } })).counts).toEqual({
      types: ["class_attendance"],
    });
  });
});
