/** The public face of the MoveOS module: sessions and bookings. */
export { AccessPlan, UsageRules } from "./domain/AccessPlan.ts";
export { Booking, BookingStatus, holdsSeat } from "./domain/Booking.ts";
export { BookingPolicy, defaultPolicy } from "./domain/BookingPolicy.ts";
export type { Entitlement } from "./domain/Entitlement.ts";
export { Membership } from "./domain/Membership.ts";
export * from "./domain/Refusals.ts";
export * as Roster from "./domain/Roster.ts";
export {
  OwnChange,
  placeSession,
  SessionInstance,
  SessionStatus,
  SessionTimesImpossible,
} from "./domain/SessionInstance.ts";
export { SessionCategory, SessionType } from "./domain/SessionType.ts";
export { MoveOs } from "./MoveOs.ts";
export { Eligibility, type Visit } from "./ports/Eligibility.ts";
export { type Charge, Payments, type Settlement } from "./ports/Payments.ts";
export { type BookedSession, type BookingFilter, RosterStore } from "./ports/RosterStore.ts";
export { SessionInstanceStore, type TimetableFilter } from "./ports/SessionInstanceStore.ts";
export { SessionTypeStore } from "./ports/SessionTypeStore.ts";
