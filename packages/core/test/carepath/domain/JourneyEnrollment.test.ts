import * as Result from "effect/Result";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  admit,
  decide,
  type EnrollmentCommand,
  evolve,
  isOpen,
  type JourneyEnrollment,
} from "../../../src/carepath/domain/JourneyEnrollment.ts";
import type { MovementJourney } from "../../../src/carepath/domain/MovementJourney.ts";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import * as Ids from "../../../src/kernel/Ids.ts";
import { Instant } from "../../../src/kernel/Instant.ts";

const id = (last: number) => `0195f000-0000-7000-8000-00000000000${last}`;
const start = CivilDate.of("2026-03-02");
const at = (day: number) => CivilDate.addDays(start, day);
const today = at(20);

const enrollment: JourneyEnrollment = {
  id: Ids.JourneyEnrollmentId.make(id(1)),
  tenantId: Ids.TenantId.make(id(2)),
  journeyId: Ids.MovementJourneyId.make(id(3)),
  memberId: Ids.MemberId.make(id(4)),
  startDate: start,
  status: "active",
  pauses: [],
  createdAt: Instant.make(0),
  updatedAt: Instant.make(0),
};

const journey: MovementJourney = {
  id: enrollment.journeyId,
  tenantId: enrollment.tenantId,
  name: "Hills",
  durationWeeks: 4,
  targetGoals: { sessionsPerWeek: 3, focusAreas: [] },
  phases: [],
  standingThresholds: { onTrackFrom: 0.8, atRiskFrom: 0.5 },
  status: "active",
  createdAt: Instant.make(0),
  updatedAt: Instant.make(0),
};

const pause = (from: number): EnrollmentCommand => ({ _tag: "Pause", from: at(from) });
const resume = (on: number): EnrollmentCommand => ({ _tag: "Resume", on: at(on) });
const complete = (on: number): EnrollmentCommand => ({ _tag: "Complete", on: at(on) });
const drop = (on: number): EnrollmentCommand => ({ _tag: "Drop", on: at(on) });

/** The enrolment after these commands; all of them must be taken. */
const after = (...commands: ReadonlyArray<EnrollmentCommand>): JourneyEnrollment =>
  commands.reduce(
    (standing, command) => evolve(standing, Result.getOrThrow(decide(standing, command, today))),
    enrollment,
  );

const refusal = (standing: JourneyEnrollment, command: EnrollmentCommand, on = today) => {
  const decision = decide(standing, command, on);
  return Result.isFailure(decision) ? decision.failure : undefined;
};

describe("a member comes onto a journey", () => {
  it("that is active, once", () => {
    expect(Result.isSuccess(admit(journey, undefined))).toBe(true);
    expect(admit(journey, enrollment)).toMatchObject({ failure: { _tag: "AlreadyEnrolled", enrollmentId: id(1) } });
  });

  it("and not onto one that is archived, whoever asks", () => {
    const archived: MovementJourney = { ...journey, status: "archived" };
    expect(admit(archived, undefined)).toMatchObject({ failure: { _tag: "JourneyNotActive" } });
    expect(admit(archived, enrollment)).toMatchObject({ failure: { _tag: "JourneyNotActive" } });
  });
});

describe("a pause", () => {
  it.each([
    [-1, "EnrollmentDayImpossible"],
    [0, undefined],
    [20, undefined],
    [21, "EnrollmentDayImpossible"],
  ])("that begins on day %i of an enrolment of 20 days: %s", (from, refused) => {
    expect(refusal(enrollment, pause(from))?._tag).toBe(refused);
  });

  it("is open until it is resumed, and ends the day before", () => {
    expect(after(pause(5))).toMatchObject({ status: "paused", pauses: [{ from: at(5) }] });
    expect(after(pause(5), resume(9))).toMatchObject({ status: "active", pauses: [{ from: at(5), to: at(8) }] });
  });

  it.each([
    [4, "EnrollmentDayImpossible"],
    [5, undefined],
    [20, undefined],
    [21, "EnrollmentDayImpossible"],
  ])("from day 5 is resumed on day %i: %s", (on, refused) => {
    expect(refusal(after(pause(5)), resume(on))?._tag).toBe(refused);
  });

  it("that is resumed on the day it began has not been", () => {
    expect(after(pause(5), resume(5))).toMatchObject({ status: "active", pauses: [] });
  });

  it("that is resumed a day later, or ends with a member who drops out on its first day, lasted that day", () => {
    expect(after(pause(5), resume(6)).pauses).toEqual([{ from: at(5), to: at(5) }]);
    expect(after(pause(5), drop(5)).pauses).toEqual([{ from: at(5), to: at(5) }]);
  });

  it.each([
    [8, "EnrollmentDayImpossible"],
    [9, undefined],
  ])("after one that lasted to day 8 begins on day %i: %s", (from, refused) => {
    expect(refusal(after(pause(5), resume(9)), pause(from))?._tag).toBe(refused);
  });

  it("is not made before the enrolment began, and says since when it could be", () => {
    expect(refusal(enrollment, pause(-3), at(-3))?.message).toBe(
      "This cannot be done before 2026-03-02, and today is 2026-02-27.",
    );
  });
});

describe("the end of an enrolment", () => {
  it.each([
    [-1, "EnrollmentDayImpossible"],
    [0, undefined],
    [20, undefined],
    [21, "EnrollmentDayImpossible"],
  ])("as completed or dropped on day %i: %s", (on, refused) => {
    expect(refusal(enrollment, complete(on))?._tag).toBe(refused);
    expect(refusal(enrollment, drop(on))?._tag).toBe(refused);
  });

  it("keeps its last day, and closes an open pause", () => {
    expect(after(complete(20))).toMatchObject({ status: "completed", endDate: at(20) });
    const dropped = after(pause(5), drop(9));
    expect(dropped).toMatchObject({ status: "dropped", endDate: at(9), pauses: [{ from: at(5), to: at(9) }] });
    expect(isOpen(dropped)).toBe(false);
  });

  it("can be called off before it began", () => {
    expect(refusal(enrollment, drop(-3), at(-3))).toBeUndefined();
    expect(refusal(enrollment, complete(-3), at(-3))?._tag).toBe("EnrollmentDayImpossible");
  });
});

describe("what can be done in which state", () => {
  it.each([
    ["active", [pause(20), complete(20), drop(20)]],
    ["paused", [resume(20), drop(20)]],
    ["completed", []],
    ["dropped", []],
  ] as const)("%s", (status, possible) => {
    const standing = {
      active: enrollment,
      paused: after(pause(5)),
      completed: after(complete(10)),
      dropped: after(drop(10)),
    }[status];
    for (const command of [pause(20), resume(20), complete(20), drop(20)]) {
      const refused = refusal(standing, command);
      if (possible.some(({ _tag }) => _tag === command._tag)) expect(refused).toBeUndefined();
      else expect(refused).toMatchObject({ _tag: "EnrollmentStatusForbids", status });
    }
  });

  it("leaves pauses in order, apart, and open exactly while the status is paused, after any commands (I17)", () => {
    const day = fc.integer({ min: -5, max: 40 });
    const command = fc.oneof(day.map(pause), day.map(resume), day.map(complete), day.map(drop));
    fc.assert(
      fc.property(fc.array(fc.tuple(command, day), { maxLength: 12 }), (commands) => {
        let standing = enrollment;
        for (const [one, now] of commands.toSorted(([, left], [, right]) => left - right)) {
          const decision = decide(standing, one, at(now));
          if (Result.isSuccess(decision)) standing = evolve(standing, decision.success);
        }
        const { pauses, status, startDate } = standing;
        pauses.forEach(({ from, to }, index) => {
          const before = pauses[index - 1];
          expect(from).toBeGreaterThan(before === undefined ? startDate - 1 : before.to!);
          if (to !== undefined) expect(to).toBeGreaterThanOrEqual(from);
          else expect(index).toBe(pauses.length - 1);
        });
        expect(pauses.at(-1) !== undefined && pauses.at(-1)!.to === undefined).toBe(status === "paused");
        expect(standing.endDate === undefined).toBe(isOpen(standing));
      }),
      { numRuns: 1_000 },
    );
  });
});
