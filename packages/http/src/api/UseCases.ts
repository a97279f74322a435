import {
  type AdherenceExplanation,
  CarePath,
  type CivilDate,
  type Formula,
  MoveOs,
  Platform,
  PulseLoop,
  type Roster,
  type Streak,
  type StreakRuleJson,
} from "@zmos/core";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";

/** A door bound to no port: nothing can be done through it, but what it can be asked, and what it answers, is there to read. */
const declared = <Door, R>(door: Effect.Effect<Door, never, R>): Door =>
  Effect.runSync(Effect.provideContext(door, Context.empty() as Context.Context<R>));

/** What the doors can be asked, as declared: the contract takes its schemas from here, and states none of its own. */
export const {
  getTenant,
  createLocation,
  getLocation,
  listLocations,
  registerMember,
  getMember,
  listMembers,
  listAuditEntries,
  revokeTokens,
} = declared(Platform.make);

export const {
  recordMovement,
  recordMovements,
  checkMovements,
  getMovementEvent,
  listMovementEvents,
  grantExcuse,
  endExcuse,
  listExcuses,
  createTile,
  getTile,
  listTiles,
  assignTile,
  listAssignedTiles,
  createChallenge,
  getChallenge,
  listChallenges,
  joinChallenge,
  leaveChallenge,
  showOnBoard,
  getChallengeProgress,
  getLeaderboard,
  finaliseChallenge,
  listWouldChange,
  defineFormula,
  getFormula,
  listFormulas,
  getStreak,
  getAdherenceSummary,
  getScoringRules,
  setScoringRules,
  getStandings,
} = declared(PulseLoop.make);

export const {
  createSessionType,
  getSessionType,
  listSessionTypes,
  scheduleSession,
  getSessionInstance,
  listSessionInstances,
  bookSession,
  cancelBooking,
  checkIn,
  getBooking,
  listBookings,
  createAccessPlan,
  getAccessPlan,
  listAccessPlans,
  startMembership,
  getMembership,
  listMemberships,
  pauseMembership,
  resumeMembership,
  blockMembership,
  unblockMembership,
  cancelMembership,
  renewMembership,
  adjustCredits,
  listLedgerEntries,
} = declared(MoveOs.make);

export const {
  createJourney,
  getJourney,
  listJourneys,
  archiveJourney,
  enrolMember,
  listEnrollments,
  listMemberEnrollments,
  getEnrollmentSummary,
  pauseEnrollment,
  resumeEnrollment,
  completeEnrollment,
  dropEnrollment,
  raiseFlag,
  resolveFlag,
  listFlags,
  getMemberSummary,
} = declared(CarePath.make);

/** Named here so that the declarations of this package can name them too. */
export type { AdherenceExplanation, CivilDate, Formula, Roster, Streak, StreakRuleJson };
