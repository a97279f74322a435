/** Every port in memory: for tests, simulations, and hosts that keep nothing. */
import * as Layer from "effect/Layer";
import { IdSource } from "../kernel/IdSource.ts";
import * as CarePathMemory from "./CarePathMemory.ts";
import * as ChallengeMemory from "./ChallengeMemory.ts";
import * as EntitlementMemory from "./EntitlementMemory.ts";
import * as KernelMemory from "./KernelMemory.ts";
import { MemoryDatabase, unitOfWork } from "./MemoryDatabase.ts";
import * as MoveOsMemory from "./MoveOsMemory.ts";
import * as PlatformMemory from "./PlatformMemory.ts";
import * as PulseLoopMemory from "./PulseLoopMemory.ts";
import * as ScoresMemory from "./ScoresMemory.ts";
import * as TimetableMemory from "./TimetableMemory.ts";

/** Every store, over one memory. A new one each time it is built. */
export const layer = Layer.mergeAll(
  unitOfWork,
  KernelMemory.layer,
  PlatformMemory.layer,
  PulseLoopMemory.layer,
  ChallengeMemory.layer,
  ScoresMemory.layer,
  Layer.provideMerge(TimetableMemory.layer, MoveOsMemory.layer).pipe(Layer.provide(PlatformMemory.layer)),
  EntitlementMemory.layer,
  CarePathMemory.layer,
).pipe(Layer.provide(MemoryDatabase.layer), Layer.merge(IdSource.layer));
