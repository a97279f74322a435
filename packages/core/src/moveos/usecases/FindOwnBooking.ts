import * as Effect from "effect/Effect";
import type { BookingId } from "../../kernel/Ids.ts";
import { NotFound } from "../../kernel/NotFound.ts";
import { Principal } from "../../kernel/Principal.ts";
import { allows, NotPermitted, type Permission } from "../../platform/index.ts";
import { RosterStore } from "../ports/RosterStore.ts";

/**
 * A booking on which the principal may do this: any of the tenant for staff, its own for a member.
 *
 * **Errors** `NotFound` also for a booking that is somebody else's: a member does not learn that it exists. `NotPermitted` where the
 * principal's roles do not reach this at all.
 */
export const findOwnBooking = Effect.fnUntraced(function* (permission: Permission, bookingId: BookingId) {
  const principal = yield* Principal;
  const rosters = yield* RosterStore;
  const booking = yield* rosters.findBooking(principal.tenantId, bookingId);
  if (allows(principal, permission, booking.memberId)) return booking;
  if (principal.actorType === "member") return yield* new NotFound({ entityType: "Booking", entityId: bookingId });
  return yield* new NotPermitted({ permission, roles: [...principal.roles] });
});
