/**
 * Identifiers of the things ZMOS keeps: UUIDs (version 7 when ZMOS makes them), branded so that one kind is never
 * passed for another.
 */
import * as Schema from "effect/Schema";

const uuid = Schema.String.check(Schema.isUUID(undefined, { expected: "a UUID" }));

const identifies = (thing: string) => ({ identifier: `${thing}Id`, description: `UUID of a ${thing}` });

export const TenantId = uuid.pipe(Schema.brand("TenantId")).annotate(identifies("Tenant"));
export type TenantId = typeof TenantId.Type;

export const LocationId = uuid.pipe(Schema.brand("LocationId")).annotate(identifies("Location"));
export type LocationId = typeof LocationId.Type;

export const UserAccountId = uuid.pipe(Schema.brand("UserAccountId")).annotate(identifies("UserAccount"));
export type UserAccountId = typeof UserAccountId.Type;

export const MemberId = uuid.pipe(Schema.brand("MemberId")).annotate(identifies("Member"));
export type MemberId = typeof MemberId.Type;

export const CorporateAccountId = uuid
  .pipe(Schema.brand("CorporateAccountId"))
  .annotate(identifies("CorporateAccount"));
export type CorporateAccountId = typeof CorporateAccountId.Type;

export const CorporateMemberId = uuid.pipe(Schema.brand("CorporateMemberId")).annotate(identifies("CorporateMember"));
export type CorporateMemberId = typeof CorporateMemberId.Type;

export const AccessPlanId = uuid.pipe(Schema.brand("AccessPlanId")).annotate(identifies("AccessPlan"));
export type AccessPlanId = typeof AccessPlanId.Type;

export const MembershipId = uuid.pipe(Schema.brand("MembershipId")).annotate(identifies("Membership"));
export type MembershipId = typeof MembershipId.Type;

export const CreditLotId = uuid.pipe(Schema.brand("CreditLotId")).annotate(identifies("CreditLot"));
export type CreditLotId = typeof CreditLotId.Type;

export const LedgerEntryId = uuid.pipe(Schema.brand("LedgerEntryId")).annotate(identifies("LedgerEntry"));
export type LedgerEntryId = typeof LedgerEntryId.Type;

export const SessionTypeId = uuid.pipe(Schema.brand("SessionTypeId")).annotate(identifies("SessionType"));
export type SessionTypeId = typeof SessionTypeId.Type;

export const SessionInstanceId = uuid.pipe(Schema.brand("SessionInstanceId")).annotate(identifies("SessionInstance"));
export type SessionInstanceId = typeof SessionInstanceId.Type;

export const BookingId = uuid.pipe(Schema.brand("BookingId")).annotate(identifies("Booking"));
export type BookingId = typeof BookingId.Type;

export const MovementEventId = uuid.pipe(Schema.brand("MovementEventId")).annotate(identifies("MovementEvent"));
export type MovementEventId = typeof MovementEventId.Type;

export const MovementTileId = uuid.pipe(Schema.brand("MovementTileId")).annotate(identifies("MovementTile"));
export type MovementTileId = typeof MovementTileId.Type;

export const TileAssignmentId = uuid.pipe(Schema.brand("TileAssignmentId")).annotate(identifies("TileAssignment"));
export type TileAssignmentId = typeof TileAssignmentId.Type;

export const ExcuseId = uuid.pipe(Schema.brand("ExcuseId")).annotate(identifies("Excuse"));
export type ExcuseId = typeof ExcuseId.Type;

export const MovementJourneyId = uuid.pipe(Schema.brand("MovementJourneyId")).annotate(identifies("MovementJourney"));
export type MovementJourneyId = typeof MovementJourneyId.Type;

export const JourneyEnrollmentId = uuid
  .pipe(Schema.brand("JourneyEnrollmentId"))
  .annotate(identifies("JourneyEnrollment"));
export type JourneyEnrollmentId = typeof JourneyEnrollmentId.Type;

export const ChallengeId = uuid.pipe(Schema.brand("ChallengeId")).annotate(identifies("Challenge"));
export type ChallengeId = typeof ChallengeId.Type;

export const ChallengeTeamId = uuid.pipe(Schema.brand("ChallengeTeamId")).annotate(identifies("ChallengeTeam"));
export type ChallengeTeamId = typeof ChallengeTeamId.Type;

export const FollowUpFlagId = uuid.pipe(Schema.brand("FollowUpFlagId")).annotate(identifies("FollowUpFlag"));
export type FollowUpFlagId = typeof FollowUpFlagId.Type;

export const RoomId = uuid.pipe(Schema.brand("RoomId")).annotate(identifies("Room"));
export type RoomId = typeof RoomId.Type;

export const ScheduleId = uuid.pipe(Schema.brand("ScheduleId")).annotate(identifies("Schedule"));
export type ScheduleId = typeof ScheduleId.Type;

export const CalendarFeedId = uuid.pipe(Schema.brand("CalendarFeedId")).annotate(identifies("CalendarFeed"));
export type CalendarFeedId = typeof CalendarFeedId.Type;
