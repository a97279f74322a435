/** The kit for people who property-test: arbitraries, laws, references, the simulator, vectors, and the law-suite for stores. */
export * as Challenges from "./arbitraries/Challenges.ts";
export * as Histories from "./arbitraries/Histories.ts";
export * as Instants from "./arbitraries/Instants.ts";
export * as Rules from "./arbitraries/Rules.ts";
export { type Clause, ContractBroken } from "./contracts/Clause.ts";
export { factsTogether } from "./contracts/FactsTogether.ts";
export { type Arrival, incrementalIsBatch } from "./contracts/IncrementalIsBatch.ts";
export { type ChallengeArrival, standingsAreBatch } from "./contracts/StandingsAreBatch.ts";
export { rebuildMends } from "./contracts/RebuildMends.ts";
export { storeContracts, type StorePorts } from "./contracts/StoreContracts.ts";
export * as CalculatorLaws from "./laws/CalculatorLaws.ts";
export * as FormulaLaws from "./laws/FormulaLaws.ts";
export type { CheckOptions, Verdict } from "./laws/Verdict.ts";
export { liveFacts } from "./reference/LiveFacts.ts";
export * as ReferenceFormulas from "./reference/ReferenceFormulas.ts";
export * as ReferenceStreak from "./reference/ReferenceStreak.ts";
export * as GymSimulator from "./simulator/GymSimulator.ts";
export * as Vectors from "./Vectors.ts";
