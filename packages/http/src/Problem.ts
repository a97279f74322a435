/**
 * Every refusal as HTTP tells it: one table, and nothing else decides a status.
 *
 * A handler whose use case can fail with an error that is not in the table does not compile (`Handlers.ts`).
 *
 * **Source** RFC 9457, Problem Details for HTTP APIs.
 */
import { FieldError } from "@zmos/core";
import * as Exit from "effect/Exit";
import * as Schema from "effect/Schema";

/** How a kind of error is told. **Shape** `slug` ends the problem's `type` and never changes, whatever the error is called inside. */
interface Telling {
  readonly status: number;
  readonly slug: string;
  readonly title: string;
}

export const problems = {
  // The door's own.
  RouteNotFound: { status: 404, slug: "route-not-found", title: "There is nothing at this address" },
  MethodNotAllowed: { status: 405, slug: "method-not-allowed", title: "The method is not allowed here" },
  NotAcceptable: { status: 406, slug: "not-acceptable", title: "The answer would not be acceptable" },
  BodyTooLarge: { status: 413, slug: "body-too-large", title: "The body is too large" },
  UnsupportedMediaType: { status: 415, slug: "unsupported-media-type", title: "The body is not JSON" },
  MalformedBody: { status: 400, slug: "malformed-body", title: "The body cannot be read" },
  TooManyRequests: { status: 429, slug: "too-many-requests", title: "Too many attempts" },
  InternalError: { status: 500, slug: "internal-error", title: "Something went wrong" },

  // Idempotency keys.
  IdempotencyKeyMissing: { status: 400, slug: "idempotency-key-missing", title: "The idempotency key is missing" },
  IdempotencyKeyInFlight: { status: 409, slug: "idempotency-key-in-flight", title: "The first request is under way" },
  IdempotencyKeyReused: { status: 422, slug: "idempotency-key-reused", title: "The idempotency key was used before" },

  // Who, and what is there.
  Unauthenticated: { status: 401, slug: "unauthenticated", title: "A valid bearer token is needed" },
  NotPermitted: { status: 403, slug: "not-permitted", title: "This is not permitted" },
  InvalidCommand: { status: 400, slug: "invalid-command", title: "Some fields cannot be taken" },
  NotFound: { status: 404, slug: "not-found", title: "It is not there" },
  StoreUnavailable: { status: 503, slug: "store-unavailable", title: "The store is not available" },
  PartnerUnavailable: { status: 503, slug: "partner-unavailable", title: "A partner does not answer" },

  // Sessions and bookings.
  SessionTimesImpossible: {
    status: 422,
    slug: "session-times-impossible",
    title: "The session's times are impossible",
  },
  SessionFull: { status: 409, slug: "session-full", title: "The session is full" },
  AlreadyBooked: { status: 409, slug: "already-booked", title: "The member has a seat already" },
  SessionNotScheduled: { status: 409, slug: "session-not-scheduled", title: "The session is not scheduled" },
  BookingNotOpen: { status: 409, slug: "booking-not-open", title: "Booking is not open yet" },
  BookingClosed: { status: 409, slug: "booking-closed", title: "Booking is closed" },
  BookingNotActive: { status: 409, slug: "booking-not-active", title: "The booking is not active" },
  CancellationClosed: { status: 409, slug: "cancellation-closed", title: "It is too late to cancel" },
  CheckInNotOpen: { status: 409, slug: "check-in-not-open", title: "Check-in is not open yet" },
  CheckInClosed: { status: 409, slug: "check-in-closed", title: "Check-in is closed" },
  NotEntitled: { status: 409, slug: "not-entitled", title: "Nothing covers this session" },
  EntitlementUnknown: { status: 503, slug: "entitlement-unknown", title: "Who covers this session is not known now" },
  OnlineSeatsTaken: { status: 409, slug: "online-seats-taken", title: "The seats left are the desk's to give" },
  OverlapsBooking: { status: 409, slug: "overlaps-booking", title: "The member is elsewhere at that time" },
  Contraindicated: { status: 409, slug: "contraindicated", title: "The session is not for this member" },
  AcknowledgementNeeded: { status: 409, slug: "acknowledgement-needed", title: "The member must come knowing this" },
  BookingSuspended: { status: 409, slug: "booking-suspended", title: "Booking online is closed to the member" },
  FeesUnpaid: { status: 409, slug: "fees-unpaid", title: "The member owes fees" },
  NoFeeOwed: { status: 409, slug: "no-fee-owed", title: "Nothing is owed for the booking" },
  WaitlistFull: { status: 409, slug: "waitlist-full", title: "Nobody more may wait" },
  WaitlistClosed: { status: 409, slug: "waitlist-closed", title: "The waitlist is closed" },
  AlreadyWaiting: { status: 409, slug: "already-waiting", title: "The member waits already" },
  SeatsFree: { status: 409, slug: "seats-free", title: "There is no need to wait" },
  NotInLine: { status: 409, slug: "not-in-line", title: "The place in line is not in a state for this" },
  OthersOnStandby: { status: 409, slug: "others-on-standby", title: "Others come first" },
  NoShowTooEarly: { status: 409, slug: "no-show-too-early", title: "The session has not started" },
  SessionNotOver: { status: 409, slug: "session-not-over", title: "The session is not over" },
  CapacityBelowBooked: { status: 409, slug: "capacity-below-booked", title: "More seats are taken than that" },

  // Memberships.
  MembershipStatusForbids: {
    status: 409,
    slug: "membership-status-forbids",
    title: "The membership is not in a state for this",
  },
  MembershipDayImpossible: { status: 422, slug: "membership-day-impossible", title: "The day cannot be taken" },
  PlanWithdrawn: { status: 409, slug: "plan-withdrawn", title: "The plan is not sold any more" },
  MembershipEndless: { status: 409, slug: "membership-endless", title: "The membership has no end" },
  PlanWithoutCredits: { status: 409, slug: "plan-without-credits", title: "The plan has no credits" },
  CreditsMissing: { status: 409, slug: "credits-missing", title: "There are not enough credits" },

  // The timetable.
  EmailInUse: { status: 409, slug: "email-in-use", title: "The address belongs to another account" },
  RecurrenceInvalid: { status: 422, slug: "recurrence-invalid", title: "The series cannot recur like that" },
  RecurrenceNotInstalled: { status: 501, slug: "recurrence-not-installed", title: "Series are not offered here" },
  TooFarAhead: { status: 422, slug: "too-far-ahead", title: "The day is too far ahead" },
  InstructorInactive: { status: 409, slug: "instructor-inactive", title: "The instructor's account is deactivated" },
  RoomElsewhere: { status: 422, slug: "room-elsewhere", title: "The room is at another location" },
  RoomTooSmall: { status: 422, slug: "room-too-small", title: "The room holds fewer people" },
  ScheduleConflict: { status: 409, slug: "schedule-conflict", title: "The instructor or the room is taken" },
  NoSuchOccurrence: { status: 422, slug: "no-such-occurrence", title: "The series has no occurrence to come there" },
  SessionHasBookings: { status: 409, slug: "session-has-bookings", title: "People have booked the session" },
  CalendarFeedsNotInstalled: {
    status: 501,
    slug: "calendar-feeds-not-installed",
    title: "Calendar feeds are not offered here",
  },

  // Movement.
  MovementInFuture: { status: 422, slug: "movement-in-future", title: "The movement has not happened yet" },
  FactConflict: { status: 409, slug: "fact-conflict", title: "The fact is recorded otherwise" },
  FormulaIsShipped: { status: 409, slug: "formula-is-shipped", title: "The formula comes with ZMOS" },
  ExcuseEndImpossible: {
    status: 422,
    slug: "excuse-end-impossible",
    title: "Excused days cannot end like that",
  },
  ExcuseWithdrawn: { status: 409, slug: "excuse-withdrawn", title: "The excused days were withdrawn" },
  MovementsRefused: { status: 422, slug: "movements-refused", title: "Some movements cannot be taken" },

  // Challenges.
  ChallengeImpossible: { status: 422, slug: "challenge-impossible", title: "This makes no challenge" },
  JoiningClosed: { status: 409, slug: "joining-closed", title: "The challenge is not joined any more" },
  AlreadyJoined: { status: 409, slug: "already-joined", title: "The member takes part already" },
  NotParticipating: { status: 404, slug: "not-participating", title: "The member does not take part" },
  TeamNotFitting: { status: 422, slug: "team-not-fitting", title: "The team does not fit the challenge" },
  ChallengeNotOver: { status: 409, slug: "challenge-not-over", title: "Facts may still arrive" },
  ChallengeFinal: { status: 409, slug: "challenge-final", title: "The result is final" },

  // Journeys.
  JourneyNotActive: { status: 409, slug: "journey-not-active", title: "The journey takes no new members" },
  AlreadyEnrolled: { status: 409, slug: "already-enrolled", title: "The member is on the journey already" },
  EnrollmentStatusForbids: {
    status: 409,
    slug: "enrollment-status-forbids",
    title: "The enrolment is not in a state for this",
  },
  EnrollmentDayImpossible: { status: 422, slug: "enrollment-day-impossible", title: "The day cannot be taken" },
  FlagAlreadyResolved: { status: 409, slug: "flag-already-resolved", title: "The flag was resolved before" },
} as const satisfies Record<string, Telling>;

/** The errors that HTTP can tell. */
export type ProblemTag = keyof typeof problems;

/** An error that HTTP can tell. */
export interface TellableError {
  readonly _tag: ProblemTag;
  readonly message: string;
}

const TYPE_BASE = "https://zmos.dev/problems/";

/** The `type` of a problem: the part of it that programs may rely on. */
export type ProblemType<Tag extends ProblemTag = ProblemTag> = `${typeof TYPE_BASE}${(typeof problems)[Tag]["slug"]}`;

export const typeOf = <Tag extends ProblemTag>(tag: Tag) => `${TYPE_BASE}${problems[tag].slug}` as ProblemType<Tag>;

export const PROBLEM_JSON = "application/problem+json";

/** A refusal on the wire. **Shape** `instance`: the request's id; `errors`: every field that cannot be taken; more by `type`. */
export const Problem = Schema.StructWithRest(
  Schema.Struct({
    type: Schema.String,
    title: Schema.String,
    status: Schema.Int,
    detail: Schema.String,
    instance: Schema.String,
    errors: Schema.optionalKey(Schema.Array(FieldError)),
  }),
  [Schema.Record(Schema.String, Schema.Json)],
).annotate({ identifier: "Problem", description: "a refusal (RFC 9457); rely on `type`, show `detail`" });
export type Problem = typeof Problem.Type;

const isTag = (tag: unknown): tag is ProblemTag => typeof tag === "string" && Object.hasOwn(problems, tag);

/** Whether an error that came out of a use case is one that HTTP can tell. */
export const isTellable = (error: unknown): error is TellableError =>
  error instanceof Error && "_tag" in error && isTag(error._tag);

/** The error as a problem's members. A field that would hide a standard member is told as `current…` (`currentStatus`). */
export const toProblem = (error: TellableError, requestId: string): Problem => {
  const { status, title } = problems[error._tag];
  const problem: Record<string, Schema.Json> = {
    type: typeOf(error._tag),
    title,
    status,
    detail: error.message,
    instance: requestId,
  };
  for (const [name, value] of Object.entries(ownFields(error))) {
    if (name === "_tag") continue;
    problem[Object.hasOwn(problem, name) ? `current${name.charAt(0).toUpperCase()}${name.slice(1)}` : name] = value;
  }
  return problem as Problem;
};

/** What an error knows of itself, as plain JSON: an error class is its own schema. */
const ownFields = (error: TellableError): Readonly<Record<string, Schema.Json>> => {
  const schema: unknown = error.constructor;
  if (!Schema.isSchema(schema)) return {};
  const encoded = Schema.encodeUnknownExit(
    schema as unknown as Schema.Codec<unknown, Readonly<Record<string, Schema.Json>>>,
  )(error);
  return Exit.isSuccess(encoded) ? encoded.value : {};
};

/** The error as a response, with the headers its kind calls for. */
export const problemResponse = (error: TellableError, requestId: string): Response => {
  const problem = toProblem(error, requestId);
  const headers: Record<string, string> = { "content-type": PROBLEM_JSON };
  if (error._tag === "Unauthenticated") headers["www-authenticate"] = challenge(problem["reason"]);
  if (typeof problem["retryAfterSeconds"] === "number") headers["retry-after"] = String(problem["retryAfterSeconds"]);
  if (Array.isArray(problem["allowed"])) headers["allow"] = problem["allowed"].join(", ");
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
};

/** **Source** RFC 6750 §3: a request without a token is told no error. */
const challenge = (reason: unknown): string =>
  reason === "missing" ? 'Bearer realm="zmos"' : 'Bearer realm="zmos", error="invalid_token"';
