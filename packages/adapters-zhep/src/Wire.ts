/**
 * The wire contract between ZMOS and ZHEP: what is asked, what is told, and what may be answered.
 *
 * Every call is a POST of JSON below one base URL, with `Authorization: Basic <key:secret>` (RFC 7617), `X-Request-Id`, which the answer
 * repeats in its own `X-Request-Id`, and, where something is told, `Idempotency-Key`. Fields that an answer has beyond these are ignored; a
 * field that is missing or of another kind makes the whole answer worthless.
 *
 * **Invariant** a call either changes nothing (a {@link Question}) or carries the key that makes repeats one (a {@link Notice}); there is no
 * third kind, so every call may be repeated.
 */
import {
  BookingId,
  CivilDateFromString,
  InstantFromString,
  LocationId,
  MemberId,
  Money,
  type PublishedScore,
  SessionTypeId,
  StaffRole,
  TenantId,
  Text,
} from "@zmos/core";
import * as Schema from "effect/Schema";

interface Endpoint<Request, Answer> {
  readonly path: string;
  readonly request: Schema.Codec<Request, unknown>;
  readonly answer: Schema.Codec<Answer, unknown>;
}

/** A call that changes nothing, however often it is made. */
export interface Question<Request, Answer> extends Endpoint<Request, Answer> {
  readonly _tag: "Question";
}

/** A call that changes something once for one idempotency key. */
export interface Notice<Request, Answer> extends Endpoint<Request, Answer> {
  readonly _tag: "Notice";
}

const question = <Request, Answer>(endpoint: Endpoint<Request, Answer>): Question<Request, Answer> => ({
  _tag: "Question",
  ...endpoint,
});

const notice = <Request, Answer>(endpoint: Endpoint<Request, Answer>): Notice<Request, Answer> => ({
  _tag: "Notice",
  ...endpoint,
});

/** Who somebody is to ZHEP: 1–195 characters, so that an actor id made of it stays within 200. */
export const PartyId = Text.ExternalId.check(Schema.isMaxLength(195));

/**
 * Whom ZHEP vouches for. ZHEP names its own party and *our* tenant; which member that party is, we know (`externalPartyId`). It can vouch
 * for members and staff, never for a host or for ZMOS itself, and a member has no other role than `member`.
 */
export const Introspection = Schema.Union([
  Schema.Struct({
    active: Schema.Literal(true),
    partyId: PartyId,
    tenantId: TenantId,
    actorType: Schema.Literal("member"),
    roles: Schema.NonEmptyArray(Schema.Literal("member")),
  }),
  Schema.Struct({
    active: Schema.Literal(true),
    partyId: PartyId,
    tenantId: TenantId,
    actorType: Schema.Literal("user_account"),
    roles: Schema.NonEmptyArray(StaffRole),
  }),
  Schema.Struct({
    active: Schema.Literal(false),
    reason: Schema.optionalKey(Schema.Literals(["expired", "revoked", "unknown"])),
  }),
]);
export type Introspection = typeof Introspection.Type;

/** **Source** RFC 7662, token introspection, in JSON. */
export const introspect = question({
  path: "/identity/introspect",
  request: Schema.Struct({ token: Schema.String }),
  answer: Introspection,
});

/** **Units** `startTime`: an instant, ISO 8601 in UTC. */
const visitFields = {
  tenantId: TenantId,
  memberId: MemberId,
  externalPartyId: Schema.optionalKey(Text.ExternalId),
  sessionTypeId: SessionTypeId,
  locationId: LocationId,
  startTime: InstantFromString,
};

const Words = Schema.String.check(Schema.isBetweenLength(1, 500));

/** **Units** `retryAfterSeconds`: seconds, at most a day. */
export const Cover = Schema.Union([
  Schema.Struct({ outcome: Schema.Literal("entitled"), source: Words }),
  Schema.Struct({ outcome: Schema.Literal("not_entitled"), reason: Words }),
  Schema.Struct({
    outcome: Schema.Literal("unknown"),
    retryAfterSeconds: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 86_400 })),
  }),
]);
export type Cover = typeof Cover.Type;

export const checkEligibility = question({
  path: "/eligibility/check",
  request: Schema.Struct(visitFields),
  answer: Cover,
});

/** **Contract** the idempotency key is the booking's id: one booking is one visit. */
export const recordVisit = notice({
  path: "/eligibility/visits",
  request: Schema.Struct({ ...visitFields, bookingId: BookingId }),
  answer: Schema.Struct({ outcome: Schema.Literal("recorded") }),
});

export const sendMessage = notice({
  path: "/messages",
  request: Schema.Struct({
    tenantId: TenantId,
    memberId: MemberId,
    template: Schema.String,
    data: Schema.Record(Schema.String, Schema.String),
    key: Schema.String,
  }),
  answer: Schema.Struct({ outcome: Schema.Literal("accepted") }),
});

export const charge = notice({
  path: "/payments/charges",
  request: Schema.Struct({
    tenantId: TenantId,
    memberId: MemberId,
    amount: Money,
    reason: Schema.String,
    key: Schema.String,
  }),
  answer: Schema.Struct({ outcome: Schema.Literals(["paid", "on_account", "declined"]) }),
});

/** **Units** `value`: as the formula says; `asOf`: a civil day, `YYYY-MM-DD`. */
export const publishScore: Notice<Omit<PublishedScore, "hasConsent">, { readonly outcome: "accepted" }> = notice({
  path: "/health-scores",
  request: Schema.Struct({
    tenantId: TenantId,
    memberId: MemberId,
    formula: Schema.String,
    value: Schema.Finite,
    asOf: CivilDateFromString,
  }),
  answer: Schema.Struct({ outcome: Schema.Literal("accepted") }),
});

/** Every call there is. */
export const endpoints = [introspect, checkEligibility, recordVisit, sendMessage, charge, publishScore] as const;
