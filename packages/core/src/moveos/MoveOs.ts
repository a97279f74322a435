import * as Context from "effect/Context";
import * as Layer from "effect/Layer";
import { EventLog } from "../kernel/EventLog.ts";
import { IdempotencyKeys } from "../kernel/IdempotencyKeys.ts";
import { IdSource } from "../kernel/IdSource.ts";
import { UnitOfWork } from "../kernel/UnitOfWork.ts";
import { bindPorts } from "../kernel/UseCase.ts";
import { LocationStore, MemberStore, TenantStore } from "../platform/index.ts";
import { PulseLoop } from "../pulseloop/index.ts";
import { Eligibility } from "./ports/Eligibility.ts";
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
import { scheduleSession } from "./usecases/ScheduleSession.ts";

const make = bindPorts(
  [
    Eligibility,
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
  },
);

/** The door to sessions and bookings: what is on, who comes, who came. */
export class MoveOs extends Context.Service<MoveOs>()("@zmos/core/moveos/MoveOs", { make }) {
  static readonly layerNoDeps = Layer.effect(this, this.make);
}
