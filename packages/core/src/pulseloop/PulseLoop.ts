import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { EventLog } from "../kernel/EventLog.ts";
import { IdempotencyKeys } from "../kernel/IdempotencyKeys.ts";
import { IdSource } from "../kernel/IdSource.ts";
import { TimeZoneDatabase } from "../kernel/TimeZoneDatabase.ts";
import { UnitOfWork } from "../kernel/UnitOfWork.ts";
import { bindPorts, type BoundAll } from "../kernel/UseCase.ts";
import { LocationStore, MemberStore, TenantStore } from "../platform/index.ts";
import { CalendarStore } from "./ports/CalendarStore.ts";
import { ChallengeStore } from "./ports/ChallengeStore.ts";
import { ExcuseStore } from "./ports/ExcuseStore.ts";
import { FormulaStore } from "./ports/FormulaStore.ts";
import { MovementStore } from "./ports/MovementStore.ts";
import { ParticipantStore } from "./ports/ParticipantStore.ts";
import { PrescriptionProfiles } from "./ports/PrescriptionProfiles.ts";
import { ScoringRulesStore } from "./ports/ScoringRulesStore.ts";
import { StandingStore } from "./ports/StandingStore.ts";
import { TileStore } from "./ports/TileStore.ts";
import { RecordingDesk } from "./usecases/RecordingDesk.ts";
import * as UseCases from "./usecases/index.ts";

const ports = [
  CalendarStore,
  ChallengeStore,
  EventLog,
  ExcuseStore,
  FormulaStore,
  IdempotencyKeys,
  IdSource,
  LocationStore,
  MemberStore,
  MovementStore,
  ParticipantStore,
  PrescriptionProfiles,
  RecordingDesk,
  ScoringRulesStore,
  StandingStore,
  TenantStore,
  TileStore,
  TimeZoneDatabase,
  UnitOfWork,
] as const;

/** Named, because spelled out with every schema it is longer than a declaration may be. */
interface Door extends BoundAll<typeof UseCases, Context.Service.Identifier<(typeof ports)[number]>> {}

const make: Effect.Effect<Door, never, Context.Service.Identifier<(typeof ports)[number]>> = bindPorts(ports, UseCases);

/** The door to movement: facts in, streaks and scores out. */
export class PulseLoop extends Context.Service<PulseLoop>()("@zmos/core/pulseloop/PulseLoop", { make }) {
  static readonly layerNoDeps = Layer.effect(this, this.make).pipe(Layer.provide(RecordingDesk.layerNoDeps));
}
