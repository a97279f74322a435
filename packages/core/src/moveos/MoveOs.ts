import * as Context from "effect/Context";
import * as Layer from "effect/Layer";
import { EventLog } from "../kernel/EventLog.ts";
import { IdempotencyKeys } from "../kernel/IdempotencyKeys.ts";
import { IdSource } from "../kernel/IdSource.ts";
import { UnitOfWork } from "../kernel/UnitOfWork.ts";
import { bindPorts } from "../kernel/UseCase.ts";
import { WakeUps } from "../kernel/WakeUps.ts";
import { LocationStore, MemberStore, TenantStore } from "../platform/index.ts";
import { PulseLoop } from "../pulseloop/index.ts";
import { Eligibility } from "./ports/Eligibility.ts";
import { EntitlementStore } from "./ports/EntitlementStore.ts";
import { RosterStore } from "./ports/RosterStore.ts";
import { SessionInstanceStore } from "./ports/SessionInstanceStore.ts";
import { SessionTypeStore } from "./ports/SessionTypeStore.ts";
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
import { createAccessPlan } from "./usecases/memberships/CreateAccessPlan.ts";
import { getAccessPlan } from "./usecases/memberships/GetAccessPlan.ts";
import { getMembership } from "./usecases/memberships/GetMembership.ts";
import { listAccessPlans } from "./usecases/memberships/ListAccessPlans.ts";
import { listLedgerEntries } from "./usecases/memberships/ListLedgerEntries.ts";
import { listMemberships } from "./usecases/memberships/ListMemberships.ts";
import { startMembership } from "./usecases/memberships/StartMembership.ts";
import { scheduleSession } from "./usecases/ScheduleSession.ts";

const make = bindPorts(
  [
    Eligibility,
    EntitlementStore,
    EventLog,
    IdempotencyKeys,
    IdSource,
    LocationStore,
    MemberStore,
    PulseLoop,
    RosterStore,
    SessionInstanceStore,
    SessionTypeStore,
    TenantStore,
    UnitOfWork,
    WakeUps,
  ],
  {
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
    advanceMembership,
  },
);

/** The door to sessions and bookings: what is on, who comes, who came. */
export class MoveOs extends Context.Service<MoveOs>()("@zmos/core/moveos/MoveOs", { make }) {
  static readonly layerNoDeps = Layer.effect(this, this.make);
}
