import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { BookingId, MemberId, SessionInstanceId, TenantId } from "../../kernel/Ids.ts";
import type { Instant } from "../../kernel/Instant.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { Booking } from "../domain/Booking.ts";
import type { Roster } from "../domain/Roster.ts";
import type { SessionInstance } from "../domain/SessionInstance.ts";

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
 * Where rosters and their bookings are kept.
 *
 * **Contract**
 * - `lock`, inside a unit of work, answers the roster with every booking that holds a seat, and keeps everybody else who would
 *   lock it waiting until the unit ends: what is decided from it cannot be outdated. Which booking a command names is part of the
 *   roster if it is given as `bookingId`.
 * - `save` keeps the bookings as given and the roster's seats taken.
 * - `upcoming` answers a member's booked sessions that start at an instant or later, the next one first.
 * - `listBookings` is in order of id: oldest first.
 */
export class RosterStore extends Context.Service<
  RosterStore,
  {
    readonly lock: (
      tenantId: TenantId,
      sessionInstanceId: SessionInstanceId,
      bookingId?: BookingId,
    ) => Effect.Effect<Roster, NotFound>;
    readonly save: (roster: Roster, changed: ReadonlyArray<Booking>) => Effect.Effect<void>;
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
