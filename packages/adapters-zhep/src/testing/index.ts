/** ZHEP for tests: a scripted fake partner behind a real HTTP server. For hosts that test what they build on the ZHEP adapters. */
export { type Asked, FakeZhep } from "./FakeZhep.ts";
export { CHARGE_LIMIT_MINOR_UNITS } from "./Ledger.ts";
export * as Step from "./Step.ts";
