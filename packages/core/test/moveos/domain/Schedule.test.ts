import { assert, describe, it } from "@effect/vitest";
import * as Result from "effect/Result";
import * as fc from "fast-check";
import { CivilDate, Instant, RoomId, ScheduleId, UserAccountId } from "../../../src/kernel/index.ts";
import {
  InstructorInactive,
  RoomElsewhere,
  RoomTooSmall,
  type Schedule,
  Series,
  type SeriesOccurrence,
  type SessionInstance,
} from "../../../src/moveos/index.ts";
import { assign } from "../../../src/moveos/domain/Assignment.ts";
import { at } from "../../support/Gym.ts";

const uuid = (n: number) => `0195f000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
const coach = UserAccountId.make(uuid(1));
const substitute = UserAccountId.make(uuid(2));
const studio = RoomId.make(uuid(3));
const now = at("2026-03-01T12:00:00Z");

const schedule = {
  id: ScheduleId.make(uuid(10)),
  timezone: "Africa/Nairobi",
  durationMinutes: 45,
  instructorId: coach,
  roomId: studio,
  exceptions: [],
} as unknown as Schedule;

/** The occurrence at an hour (UTC) of a day of March 2026. */
const on = (day: number, hour = 6): SeriesOccurrence => ({
  start: `2026-03-${String(day).padStart(2, "0")}T${String(hour + 3).padStart(2, "0")}:00`,
  startTime: Instant.make(at(`2026-03-${String(day).padStart(2, "0")}T00:00:00Z`) + hour * 3_600_000),
});

const sessionOn = (day: number, more: Partial<SessionInstance> = {}): SessionInstance => {
  const occurrence = on(day);
  return {
    id: uuid(100 + day),
    tenantId: uuid(11),
    sessionTypeId: uuid(12),
    locationId: uuid(13),
    ...Series.timesOf(schedule, occurrence),
    timezone: "Africa/Nairobi",
    civilDate: Series.dayOf(occurrence.start),
    instructorId: coach,
    roomId: studio,
    scheduleId: schedule.id,
    recurrenceStart: occurrence.start,
    capacity: 10,
    seatsTaken: 0,
    seatsTakenOnline: 0,
    offersOpen: 0,
    waitlistLength: 0,
    status: "scheduled",
    sequence: 0,
    createdAt: now,
    updatedAt: now,
    ...more,
  } as SessionInstance;
};

const follow = (
  series: Schedule,
  occurrences: ReadonlyArray<SeriesOccurrence>,
  sessions: ReadonlyArray<SessionInstance>,
  more: Partial<Series.FollowContext> = {},
) =>
  Series.follow(series, occurrences, sessions, {
    now,
    dayStartHours: 0,
    keepOwnChanges: true,
    told: new Set(),
    ...more,
  });

describe("how sessions follow their series", () => {
  it("nothing happens where they do already", () => {
    const plan = follow(schedule, [on(2), on(3)], [sessionOn(2), sessionOn(3)]);
    assert.deepStrictEqual(plan, { added: [], changed: [], removed: [], reassigned: [] });
  });

  it("a session moves with its series and stays the same session, one change on", () => {
    const { changed } = follow(schedule, [on(2, 8)], [sessionOn(2, { seatsTaken: 3 })]);
    assert.strictEqual(changed.length, 1);
    const { after } = changed[0]!;
    assert.strictEqual(after.startTime, on(2, 8).startTime);
    assert.strictEqual(after.endTime - after.startTime, 45 * 60_000);
    assert.strictEqual(after.recurrenceStart, on(2, 8).start);
    assert.strictEqual(after.seatsTaken, 3);
    assert.strictEqual(after.sequence, 1);
  });

  it("a day that the rule gives no more loses its session, a new day gets one", () => {
    const plan = follow(schedule, [on(3)], [sessionOn(2)]);
    assert.deepStrictEqual(plan.added, [on(3)]);
    const [removed] = plan.removed;
    assert.strictEqual(removed?.after.status, "cancelled");
    assert.isUndefined(removed?.after.scheduleId);
    assert.isUndefined(removed?.after.recurrenceStart);
  });

  it("an exception takes its day out", () => {
    const plan = follow({ ...schedule, exceptions: [CivilDate.of("2026-03-02")] }, [on(2), on(3)], [sessionOn(2)]);
    assert.strictEqual(plan.removed.length, 1);
    assert.deepStrictEqual(plan.added, [on(3)]);
  });

  it("what was changed of one session alone stays, unless told otherwise", () => {
    const own = sessionOn(2, { instructorId: substitute, ownChanges: ["instructor"] });
    const moved = follow(schedule, [on(2, 8)], [own]).changed[0]?.after;
    assert.strictEqual(moved?.instructorId, substitute);
    assert.strictEqual(moved?.startTime, on(2, 8).startTime);
    assert.deepStrictEqual(moved?.ownChanges, ["instructor"]);
    const back = follow(schedule, [on(2, 8)], [own], { keepOwnChanges: false }).changed[0]?.after;
    assert.strictEqual(back?.instructorId, coach);
    assert.isUndefined(back?.ownChanges);
  });

  it("a session that was moved alone keeps its time, and its day in the series", () => {
    const moved = sessionOn(2, { ...Series.timesOf(schedule, on(4)), ownChanges: ["time"] });
    const plan = follow({ ...schedule, roomId: RoomId.make(uuid(4)) }, [on(2), on(4)], [moved]);
    assert.strictEqual(plan.changed[0]?.after.startTime, on(4).startTime);
    assert.strictEqual(plan.changed[0]?.after.roomId, uuid(4));
    assert.deepStrictEqual(plan.added, [on(4)]);
  });

  it("a session that lost its instructor alone takes the one that the series is given", () => {
    const { instructorId: _, ...without } = sessionOn(2, { ownChanges: ["instructor"] });
    const series = { ...schedule, instructorId: substitute };
    assert.deepStrictEqual(follow(series, [on(2)], [without]).changed, []);
    const given = follow(series, [on(2)], [without], { told: new Set(["instructor"]) }).changed[0]?.after;
    assert.strictEqual(given?.instructorId, substitute);
  });

  it("what has begun, is over or is cancelled stays, and its day gets no second session", () => {
    const begun = sessionOn(2, { startTime: now });
    const cancelled = sessionOn(3, { status: "cancelled" });
    const completed = sessionOn(4, { status: "completed" });
    const plan = follow(schedule, [on(2, 15), on(3, 8), on(4, 8)], [begun, cancelled, completed]);
    assert.deepStrictEqual(plan, { added: [], changed: [], removed: [], reassigned: [] });
    const soon = sessionOn(2, { startTime: Instant.make(now + 1) });
    assert.strictEqual(follow(schedule, [on(2, 15)], [soon]).changed.length, 1);
  });

  it("after a split they belong to the series that follows, the cancelled ones too", () => {
    const rest = { ...schedule, id: ScheduleId.make(uuid(20)) };
    const plan = follow(rest, [on(2), on(3)], [sessionOn(2), sessionOn(3, { status: "cancelled" })]);
    assert.deepStrictEqual(plan.changed, []);
    assert.deepStrictEqual(
      plan.reassigned.map(({ scheduleId, sequence }) => [scheduleId, sequence]),
      [
        [rest.id, 0],
        [rest.id, 0],
      ],
    );
  });

  it("afterwards, following again changes nothing", () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { maxLength: 10 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { maxLength: 10 }),
        fc.integer({ min: 0, max: 20 }),
        (had, gives, hour) => {
          const occurrences = gives.map((day) => on(day, hour));
          const first = follow(
            schedule,
            occurrences,
            had.map((day) => sessionOn(day)),
          );
          const removed = new Set(first.removed.map(({ before }) => before.id));
          const changed = new Map(first.changed.map(({ after }) => [after.id, after]));
          const stands = had
            .map((day) => sessionOn(day))
            .filter(({ id }) => !removed.has(id))
            .map((session) => changed.get(session.id) ?? session);
          const added = first.added.map((occurrence) => ({
            ...sessionOn(Number(occurrence.start.slice(8, 10))),
            ...Series.timesOf(schedule, occurrence),
            recurrenceStart: occurrence.start,
          }));
          const again = follow(schedule, occurrences, [...stands, ...added]);
          assert.deepStrictEqual(again, { added: [], changed: [], removed: [], reassigned: [] });
        },
      ),
    ));
});

describe("who and what a session may be given", () => {
  const locationId = sessionOn(2).locationId;
  const room = (capacity?: number) =>
    ({ id: studio, locationId, ...(capacity !== undefined && { capacity }) }) as Parameters<typeof assign>[0]["room"];
  const refusal = (given: Omit<Parameters<typeof assign>[0], "locationId">) =>
    Result.getOrUndefined(Result.flip(assign({ locationId, ...given })));

  it("a room holds as many as it has seats, and not one more", () => {
    assert.isUndefined(refusal({ capacity: 9, room: room(10) }));
    assert.isUndefined(refusal({ capacity: 10, room: room(10) }));
    assert.instanceOf(refusal({ capacity: 11, room: room(10) }), RoomTooSmall);
    assert.isUndefined(refusal({ capacity: 11, room: room() }));
  });

  it("a room of another location is none", () => {
    const elsewhere = { ...room()!, locationId: uuid(99) } as ReturnType<typeof room>;
    assert.instanceOf(refusal({ capacity: 1, room: elsewhere }), RoomElsewhere);
  });

  it("an account that is deactivated is given nothing", () => {
    const account = (isActive: boolean) => ({ id: coach, isActive }) as Parameters<typeof assign>[0]["instructor"];
    assert.isUndefined(refusal({ capacity: 1, instructor: account(true) }));
    assert.instanceOf(refusal({ capacity: 1, instructor: account(false) }), InstructorInactive);
  });
});
