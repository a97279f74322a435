import * as Context from "effect/Context";
import * as Layer from "effect/Layer";
import { EventLog } from "../kernel/EventLog.ts";
import { IdempotencyKeys } from "../kernel/IdempotencyKeys.ts";
import { IdSource } from "../kernel/IdSource.ts";
import { TimeZoneDatabase } from "../kernel/TimeZoneDatabase.ts";
import { UnitOfWork } from "../kernel/UnitOfWork.ts";
import { bindPorts } from "../kernel/UseCase.ts";
import { LocationStore, MemberStore, TenantStore } from "../platform/index.ts";
import { CalendarStore } from "./ports/CalendarStore.ts";
import { ExcuseStore } from "./ports/ExcuseStore.ts";
import { FormulaStore } from "./ports/FormulaStore.ts";
import { MovementStore } from "./ports/MovementStore.ts";
import { PrescriptionProfiles } from "./ports/PrescriptionProfiles.ts";
import { ScoringRulesStore } from "./ports/ScoringRulesStore.ts";
import { defineFormula } from "./usecases/DefineFormula.ts";
import { endExcuse } from "./usecases/EndExcuse.ts";
import { getAdherenceSummary } from "./usecases/GetAdherenceSummary.ts";
import { getFormula } from "./usecases/GetFormula.ts";
import { getMovementEvent } from "./usecases/GetMovementEvent.ts";
import { getStandings } from "./usecases/GetStandings.ts";
import { getStreak } from "./usecases/GetStreak.ts";
import { grantExcuse } from "./usecases/GrantExcuse.ts";
import { listExcuses } from "./usecases/ListExcuses.ts";
import { listFormulas } from "./usecases/ListFormulas.ts";
import { listMovementEvents } from "./usecases/ListMovementEvents.ts";
import { recordAttendance } from "./usecases/RecordAttendance.ts";
import { recordMovement } from "./usecases/RecordMovement.ts";
import { checkMovements, recordMovements } from "./usecases/RecordMovements.ts";
import { getScoringRules, setScoringRules } from "./usecases/SetScoringRules.ts";

const make = bindPorts(
  [
    CalendarStore,
    EventLog,
    ExcuseStore,
    FormulaStore,
    IdempotencyKeys,
    IdSource,
    LocationStore,
    MemberStore,
    MovementStore,
    PrescriptionProfiles,
    ScoringRulesStore,
    TenantStore,
    TimeZoneDatabase,
    UnitOfWork,
  ],
  {
    recordMovement,
    recordMovements,
    checkMovements,
    recordAttendance,
    getMovementEvent,
    listMovementEvents,
    grantExcuse,
    endExcuse,
    listExcuses,
    defineFormula,
    getFormula,
    listFormulas,
    setScoringRules,
    getScoringRules,
    getStreak,
    getAdherenceSummary,
    getStandings,
  },
);

/** The door to movement: facts in, streaks and scores out. */
export class PulseLoop extends Context.Service<PulseLoop>()("@zmos/core/pulseloop/PulseLoop", { make }) {
  static readonly layerNoDeps = Layer.effect(this, this.make);
}
