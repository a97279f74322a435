/** Pausing, resuming, completing and dropping: one decision each, kept with its event. */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type * as CivilDate from "../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { record } from "../../kernel/EventLog.ts";
import { JourneyEnrollmentId, MovementJourneyId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { Principal } from "../../kernel/Principal.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { MemberStore, type Permission } from "../../platform/index.ts";
import { decide, type EnrollmentCommand, evolve, isOpen, JourneyEnrollment } from "../domain/JourneyEnrollment.ts";
import { EnrollmentStore } from "../ports/EnrollmentStore.ts";
import { JourneyStore } from "../ports/JourneyStore.ts";
import { evaluateEnrollment } from "./EvaluateEnrollments.ts";
import { findOwnEnrollment, type NamedEnrollment } from "./FindOwnEnrollment.ts";
import { todayOf } from "./TodayOf.ts";

const named = { journeyId: MovementJourneyId, enrollmentId: JourneyEnrollmentId };

/** **Shape** without `from`, from today where the member lives: the first day that does not count. */
export const PauseEnrollment = Schema.Struct({ ...named, from: Schema.optionalKey(CivilDateFromString) }).annotate({
  identifier: "PauseEnrollment",
});

const on = Schema.optionalKey(CivilDateFromString);

/** **Shape** without `on`, today where the member lives: the first day that counts again. */
export const ResumeEnrollment = Schema.Struct({ ...named, on }).annotate({ identifier: "ResumeEnrollment" });

/** **Shape** without `on`, today where the member lives: the last day. */
export const CompleteEnrollment = Schema.Struct({ ...named, on }).annotate({ identifier: "CompleteEnrollment" });

/** **Shape** without `on`, today where the member lives: the last day. */
export const DropEnrollment = Schema.Struct({ ...named, on }).annotate({ identifier: "DropEnrollment" });

/** Loads, decides, keeps. An enrolment that ends keeps the score it ended with. */
const change = Effect.fnUntraced(function* (
  permission: Permission,
  name: NamedEnrollment,
  command: (today: CivilDate.CivilDate) => EnrollmentCommand,
) {
  const { tenantId } = yield* Principal;
  const enrollment = yield* findOwnEnrollment(permission, name, "lock");
  const member = yield* Effect.orDie(MemberStore.use((members) => members.find(tenantId, enrollment.memberId)));
  const today = yield* todayOf(tenantId, member);
  const event = yield* Effect.fromResult(decide(enrollment, command(today), today));
  const at = yield* now;
  const changed = { ...evolve(enrollment, event), updatedAt: at };
  const kept = isOpen(changed) ? changed : yield* withFinalScore(changed);
  yield* EnrollmentStore.use((enrollments) => enrollments.save(kept));
  yield* record({
    type: event._tag,
    entityType: "JourneyEnrollment",
    entityId: kept.id,
    data: { journeyId: kept.journeyId, memberId: kept.memberId, status: kept.status },
  });
  return kept;
});

const withFinalScore = Effect.fnUntraced(function* (ended: JourneyEnrollment) {
  const { tenantId, journeyId, updatedAt: lastEvaluatedAt } = ended;
  const journey = yield* Effect.orDie(JourneyStore.use((journeys) => journeys.find(tenantId, journeyId)));
  const { score } = (yield* evaluateEnrollment(tenantId, journey, ended)).evaluation;
  return score === undefined ? ended : { ...ended, adherenceScore: score, lastEvaluatedAt };
});

/** Stops the journey for a while: the weeks that remain move back. **Errors** `NotFound`, then the enrolment's. */
export const pauseEnrollment = UseCase.command(
  "PauseEnrollment",
  { command: PauseEnrollment, answer: JourneyEnrollment, first: () => Principal },
  function* (command) {
    return yield* change("enrollment:manage", command, (today) => ({ _tag: "Pause", from: command.from ?? today }));
  },
);

/** Goes on after a pause. **Errors** `NotFound`, then the enrolment's. */
export const resumeEnrollment = UseCase.command(
  "ResumeEnrollment",
  { command: ResumeEnrollment, answer: JourneyEnrollment, first: () => Principal },
  function* (command) {
    return yield* change("enrollment:manage", command, (today) => ({ _tag: "Resume", on: command.on ?? today }));
  },
);

/** Ends the journey as done. **Errors** `NotFound`, then the enrolment's. */
export const completeEnrollment = UseCase.command(
  "CompleteEnrollment",
  { command: CompleteEnrollment, answer: JourneyEnrollment, first: () => Principal },
  function* (command) {
    return yield* change("enrollment:manage", command, (today) => ({ _tag: "Complete", on: command.on ?? today }));
  },
);

/** Ends the journey before it is done; a member may drop out itself. **Errors** `NotFound`, then the enrolment's. */
export const dropEnrollment = UseCase.command(
  "DropEnrollment",
  { command: DropEnrollment, answer: JourneyEnrollment, first: () => Principal },
  function* (command) {
    return yield* change("enrollment:join", command, (today) => ({ _tag: "Drop", on: command.on ?? today }));
  },
);
