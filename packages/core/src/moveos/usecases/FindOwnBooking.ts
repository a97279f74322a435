import * as Effect from "effect/Effect";
import type { BookingId } from "../../kernel/Ids.ts";
import { Principal } from "../../kernel/Principal.ts";
import { authorizeOwned, type Permission } from "../../platform/index.ts";
import { RosterStore } from "../ports/RosterStore.ts";

/**
 * A booking on which the principal may do this: any of the tenant for staff, its own for a member.
 *
 * **Errors** `NotFound` also for a booking that is somebody else's: a member does not learn that it exists. `NotPermitted` where the
 * principal's roles do not reach this at all.
 */
export const findOwnBooking = Effect.fnUntraced(function* (permission: Permission, bookingId: BookingId) {
  const { tenantId } = yield* Principal;
  const booking = yield* RosterStore.use((rosters) => rosters.findBooking(tenantId, bookingId));
  yield* authorizeOwned(permission, { memberId: booking.memberId, entityType: "Booking", entityId: bookingId });
  return booking;
});
