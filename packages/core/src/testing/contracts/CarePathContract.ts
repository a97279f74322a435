import * as Effect from "effect/Effect";
import {
  EnrollmentStore,
  type FollowUpFlag,
  FollowUpFlagStore,
  type JourneyEnrollment,
  JourneyStore,
  type MovementJourney,
} from "../../carepath/index.ts";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { newId } from "../../kernel/IdSource.ts";
import * as Ids from "../../kernel/Ids.ts";
import { clausesOf, everything, same } from "./Clause.ts";
import { addMember, addSessionType, addTenant, EPOCH, inTenant, minutes } from "./World.ts";

const addJourney = Effect.fnUntraced(function* (tenantId: Ids.TenantId, more: Partial<MovementJourney> = {}) {
  const journey: MovementJourney = {
    id: yield* newId(Ids.MovementJourneyId),
    tenantId,
    name: "Back to the hills",
    durationWeeks: 4,
    targetGoals: { sessionsPerWeek: 3, focusAreas: [] },
    phases: [],
    standingThresholds: { onTrackFrom: 0.8, atRiskFrom: 0.5 },
    status: "active",
    createdAt: EPOCH,
    updatedAt: EPOCH,
    ...more,
  };
  yield* inTenant(
    tenantId,
    JourneyStore.use((journeys) => journeys.insert(journey)),
  );
  return journey;
});

const enrollmentOf = Effect.fnUntraced(function* (
  { id: journeyId, tenantId }: MovementJourney,
  more: Partial<JourneyEnrollment> = {},
) {
  const memberId = more.memberId ?? (yield* addMember(tenantId)).id;
  const enrollment: JourneyEnrollment = {
    id: yield* newId(Ids.JourneyEnrollmentId),
    tenantId,
    journeyId,
    startDate: CivilDate.of("2026-03-02"),
    status: "active",
    pauses: [],
    createdAt: EPOCH,
    updatedAt: EPOCH,
    ...more,
    memberId,
  };
  return enrollment;
});

const addEnrollment = Effect.fnUntraced(function* (journey: MovementJourney, more: Partial<JourneyEnrollment> = {}) {
  const enrollment = yield* enrollmentOf(journey, more);
  yield* inTenant(
    journey.tenantId,
    EnrollmentStore.use((enrollments) => enrollments.insert(enrollment)),
  );
  return enrollment;
});

const addFlag = Effect.fnUntraced(function* (
  { id: enrollmentId, journeyId, memberId, tenantId }: JourneyEnrollment,
  more: Partial<FollowUpFlag> = {},
) {
  const flag: FollowUpFlag = {
    id: yield* newId(Ids.FollowUpFlagId),
    tenantId,
    journeyId,
    enrollmentId,
    memberId,
    kind: "other",
    status: "raised",
    reason: "Said her knee hurts; call her.",
    raisedBy: "coach-1",
    raisedAt: EPOCH,
    ...more,
  };
  yield* inTenant(
    tenantId,
    FollowUpFlagStore.use((flags) => flags.insert(flag)),
  );
  return flag;
});

export const journeyStoreContract = clausesOf("JourneyStore")({
  "finds a journey as it was kept, phases, prescriptions and thresholds included": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const sessionTypeId = (yield* addSessionType(id)).id;
    const journey = yield* addJourney(id, {
      description: 'Eight weeks, "gently" 🏃🏾',
      durationWeeks: 8,
      targetGoals: { minutesPerWeek: 90, focusAreas: ["mobility"] },
      phases: [
        { weeks: 2, sessionsPerWeek: 2, prescriptions: [{ dayOfWeek: 3, sessionTypeId }, { dayOfWeek: 7 }] },
        { weeks: 6, minutesPerWeek: 150, focusAreas: ["strength", "balance"] },
      ],
      counts: { types: ["class_attendance", "outdoor_event"] },
      standingThresholds: { onTrackFrom: 0.75, atRiskFrom: 0.25 },
    });
    const found = yield* inTenant(
      id,
      JourneyStore.use((journeys) => journeys.find(id, journey.id)),
    );
    yield* same("the journey", found, journey);
  }),

  "keeps a journey archived, and lists oldest first, all or those of a status": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const journeys = yield* JourneyStore;
    const [one, two, three] = [yield* addJourney(id), yield* addJourney(id), yield* addJourney(id)];
    yield* addJourney((yield* addTenant()).id);
    const archived: MovementJourney = { ...two, status: "archived", updatedAt: minutes(5) };
    yield* inTenant(id, journeys.save(archived));
    const all = yield* everything(id, (page) => journeys.list(id, {}, page));
    yield* same("all", all, [one, archived, three]);
    const active = yield* everything(id, (page) => journeys.list(id, { status: "active" }, page));
    yield* same("the active ones", active, [one, three]);
  }),

  "does not find what is not there, nor another tenant's": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const theirs = yield* addJourney((yield* addTenant()).id);
    for (const journeyId of [theirs.id, yield* newId(Ids.MovementJourneyId)]) {
      const error = yield* Effect.flip(
        inTenant(
          id,
          JourneyStore.use((journeys) => journeys.find(id, journeyId)),
        ),
      );
      yield* same("the answer", error._tag === "NotFound" && error.entityType, "MovementJourney");
    }
  }),
});

export const enrollmentStoreContract = clausesOf("EnrollmentStore")({
  "finds an enrolment as it was kept, and as it was changed": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const enrollments = yield* EnrollmentStore;
    const enrollment = yield* addEnrollment(yield* addJourney(id));
    yield* same("the new one", yield* inTenant(id, enrollments.find(id, enrollment.id)), enrollment);
    const changed: JourneyEnrollment = {
      ...enrollment,
      status: "dropped",
      endDate: CivilDate.of("2026-04-01"),
      pauses: [
        { from: CivilDate.of("2026-03-10"), to: CivilDate.of("2026-03-12") },
        { from: CivilDate.of("2026-03-29") },
      ],
      adherenceScore: 2 / 3,
      lastEvaluatedAt: minutes(9),
      updatedAt: minutes(9),
    };
    yield* inTenant(id, enrollments.save(changed));
    yield* same("the changed one", yield* inTenant(id, enrollments.find(id, enrollment.id)), changed);
    yield* same("locked", yield* inTenant(id, enrollments.lock(id, enrollment.id)), changed);
  }),

  "knows a member's open enrolment in a journey: active or paused": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const enrollments = yield* EnrollmentStore;
    const journey = yield* addJourney(id);
    const other = yield* addJourney(id);
    const { id: memberId } = yield* addMember(id);
    const open = inTenant(id, enrollments.findOpen(id, journey.id, memberId));
    yield* addEnrollment(journey);
    yield* addEnrollment(other, { memberId });
    yield* addEnrollment(journey, { memberId, status: "dropped" });
    yield* addEnrollment(journey, { memberId, status: "completed" });
    yield* same("none", yield* open, undefined);
    const mine = yield* addEnrollment(journey, { memberId });
    yield* same("an active one", yield* open, mine);
    const paused: JourneyEnrollment = { ...mine, status: "paused" };
    yield* inTenant(id, enrollments.save(paused));
    yield* same("a paused one", yield* open, paused);
  }),

  "takes one open enrolment of a member in a journey, however many come at once": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const enrollments = yield* EnrollmentStore;
    const journey = yield* addJourney(id);
    const { id: memberId } = yield* addMember(id);
    const attempt = Effect.gen(function* () {
      const enrollment = yield* enrollmentOf(journey, { memberId });
      return yield* inTenant(
        id,
        Effect.gen(function* () {
          if ((yield* enrollments.findOpen(id, journey.id, memberId)) !== undefined) return false;
          yield* Effect.yieldNow;
          yield* enrollments.insert(enrollment);
          return true;
        }),
      );
    });
    const kept = yield* Effect.all(
      Array.from({ length: 8 }, () => attempt),
      { concurrency: "unbounded" },
    );
    yield* same("kept", kept.filter(Boolean).length, 1);
    const listed = yield* everything(id, (page) => enrollments.list(id, { memberId }, page));
    yield* same("listed", listed.length, 1);
  }),

  "lists oldest first: of a journey, of a member, in a state": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const enrollments = yield* EnrollmentStore;
    const [hills, lake] = [yield* addJourney(id), yield* addJourney(id)];
    const { id: memberId } = yield* addMember(id);
    const one = yield* addEnrollment(hills, { memberId, status: "completed" });
    const two = yield* addEnrollment(hills);
    const three = yield* addEnrollment(lake, { memberId });
    yield* addEnrollment(yield* addJourney((yield* addTenant()).id));
    const list = (filter: Parameters<typeof enrollments.list>[1]) =>
      everything(id, (page) => enrollments.list(id, filter, page));
    yield* same("all", yield* list({}), [one, two, three]);
    yield* same("a journey's", yield* list({ journeyId: hills.id }), [one, two]);
    yield* same("a member's", yield* list({ memberId }), [one, three]);
    yield* same("the active ones", yield* list({ status: "active" }), [two, three]);
    yield* same("all at once", yield* list({ journeyId: hills.id, memberId, status: "completed" }), [one]);
  }),

  "does not find what is not there, nor another tenant's": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const enrollments = yield* EnrollmentStore;
    const theirs = yield* addEnrollment(yield* addJourney((yield* addTenant()).id));
    for (const enrollmentId of [theirs.id, yield* newId(Ids.JourneyEnrollmentId)]) {
      for (const ask of [enrollments.find, enrollments.lock]) {
        const error = yield* Effect.flip(inTenant(id, ask(id, enrollmentId)));
        yield* same("the answer", error._tag === "NotFound" && error.entityType, "JourneyEnrollment");
      }
    }
  }),

  "lets one change come after the other: what was locked is what stands": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const enrollments = yield* EnrollmentStore;
    const { id: enrollmentId } = yield* addEnrollment(yield* addJourney(id));
    const addPause = (day: number) =>
      inTenant(
        id,
        Effect.gen(function* () {
          const enrollment = yield* enrollments.lock(id, enrollmentId);
          yield* Effect.yieldNow;
          const from = CivilDate.addDays(enrollment.startDate, day);
          yield* enrollments.save({ ...enrollment, pauses: [...enrollment.pauses, { from }] });
        }),
      );
    yield* Effect.forEach([1, 2, 3, 4, 5, 6], addPause, { concurrency: "unbounded" });
    const { pauses } = yield* inTenant(id, enrollments.find(id, enrollmentId));
    yield* same("changes kept", pauses.length, 6);
  }),
});

export const followUpFlagStoreContract = clausesOf("FollowUpFlagStore")({
  "finds a flag as it was kept, and as it was resolved": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const flags = yield* FollowUpFlagStore;
    const flag = yield* addFlag(yield* addEnrollment(yield* addJourney(id)), { kind: "no_movement" });
    yield* same("raised", yield* inTenant(id, flags.lock(id, flag.id)), flag);
    const resolved: FollowUpFlag = {
      ...flag,
      status: "resolved",
      resolution: "Called; back on Monday.",
      resolvedBy: "coach-2",
      resolvedAt: minutes(7),
    };
    yield* inTenant(id, flags.save(resolved));
    yield* same("resolved", yield* inTenant(id, flags.lock(id, flag.id)), resolved);
  }),

  "lists a journey's oldest first, all or those of a status, and answers those of enrolments": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const flags = yield* FollowUpFlagStore;
    const journey = yield* addJourney(id);
    const [amina, juma] = [yield* addEnrollment(journey), yield* addEnrollment(journey)];
    const one = yield* addFlag(amina);
    const two = yield* addFlag(juma, { status: "resolved", resolvedBy: "coach-1", resolvedAt: minutes(1) });
    const three = yield* addFlag(amina, { kind: "off_track" });
    const elsewhere = yield* addFlag(yield* addEnrollment(yield* addJourney(id)));
    const theirs = yield* addFlag(yield* addEnrollment(yield* addJourney((yield* addTenant()).id)));
    const { id: journeyId } = journey;
    yield* same("all", yield* everything(id, (page) => flags.list(id, { journeyId }, page)), [one, two, three]);
    const raised = yield* everything(id, (page) => flags.list(id, { journeyId, status: "raised" }, page));
    yield* same("raised", raised, [one, three]);
    const of = (ids: ReadonlyArray<Ids.JourneyEnrollmentId>) => inTenant(id, flags.ofEnrollments(id, ids));
    const asked = [amina.id, elsewhere.enrollmentId, theirs.enrollmentId];
    yield* same("of enrolments", yield* of(asked), [one, three, elsewhere]);
    yield* same("of none", yield* of([]), []);
  }),

  "does not find what is not there, nor another tenant's": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const flags = yield* FollowUpFlagStore;
    const theirs = yield* addFlag(yield* addEnrollment(yield* addJourney((yield* addTenant()).id)));
    for (const flagId of [theirs.id, yield* newId(Ids.FollowUpFlagId)]) {
      const error = yield* Effect.flip(inTenant(id, flags.lock(id, flagId)));
      yield* same("the answer", error._tag === "NotFound" && error.entityType, "FollowUpFlag");
    }
  }),
});
