import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import {
  CarePath,
  CivilDate,
  EventLog,
  type JourneyPrescription,
  type MovementJourney,
  MovementTileId,
  MoveOs,
  Platform,
  type PrincipalClaims,
  PulseLoop,
  SessionTypeId,
  UnitOfWork,
  Zmos,
  type ZoneName,
} from "../../../src/index.ts";
import { actingAs, at, ownerOf } from "../../support/Gym.ts";

const monday = CivilDate.of("2026-03-02");
const day = (offset: number) => CivilDate.addDays(monday, offset);

type NewJourney = Partial<Pick<MovementJourney, "durationWeeks" | "targetGoals" | "phases" | "standingThresholds">>;

/** A gym with a journey of four weeks, two sessions each, on the morning of Monday 2026-03-02 in Nairobi. */
const openGym = Effect.fnUntraced(function* (more: NewJourney = {}) {
  yield* TestClock.setTime(at("2026-03-02T06:00:00Z"));
  const platform = yield* Platform;
  const carePath = yield* CarePath;
  const pulseLoop = yield* PulseLoop;
  const tenant = yield* platform.createTenant({ name: "Karura Runners", timezone: "Africa/Nairobi" });
  const asOwner = actingAs(ownerOf(tenant));
  const journey = yield* asOwner(
    carePath.createJourney({
      name: "Back to the hills",
      durationWeeks: 4,
      targetGoals: { sessionsPerWeek: 2, focusAreas: ["endurance"] },
      phases: [],
      standingThresholds: { onTrackFrom: 0.8, atRiskFrom: 0.5 },
      ...more,
    }),
  );
  const join = (firstName: string, timezone?: ZoneName) =>
    asOwner(platform.registerMember({ firstName, lastName: "Otieno", ...(timezone && { timezone }) }));
  const enrol = Effect.fnUntraced(function* (firstName: string, timezone?: ZoneName) {
    const member = yield* join(firstName, timezone);
    const enrollment = yield* asOwner(carePath.enrolMember({ journeyId: journey.id, memberId: member.id }));
    const named = { journeyId: journey.id, enrollmentId: enrollment.id };
    /** One movement on each of these days, counted from Monday. */
    const move = (...offsets: ReadonlyArray<number>) =>
      asOwner(
        pulseLoop.recordMovements({
          events: offsets.map((offset) => ({
            memberId: member.id,
            type: "outdoor_event",
            occurredAt: { precision: "day", day: day(offset) },
            source: "import",
            version: 1,
            isEnteredInError: false,
          })),
        }),
      );
    const summary = (asOf?: number) =>
      asOwner(carePath.getEnrollmentSummary({ ...named, ...(asOf !== undefined && { asOf: day(asOf) }) }));
    const self: PrincipalClaims = {
      tenantId: tenant.id,
      actorId: member.id,
      actorType: "member",
      roles: ["member"],
    };
    return { member, enrollment, named, move, summary, asSelf: actingAs(self) };
  });
  return { tenant, asOwner, journey, carePath, enrol, join };
});

/** Noon in Nairobi, some days after Monday. */
const onDay = (offset: number) => TestClock.setTime(at("2026-03-02T09:00:00Z") + offset * 86_400_000);

const inMemory = Effect.provide(Zmos.layerMemory);

describe("a member on a journey", () => {
  it.effect("moves, and the summary says how each week went, what is due, and why the score is what it is", () =>
    Effect.gen(function* () {
      const { enrol } = yield* openGym();
      const { move, summary, enrollment } = yield* enrol("Amina");
      assert.strictEqual(enrollment.startDate, monday);
      yield* onDay(15);
      yield* move(0, 3, 7, 14);
      const told = yield* summary();
      assert.deepInclude(told, { currentWeek: 3, score: 0.75, standing: "at_risk", endsOn: day(27), isPaused: false });
      assert.deepStrictEqual(
        told.weeks.map(({ status, adherence, contribution }) => [status, adherence, contribution]),
        [
          ["met", 1, 0.5],
          ["missed", 0.5, 0.25],
          ["pending", 0.5, undefined],
          ["upcoming", 0, undefined],
        ],
      );
      const sum = told.weeks.reduce((total, { contribution = 0 }) => total + contribution, 0);
      assert.closeTo(sum, told.score ?? NaN, 1e-12);
      assert.strictEqual(
        told.explanation,
        "Score 75 %, at risk: the mean of 2 weeks. Week 1: 100 % (2 of 2 sessions). Week 2: 50 % (1 of 2 sessions).",
      );
      assert.deepStrictEqual(told.remaining, [{ goal: "sessions", target: 2, actual: 1 }]);
      assert.deepStrictEqual(told.completion, { weeksOver: 2, weeksTotal: 4, isCompleted: false });
      assert.deepStrictEqual(told.weekStreak, { status: "broken", current: 0, best: 1 });
    }).pipe(inMemory),
  );

  it.effect("has no score on the last day of its first week, and one on the day after", () =>
    Effect.gen(function* () {
      const { enrol } = yield* openGym();
      const { move, summary } = yield* enrol("Amina");
      yield* onDay(7);
      yield* move(6);
      const lastDay = yield* summary(6);
      assert.deepInclude(lastDay, { explanation: "No score yet: no week that asks for something is over." });
      assert.notProperty(lastDay, "score");
      assert.deepInclude(yield* summary(7), { score: 0.5, standing: "at_risk" });
    }).pipe(inMemory),
  );

  it.effect("is judged by the journey's own thresholds: below, at and above", () =>
    Effect.gen(function* () {
      for (const [onTrackFrom, atRiskFrom, standing] of [
        [0.5, 0.2, "on_track"],
        [0.51, 0.5, "at_risk"],
        [0.9, 0.51, "off_track"],
      ] as const) {
        const { enrol } = yield* openGym({ standingThresholds: { onTrackFrom, atRiskFrom } });
        const { move, summary } = yield* enrol("Amina");
        yield* onDay(7);
        yield* move(3);
        assert.deepInclude(yield* summary(7), { score: 0.5, standing });
      }
    }).pipe(inMemory),
  );

  it.effect("does a prescribed session on another day of its week, and it is done; next week's is due next", () =>
    Effect.gen(function* () {
      const { tenant } = yield* openGym();
      const asOwner = actingAs(ownerOf(tenant));
      const [platform, moveOs, pulseLoop, carePath] = [
        yield* Platform,
        yield* MoveOs,
        yield* PulseLoop,
        yield* CarePath,
      ];
      const spin = yield* asOwner(
        moveOs.createSessionType({ name: "Spin", category: "class", defaultDuration: 45, defaultCapacity: 9 }),
      );
      const journey = yield* asOwner(
        carePath.createJourney({
          name: "Wheels",
          durationWeeks: 2,
          targetGoals: { focusAreas: [] },
          phases: [{ weeks: 2, prescriptions: [{ dayOfWeek: 2, sessionTypeId: spin.id }] }],
          standingThresholds: { onTrackFrom: 0.8, atRiskFrom: 0.5 },
        }),
      );
      const { id: memberId } = yield* asOwner(platform.registerMember({ firstName: "Juma", lastName: "Otieno" }));
      const { id: enrollmentId } = yield* asOwner(carePath.enrolMember({ journeyId: journey.id, memberId }));
      const named = { journeyId: journey.id, enrollmentId };
      yield* onDay(4);
      const before = yield* asOwner(carePath.getEnrollmentSummary(named));
      assert.deepStrictEqual(before.dueNext, [{ itemId: "1.1", sessionTypeId: spin.id, dueOn: day(1) }]);
      yield* asOwner(
        pulseLoop.recordMovement({
          memberId,
          type: "class_attendance",
          occurredAt: { precision: "day", day: day(4) },
          sessionTypeId: spin.id,
          source: "manual",
          version: 1,
          isEnteredInError: false,
        }),
      );
      const done = yield* asOwner(carePath.getEnrollmentSummary(named));
      assert.deepInclude(done.weeks[0], { status: "met", adherence: 1 });
      assert.deepStrictEqual(done.weeks[0]?.items, [
        { itemId: "1.1", sessionTypeId: spin.id, dueOn: day(1), doneOn: day(4) },
      ]);
      assert.deepStrictEqual(done.dueNext, [{ itemId: "1.1", sessionTypeId: spin.id, dueOn: day(8) }]);
    }).pipe(inMemory),
  );

  it.effect("pauses, and the weeks that remain move back by as many days; meanwhile nothing is due", () =>
    Effect.gen(function* () {
      const { enrol, asOwner, carePath } = yield* openGym();
      const { named, summary, move } = yield* enrol("Amina");
      yield* onDay(10);
      yield* move(0, 1);
      yield* asOwner(carePath.pauseEnrollment({ ...named, from: day(9) }));
      const paused = yield* summary();
      assert.deepInclude(paused, { isPaused: true, status: "paused", score: 1 });
      assert.notProperty(paused, "currentWeek");
      assert.notProperty(paused, "endsOn");
      yield* onDay(14);
      yield* asOwner(carePath.resumeEnrollment(named));
      const resumed = yield* summary();
      assert.deepInclude(resumed, { isPaused: false, currentWeek: 2, endsOn: day(32) });
      assert.deepInclude(resumed.weeks[1], { from: day(7), to: day(18), status: "pending" });
    }).pipe(inMemory),
  );

  it.effect("is excused by days that were granted, also backwards in time", () =>
    Effect.gen(function* () {
      const { enrol, asOwner } = yield* openGym();
      const { member, summary, move } = yield* enrol("Amina");
      yield* onDay(14);
      yield* move(0, 1);
      assert.deepInclude(yield* summary(), { score: 0.5 });
      const pulseLoop = yield* PulseLoop;
      yield* asOwner(pulseLoop.grantExcuse({ memberId: member.id, from: day(7), to: day(13), reason: "illness" }));
      const excused = yield* summary();
      assert.deepInclude(excused, { score: 1, standing: "on_track" });
      assert.include(excused.explanation, "Not counted, because excused: week 2.");
    }).pipe(inMemory),
  );

  it.effect(
    "completes on the last day of the last week, and that week counts; the score is kept with the enrolment",
    () =>
      Effect.gen(function* () {
        const { enrol, asOwner, carePath } = yield* openGym({ durationWeeks: 1 });
        const { named, summary, move } = yield* enrol("Amina");
        yield* onDay(7);
        yield* move(2);
        const completed = yield* asOwner(carePath.completeEnrollment({ ...named, on: day(6) }));
        assert.deepInclude(completed, { status: "completed", endDate: day(6), adherenceScore: 0.5 });
        assert.strictEqual(completed.lastEvaluatedAt, completed.updatedAt);
        yield* onDay(60);
        const told = yield* summary();
        assert.deepInclude(told, { score: 0.5, status: "completed", dueNext: [], remaining: [] });
        assert.deepStrictEqual(told.completion, { weeksOver: 1, weeksTotal: 1, isCompleted: true });
      }).pipe(inMemory),
  );

  it.effect("drops out, and what it does afterwards changes nothing; it may then begin anew", () =>
    Effect.gen(function* () {
      const { enrol, asOwner, carePath, journey } = yield* openGym();
      const { named, summary, move, member, asSelf } = yield* enrol("Amina");
      yield* onDay(8);
      yield* move(0, 1);
      const again = { journeyId: journey.id, memberId: member.id };
      assert.strictEqual((yield* Effect.flip(asSelf(carePath.enrolMember(again))))._tag, "AlreadyEnrolled");
      yield* asSelf(carePath.dropEnrollment(named));
      yield* onDay(20);
      yield* move(14, 15);
      assert.deepInclude(yield* summary(), { score: 1, asOf: day(8), status: "dropped" });
      const anew = yield* asSelf(carePath.enrolMember(again));
      assert.deepInclude(anew, { status: "active", startDate: day(20) });
      const { items } = yield* asSelf(carePath.listMemberEnrollments({ memberId: member.id }));
      assert.deepStrictEqual(
        items.map(({ status }) => status),
        ["dropped", "active"],
      );
      const refused = yield* Effect.flip(asOwner(carePath.pauseEnrollment(named)));
      assert.strictEqual(refused._tag, "EnrollmentStatusForbids");
    }).pipe(inMemory),
  );

  // 23:30 and 00:30 on either side of midnight, at the end of a journey's week, where the clocks change that night or a day is missing.
  it.effect.each([
    ["Europe/Vienna", "2026-03-23", "2026-03-29T21:30:00Z", "2026-03-29T22:30:00Z", "2026-03-29"],
    ["Europe/Vienna", "2026-10-19", "2026-10-25T22:30:00Z", "2026-10-25T23:30:00Z", "2026-10-25"],
    ["Australia/Lord_Howe", "2026-03-30", "2026-04-05T13:00:00Z", "2026-04-05T14:00:00Z", "2026-04-05"],
    ["Africa/Cairo", "2026-04-17", "2026-04-23T21:30:00Z", "2026-04-23T22:30:00Z", "2026-04-23"],
    ["Asia/Kathmandu", "2026-03-02", "2026-03-08T17:45:00Z", "2026-03-08T18:45:00Z", "2026-03-08"],
  ] as const)("in %s counts its weeks by the days it lives in", ([timezone, start, lastHour, nextHour, lastDay]) =>
    Effect.gen(function* () {
      const { asOwner, carePath, journey, join } = yield* openGym();
      const { id: memberId } = yield* join("Amina", timezone);
      yield* TestClock.setTime(at(lastHour));
      const startDate = CivilDate.of(start);
      const { id: enrollmentId } = yield* asOwner(carePath.enrolMember({ journeyId: journey.id, memberId, startDate }));
      const pulseLoop = yield* PulseLoop;
      const record = (iso: string) =>
        asOwner(
          pulseLoop.recordMovement({
            memberId,
            type: "home_workout",
            occurredAt: { precision: "instant", instant: at(iso) },
            source: "manual",
            version: 1,
            isEnteredInError: false,
          }),
        );
      yield* record(lastHour);
      const summary = asOwner(carePath.getEnrollmentSummary({ journeyId: journey.id, enrollmentId }));
      const before = yield* summary;
      assert.deepInclude(before, { asOf: CivilDate.of(lastDay), currentWeek: 1, timezone });
      yield* TestClock.setTime(at(nextHour));
      yield* record(nextHour);
      const after = yield* summary;
      assert.deepInclude(after, { asOf: CivilDate.addDays(CivilDate.of(lastDay), 1), currentWeek: 2, score: 0.5 });
    }).pipe(inMemory),
  );
});

describe("a coach", () => {
  it.effect("lists who is on a journey: standing, adherence, current week, streaks", () =>
    Effect.gen(function* () {
      const { enrol, asOwner, carePath, journey } = yield* openGym();
      const [amina, juma] = [yield* enrol("Amina"), yield* enrol("Juma")];
      yield* onDay(15);
      yield* amina.move(0, 1, 7, 8, 14, 15);
      yield* juma.move(0);
      const { items } = yield* asOwner(carePath.listEnrollments({ journeyId: journey.id }));
      assert.deepStrictEqual(
        items.map(({ member, standing, score, currentWeek, thisWeek, weekStreak, dayStreak }) => [
          member.firstName,
          standing,
          score,
          currentWeek,
          thisWeek,
          weekStreak.current,
          dayStreak.current,
        ]),
        [
          ["Amina", "on_track", 1, 3, 1, 3, 2],
          ["Juma", "off_track", 0.25, 3, 0, 0, 0],
        ],
      );
      yield* asOwner(carePath.dropEnrollment(juma.named));
      const active = yield* asOwner(carePath.listEnrollments({ journeyId: journey.id, status: "active" }));
      assert.deepStrictEqual(
        active.items.map(({ enrollment }) => enrollment.id),
        [amina.enrollment.id],
      );
    }).pipe(inMemory),
  );

  it.effect("is proposed flags with their reason, raises one, resolves it, and hears of it no more", () =>
    Effect.gen(function* () {
      const { enrol, asOwner, carePath, journey } = yield* openGym();
      const { named, move, member } = yield* enrol("Juma");
      yield* onDay(15);
      yield* move(0);
      const flags = asOwner(carePath.listFlags({ journeyId: journey.id }));
      const kinds = Effect.map(flags, ({ proposed }) => proposed.map(({ kind }) => kind));
      const { proposed } = yield* flags;
      assert.deepStrictEqual(
        proposed.map(({ kind, reason, since, status }) => [kind, reason, since, status]),
        [
          ["off_track", "adherence 25 % is below 50 %", day(14), "proposed"],
          ["weeks_missed_in_a_row", "2 weeks missed in a row, since week 1", day(0), "proposed"],
          ["no_movement", "no movement on 14 expected days", day(1), "proposed"],
        ],
      );
      const raised = yield* asOwner(carePath.raiseFlag({ ...named, kind: "no_movement", reason: "Call him." }));
      assert.deepInclude(raised, { status: "raised", raisedBy: "owner-1", memberId: member.id });
      assert.deepStrictEqual(yield* kinds, ["off_track", "weeks_missed_in_a_row"]);
      const [line] = (yield* asOwner(carePath.listEnrollments({ journeyId: journey.id }))).items;
      assert.deepInclude(line, { openFlags: 1 });

      const resolved = yield* asOwner(
        carePath.resolveFlag({ journeyId: journey.id, flagId: raised.id, resolution: "Back on Thursday." }),
      );
      assert.deepInclude(resolved, { status: "resolved", resolvedBy: "owner-1", resolution: "Back on Thursday." });
      assert.deepStrictEqual(yield* kinds, ["off_track", "weeks_missed_in_a_row"]);
      const twice = yield* Effect.flip(asOwner(carePath.resolveFlag({ journeyId: journey.id, flagId: raised.id })));
      assert.strictEqual(twice._tag, "FlagAlreadyResolved");

      // He moves, stops again, and the reason begins anew.
      yield* onDay(27);
      yield* move(16);
      assert.include(yield* kinds, "no_movement");
    }).pipe(inMemory),
  );

  it.effect("prescribes only sessions and tiles that are there", () =>
    Effect.gen(function* () {
      const { tenant } = yield* openGym();
      const asOwner = actingAs(ownerOf(tenant));
      const [carePath, pulseLoop] = [yield* CarePath, yield* PulseLoop];
      const prescribe = (item: Omit<JourneyPrescription, "dayOfWeek">) =>
        asOwner(
          carePath.createJourney({
            name: "Wheels",
            durationWeeks: 1,
            targetGoals: { focusAreas: [] },
            phases: [{ weeks: 1, prescriptions: [{ dayOfWeek: 1, ...item }] }],
            standingThresholds: { onTrackFrom: 0.8, atRiskFrom: 0.5 },
          }),
        );
      const sessionTypeId = SessionTypeId.make("0195f000-0000-7000-8000-00000000ffff");
      const tileId = MovementTileId.make("0195f000-0000-7000-8000-00000000fffe");
      assert.deepInclude(yield* Effect.flip(prescribe({ sessionTypeId })), { entityType: "SessionType" });
      assert.deepInclude(yield* Effect.flip(prescribe({ tileId })), { entityType: "MovementTile" });
      const stairs = yield* asOwner(
        pulseLoop.createTile({ name: "Stairs", durationMinutes: 5, intensity: "vigorous", category: "cardio" }),
      );
      assert.deepInclude(yield* prescribe({ tileId: stairs.id }), { status: "active" });
    }).pipe(inMemory),
  );

  it.effect("archives a journey: it takes nobody new, and who is on it goes on", () =>
    Effect.gen(function* () {
      const { enrol, join, asOwner, carePath, journey } = yield* openGym();
      const { named } = yield* enrol("Amina");
      const { id: memberId } = yield* join("Juma");
      yield* asOwner(carePath.archiveJourney({ journeyId: journey.id }));
      const refused = yield* Effect.flip(asOwner(carePath.enrolMember({ journeyId: journey.id, memberId })));
      assert.strictEqual(refused._tag, "JourneyNotActive");
      assert.deepInclude(yield* asOwner(carePath.pauseEnrollment(named)), { status: "paused" });
    }).pipe(inMemory),
  );
});

describe("who may do what on a journey", () => {
  it.effect("a member enrols itself and drops out; it neither pauses nor sees another's", () =>
    Effect.gen(function* () {
      const { enrol, carePath, journey, join, tenant } = yield* openGym();
      const amina = yield* enrol("Amina");
      const juma = yield* enrol("Juma");
      assert.strictEqual(
        (yield* Effect.flip(amina.asSelf(carePath.pauseEnrollment(amina.named))))._tag,
        "NotPermitted",
      );
      for (const ask of [
        Effect.asVoid(carePath.getEnrollmentSummary(juma.named)),
        Effect.asVoid(carePath.dropEnrollment(juma.named)),
      ]) {
        assert.strictEqual((yield* Effect.flip(amina.asSelf(ask)))._tag, "NotFound");
      }
      const { id: memberId } = yield* join("Wanjiru");
      const forAnother = amina.asSelf(carePath.enrolMember({ journeyId: journey.id, memberId }));
      assert.strictEqual((yield* Effect.flip(forAnother))._tag, "NotPermitted");
      const wanjiru: PrincipalClaims = {
        tenantId: tenant.id,
        actorId: memberId,
        actorType: "member",
        roles: ["member"],
      };
      const own = yield* actingAs(wanjiru)(carePath.enrolMember({ journeyId: journey.id, memberId }));
      assert.deepInclude(own, { memberId, status: "active" });
    }).pipe(inMemory),
  );

  it.effect("an enrolment is found under its own journey alone", () =>
    Effect.gen(function* () {
      const { enrol, asOwner, carePath } = yield* openGym();
      const { named } = yield* enrol("Amina");
      const other = yield* asOwner(
        carePath.createJourney({
          name: "Another",
          durationWeeks: 1,
          targetGoals: { focusAreas: [] },
          phases: [],
          standingThresholds: { onTrackFrom: 0.8, atRiskFrom: 0.5 },
        }),
      );
      const elsewhere = { ...named, journeyId: other.id };
      for (const ask of [
        Effect.asVoid(carePath.getEnrollmentSummary(elsewhere)),
        Effect.asVoid(carePath.pauseEnrollment(elsewhere)),
        Effect.asVoid(carePath.dropEnrollment(elsewhere)),
      ]) {
        assert.strictEqual((yield* Effect.flip(asOwner(ask)))._tag, "NotFound");
      }
    }).pipe(inMemory),
  );

  it.effect("every change leaves its event, and none says what a coach wrote (I4)", () =>
    Effect.gen(function* () {
      const { enrol, asOwner, carePath, journey, tenant } = yield* openGym();
      const { named } = yield* enrol("Amina");
      yield* asOwner(carePath.pauseEnrollment(named));
      yield* asOwner(carePath.resumeEnrollment(named));
      const flag = yield* asOwner(carePath.raiseFlag({ ...named, kind: "other", reason: "Her knee." }));
      yield* asOwner(carePath.resolveFlag({ journeyId: journey.id, flagId: flag.id, resolution: "Her knee." }));
      yield* asOwner(carePath.completeEnrollment(named));
      yield* asOwner(carePath.archiveJourney({ journeyId: journey.id }));
      const units = yield* UnitOfWork;
      const log = yield* EventLog;
      const { rows } = yield* units.read(tenant.id, log.outbox(tenant.id, { limit: 50 }));
      assert.deepStrictEqual(
        rows.map(({ type }) => type),
        [
          "TenantCreated",
          "JourneyCreated",
          "MemberRegistered",
          "MemberEnrolled",
          "EnrollmentPaused",
          "EnrollmentResumed",
          "FlagRaised",
          "FlagResolved",
          "EnrollmentCompleted",
          "JourneyArchived",
        ],
      );
      assert.notInclude(JSON.stringify(rows), "knee");
    }).pipe(inMemory),
  );
});
