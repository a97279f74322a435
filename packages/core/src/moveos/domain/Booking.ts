import * as Schema from "effect/Schema";
import { BookingId, MemberId, SessionInstanceId, TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";

export const BookingStatus = Schema.Literals(["booked", "checked_in", "no_show", "cancelled"]);
export type BookingStatus = typeof BookingStatus.Type;

/** A member's reservation of a seat in one session. */
export const Booking = Schema.Struct({
  id: BookingId,
  tenantId: TenantId,
  memberId: MemberId,
  sessionInstanceId: SessionInstanceId,
  status: BookingStatus,
  createdAt: InstantFromString,
  checkedInAt: Schema.optionalKey(InstantFromString),
  cancelledAt: Schema.optionalKey(InstantFromString),
}).annotate({ identifier: "Booking" });
export type Booking = typeof Booking.Type;

/** Whether a booking holds a seat. A no-show keeps the seat it left empty. */
export const holdsSeat = (booking: Pick<Booking, "status">): boolean => booking.status !== "cancelled";
