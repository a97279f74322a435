/** Which use case answers which endpoint. */
import { CarePath, MoveOs, Platform, type Principal, PulseLoop } from "@zmos/core";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type * as HttpApi from "effect/http-api/HttpApi";
import type * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import type * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import type { Api } from "./api/Api.ts";
import { SignIn } from "./auth/SignIn.ts";
import { RouteNotFound } from "./DoorErrors.ts";
import type { ProblemTag, ProblemType } from "./Problem.ts";

type GroupsOf<A> = A extends HttpApi.HttpApi<infer _Id, infer Groups> ? Groups : never;

type Part<S extends { readonly Type: unknown }> = [S] extends [never] ? object : S["Type"];

/** Path parameters, query and body together. */
type CommandOf<E extends HttpApiEndpoint.ConstraintRequest> = Part<E["~Params"]> &
  Part<E["~Query"]> &
  Part<E["~Payload"]>;

/** The errors whose problems the contract declares for an endpoint. */
type DeclaredTag<E extends HttpApiEndpoint.ConstraintRequest> = {
  [Tag in ProblemTag]: ProblemType<Tag> extends (E["~Error"]["Type"] & { readonly type: unknown })["type"]
    ? Tag
    : never;
}[ProblemTag];

/** An error that is in no table, or not declared for its endpoint, does not fit here. */
type HandlersOf<E extends HttpApiEndpoint.ConstraintRequest> = {
  readonly [Endpoint in E as Endpoint["identifier"]]: (
    command: CommandOf<Endpoint>,
  ) => Effect.Effect<Endpoint["~Success"]["Type"], { readonly _tag: DeclaredTag<Endpoint> }, Principal>;
};

/** One handler for each endpoint of the contract, by its identifier. */
export type Handlers = HandlersOf<
  Extract<HttpApiGroup.Endpoints<GroupsOf<typeof Api>>, HttpApiEndpoint.ConstraintRequest>
>;

/** The doors a handler goes through. */
export type Doors = CarePath | MoveOs | Platform | PulseLoop;

/** Every endpoint's handler: for nearly all of them, the use case itself. */
export const handlers: Effect.Effect<Handlers, never, Doors> = Effect.gen(function* () {
  const platform = yield* Platform;
  const pulseLoop = yield* PulseLoop;
  const moveOs = yield* MoveOs;
  const carePath = yield* CarePath;
  const signIn = yield* Effect.serviceOption(SignIn);
  return {
    getTenant: platform.getTenant,
    listAuditEntries: platform.listAuditEntries,
    revokeTokens: platform.revokeTokens,
    createLocation: platform.createLocation,
    listLocations: platform.listLocations,
    getLocation: platform.getLocation,
    createSessionType: moveOs.createSessionType,
    listSessionTypes: moveOs.listSessionTypes,
    getSessionType: moveOs.getSessionType,
    scheduleSession: moveOs.scheduleSession,
    listSessionInstances: moveOs.listSessionInstances,
    getSessionInstance: moveOs.getSessionInstance,
    changeSession: moveOs.changeSession,
    createRoom: moveOs.createRoom,
    listRooms: moveOs.listRooms,
    getRoom: moveOs.getRoom,
    createUserAccount: platform.createUserAccount,
    listUserAccounts: platform.listUserAccounts,
    getUserAccount: platform.getUserAccount,
    deactivateUserAccount: platform.deactivateUserAccount,
    createSchedule: moveOs.createSchedule,
    previewSchedule: moveOs.previewSchedule,
    extendSchedules: moveOs.extendSchedules,
    listSchedules: moveOs.listSchedules,
    getSchedule: moveOs.getSchedule,
    changeSchedule: moveOs.changeSchedule,
    listScheduledBlocks: moveOs.listScheduledBlocks,
    issueCalendarFeed: moveOs.issueCalendarFeed,
    listCalendarFeeds: moveOs.listCalendarFeeds,
    revokeCalendarFeed: moveOs.revokeCalendarFeed,
    registerMember: platform.registerMember,
    declareConstraints: platform.declareConstraints,
    listMembers: platform.listMembers,
    getMember: platform.getMember,
    getStreak: pulseLoop.getStreak,
    getAdherenceSummary: pulseLoop.getAdherenceSummary,
    getMemberSummary: carePath.getMemberSummary,
    bookSession: moveOs.bookSession,
    listBookings: moveOs.listBookings,
    getBooking: moveOs.getBooking,
    checkIn: moveOs.checkIn,
    cancelBooking: moveOs.cancelBooking,
    getRoster: moveOs.getRoster,
    walkIn: moveOs.walkIn,
    changeCapacity: moveOs.changeCapacity,
    cancelSession: moveOs.cancelSession,
    completeSession: moveOs.completeSession,
    getWaitlist: moveOs.getWaitlist,
    joinWaitlist: moveOs.joinWaitlist,
    leaveWaitlist: moveOs.leaveWaitlist,
    acceptOffer: moveOs.acceptOffer,
    declineOffer: moveOs.declineOffer,
    promoteFromWaitlist: moveOs.promoteFromWaitlist,
    undoCheckIn: moveOs.undoCheckIn,
    markNoShow: moveOs.markNoShow,
    recordFeePaid: moveOs.recordFeePaid,
    undoNoShow: moveOs.undoNoShow,
    getBookingPolicy: moveOs.getBookingPolicy,
    setBookingPolicy: moveOs.setBookingPolicy,
    overrideBookingPolicy: moveOs.overrideBookingPolicy,
    createAccessPlan: moveOs.createAccessPlan,
    getAccessPlan: moveOs.getAccessPlan,
    listAccessPlans: moveOs.listAccessPlans,
    changeAccessPlan: moveOs.changeAccessPlan,
    withdrawAccessPlan: moveOs.withdrawAccessPlan,
    startMembership: moveOs.startMembership,
    getMembership: moveOs.getMembership,
    listMemberships: moveOs.listMemberships,
    listLedgerEntries: moveOs.listLedgerEntries,
    pauseMembership: moveOs.pauseMembership,
    resumeMembership: moveOs.resumeMembership,
    blockMembership: moveOs.blockMembership,
    unblockMembership: moveOs.unblockMembership,
    cancelMembership: moveOs.cancelMembership,
    renewMembership: moveOs.renewMembership,
    adjustCredits: moveOs.adjustCredits,
    recordMovement: (told) => ("events" in told ? pulseLoop.recordMovements(told) : pulseLoop.recordMovement(told)),
    listMovementEvents: pulseLoop.listMovementEvents,
    getMovementEvent: pulseLoop.getMovementEvent,
    grantExcuse: pulseLoop.grantExcuse,
    listExcuses: pulseLoop.listExcuses,
    endExcuse: pulseLoop.endExcuse,
    createTile: pulseLoop.createTile,
    listTiles: pulseLoop.listTiles,
    getTile: pulseLoop.getTile,
    assignTile: pulseLoop.assignTile,
    listAssignedTiles: pulseLoop.listAssignedTiles,
    listFormulas: pulseLoop.listFormulas,
    getFormula: pulseLoop.getFormula,
    defineFormula: pulseLoop.defineFormula,
    getScoringRules: pulseLoop.getScoringRules,
    setScoringRules: pulseLoop.setScoringRules,
    createChallenge: pulseLoop.createChallenge,
    getChallenge: pulseLoop.getChallenge,
    listChallenges: pulseLoop.listChallenges,
    joinChallenge: pulseLoop.joinChallenge,
    leaveChallenge: pulseLoop.leaveChallenge,
    showOnBoard: pulseLoop.showOnBoard,
    getChallengeProgress: pulseLoop.getChallengeProgress,
    getLeaderboard: pulseLoop.getLeaderboard,
    finaliseChallenge: pulseLoop.finaliseChallenge,
    listWouldChange: pulseLoop.listWouldChange,
    getStandings: pulseLoop.getStandings,
    checkMovements: pulseLoop.checkMovements,
    createJourney: carePath.createJourney,
    getJourney: carePath.getJourney,
    listJourneys: carePath.listJourneys,
    archiveJourney: carePath.archiveJourney,
    enrolMember: carePath.enrolMember,
    listEnrollments: carePath.listEnrollments,
    listMemberEnrollments: carePath.listMemberEnrollments,
    getEnrollmentSummary: carePath.getEnrollmentSummary,
    pauseEnrollment: carePath.pauseEnrollment,
    resumeEnrollment: carePath.resumeEnrollment,
    completeEnrollment: carePath.completeEnrollment,
    dropEnrollment: carePath.dropEnrollment,
    raiseFlag: carePath.raiseFlag,
    resolveFlag: carePath.resolveFlag,
    listFlags: carePath.listFlags,
    // A host that knows its people itself has no sign-in of ours.
    signIn: ({ token }) => (Option.isSome(signIn) ? signIn.value.exchange(token) : Effect.fail(new RouteNotFound())),
  };
});
