import { describe, expect, it } from "vitest";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as Excuse from "../../../src/pulseloop/domain/Excuse.ts";

const monday = CivilDate.of("2026-01-05");
const at = (offset: number) => CivilDate.addDays(monday, offset);

describe("Excuse", () => {
  it("covers its first and its last day, and for ever without a last", () => {
    const illness: Excuse.Excuse = { from: at(1), to: at(2), reason: "illness", grantedBy: "coach" };
    const pause: Excuse.Excuse = { from: at(5), reason: "membership_pause", grantedBy: "desk" };
    const excused = Excuse.daysOf([illness, pause]);
    expect([0, 1, 2, 3, 4, 5, 5_000].map((offset) => excused(at(offset)))).toEqual([
      undefined,
      illness,
      illness,
      undefined,
      undefined,
      pause,
      pause,
    ]);
  });

  it("lets the first of two excuses speak for a day", () => {
    const closure: Excuse.Excuse = { from: monday, to: monday, reason: "closure", grantedBy: "owner" };
    expect(Excuse.daysOf([closure, { ...closure, reason: "travel" }])(monday)).toBe(closure);
  });

  it("rests on weekdays, by the rule unless somebody else granted it, and a granted excuse goes before", () => {
    const travel: Excuse.Excuse = { from: at(6), to: at(6), reason: "travel", grantedBy: "coach" };
    const excused = Excuse.withRestWeekdays(Excuse.daysOf([travel]), [7]);
    expect(excused(at(6))).toBe(travel);
    expect(excused(at(13))).toEqual({ from: at(13), to: at(13), reason: "rest_weekday", grantedBy: "rule" });
    expect(excused(at(12))).toBeUndefined();
  });

  it("is nothing at all when nothing is granted, so that nobody needs to ask day by day", () => {
    expect(Excuse.daysOf([])).toBe(Excuse.none);
    expect(Excuse.withRestWeekdays(Excuse.none, [])).toBe(Excuse.none);
  });
});
