import { describe, expect, it } from "vitest";
import fc from "fast-check";
import * as DayCell from "../../../src/pulseloop/domain/DayCell.ts";
import * as Metric from "../../../src/pulseloop/domain/Metric.ts";
import * as Histories from "../../../src/testing/arbitraries/Histories.ts";

let number = 0;
const one = (rest: Partial<DayCell.Contribution>): DayCell.Contribution => ({
  factId: `fact-${number++}`,
  version: 1,
  type: "gym_checkin",
  source: "check_in",
  ...rest,
});

const monday = DayCell.of([
  one({ type: "class_attendance", sessionTypeId: "spin", locationId: "north", intensity: "vigorous", minutes: 45 }),
  one({ type: "class_attendance", sessionTypeId: "yoga", locationId: "north", intensity: "light", minutes: 60 }),
  one({ type: "tile_completion", tileId: "stairs", source: "manual" }),
]);
const tuesday = DayCell.of([
  one({ type: "class_attendance", sessionTypeId: "spin", locationId: "south", intensity: "moderate", minutes: 30 }),
  one({ type: "outdoor_event", source: "device", minutes: 20 }),
  one({ type: "home_workout", source: "manual", minutes: 500, enteredInError: true }),
]);

describe("Metric", () => {
  it.each<[string, Metric.Metric, number]>([
    ["events", { measure: "events" }, 5],
    ["minutes, unknown ones counting none", { measure: "minutes" }, 155],
    ["minutes, assuming 10 for an unknown duration", { measure: "minutes", assumeMinutes: 10 }, 165],
    ["moderate-equivalent minutes", { measure: "moderate_equivalent_minutes" }, 120],
    [
      "moderate-equivalent minutes, assuming unknown intensity moderate",
      { measure: "moderate_equivalent_minutes", assumeIntensity: "moderate" },
      140,
    ],
    ["active days", { measure: "active_days" }, 2],
    [
      "active days of at least 40 moderate-equivalent minutes",
      { measure: "active_days", of: { measure: "moderate_equivalent_minutes" }, atLeast: 40 },
      1,
    ],
    [
      "active days of at least 90 moderate-equivalent minutes, a day that has exactly 90",
      { measure: "active_days", of: { measure: "moderate_equivalent_minutes" }, atLeast: 90 },
      1,
    ],
    ["distinct session types", { measure: "session_types" }, 2],
    ["distinct session types in the south", { measure: "session_types", where: { locationIds: ["south"] } }, 1],
    ["events of a type", { measure: "events", where: { types: ["class_attendance", "outdoor_event"] } }, 4],
    ["events of a session type", { measure: "events", where: { sessionTypeIds: ["spin"] } }, 2],
    ["events at a location", { measure: "events", where: { locationIds: ["north"] } }, 2],
    ["events with a tile", { measure: "events", where: { tileIds: ["stairs"] } }, 1],
    ["events of an intensity, unknown ones left out", { measure: "events", where: { intensities: ["light"] } }, 1],
    ["events from a source", { measure: "events", where: { sources: ["device", "manual"] } }, 2],
    [
      "minutes of a type at a location",
      { measure: "minutes", where: { types: ["class_attendance"], locationIds: ["south"] } },
      30,
    ],
    ["events matching an empty list", { measure: "events", where: { types: [] } }, 0],
    [
      "MET-minutes",
      {
        measure: "met_minutes",
        categories: [
          { where: { intensities: ["light"] }, mets: 3.3 },
          { where: { intensities: ["moderate"] }, mets: 4 },
          { where: { intensities: ["vigorous"] }, mets: 8 },
        ],
      },
      3.3 * 60 + 4 * 30 + 8 * 45,
    ],
    [
      "MET-minutes of at most 40 minutes a category and day",
      {
        measure: "met_minutes",
        categories: [
          { where: { intensities: ["moderate"] }, mets: 4, dayCapMinutes: 40 },
          { where: { intensities: ["vigorous"] }, mets: 8, dayCapMinutes: 40 },
        ],
      },
      4 * 30 + 8 * 40,
    ],
    [
      "points: each event earns the best row it qualifies for",
      {
        measure: "points",
        table: [
          { where: { intensities: ["light"] }, minutesAtLeast: 30, points: 10 },
          { where: { intensities: ["moderate"] }, minutesAtLeast: 30, points: 20 },
          { where: { intensities: ["moderate"] }, minutesAtLeast: 60, points: 35 },
          { where: { intensities: ["vigorous"] }, minutesAtLeast: 30, points: 35 },
        ],
      },
      35 + 10 + 20,
    ],
  ])("measures %s", (_, metric, expected) => {
    expect(Metric.ofDays(metric, [monday, tuesday])).toBeCloseTo(expected, 10);
  });

  it("takes from the cached totals what the contributions themselves add up to", () => {
    const unfiltered = {
      types: ["class_attendance", "gym_checkin", "tile_completion", "outdoor_event", "home_workout", "other"],
    } as const;
    fc.assert(
      fc.property(fc.array(Histories.contribution, { maxLength: 8 }), (contributions) => {
        const cell = DayCell.of(contributions);
        for (const metric of [Metric.events, Metric.minutes, Metric.moderateEquivalentMinutes]) {
          expect(Metric.ofDay(metric, cell)).toBe(Metric.ofDay({ ...metric, where: unfiltered }, cell));
        }
      }),
    );
  });

  it("reads the cached totals where they answer the question, so that a cell may be stored without its contributions", () => {
    const packed: DayCell.DayCell = { contributions: [], events: 3, minutes: 70, moderateEquivalentMinutes: 45 };
    expect(
      [Metric.events, Metric.minutes, Metric.moderateEquivalentMinutes, Metric.activeDays].map((one) =>
        Metric.ofDay(one, packed),
      ),
    ).toEqual([3, 70, 45, 1]);
    expect(Metric.ofDay({ measure: "minutes", assumeMinutes: 10 }, packed)).toBe(0);
    expect(Metric.ofDay({ measure: "moderate_equivalent_minutes", assumeMinutes: 10 }, packed)).toBe(0);
    expect(Metric.ofDay({ measure: "moderate_equivalent_minutes", assumeIntensity: "light" }, packed)).toBe(0);
  });

  it.each([
    ["events", true],
    ["active_days", true],
    ["session_types", true],
    ["minutes", false],
    ["moderate_equivalent_minutes", false],
  ] as const)("%s is a count: %s", (measure, expected) => {
    expect(Metric.isCount({ measure })).toBe(expected);
  });

  it("gives one contribution its METs, and none when no category fits", () => {
    const metric: Metric.AdditiveMetric = {
      measure: "met_minutes",
      categories: [{ where: { intensities: ["vigorous"] }, mets: 8 }],
    };
    expect(Metric.ofContribution(metric, one({ intensity: "vigorous", minutes: 30 }))).toBe(240);
    expect(Metric.ofContribution(metric, one({ intensity: "light", minutes: 30 }))).toBe(0);
    expect(Metric.ofDay(metric, DayCell.of([one({ minutes: 30 }), one({ intensity: "vigorous", minutes: 10 })]))).toBe(
      80,
    );
  });

  it("never falls when a fact is added", () => {
    const metrics: ReadonlyArray<Metric.Metric> = [
      Metric.events,
      Metric.minutes,
      Metric.moderateEquivalentMinutes,
      Metric.activeDays,
      { measure: "session_types" },
      { measure: "met_minutes", categories: [{ mets: 4, dayCapMinutes: 180 }] },
      { measure: "points", table: [{ minutesAtLeast: 30, points: 10 }] },
    ];
    fc.assert(
      fc.property(fc.array(Histories.contribution, { maxLength: 6 }), Histories.contribution, (before, more) => {
        for (const metric of metrics) {
          expect(Metric.ofDay(metric, DayCell.of([...before, more]))).toBeGreaterThanOrEqual(
            Metric.ofDay(metric, DayCell.of(before)),
          );
        }
      }),
    );
  });
});
