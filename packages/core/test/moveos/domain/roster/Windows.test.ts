import { assert, describe, it } from "@effect/vitest";
import { toIso } from "../../../../src/kernel/Instant.ts";
import { instantOf, type Window } from "../../../../src/moveos/domain/Window.ts";
import { at } from "../../../support/Gym.ts";

const named = (window: Window, start: string, timezone = "Europe/Vienna") =>
  toIso(instantOf(window, { startTime: at(start), timezone }));

/** Vienna, Sunday 2026-03-29 at 10:00: the clocks went from 02:00 to 03:00 that night. */
const SUNDAY = "2026-03-29T08:00:00Z";

describe("a moment told from the start", () => {
  it("by minutes is that many of them, whatever the clocks do", () => {
    assert.strictEqual(named({ minutesBeforeStart: 1_440 }, SUNDAY), "2026-03-28T08:00:00.000Z");
    assert.strictEqual(named({ minutesBeforeStart: 0 }, SUNDAY), "2026-03-29T08:00:00.000Z");
    assert.strictEqual(named({ minutesBeforeStart: -30 }, SUNDAY), "2026-03-29T08:30:00.000Z");
  });

  it("by days is a time of day there: 10:00 the day before is 23 hours before", () => {
    assert.strictEqual(named({ daysBefore: 1, at: "10:00" }, SUNDAY), "2026-03-28T09:00:00.000Z");
    assert.strictEqual(named({ daysBefore: 0, at: "09:00" }, SUNDAY), "2026-03-29T07:00:00.000Z");
  });

  it("by days in autumn: 10:00 the day before is 25 hours before", () => {
    assert.strictEqual(named({ daysBefore: 1, at: "10:00" }, "2026-10-25T09:00:00Z"), "2026-10-24T08:00:00.000Z");
  });

  it("at a time that the clocks leave out is right after the gap", () => {
    assert.strictEqual(named({ daysBefore: 0, at: "02:30" }, SUNDAY), "2026-03-29T01:30:00.000Z");
  });

  it("by weekday is in the week so many before the session's, which starts on Monday", () => {
    const mondayNoon = (weeksBefore: number): Window => ({ weeksBefore, weekday: 1, at: "12:00" });
    assert.strictEqual(named(mondayNoon(1), SUNDAY), "2026-03-16T11:00:00.000Z");
    assert.strictEqual(named(mondayNoon(0), SUNDAY), "2026-03-23T11:00:00.000Z");
    assert.strictEqual(named(mondayNoon(0), "2026-03-30T08:00:00Z"), "2026-03-30T10:00:00.000Z");
    assert.strictEqual(
      named({ weeksBefore: 1, weekday: 7, at: "20:00" }, "2026-03-30T08:00:00Z"),
      "2026-03-29T18:00:00.000Z",
    );
  });

  it("is of the session's own day, which need not be the day in UTC", () => {
    assert.strictEqual(
      named({ daysBefore: 0, at: "00:00" }, "2026-03-06T22:30:00Z", "Africa/Nairobi"),
      "2026-03-06T21:00:00.000Z",
    );
  });
});
