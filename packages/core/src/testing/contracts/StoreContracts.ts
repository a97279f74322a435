/** The law-suite for stores: run every clause against an adapter, and it has proved itself. */
import type * as Layer from "effect/Layer";
import type * as Memory from "../../memory/index.ts";
import { enrollmentStoreContract, followUpFlagStoreContract, journeyStoreContract } from "./CarePathContract.ts";
import { challengeStoreContract, participantStoreContract, standingStoreContract } from "./ChallengeContract.ts";
import type { Clause } from "./Clause.ts";
import { deskContract } from "./DeskContract.ts";
import { entitlementStoreContract } from "./EntitlementContract.ts";
import { everyStoreContract } from "./EveryStoreContract.ts";
import { eventLogContract, idempotencyKeysContract } from "./KernelContract.ts";
import { rosterStoreContract, sessionInstanceStoreContract, sessionTypeStoreContract } from "./MoveOsContract.ts";
import {
  credentialStoreContract,
  locationStoreContract,
  memberStoreContract,
  tenantStoreContract,
} from "./PlatformContract.ts";
import {
  calendarStoreContract,
  movementStoreContract,
  prescriptionProfilesContract,
  scoringRulesStoreContract,
} from "./PulseLoopContract.ts";
import {
  excuseStoreContract,
  formulaStoreContract,
  standingMovementsContract,
  tileStoreContract,
} from "./ScoresContract.ts";
import {
  calendarFeedStoreContract,
  roomStoreContract,
  scheduledBlockStoreContract,
  scheduleStoreContract,
  timetableContract,
  userAccountStoreContract,
} from "./TimetableContract.ts";
import { unitOfWorkContract } from "./UnitOfWorkContract.ts";
import { wakeUpsContract } from "./WakeUpContract.ts";

/** Every store, and where identifiers come from. */
export type StorePorts = Layer.Success<typeof Memory.layer>;

/** Every promise that ZMOS relies on. */
export const storeContracts: ReadonlyArray<Clause<StorePorts>> = [
  ...unitOfWorkContract,
  ...everyStoreContract,
  ...eventLogContract,
  ...idempotencyKeysContract,
  ...wakeUpsContract,
  ...tenantStoreContract,
  ...locationStoreContract,
  ...memberStoreContract,
  ...credentialStoreContract,
  ...movementStoreContract,
  ...calendarStoreContract,
  ...scoringRulesStoreContract,
  ...prescriptionProfilesContract,
  ...excuseStoreContract,
  ...formulaStoreContract,
  ...tileStoreContract,
  ...standingMovementsContract,
  ...challengeStoreContract,
  ...participantStoreContract,
  ...standingStoreContract,
  ...sessionTypeStoreContract,
  ...sessionInstanceStoreContract,
  ...timetableContract,
  ...userAccountStoreContract,
  ...roomStoreContract,
  ...scheduleStoreContract,
  ...scheduledBlockStoreContract,
  ...calendarFeedStoreContract,
  ...rosterStoreContract,
  ...entitlementStoreContract,
  ...deskContract,
  ...journeyStoreContract,
  ...enrollmentStoreContract,
  ...followUpFlagStoreContract,
];
