import { assert, describe, it } from "@effect/vitest";
import {
  EventLog,
  type Instant,
  InstantFromString,
  MemberId,
  MoveOs,
  Platform,
  Principal,
  type PrincipalClaims,
  UnitOfWork,
  Zmos,
} from "@zmos/core";
import { CivilDate } from "@zmos/core/kernel";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Schema from "effect/Schema";
import { TestClock } from "effect/testing";
import { convertIcsCalendar } from "ts-ics";
import { CalendarAdapters } from "../src/index.ts";

const at = (iso: string): Instant => Schema.decodeSync(InstantFromString)(iso);
const day = CivilDate.of;

const layer = Layer.provideMerge(Zmos.layerMemory, CalendarAdapters.layer);

/** A studio in Vienna on Monday 2026-03-16, with a room, a coach and a substitute. */
const openStudio = Effect.gen(function* () {
  yield* TestClock.setTime(at("2026-03-16T12:00:00Z"));
  const platform = yield* Platform;
  const moveOs = yield* MoveOs;
  const tenant = yield* platform.createTenant({ name: "Studio Wien", timezone: "Europe/Vienna" });
  const as = (claims: Omit<PrincipalClaims, "tenantId">) =>
    Effect.provideService(Principal, { tenantId: tenant.id, ...claims });
  const asOwner = as({ actorId: "owner-1", actorType: "user_account", roles: ["owner"] });
  const location = yield* asOwner(platform.createLocation({ name: "Neubau", timezone: "Europe/Vienna" }));
  const yoga = yield* asOwner(
    moveOs.createSessionType({ name: "Yoga", category: "class", defaultDuration: 60, defaultCapacity: 30 }),
  );
  const room = yield* asOwner(moveOs.createRoom({ locationId: location.id, name: "Saal 1", capacity: 20 }));
  const staff = (firstName: string) =>
    asOwner(
      platform.createUserAccount({
        firstName,
        lastName: "Huber",
        email: `${firstName.toLowerCase()}@example.com`,
        role: "coach",
      }),
    );
  const coach = yield* staff("Lena");
  const substitute = yield* staff("Max");
  const weekly = (more: object = {}) => ({
    sessionTypeId: yoga.id,
    locationId: location.id,
    roomId: room.id,
    instructorId: coach.id,
    startsOn: day("2026-03-17"),
    startsAt: "18:00",
    rrule: "FREQ=WEEKLY;BYDAY=TU",
    ...more,
  });
  const timetable = Effect.map(asOwner(moveOs.listSessionInstances({ limit: 200 })), ({ items }) => items);
  const join = (firstName: string) => asOwner(platform.registerMember({ firstName, lastName: "Gruber" }));
  return { platform, moveOs, tenant, as, asOwner, location, yoga, room, coach, substitute, weekly, timetable, join };
});

describe("a series on the timetable", () => {
  it.effect("has its sessions for eight weeks, at its time of the wall clock, in seats as its room holds", () =>
    Effect.gen(function* () {
      const { moveOs, asOwner, weekly } = yield* openStudio;
      const { schedule, sessions } = yield* asOwner(moveOs.createSchedule(weekly()));
      assert.strictEqual(CivilDate.toIso(schedule.extendedTo), "2026-05-12");
      assert.deepStrictEqual(sessions.map(({ startTime }) => startTime).slice(0, 3), [
        at("2026-03-17T17:00:00Z"),
        at("2026-03-24T17:00:00Z"),
        at("2026-03-31T16:00:00Z"),
      ]);
      assert.strictEqual(sessions.length, 8);
      assert.isTrue(sessions.every(({ capacity }) => capacity === 20));
      assert.strictEqual(sessions[2]?.recurrenceStart, "2026-03-31T18:00");
    }).pipe(Effect.provide(layer)),
  );

  it.effect("is extended, each session once however often", () =>
    Effect.gen(function* () {
      const { moveOs, asOwner, weekly, timetable } = yield* openStudio;
      yield* asOwner(moveOs.createSchedule(weekly({ extendTo: day("2026-04-01") })));
      assert.strictEqual((yield* timetable).length, 3);
      const extended = yield* asOwner(moveOs.extendSchedules({ to: day("2026-04-14") }));
      assert.deepInclude(extended, { schedules: 1, sessions: 1, withoutInstructor: 0 });
      const same = yield* asOwner(moveOs.extendSchedules({ to: day("2026-04-14") }));
      assert.deepInclude(same, { schedules: 0, sessions: 0 });
      const further = yield* asOwner(moveOs.extendSchedules({ to: day("2026-04-15") }));
      assert.deepInclude(further, { schedules: 1, sessions: 1 });
      assert.strictEqual((yield* timetable).length, 5);
      const far = yield* Effect.flip(asOwner(moveOs.extendSchedules({ to: day("2027-03-18") })));
      assert.strictEqual(far._tag, "TooFarAhead");
    }).pipe(Effect.provide(layer)),
  );

  it.effect("goes on where its instructor has left or is taken by then, and says so", () =>
    Effect.gen(function* () {
      const { moveOs, platform, asOwner, weekly, coach, timetable, yoga, location } = yield* openStudio;
      yield* asOwner(moveOs.createSchedule(weekly({ extendTo: day("2026-03-25") })));
      yield* asOwner(
        moveOs.scheduleSession({
          sessionTypeId: yoga.id,
          locationId: location.id,
          instructorId: coach.id,
          startTime: at("2026-03-31T16:30:00Z"),
        }),
      );
      const first = yield* asOwner(moveOs.extendSchedules({ to: day("2026-04-08") }));
      assert.deepInclude(first, { sessions: 2, withoutInstructor: 1, withoutRoom: 0 });
      assert.strictEqual(first.conflicts.length, 1);
      yield* asOwner(platform.deactivateUserAccount({ userAccountId: coach.id }));
      const second = yield* asOwner(moveOs.extendSchedules({ to: day("2026-04-22") }));
      assert.deepInclude(second, { sessions: 2, withoutInstructor: 2 });
      const without = (yield* timetable).filter(({ instructorId }) => instructorId === undefined);
      assert.strictEqual(without.length, 3);
    }).pipe(Effect.provide(layer)),
  );

  it.effect("is shown before it is saved, with what is in its way, and then is not saved", () =>
    Effect.gen(function* () {
      const { moveOs, asOwner, weekly, timetable, tenant } = yield* openStudio;
      const { sessions } = yield* asOwner(moveOs.createSchedule(weekly()));
      const rival = weekly({ startsAt: "18:30", extendTo: day("2026-04-01") });
      const preview = yield* asOwner(moveOs.previewSchedule(rival));
      assert.deepStrictEqual(
        preview.occurrences.map(({ start }) => start),
        ["2026-03-17T18:30", "2026-03-24T18:30", "2026-03-31T18:30"],
      );
      assert.strictEqual(preview.conflictCount, 6);
      assert.deepInclude(preview.conflicts[0], {
        resource: "instructor",
        sessionInstanceId: sessions[0]!.id,
        startTime: at("2026-03-17T17:00:00Z"),
        wantedStartTime: at("2026-03-17T17:30:00Z"),
      });
      const refused = yield* Effect.flip(asOwner(moveOs.createSchedule(rival)));
      assert.strictEqual(refused._tag, "ScheduleConflict");
      if (refused._tag === "ScheduleConflict") assert.deepStrictEqual(refused.conflicts, preview.conflicts);
      assert.strictEqual((yield* timetable).length, 8);
      assert.strictEqual((yield* asOwner(moveOs.listSchedules({}))).items.length, 1);
      const units = yield* UnitOfWork;
      const log = yield* EventLog;
      const { rows } = yield* units.read(tenant.id, log.outbox(tenant.id, { limit: 100 }));
      assert.strictEqual(rows.filter(({ type }) => type === "ScheduleCreated").length, 1);
      assert.strictEqual(rows.filter(({ type }) => type === "SessionScheduled").length, 8);
    }).pipe(Effect.provide(layer)),
  );

  it.effect("names at most fifty of what is in its way, and how many there are", () =>
    Effect.gen(function* () {
      const { moveOs, asOwner, weekly } = yield* openStudio;
      yield* asOwner(moveOs.createSchedule(weekly({ rrule: "FREQ=DAILY" })));
      const refused = yield* Effect.flip(asOwner(moveOs.createSchedule(weekly({ rrule: "FREQ=DAILY" }))));
      assert.strictEqual(refused._tag, "ScheduleConflict");
      if (refused._tag === "ScheduleConflict") {
        assert.strictEqual(refused.conflicts.length, 50);
        assert.strictEqual(refused.count, 112);
      }
    }).pipe(Effect.provide(layer)),
  );

  it.effect("touches another without being in its way", () =>
    Effect.gen(function* () {
      const { moveOs, asOwner, weekly, timetable } = yield* openStudio;
      yield* asOwner(moveOs.createSchedule(weekly()));
      yield* asOwner(moveOs.createSchedule(weekly({ startsAt: "19:00" })));
      assert.strictEqual((yield* timetable).length, 16);
    }).pipe(Effect.provide(layer)),
  );

  it.effect("is refused with the part of its rule that is wrong, and with who or what is not there", () =>
    Effect.gen(function* () {
      const { moveOs, platform, asOwner, weekly, substitute } = yield* openStudio;
      const refused = (more: object) => Effect.flip(asOwner(moveOs.createSchedule(weekly(more))));
      assert.deepInclude(yield* refused({ rrule: "FREQ=WEEKLY;BYDAY=TUE" }), {
        _tag: "RecurrenceInvalid",
        part: "BYDAY",
      });
      assert.strictEqual((yield* refused({ capacity: 21 }))._tag, "RoomTooSmall");
      assert.strictEqual((yield* refused({ instructorId: weekly().roomId }))._tag, "NotFound");
      yield* asOwner(platform.deactivateUserAccount({ userAccountId: substitute.id }));
      assert.strictEqual((yield* refused({ instructorId: substitute.id }))._tag, "InstructorInactive");
      const elsewhere = yield* asOwner(platform.createLocation({ name: "Prater", timezone: "Europe/Vienna" }));
      assert.strictEqual((yield* refused({ locationId: elsewhere.id }))._tag, "RoomElsewhere");
    }).pipe(Effect.provide(layer)),
  );

  it.effect("needs something that follows rules, and says where it comes from", () =>
    Effect.gen(function* () {
      const { moveOs, asOwner, weekly } = yield* openStudio;
      const refused = yield* Effect.flip(asOwner(moveOs.createSchedule(weekly())));
      assert.strictEqual(refused._tag, "RecurrenceNotInstalled");
      assert.include(refused.message, "@zmos/adapters-calendar");
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );
});

describe("one session", () => {
  it.effect("is moved with its bookings, and what it was and is now is told", () =>
    Effect.gen(function* () {
      const { moveOs, asOwner, weekly, tenant, join } = yield* openStudio;
      const { sessions } = yield* asOwner(moveOs.createSchedule(weekly()));
      const sessionInstanceId = sessions[1]!.id;
      const anna = yield* join("Anna");
      const booked = yield* asOwner(moveOs.bookSession({ memberId: anna.id, sessionInstanceId }));
      const moved = yield* asOwner(moveOs.changeSession({ sessionInstanceId, startTime: at("2026-03-25T17:00:00Z") }));
      assert.strictEqual(moved.endTime, at("2026-03-25T18:00:00Z"));
      assert.strictEqual(CivilDate.toIso(moved.civilDate), "2026-03-25");
      assert.strictEqual(moved.recurrenceStart, "2026-03-24T18:00");
      assert.strictEqual(moved.sequence, 1);
      assert.strictEqual(moved.seatsTaken, 1);
      assert.deepStrictEqual(moved.ownChanges, ["time"]);
      const units = yield* UnitOfWork;
      const log = yield* EventLog;
      const { rows } = yield* units.read(tenant.id, log.outbox(tenant.id, { limit: 100 }));
      assert.deepInclude(rows.find(({ type }) => type === "SessionMoved")?.data, {
        from: { startTime: "2026-03-24T17:00:00.000Z", endTime: "2026-03-24T18:00:00.000Z" },
        to: { startTime: "2026-03-25T17:00:00.000Z", endTime: "2026-03-25T18:00:00.000Z" },
        seatsTaken: 1,
      });
      assert.isDefined(booked);
      const same = yield* asOwner(moveOs.changeSession({ sessionInstanceId, startTime: moved.startTime }));
      assert.strictEqual(same.sequence, 1);
    }).pipe(Effect.provide(layer)),
  );

  it.effect("gets a substitute, who then is taken; or nobody", () =>
    Effect.gen(function* () {
      const { moveOs, asOwner, weekly, substitute } = yield* openStudio;
      const { sessions } = yield* asOwner(moveOs.createSchedule(weekly()));
      const sessionInstanceId = sessions[1]!.id;
      const changed = yield* asOwner(moveOs.changeSession({ sessionInstanceId, instructorId: substitute.id }));
      assert.strictEqual(changed.instructorId, substitute.id);
      const span = { from: at("2026-03-16T00:00:00Z"), to: at("2026-04-16T00:00:00Z") };
      const { items } = yield* asOwner(moveOs.listScheduledBlocks({ instructorId: substitute.id, ...span }));
      assert.deepStrictEqual(
        items.map((block) => block.sessionInstanceId),
        [sessionInstanceId],
      );
      const refused = yield* Effect.flip(
        asOwner(moveOs.createSchedule(weekly({ instructorId: substitute.id, roomId: undefined, startsAt: "18:59" }))),
      );
      assert.strictEqual(refused._tag, "ScheduleConflict");
      const free = yield* asOwner(moveOs.changeSession({ sessionInstanceId, instructorId: null, roomId: null }));
      assert.isUndefined(free.instructorId);
      assert.isUndefined(free.roomId);
      assert.deepStrictEqual(free.ownChanges, ["instructor", "room"]);
    }).pipe(Effect.provide(layer)),
  );

  it.effect("is not put where another is, and not changed once it is cancelled", () =>
    Effect.gen(function* () {
      const { moveOs, asOwner, weekly } = yield* openStudio;
      const { sessions } = yield* asOwner(moveOs.createSchedule(weekly()));
      const [one, two] = sessions;
      const onto = moveOs.changeSession({ sessionInstanceId: one!.id, startTime: two!.startTime });
      assert.strictEqual((yield* Effect.flip(asOwner(onto)))._tag, "ScheduleConflict");
      const backwards = moveOs.changeSession({ sessionInstanceId: one!.id, endTime: one!.startTime });
      assert.strictEqual((yield* Effect.flip(asOwner(backwards)))._tag, "SessionTimesImpossible");
      yield* asOwner(
        moveOs.changeSchedule({ scheduleId: one!.scheduleId!, scope: "all", addExceptions: [one!.civilDate] }),
      );
      const gone = moveOs.changeSession({ sessionInstanceId: one!.id, roomId: null });
      assert.strictEqual((yield* Effect.flip(asOwner(gone)))._tag, "SessionNotScheduled");
    }).pipe(Effect.provide(layer)),
  );
});

describe("a series that changes", () => {
  it.effect("changes all its sessions to come, but for what was changed of one alone", () =>
    Effect.gen(function* () {
      const { moveOs, asOwner, weekly, substitute, coach, timetable } = yield* openStudio;
      const { schedule, sessions } = yield* asOwner(moveOs.createSchedule(weekly()));
      yield* asOwner(moveOs.changeSession({ sessionInstanceId: sessions[2]!.id, instructorId: substitute.id }));
      yield* TestClock.setTime(at("2026-03-18T12:00:00Z"));
      const changed = yield* asOwner(
        moveOs.changeSchedule({ scheduleId: schedule.id, scope: "all", startsAt: "07:00", durationMinutes: 45 }),
      );
      assert.deepInclude(changed, { added: 0, changed: 7, removed: 0 });
      const after = yield* timetable;
      assert.deepStrictEqual(after.map(({ startTime }) => startTime).slice(0, 3), [
        at("2026-03-17T17:00:00Z"),
        at("2026-03-24T06:00:00Z"),
        at("2026-03-31T05:00:00Z"),
      ]);
      assert.deepStrictEqual(
        after.map(({ id }) => id),
        sessions.map(({ id }) => id),
      );
      assert.deepStrictEqual(
        after.map(({ instructorId }) => instructorId === coach.id),
        [true, true, false, true, true, true, true, true],
      );
    }).pipe(Effect.provide(layer)),
  );

  it.effect("is split: this and following are a series of their own, and the one before ends", () =>
    Effect.gen(function* () {
      const { moveOs, asOwner, weekly, timetable } = yield* openStudio;
      const { schedule, sessions } = yield* asOwner(moveOs.createSchedule(weekly({ rrule: "FREQ=WEEKLY;COUNT=6" })));
      const changed = yield* asOwner(
        moveOs.changeSchedule({
          scheduleId: schedule.id,
          scope: "following",
          from: day("2026-03-26"),
          startsAt: "19:00",
        }),
      );
      assert.strictEqual(changed.endedScheduleId, schedule.id);
      assert.strictEqual(changed.schedule.rrule, "FREQ=WEEKLY;COUNT=4");
      assert.strictEqual(CivilDate.toIso(changed.schedule.startsOn), "2026-03-31");
      assert.deepInclude(changed, { added: 0, changed: 4, removed: 0 });
      const before = yield* asOwner(moveOs.getSchedule({ scheduleId: schedule.id }));
      assert.strictEqual(before.rrule, "FREQ=WEEKLY;UNTIL=20260331T155959Z");
      const after = yield* timetable;
      assert.deepStrictEqual(
        after.map(({ scheduleId }) => scheduleId === schedule.id),
        [true, true, false, false, false, false],
      );
      assert.strictEqual(after[2]?.startTime, at("2026-03-31T17:00:00Z"));
      assert.strictEqual(after[2]?.id, sessions[2]?.id);
      const extended = yield* asOwner(moveOs.extendSchedules({ to: day("2026-06-30") }));
      assert.deepInclude(extended, { schedules: 2, sessions: 0 });
    }).pipe(Effect.provide(layer)),
  );

  it.effect("that is split before its first session is not split", () =>
    Effect.gen(function* () {
      const { moveOs, asOwner, weekly } = yield* openStudio;
      const { schedule } = yield* asOwner(moveOs.createSchedule(weekly()));
      const change = { scheduleId: schedule.id, scope: "following", startsAt: "19:00" } as const;
      const changed = yield* asOwner(moveOs.changeSchedule({ ...change, from: day("2026-03-17") }));
      assert.isUndefined(changed.endedScheduleId);
      assert.strictEqual(changed.schedule.id, schedule.id);
      yield* asOwner(moveOs.changeSchedule({ scheduleId: schedule.id, scope: "all", endsBefore: day("2026-04-01") }));
      const late = yield* Effect.flip(asOwner(moveOs.changeSchedule({ ...change, from: day("2026-04-01") })));
      assert.strictEqual(late._tag, "NoSuchOccurrence");
    }).pipe(Effect.provide(layer)),
  );

  it.effect("that ends takes the sessions after its end away, but never one that people have booked", () =>
    Effect.gen(function* () {
      const { moveOs, asOwner, weekly, timetable, join } = yield* openStudio;
      const { schedule, sessions } = yield* asOwner(moveOs.createSchedule(weekly()));
      const end = { scheduleId: schedule.id, scope: "all", endsBefore: day("2026-04-14") } as const;
      const anna = yield* join("Anna");
      yield* asOwner(moveOs.bookSession({ memberId: anna.id, sessionInstanceId: sessions[5]!.id }));
      const refused = yield* Effect.flip(asOwner(moveOs.changeSchedule(end)));
      assert.strictEqual(refused._tag, "SessionHasBookings");
      if (refused._tag === "SessionHasBookings") {
        assert.deepStrictEqual(refused.sessions, [
          { sessionInstanceId: sessions[5]!.id, startTime: sessions[5]!.startTime, seatsTaken: 1 },
        ]);
      }
      assert.isTrue((yield* timetable).every(({ status }) => status === "scheduled"));
      const later = yield* asOwner(moveOs.changeSchedule({ ...end, endsBefore: day("2026-04-22") }));
      assert.deepInclude(later, { removed: 2 });
      const left = (yield* timetable).filter(({ status }) => status === "scheduled");
      assert.strictEqual(left.length, 6);
    }).pipe(Effect.provide(layer)),
  );

  it.effect("loses a day by an exception, and has it back when the exception is taken back", () =>
    Effect.gen(function* () {
      const { moveOs, asOwner, weekly, timetable } = yield* openStudio;
      const { schedule } = yield* asOwner(moveOs.createSchedule(weekly()));
      const change = { scheduleId: schedule.id, scope: "all" } as const;
      const out = yield* asOwner(moveOs.changeSchedule({ ...change, addExceptions: [day("2026-03-24")] }));
      assert.deepInclude(out, { added: 0, changed: 0, removed: 1 });
      const back = yield* asOwner(moveOs.changeSchedule({ ...change, removeExceptions: [day("2026-03-24")] }));
      assert.deepInclude(back, { added: 1, changed: 0, removed: 0 });
      assert.deepStrictEqual(back.schedule.exceptions, []);
      assert.strictEqual((yield* timetable).filter(({ status }) => status === "scheduled").length, 8);
    }).pipe(Effect.provide(layer)),
  );

  it.effect("is not moved onto another, and then none of it is", () =>
    Effect.gen(function* () {
      const { moveOs, asOwner, weekly, timetable } = yield* openStudio;
      yield* asOwner(moveOs.createSchedule(weekly()));
      const { schedule } = yield* asOwner(moveOs.createSchedule(weekly({ startsAt: "20:00" })));
      const before = yield* timetable;
      const onto = moveOs.changeSchedule({ scheduleId: schedule.id, scope: "all", startsAt: "18:30" });
      assert.strictEqual((yield* Effect.flip(asOwner(onto)))._tag, "ScheduleConflict");
      assert.deepStrictEqual(yield* timetable, before);
    }).pipe(Effect.provide(layer)),
  );
});

describe("a calendar to subscribe to", () => {
  // ts-ics reads SEQUENCE:0 as none.
  const read = (text: string) =>
    (convertIcsCalendar(undefined, text).events ?? []).map(
      ({ uid, sequence = 0, status, summary, location, description }) => ({
        uid,
        sequence,
        status,
        summary,
        location,
        description,
      }),
    );

  it.effect("shows a location's sessions, as they change and when they are cancelled, until it is revoked", () =>
    Effect.gen(function* () {
      const { moveOs, asOwner, weekly, location } = yield* openStudio;
      const { sessions } = yield* asOwner(moveOs.createSchedule(weekly({ extendTo: day("2026-03-25") })));
      const { token, calendarFeed } = yield* asOwner(moveOs.issueCalendarFeed({ scope: { locationId: location.id } }));
      const [one, two] = sessions;
      const shown = Effect.map(moveOs.readCalendarFeed({ token }), ({ text }) => read(text));
      const yoga = {
        summary: "Yoga",
        location: "Saal 1, Neubau",
        description: "With Lena Huber",
        status: "CONFIRMED",
      } as const;
      assert.deepStrictEqual(yield* shown, [
        { uid: one!.id, sequence: 0, ...yoga },
        { uid: two!.id, sequence: 0, ...yoga },
      ]);
      yield* asOwner(moveOs.changeSession({ sessionInstanceId: one!.id, startTime: at("2026-03-17T19:00:00Z") }));
      yield* asOwner(
        moveOs.changeSchedule({ scheduleId: one!.scheduleId!, scope: "all", addExceptions: [two!.civilDate] }),
      );
      assert.deepStrictEqual(yield* shown, [
        { uid: one!.id, sequence: 1, ...yoga },
        { uid: two!.id, sequence: 1, ...yoga, status: "CANCELLED" },
      ]);
      yield* asOwner(moveOs.revokeCalendarFeed({ calendarFeedId: calendarFeed.id }));
      assert.strictEqual((yield* Effect.flip(shown))._tag, "NotFound");
    }).pipe(Effect.provide(layer)),
  );

  it.effect("shows an instructor's sessions, and a member only its own booked ones", () =>
    Effect.gen(function* () {
      const { moveOs, as, asOwner, weekly, coach, substitute, join } = yield* openStudio;
      const { sessions } = yield* asOwner(moveOs.createSchedule(weekly({ extendTo: day("2026-04-01") })));
      yield* asOwner(moveOs.changeSession({ sessionInstanceId: sessions[0]!.id, instructorId: substitute.id }));
      const anna = yield* join("Anna");
      const asAnna = as({ actorId: anna.id, actorType: "member", roles: ["member"] });
      yield* asAnna(moveOs.bookSession({ memberId: anna.id, sessionInstanceId: sessions[1]!.id }));
      const uids = (token: string) =>
        Effect.map(moveOs.readCalendarFeed({ token }), ({ text }) => read(text).map(({ uid }) => uid));
      const coachs = yield* asOwner(moveOs.issueCalendarFeed({ scope: { instructorId: coach.id } }));
      assert.deepStrictEqual(yield* uids(coachs.token), [sessions[1]!.id, sessions[2]!.id]);
      const annas = yield* asAnna(moveOs.issueCalendarFeed({ scope: { memberId: anna.id } }));
      assert.deepStrictEqual(yield* uids(annas.token), [sessions[1]!.id]);

      const other = MemberId.make("0195f000-0000-7000-8000-000000000099");
      const refused = yield* Effect.flip(asAnna(moveOs.issueCalendarFeed({ scope: { memberId: other } })));
      assert.strictEqual(refused._tag, "NotPermitted");
      const foreign = moveOs.revokeCalendarFeed({ calendarFeedId: coachs.calendarFeed.id });
      assert.strictEqual((yield* Effect.flip(asAnna(foreign)))._tag, "NotFound");
      assert.deepStrictEqual((yield* asAnna(moveOs.listCalendarFeeds({}))).items, [annas.calendarFeed]);
      assert.strictEqual((yield* asOwner(moveOs.listCalendarFeeds({}))).items.length, 2);
      yield* asAnna(moveOs.revokeCalendarFeed({ calendarFeedId: annas.calendarFeed.id }));
    }).pipe(Effect.provide(layer)),
  );

  it.effect("opens to nobody who makes a token up", () =>
    Effect.gen(function* () {
      const { moveOs, tenant, asOwner, location } = yield* openStudio;
      const { token } = yield* asOwner(moveOs.issueCalendarFeed({ scope: { locationId: location.id } }));
      const secret = token.split(".")[1]!;
      const other = yield* Effect.flatMap(Platform, (platform) =>
        platform.createTenant({ name: "Another", timezone: "UTC" }),
      );
      for (const made of [
        "",
        "x",
        tenant.id,
        `${tenant.id}.`,
        `${tenant.id}.${"A".repeat(43)}`,
        `${other.id}.${secret}`,
        `${token}.x`,
      ]) {
        assert.strictEqual((yield* Effect.flip(moveOs.readCalendarFeed({ token: made })))._tag, "NotFound");
      }
    }).pipe(Effect.provide(layer)),
  );
});
