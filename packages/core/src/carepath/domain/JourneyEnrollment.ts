/**
 * A member on a journey, and every rule about how an enrolment begins, stands still, goes on and ends.
 *
 * `decide(enrollment, command, today)` answers what happens, or why not; `evolve` applies what happened. Pauses shift the weeks that
 * remain; they begin no later than today and are ended by resuming, so that a pause never promises a day nobody knows.
 *
 * **Invariant** I17: a member is at most once active or paused in a journey. Pauses are in order and never overlap; at most the last is
 * open, and it is open exactly while the status is `paused`.
 */
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { JourneyEnrollmentId, MemberId, MovementJourneyId, TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import type { MovementJourney } from "./MovementJourney.ts";

export const EnrollmentStatus = Schema.Literals(["active", "paused", "completed", "dropped"]);
export type EnrollmentStatus = typeof EnrollmentStatus.Type;

/** Days on which a journey stands still. **Units** `from`, `to`: civil days, both included; without `to` it goes on. */
export const JourneyPause = Schema.Struct({
  from: CivilDateFromString,
  to: Schema.optionalKey(CivilDateFromString),
}).annotate({ identifier: "JourneyPause" });
export type JourneyPause = typeof JourneyPause.Type;

/**
 * A member on a journey.
 *
 * **Shape** `endDate`: the last day, once it was completed or dropped. `adherenceScore`: the score when it ended, as it stood at
 * `lastEvaluatedAt`; while it goes on the summary computes it.
 * **Units** days: civil days where the member lives; `adherenceScore`: a share, 0–1.
 */
export const JourneyEnrollment = Schema.Struct({
  id: JourneyEnrollmentId,
  tenantId: TenantId,
  journeyId: MovementJourneyId,
  memberId: MemberId,
  startDate: CivilDateFromString,
  endDate: Schema.optionalKey(CivilDateFromString),
  status: EnrollmentStatus,
  pauses: Schema.Array(JourneyPause),
  adherenceScore: Schema.optionalKey(Schema.Finite),
  lastEvaluatedAt: Schema.optionalKey(InstantFromString),
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "JourneyEnrollment" });
export type JourneyEnrollment = typeof JourneyEnrollment.Type;

/** The journey takes no new members. */
export class JourneyNotActive extends Schema.TaggedError<JourneyNotActive>()("JourneyNotActive", {
  journeyId: MovementJourneyId,
}) {
  override get message() {
    return "The journey is archived; it takes no new members.";
  }
}

/** The member is on the journey already. */
export class AlreadyEnrolled extends Schema.TaggedError<AlreadyEnrolled>()("AlreadyEnrolled", {
  enrollmentId: JourneyEnrollmentId,
  memberId: MemberId,
}) {
  override get message() {
    return `The member is on this journey already, by enrolment ${this.enrollmentId}. It must end first.`;
  }
}

/** The enrolment is not in a state from which this can be done. **Shape** `possibleFrom`: the states from which it can. */
export class EnrollmentStatusForbids extends Schema.TaggedError<EnrollmentStatusForbids>()("EnrollmentStatusForbids", {
  enrollmentId: JourneyEnrollmentId,
  status: EnrollmentStatus,
  possibleFrom: Schema.Array(EnrollmentStatus),
}) {
  override get message() {
    return `The enrolment is ${this.status}; this can be done to one that is ${this.possibleFrom.join(" or ")}.`;
  }
}

/** The day cannot be taken: it lies before the enrolment or an earlier pause allows, or has not come yet. **Units** civil days. */
export class EnrollmentDayImpossible extends Schema.TaggedError<EnrollmentDayImpossible>()("EnrollmentDayImpossible", {
  day: CivilDateFromString,
  earliest: CivilDateFromString,
  latest: CivilDateFromString,
}) {
  override get message() {
    const [day, earliest, latest] = [this.day, this.earliest, this.latest].map(CivilDate.toIso);
    return this.earliest > this.latest
      ? `This cannot be done before ${earliest}, and today is ${latest}.`
      : `The day ${day} cannot be taken; it must be from ${earliest} to ${latest}.`;
  }
}

export type EnrollmentCommand =
  | { readonly _tag: "Pause"; readonly from: CivilDate.CivilDate }
  | { readonly _tag: "Resume"; readonly on: CivilDate.CivilDate }
  | { readonly _tag: "Complete"; readonly on: CivilDate.CivilDate }
  | { readonly _tag: "Drop"; readonly on: CivilDate.CivilDate };

export type EnrollmentEvent =
  | { readonly _tag: "EnrollmentPaused"; readonly from: CivilDate.CivilDate }
  | { readonly _tag: "EnrollmentResumed"; readonly on: CivilDate.CivilDate }
  | { readonly _tag: "EnrollmentCompleted"; readonly on: CivilDate.CivilDate }
  | { readonly _tag: "EnrollmentDropped"; readonly on: CivilDate.CivilDate };

type Decision = Result.Result<EnrollmentEvent, EnrollmentStatusForbids | EnrollmentDayImpossible>;

/** Whether the member goes on with it. */
export const isOpen = ({ status }: JourneyEnrollment): boolean => status === "active" || status === "paused";

/** Whether a member may begin: the journey takes members, and this one is not on it. **Errors** in this order. */
export const admit = (
  { id: journeyId, status }: MovementJourney,
  open: JourneyEnrollment | undefined,
): Result.Result<void, JourneyNotActive | AlreadyEnrolled> =>
  status !== "active"
    ? Result.fail(new JourneyNotActive({ journeyId }))
    : open === undefined
      ? Result.void
      : Result.fail(new AlreadyEnrolled({ enrollmentId: open.id, memberId: open.memberId }));

/** What a command makes happen as of `today`, or why it is refused. **Errors** the status, then the day. */
export const decide = (
  enrollment: JourneyEnrollment,
  command: EnrollmentCommand,
  today: CivilDate.CivilDate,
): Decision => {
  const earliest = firstChangeableDay(enrollment);
  switch (command._tag) {
    case "Pause":
      return (
        refusedBy(enrollment, ["active"], command.from, earliest, today) ??
        Result.succeed({ _tag: "EnrollmentPaused", from: command.from })
      );
    case "Resume":
      return (
        refusedBy(enrollment, ["paused"], command.on, earliest, today) ??
        Result.succeed({ _tag: "EnrollmentResumed", on: command.on })
      );
    case "Complete":
      return (
        refusedBy(enrollment, ["active"], command.on, earliest, today) ??
        Result.succeed({ _tag: "EnrollmentCompleted", on: command.on })
      );
    case "Drop":
      // Who has not begun yet may still call it off.
      return (
        refusedBy(enrollment, ["active", "paused"], command.on, min(earliest, today), today) ??
        Result.succeed({ _tag: "EnrollmentDropped", on: command.on })
      );
  }
};

/** The enrolment after something happened. */
export const evolve = (enrollment: JourneyEnrollment, event: EnrollmentEvent): JourneyEnrollment => {
  const { pauses } = enrollment;
  switch (event._tag) {
    case "EnrollmentPaused":
      return { ...enrollment, status: "paused", pauses: [...pauses, { from: event.from }] };
    case "EnrollmentResumed":
      return { ...enrollment, status: "active", pauses: closed(pauses, CivilDate.addDays(event.on, -1)) };
    case "EnrollmentCompleted":
      return { ...enrollment, status: "completed", endDate: event.on };
    case "EnrollmentDropped":
      return { ...enrollment, status: "dropped", endDate: event.on, pauses: closed(pauses, event.on) };
  }
};

/** The first day on which something may still change: nothing reaches back before the last pause. */
const firstChangeableDay = ({ startDate, pauses }: JourneyEnrollment): CivilDate.CivilDate => {
  const last = pauses.at(-1);
  if (last === undefined) return startDate;
  return last.to === undefined ? last.from : CivilDate.addDays(last.to, 1);
};

/** An open pause ends on a day; one that would end before it began has not been. */
const closed = (pauses: ReadonlyArray<JourneyPause>, to: CivilDate.CivilDate): ReadonlyArray<JourneyPause> =>
  pauses.flatMap((pause) => (pause.to !== undefined ? [pause] : to < pause.from ? [] : [{ from: pause.from, to }]));

const refusedBy = (
  { id: enrollmentId, status }: JourneyEnrollment,
  possibleFrom: ReadonlyArray<EnrollmentStatus>,
  day: CivilDate.CivilDate,
  earliest: CivilDate.CivilDate,
  latest: CivilDate.CivilDate,
) =>
  !possibleFrom.includes(status)
    ? Result.fail(new EnrollmentStatusForbids({ enrollmentId, status, possibleFrom }))
    : day < earliest || day > latest
      ? Result.fail(new EnrollmentDayImpossible({ day, earliest, latest }))
      : undefined;

const min = (one: CivilDate.CivilDate, other: CivilDate.CivilDate): CivilDate.CivilDate => (one < other ? one : other);
