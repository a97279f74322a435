/** The kit for people who property-test: arbitraries, laws, reference implementations, and the law-suite for stores. */
export * as Histories from "./arbitraries/Histories.ts";
export { type Clause, ContractBroken } from "./contracts/Clause.ts";
export { type Arrival, incrementalIsBatch } from "./contracts/IncrementalIsBatch.ts";
export { storeContracts, type StorePorts } from "./contracts/StoreContracts.ts";
export { liveFacts } from "./reference/LiveFacts.ts";
