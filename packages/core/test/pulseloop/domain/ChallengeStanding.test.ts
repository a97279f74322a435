import { assert, describe, it } from "@effect/vitest";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import { ChallengeId, MemberId, TenantId } from "../../../src/kernel/Ids.ts";
import { Instant } from "../../../src/kernel/Instant.ts";
import * as ActivityCalendar from "../../../src/pulseloop/domain/ActivityCalendar.ts";
import type { Challenge } from "../../../src/pulseloop/domain/Challenge.ts";
import { type Participation, progressOf, standingOf } from "../../../src/pulseloop/domain/ChallengeStanding.ts";
import * as Excuse from "../../../src/pulseloop/domain/Excuse.ts";
import * as Metric from "../../../src/pulseloop/domain/Metric.ts";
import * as Streak from "../../../src/pulseloop/domain/Streak.ts";

const id = "018f2f3c-9c6d-7d3a-8a4e-5b6c7d8e9f00";
const june = (day: number) => CivilDate.fromYmd(2026, 6, day)!;

const challenge = (kind: Challenge["kind"]): Challenge => ({
  tenantId: TenantId.make(id),
  id: ChallengeId.make(id),
  name: "June",
  kind,
  from: june(1),
  to: june(30),
  join: "any_time",
  graceDays: 0,
  rankStyle: "competition",
  teams: [],
  status: "open",
  createdAt: Instant.make(0),
  updatedAt: Instant.make(0),
});

const ann = { entrantId: MemberId.make(id), name: "Ann", isHidden: false };

/** Somebody who joined on a day of June and moved once on each of some others. */
const joined = (on: number, ...movedOn: ReadonlyArray<number>): Participation => ({
  participant: { memberId: MemberId.make(id), joinedOn: june(on) },
  calendar: ActivityCalendar.fromFacts(
    movedOn.map((day) => ({
      civilDate: june(day),
      contribution: { factId: `${on}-${day}`, version: 1, type: "gym_checkin", source: "check_in" },
    })),
  ),
  excused: Excuse.none,
});

const threeVisits = challenge({ kind: "cumulative", metric: Metric.events, target: 3 });
const threeVisitsTogether = challenge({ kind: "team", metric: Metric.events, target: 3 });
const fourDaysInARow = challenge({ kind: "streak", rule: Streak.daily, target: 4 });

describe("a line of a challenge's board", () => {
  it("says who it is, how far they have come, and the day the goal was reached", () => {
    assert.deepStrictEqual(standingOf(threeVisits, ann, [joined(2, 1, 3, 8, 9, 20)]), {
      ...ann,
      challengeId: threeVisits.id,
      value: 4,
      reachedOn: june(9),
    });
  });

  it("names no day while the goal is not reached", () => {
    assert.deepStrictEqual(standingOf(threeVisits, ann, [joined(1, 2, 3)]), {
      ...ann,
      challengeId: threeVisits.id,
      value: 2,
    });
  });

  it("of a team adds up its members, each from the day they joined", () => {
    const members = [joined(1, 1, 2), joined(10, 9, 10)];
    assert.deepInclude(standingOf(threeVisitsTogether, ann, members), { value: 3, reachedOn: june(10) });
  });

  it("of a member takes excused days into account", () => {
    const excused = Excuse.daysOf([{ from: june(3), to: june(4), reason: "illness", grantedBy: "coach" }]);
    const member = joined(1, 1, 2, 5, 6);
    assert.strictEqual(standingOf(fourDaysInARow, ann, [member]).value, 2);
    assert.deepInclude(standingOf(fourDaysInARow, ann, [{ ...member, excused }]), { value: 4, reachedOn: june(6) });
  });

  it.each([threeVisits, threeVisitsTogether])("is worth nothing before anybody has joined", (one) => {
    assert.strictEqual(standingOf(one, ann, []).value, 0);
  });
});

describe("the progress behind it", () => {
  it("is that of a day, where the line is that of the whole window", () => {
    assert.strictEqual(progressOf(threeVisits, [joined(1, 2, 3, 8)], june(3)).value, 2);
    assert.strictEqual(progressOf(threeVisitsTogether, [joined(1, 2), joined(1, 3, 8)], june(3)).value, 2);
  });
});
