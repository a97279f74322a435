import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { BookingId, MemberId, SessionInstanceId, TenantId } from "../../kernel/Ids.ts";
import type { Instant } from "../../kernel/Instant.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { WeekStart } from "../../kernel/CivilWeek.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { Booking, StandingPenalty } from "../domain/Booking.ts";
import type { BookingPolicy } from "../domain/BookingPolicy.ts";
import type { Commitment, Roster } from "../domain/Roster.ts";
import type { SessionInstance } from "../domain/SessionInstance.ts";
import type { WaitlistEntry } from "../domain/WaitlistEntry.ts";

/** Whose bookings, of which session. */
export interface BookingFilter {
  readonly memberId?: MemberId;
  readonly sessionInstanceId?: SessionInstanceId;
}

/** A booking with the session it is for. */
export interface BookedSession {
  readonly booking: Booking;
  readonly session: SessionInstance;
}

/**
 * Which roster. **Shape** the session is named, or found by `bookingId`: a booking or a place in line, which is then part of the roster whatever
 * became of it. `memberId`: who is concerned, beside the member of that booking. `isWhole`: everybody is.
 */
export interface RosterRequest {
  readonly tenantId: TenantId;
  readonly sessionInstanceId?: SessionInstanceId;
  readonly bookingId?: BookingId;
  readonly memberId?: MemberId;
  readonly isWhole?: boolean;
}

/** A roster with what it is decided by. **Shape** `weekStart`: the tenant's. `contraindications`: of the session's type. */
export interface PoliciedRoster {
  readonly roster: Roster;
  readonly weekStart: WeekStart;
  readonly policy: BookingPolicy;
  readonly contraindications: ReadonlyArray<string>;
}

/** Which member. **Shape** `penaltiesFrom`: since when penalties that stand against it matter; absent where none does, and then none is looked for. */
export interface MemberKey {
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
  readonly penaltiesFrom?: Instant;
}

/**
 * A member concerned. **Shape** `constraints`: what the member has declared. `commitments`: the seats it holds in sessions that are not over.
 * `penalties`: those asked for, at least, of sessions that begin then or later.
 */
export interface ConcernedMember extends Pick<MemberKey, "tenantId" | "memberId"> {
  readonly penalties: ReadonlyArray<StandingPenalty>;
  readonly constraints: ReadonlyArray<string>;
  readonly commitments: ReadonlyArray<Commitment>;
}

/** What decisions changed. */
export interface RosterChanges {
  readonly sessions: ReadonlyArray<SessionInstance>;
  readonly bookings: ReadonlyArray<Booking>;
  readonly entries: ReadonlyArray<WaitlistEntry>;
}

/**
 * Where rosters, their bookings and their lines are kept.
 *
 * **Contract**
 * - `lock`, inside a unit of work, answers the rosters of all requests, and keeps everybody else who would lock one of them waiting until the unit
 *   ends: what is decided from them cannot be outdated. A roster has every booking of a member concerned that holds a seat, all of them where it is
 *   asked for as a whole or the session begins within an hour of `now`, or has begun; every booking with a pending penalty, where it is asked for as a whole every one with a penalty that stands, everybody in line, and what a request names. What does not exist is left out. The policy is the tenant's with the session type's override, or the default.
 * - `lockMembers` does the same for members, and what they hold. Rosters are locked first, then members, each once: so however many are locked at
 *   once by however many, none waits for ever.
 * - `look` and `lookAtMembers` answer the same without keeping anybody waiting, for who only looks.
 * - `knownMembers` answers those of the members that there are.
 * - `save` keeps sessions, bookings and places in line as given.
 * - `upcoming` answers a member's booked sessions that start at an instant or later, the next one first.
 * - `listBookings` is in order of id: oldest first.
 */
export class RosterStore extends Context.Service<
  RosterStore,
  {
    readonly lock: (
      requests: ReadonlyArray<RosterRequest>,
      now: Instant,
    ) => Effect.Effect<ReadonlyArray<PoliciedRoster>>;
    readonly look: (
      requests: ReadonlyArray<RosterRequest>,
      now: Instant,
    ) => Effect.Effect<ReadonlyArray<PoliciedRoster>>;
    readonly lockMembers: (
      members: ReadonlyArray<MemberKey>,
      now: Instant,
    ) => Effect.Effect<ReadonlyArray<ConcernedMember>>;
    readonly lookAtMembers: (
      members: ReadonlyArray<MemberKey>,
      now: Instant,
    ) => Effect.Effect<ReadonlyArray<ConcernedMember>>;
    readonly knownMembers: (members: ReadonlyArray<MemberKey>) => Effect.Effect<ReadonlyArray<MemberKey>>;
    readonly save: (changes: RosterChanges) => Effect.Effect<void>;
    readonly findBooking: (tenantId: TenantId, bookingId: BookingId) => Effect.Effect<Booking, NotFound>;
    readonly listBookings: (
      tenantId: TenantId,
      filter: BookingFilter,
      page: PageRequest,
    ) => Effect.Effect<Rows<Booking>>;
    readonly upcoming: (
      tenantId: TenantId,
      memberId: MemberId,
      from: Instant,
      count: number,
    ) => Effect.Effect<ReadonlyArray<BookedSession>>;
  }
>()("@zmos/core/moveos/ports/RosterStore") {}
