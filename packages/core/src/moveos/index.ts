/** The public face of the MoveOS module: sessions and bookings. */
export {
  AccessPlan,
  AllowedTime,
  BillingPeriod,
  creditsLastUntil,
  lastDayOf,
  PlanType,
  UsageRules,
  VisitPeriod,
} from "./domain/AccessPlan.ts";
export {
  Booking,
  BookingStatus,
  Channel,
  holdsSeat,
  PaidBy,
  Penalty,
  type StandingPenalty,
  standingPenalty,
} from "./domain/Booking.ts";
export {
  BookingPolicy,
  Consequence,
  defaultPolicy,
  policyOf,
  PolicyOverride,
  Strikes,
} from "./domain/BookingPolicy.ts";
export { type CalendarDocument, type CalendarEvent, CalendarFeed, CalendarScope } from "./domain/CalendarFeed.ts";
export * as CreditLedger from "./domain/CreditLedger.ts";
export { CreditLot, DayUsage, LedgerEntry, LedgerKind } from "./domain/CreditLedger.ts";
export * as Entitlements from "./domain/Entitlement.ts";
export type {
  Cover,
  Entitlement,
  HeldMembership,
  MemberAccess,
  MembershipCover,
  VisitAt,
} from "./domain/Entitlement.ts";
export { Membership, MembershipPause, MembershipSource } from "./domain/Membership.ts";
export * as MembershipClock from "./domain/MembershipClock.ts";
export * from "./domain/MembershipRefusals.ts";
export { MembershipRejection, RejectionReason } from "./domain/MembershipRejection.ts";
export * as MembershipRules from "./domain/Membership.ts";
export { MembershipStatus } from "./domain/MembershipStatus.ts";
export { RecurrenceInvalid } from "./domain/RecurrenceRule.ts";
export * as RecurrenceRule from "./domain/RecurrenceRule.ts";
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
export {
  inLine,
  isInLine,
  NotPromoted,
  notPromotedText,
  WaitlistEntry,
  WaitlistStatus,
} from "./domain/WaitlistEntry.ts";
export { Room } from "./domain/Room.ts";
export { Schedule, type SeriesOccurrence } from "./domain/Schedule.ts";
export * as Series from "./domain/Schedule.ts";
export { BlockConflict, ScheduledBlock } from "./domain/ScheduledBlocks.ts";
export * as ScheduledBlocks from "./domain/ScheduledBlocks.ts";
export * from "./domain/TimetableRefusals.ts";
export { Window } from "./domain/Window.ts";
export { MoveOs } from "./MoveOs.ts";
export { BookingPolicyStore, type Policies } from "./ports/BookingPolicyStore.ts";
export { CalendarFeedFormat, CalendarFeedsNotInstalled } from "./ports/CalendarFeedFormat.ts";
export { CalendarFeedStore } from "./ports/CalendarFeedStore.ts";
export { RoomStore } from "./ports/RoomStore.ts";
export { type LockedResources, type Resources, ScheduledBlockStore } from "./ports/ScheduledBlockStore.ts";
export { ScheduleStore } from "./ports/ScheduleStore.ts";
export { Eligibility, type Visit } from "./ports/Eligibility.ts";
export {
  accessKey,
  type AccessQuery,
  type BookingKey,
  bookingKey,
  EntitlementStore,
  type MembershipFilter,
  mergeQueries,
  TOLD_AFTER_END_DAYS,
} from "./ports/EntitlementStore.ts";
export { type Charge, Payments, type Settlement } from "./ports/Payments.ts";
export { type Days, Recurrence, RecurrenceNotInstalled, type Recurring } from "./ports/Recurrence.ts";
export {
  type BookedSession,
  type BookingFilter,
  type ConcernedMember,
  type MemberKey,
  type PoliciedRoster,
  type RosterChanges,
  type RosterRequest,
  RosterStore,
} from "./ports/RosterStore.ts";
export { SessionInstanceStore, type TimetableFilter } from "./ports/SessionInstanceStore.ts";
export { SessionTypeStore } from "./ports/SessionTypeStore.ts";
export { MEMBERSHIP_WAKE_UP } from "./usecases/memberships/BringUpToDate.ts";
export { MembershipSummary } from "./usecases/memberships/GetMembership.ts";
export { RosterDesk } from "./usecases/desk/RosterDesk.ts";
export { NoticeNotDelivered } from "./usecases/SendNotice.ts";
export { FeeOutcomeUnknown } from "./usecases/SettlePenalty.ts";
