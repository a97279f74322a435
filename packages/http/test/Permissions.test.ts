import type { Role } from "@zmos/core";
import { describe, expect, it } from "vitest";
import { operationsOf, readDocument, send } from "./support/Operations.ts";
import { startApp } from "./support/TestApp.ts";

const everybody: ReadonlyArray<Role> = ["owner", "manager", "coach", "front_desk", "member"];
const staff: ReadonlyArray<Role> = ["owner", "manager", "coach", "front_desk"];

/** Who may do what; a member only to what is its own. An endpoint that is not here fails the test. */
const permitted: Readonly<Record<string, ReadonlyArray<Role>>> = {
  getTenant: staff,
  listAuditEntries: ["owner", "manager"],
  revokeTokens: ["owner"],
  createLocation: ["owner", "manager"],
  listLocations: everybody,
  getLocation: everybody,
  createSessionType: ["owner", "manager", "coach"],
  listSessionTypes: everybody,
  getSessionType: everybody,
  scheduleSession: ["owner", "manager", "coach"],
  listSessionInstances: everybody,
  getSessionInstance: everybody,
  changeSession: ["owner", "manager", "coach"],
  createRoom: ["owner", "manager"],
  listRooms: everybody,
  getRoom: everybody,
  createUserAccount: ["owner", "manager"],
  listUserAccounts: ["owner", "manager"],
  getUserAccount: ["owner", "manager"],
  deactivateUserAccount: ["owner", "manager"],
  createSchedule: ["owner", "manager", "coach"],
  previewSchedule: ["owner", "manager", "coach"],
  extendSchedules: ["owner", "manager", "coach"],
  listSchedules: everybody,
  getSchedule: everybody,
  changeSchedule: ["owner", "manager", "coach"],
  listScheduledBlocks: everybody,
  issueCalendarFeed: everybody,
  listCalendarFeeds: everybody,
  revokeCalendarFeed: everybody,
  registerMember: ["owner", "manager", "front_desk"],
  listMembers: staff,
  getMember: everybody,
  declareConstraints: ["owner", "manager", "front_desk", "member"],
  getStreak: everybody,
  getAdherenceSummary: everybody,
  getMemberSummary: everybody,
  bookSession: everybody,
  listBookings: everybody,
  getBooking: everybody,
  checkIn: staff,
  cancelBooking: everybody,
  undoCheckIn: staff,
  markNoShow: staff,
  recordFeePaid: ["owner", "manager", "front_desk"],
  undoNoShow: staff,
  getRoster: staff,
  walkIn: staff,
  changeCapacity: ["owner", "manager", "coach"],
  cancelSession: ["owner", "manager", "coach"],
  completeSession: ["owner", "manager", "coach"],
  getWaitlist: staff,
  joinWaitlist: everybody,
  leaveWaitlist: everybody,
  acceptOffer: everybody,
  declineOffer: everybody,
  promoteFromWaitlist: ["owner", "manager", "front_desk"],
  getBookingPolicy: everybody,
  setBookingPolicy: ["owner", "manager"],
  overrideBookingPolicy: ["owner", "manager"],
  createAccessPlan: ["owner", "manager"],
  changeAccessPlan: ["owner", "manager"],
  withdrawAccessPlan: ["owner", "manager"],
  getAccessPlan: everybody,
  listAccessPlans: everybody,
  startMembership: ["owner", "manager", "front_desk"],
  getMembership: everybody,
  listMemberships: everybody,
  listLedgerEntries: everybody,
  pauseMembership: ["owner", "manager", "front_desk"],
  resumeMembership: ["owner", "manager", "front_desk"],
  blockMembership: ["owner", "manager", "front_desk"],
  unblockMembership: ["owner", "manager", "front_desk"],
  cancelMembership: ["owner", "manager", "front_desk"],
  renewMembership: ["owner", "manager", "front_desk"],
  adjustCredits: ["owner", "manager", "front_desk"],
  recordMovement: everybody,
  listMovementEvents: everybody,
  getMovementEvent: everybody,
  checkMovements: everybody,
  grantExcuse: staff,
  listExcuses: everybody,
  endExcuse: staff,
  createTile: ["owner", "manager", "coach"],
  listTiles: everybody,
  getTile: everybody,
  assignTile: staff,
  listAssignedTiles: everybody,
  listFormulas: everybody,
  getFormula: everybody,
  defineFormula: ["owner"],
  getScoringRules: everybody,
  setScoringRules: ["owner"],
  getStandings: staff,
  createChallenge: ["owner", "manager", "coach"],
  getChallenge: everybody,
  listChallenges: everybody,
  joinChallenge: ["owner", "manager", "front_desk", "coach", "member"],
  leaveChallenge: ["owner", "manager", "front_desk", "coach", "member"],
  showOnBoard: ["owner", "manager", "front_desk", "coach", "member"],
  getChallengeProgress: everybody,
  getLeaderboard: everybody,
  finaliseChallenge: ["owner", "manager", "coach"],
  listWouldChange: ["owner", "manager", "coach"],
  createJourney: ["owner", "manager", "coach"],
  getJourney: everybody,
  listJourneys: everybody,
  archiveJourney: ["owner", "manager", "coach"],
  enrolMember: everybody,
  listEnrollments: staff,
  listMemberEnrollments: everybody,
  getEnrollmentSummary: everybody,
  pauseEnrollment: ["owner", "manager", "coach"],
  resumeEnrollment: ["owner", "manager", "coach"],
  completeEnrollment: ["owner", "manager", "coach"],
  dropEnrollment: everybody,
  raiseFlag: ["owner", "manager", "coach"],
  resolveFlag: ["owner", "manager", "coach"],
  listFlags: ["owner", "manager", "coach"],
};

const app = await startApp();
const operations = operationsOf(await readDocument(app)).filter(({ name }) => name !== "signIn");

describe("who may do what", () => {
  it("is decided for every endpoint of the contract", () => {
    expect(operations.map(({ name }) => name).toSorted()).toEqual(Object.keys(permitted).toSorted());
  });

  it.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    "%s",
    async (_, operation) => {
      const { ids, tenantId } = await app.openTenant("Matrix");
      const outcomes: Record<string, string> = {};
      for (const role of everybody) {
        const token = await app.tokenOf(tenantId, role === "member" ? ids.memberId : `${role}-1`, role);
        // By hand: what an import says, only staff may tell.
        const { status } = await send(
          app,
          operation,
          { ...ids, source: "manual", externalId: `fact-${role}` },
          { token },
        );
        outcomes[role] =
          status === 403 ? "refused" : status < 500 && status !== 401 ? "permitted" : `failed: ${status}`;
      }
      const may = permitted[operation.name] ?? [];
      expect(outcomes).toEqual(
        Object.fromEntries(everybody.map((role) => [role, may.includes(role) ? "permitted" : "refused"])),
      );
    },
  );

  it("nothing without a token", async () => {
    const { ids } = await app.openTenant("Nobody");
    for (const operation of operations) {
      expect((await send(app, operation, ids, {})).status).toBe(401);
    }
  });

  it("a member tells nothing in the name of an import or a partner", async () => {
    const { ids, member } = await app.openTenant("Import");
    for (const source of ["import", "partner"]) {
      const refused = await app.ask("POST", "/v1/movement-events", {
        token: member,
        body: { memberId: ids.memberId, type: "other", occurredAt: "2026-01-01", source },
      });
      expect(refused.status).toBe(403);
    }
  });
});
