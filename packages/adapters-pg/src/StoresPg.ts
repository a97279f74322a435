import * as Layer from "effect/Layer";
import * as BookingPolicyStorePg from "./BookingPolicyStorePg.ts";
import * as CalendarFeedStorePg from "./CalendarFeedStorePg.ts";
import * as CalendarStorePg from "./CalendarStorePg.ts";
import * as ChallengeStorePg from "./ChallengeStorePg.ts";
import * as CredentialStorePg from "./CredentialStorePg.ts";
import * as EnrollmentStorePg from "./EnrollmentStorePg.ts";
import * as EntitlementStorePg from "./EntitlementStorePg.ts";
import * as EventLogPg from "./EventLogPg.ts";
import * as ExcuseStorePg from "./ExcuseStorePg.ts";
import * as FollowUpFlagStorePg from "./FollowUpFlagStorePg.ts";
import * as FormulaStorePg from "./FormulaStorePg.ts";
import * as IdempotencyKeysPg from "./IdempotencyKeysPg.ts";
import * as JourneyStorePg from "./JourneyStorePg.ts";
import * as LocationStorePg from "./LocationStorePg.ts";
import * as MemberStorePg from "./MemberStorePg.ts";
import * as MovementStorePg from "./MovementStorePg.ts";
import * as ParticipantStorePg from "./ParticipantStorePg.ts";
import * as PrescriptionProfilesPg from "./PrescriptionProfilesPg.ts";
import * as RoomStorePg from "./RoomStorePg.ts";
import * as RosterStorePg from "./RosterStorePg.ts";
import * as ScheduledBlockStorePg from "./ScheduledBlockStorePg.ts";
import * as ScheduleStorePg from "./ScheduleStorePg.ts";
import * as ScoringRulesStorePg from "./ScoringRulesStorePg.ts";
import * as SessionInstanceStorePg from "./SessionInstanceStorePg.ts";
import * as SessionTypeStorePg from "./SessionTypeStorePg.ts";
import * as StandingStorePg from "./StandingStorePg.ts";
import * as TenantStorePg from "./TenantStorePg.ts";
import * as TileStorePg from "./TileStorePg.ts";
import * as UnitOfWorkPg from "./UnitOfWorkPg.ts";
import * as UserAccountStorePg from "./UserAccountStorePg.ts";
import * as WakeUpsPg from "./WakeUpsPg.ts";

/** Every store of ZMOS, and the unit of work they share, on the database of one `SqlClient`. */
export const layer = Layer.mergeAll(
  UnitOfWorkPg.layer,
  EventLogPg.layer,
  IdempotencyKeysPg.layer,
  WakeUpsPg.layer,
  TenantStorePg.layer,
  LocationStorePg.layer,
  MemberStorePg.layer,
  CredentialStorePg.layer,
  UserAccountStorePg.layer,
  SessionTypeStorePg.layer,
  SessionInstanceStorePg.layer,
  RosterStorePg.layer,
  BookingPolicyStorePg.layer,
  RoomStorePg.layer,
  ScheduleStorePg.layer,
  ScheduledBlockStorePg.layer,
  CalendarFeedStorePg.layer,
  EntitlementStorePg.layer,
  JourneyStorePg.layer,
  EnrollmentStorePg.layer,
  FollowUpFlagStorePg.layer,
  MovementStorePg.layer,
  CalendarStorePg.layer,
  ScoringRulesStorePg.layer,
  PrescriptionProfilesPg.layer,
  ExcuseStorePg.layer,
  FormulaStorePg.layer,
  TileStorePg.layer,
  ChallengeStorePg.layer,
  ParticipantStorePg.layer,
  StandingStorePg.layer,
);
