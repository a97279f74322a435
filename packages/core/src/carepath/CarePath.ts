import * as Context from "effect/Context";
import * as Layer from "effect/Layer";
import { EventLog } from "../kernel/EventLog.ts";
import { IdempotencyKeys } from "../kernel/IdempotencyKeys.ts";
import { IdSource } from "../kernel/IdSource.ts";
import { UnitOfWork } from "../kernel/UnitOfWork.ts";
import { bindPorts } from "../kernel/UseCase.ts";
import { MemberStore, TenantStore } from "../platform/index.ts";
import { RosterStore } from "../moveos/index.ts";
import {
  CalendarStore,
  ExcuseStore,
  ParticipantStore,
  PrescriptionProfiles,
  PulseLoop,
  ScoringRulesStore,
  TileStore,
} from "../pulseloop/index.ts";
import { EnrollmentStore } from "./ports/EnrollmentStore.ts";
import { FollowUpFlagStore } from "./ports/FollowUpFlagStore.ts";
import { JourneyStore } from "./ports/JourneyStore.ts";
import { archiveJourney } from "./usecases/ArchiveJourney.ts";
import { completeEnrollment, dropEnrollment, pauseEnrollment, resumeEnrollment } from "./usecases/ChangeEnrollment.ts";
import { createJourney } from "./usecases/CreateJourney.ts";
import { enrolMember } from "./usecases/EnrolMember.ts";
import { getEnrollmentSummary } from "./usecases/GetEnrollmentSummary.ts";
import { getMemberSummary } from "./usecases/GetMemberSummary.ts";
import { getJourney } from "./usecases/GetJourney.ts";
import { listEnrollments } from "./usecases/ListEnrollments.ts";
import { listFlags } from "./usecases/ListFlags.ts";
import { listJourneys } from "./usecases/ListJourneys.ts";
import { listMemberEnrollments } from "./usecases/ListMemberEnrollments.ts";
import { raiseFlag } from "./usecases/RaiseFlag.ts";
import { resolveFlag } from "./usecases/ResolveFlag.ts";

const make = bindPorts(
  [
    CalendarStore,
    EnrollmentStore,
    EventLog,
    ExcuseStore,
    FollowUpFlagStore,
    IdempotencyKeys,
    IdSource,
    JourneyStore,
    MemberStore,
    ParticipantStore,
    PrescriptionProfiles,
    PulseLoop,
    RosterStore,
    ScoringRulesStore,
    TenantStore,
    TileStore,
    UnitOfWork,
  ],
  {
    createJourney,
    getJourney,
    listJourneys,
    archiveJourney,
    enrolMember,
    listEnrollments,
    listMemberEnrollments,
    getMemberSummary,
    getEnrollmentSummary,
    pauseEnrollment,
    resumeEnrollment,
    completeEnrollment,
    dropEnrollment,
    raiseFlag,
    resolveFlag,
    listFlags,
  },
);

/** The door to journeys: programmes of movement, who is on them, how it goes, who needs looking after; and a member at a glance. */
export class CarePath extends Context.Service<CarePath>()("@zmos/core/carepath/CarePath", { make }) {
  static readonly layerNoDeps = Layer.effect(this, this.make);
}
