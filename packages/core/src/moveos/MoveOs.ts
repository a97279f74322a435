import * as Context from "effect/Context";
import * as Layer from "effect/Layer";
import { EventLog } from "../kernel/EventLog.ts";
import { IdempotencyKeys } from "../kernel/IdempotencyKeys.ts";
import { IdSource } from "../kernel/IdSource.ts";
import { UnitOfWork } from "../kernel/UnitOfWork.ts";
import { bindPorts } from "../kernel/UseCase.ts";
import { WakeUps } from "../kernel/WakeUps.ts";
import { LocationStore, MemberStore, Messaging, TenantStore, UserAccountStore } from "../platform/index.ts";
import { PulseLoop } from "../pulseloop/index.ts";
import { BookingPolicyStore } from "./ports/BookingPolicyStore.ts";
import { Eligibility } from "./ports/Eligibility.ts";
import { EntitlementStore } from "./ports/EntitlementStore.ts";
import { CalendarFeedFormat } from "./ports/CalendarFeedFormat.ts";
import { CalendarFeedStore } from "./ports/CalendarFeedStore.ts";
import { Payments } from "./ports/Payments.ts";
import { Recurrence } from "./ports/Recurrence.ts";
import { RoomStore } from "./ports/RoomStore.ts";
import { ScheduledBlockStore } from "./ports/ScheduledBlockStore.ts";
import { ScheduleStore } from "./ports/ScheduleStore.ts";
import { RosterStore } from "./ports/RosterStore.ts";
import { SessionInstanceStore } from "./ports/SessionInstanceStore.ts";
import { SessionTypeStore } from "./ports/SessionTypeStore.ts";
import { acceptOffer } from "./usecases/AcceptOffer.ts";
import { advanceRoster } from "./usecases/AdvanceRoster.ts";
import { cancelSession } from "./usecases/CancelSession.ts";
import { changeCapacity } from "./usecases/ChangeCapacity.ts";
import { completeSession } from "./usecases/CompleteSession.ts";
import { declineOffer } from "./usecases/DeclineOffer.ts";
import { getBookingPolicy } from "./usecases/GetBookingPolicy.ts";
import { getRoster } from "./usecases/GetRoster.ts";
import { getWaitlist } from "./usecases/GetWaitlist.ts";
import { joinWaitlist } from "./usecases/JoinWaitlist.ts";
import { leaveWaitlist } from "./usecases/LeaveWaitlist.ts";
import { markNoShow } from "./usecases/MarkNoShow.ts";
import { overrideBookingPolicy } from "./usecases/OverrideBookingPolicy.ts";
import { promoteFromWaitlist } from "./usecases/PromoteFromWaitlist.ts";
import { recordFeePaid } from "./usecases/RecordFeePaid.ts";
import { sendNotice } from "./usecases/SendNotice.ts";
import { setBookingPolicy } from "./usecases/SetBookingPolicy.ts";
import { settlePenalty } from "./usecases/SettlePenalty.ts";
import { undoCheckIn } from "./usecases/UndoCheckIn.ts";
import { undoNoShow } from "./usecases/UndoNoShow.ts";
import { walkIn } from "./usecases/WalkIn.ts";
import { RosterDesk } from "./usecases/desk/RosterDesk.ts";
import { bookSession } from "./usecases/BookSession.ts";
import { cancelBooking } from "./usecases/CancelBooking.ts";
import { checkIn } from "./usecases/CheckIn.ts";
import { createSessionType } from "./usecases/CreateSessionType.ts";
import { getBooking } from "./usecases/GetBooking.ts";
import { getSessionInstance } from "./usecases/GetSessionInstance.ts";
import { getSessionType } from "./usecases/GetSessionType.ts";
import { listBookings } from "./usecases/ListBookings.ts";
import { listSessionInstances } from "./usecases/ListSessionInstances.ts";
import { listSessionTypes } from "./usecases/ListSessionTypes.ts";
import { adjustCredits } from "./usecases/memberships/AdjustCredits.ts";
import { advanceMembership } from "./usecases/memberships/AdvanceMembership.ts";
import {
  blockMembership,
  cancelMembership,
  pauseMembership,
  renewMembership,
  resumeMembership,
  unblockMembership,
} from "./usecases/memberships/ChangeMembership.ts";
import { changeAccessPlan } from "./usecases/memberships/ChangeAccessPlan.ts";
import { createAccessPlan } from "./usecases/memberships/CreateAccessPlan.ts";
import { getAccessPlan } from "./usecases/memberships/GetAccessPlan.ts";
import { getMembership } from "./usecases/memberships/GetMembership.ts";
import { listAccessPlans } from "./usecases/memberships/ListAccessPlans.ts";
import { listLedgerEntries } from "./usecases/memberships/ListLedgerEntries.ts";
import { listMemberships } from "./usecases/memberships/ListMemberships.ts";
import { startMembership } from "./usecases/memberships/StartMembership.ts";
import { withdrawAccessPlan } from "./usecases/memberships/WithdrawAccessPlan.ts";
import { scheduleSession } from "./usecases/ScheduleSession.ts";
import { changeSchedule } from "./usecases/timetable/ChangeSchedule.ts";
import { changeSession } from "./usecases/timetable/ChangeSession.ts";
import { createRoom } from "./usecases/timetable/CreateRoom.ts";
import { createSchedule } from "./usecases/timetable/CreateSchedule.ts";
import { extendSchedules } from "./usecases/timetable/ExtendSchedules.ts";
import { getRoom } from "./usecases/timetable/GetRoom.ts";
import { getSchedule } from "./usecases/timetable/GetSchedule.ts";
import { issueCalendarFeed } from "./usecases/timetable/IssueCalendarFeed.ts";
import { listCalendarFeeds } from "./usecases/timetable/ListCalendarFeeds.ts";
import { listRooms } from "./usecases/timetable/ListRooms.ts";
import { listScheduledBlocks } from "./usecases/timetable/ListScheduledBlocks.ts";
import { listSchedules } from "./usecases/timetable/ListSchedules.ts";
import { previewSchedule } from "./usecases/timetable/PreviewSchedule.ts";
import { readCalendarFeed } from "./usecases/timetable/ReadCalendarFeed.ts";
import { revokeCalendarFeed } from "./usecases/timetable/RevokeCalendarFeed.ts";

const make = bindPorts(
  [
    BookingPolicyStore,
    Eligibility,
    EntitlementStore,
    EventLog,
    IdempotencyKeys,
    IdSource,
    LocationStore,
    MemberStore,
    Messaging,
    Payments,
    PulseLoop,
    RosterDesk,
    RosterStore,
    SessionInstanceStore,
    SessionTypeStore,
    TenantStore,
    CalendarFeedFormat,
    CalendarFeedStore,
    Recurrence,
    RoomStore,
    ScheduledBlockStore,
    ScheduleStore,
    UnitOfWork,
    UserAccountStore,
    WakeUps,
  ],
  {
    createSessionType,
    getSessionType,
    listSessionTypes,
    scheduleSession,
    getSessionInstance,
    listSessionInstances,
    changeSchedule,
    changeSession,
    createRoom,
    createSchedule,
    extendSchedules,
    getRoom,
    getSchedule,
    issueCalendarFeed,
    listCalendarFeeds,
    listRooms,
    listScheduledBlocks,
    listSchedules,
    previewSchedule,
    readCalendarFeed,
    revokeCalendarFeed,
    bookSession,
    cancelBooking,
    checkIn,
    getBooking,
    listBookings,
    acceptOffer,
    advanceRoster,
    cancelSession,
    changeCapacity,
    completeSession,
    declineOffer,
    getBookingPolicy,
    getRoster,
    getWaitlist,
    joinWaitlist,
    leaveWaitlist,
    markNoShow,
    overrideBookingPolicy,
    promoteFromWaitlist,
    recordFeePaid,
    sendNotice,
    setBookingPolicy,
    settlePenalty,
    undoCheckIn,
    undoNoShow,
    walkIn,
    createAccessPlan,
    getAccessPlan,
    listAccessPlans,
    changeAccessPlan,
    withdrawAccessPlan,
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
    advanceMembership,
  },
);

/** The door to sessions and bookings: what is on, who comes, who came. */
export class MoveOs extends Context.Service<MoveOs>()("@zmos/core/moveos/MoveOs", { make }) {
  static readonly layerNoDeps = Layer.effect(this, this.make).pipe(Layer.provide(RosterDesk.layerNoDeps));
}
