/** Finding what a command names on the roster it was found by, and whether the principal may act on it. */
import * as Result from "effect/Result";
import type { BookingId } from "../../../kernel/Ids.ts";
import { NotFound } from "../../../kernel/NotFound.ts";
import { allowsOnOwned, type NotPermitted, type Permission } from "../../../platform/index.ts";
import type { Booking } from "../../domain/Booking.ts";
import type { WaitlistEntry } from "../../domain/WaitlistEntry.ts";
import type { AtTheDesk } from "./RosterTask.ts";

type Found<Thing> = Result.Result<Thing, NotFound | NotPermitted>;

const on = <Thing extends Booking | WaitlistEntry>(
  { principal }: AtTheDesk,
  thing: Thing | undefined,
  permission: Permission,
  named: { readonly entityType: string; readonly entityId: string },
): Found<Thing> =>
  thing === undefined
    ? Result.fail(new NotFound(named))
    : Result.map(allowsOnOwned(principal, permission, { memberId: thing.memberId, ...named }), () => thing);

/** A booking: anybody's for staff, its own for a member. **Errors** `NotFound`, `NotPermitted`. */
export const ownBooking = (at: AtTheDesk, entityId: BookingId): Found<Booking> =>
  on(at, at.roster.bookings.get(entityId), "booking:manage", { entityType: "Booking", entityId });

/** A place in line: anybody's for staff, its own for a member. **Errors** `NotFound`, `NotPermitted`. */
export const ownPlace = (at: AtTheDesk, entityId: BookingId): Found<WaitlistEntry> => {
  const place = at.roster.waitlist.find(({ id }) => id === entityId);
  return on(at, place, "booking:manage", { entityType: "WaitlistEntry", entityId });
};
