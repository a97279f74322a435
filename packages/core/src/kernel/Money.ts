import * as Schema from "effect/Schema";

/**
 * An amount of money. **Units** `minorUnits`: the currency's smallest unit (cents), whole. **Source** ISO 4217 for `currency`.
 */
export const Money = Schema.Struct({
  minorUnits: Schema.Int,
  currency: Schema.String.check(Schema.isPattern(/^[A-Z]{3}$/, { expected: "an ISO 4217 currency code, like KES" })),
}).annotate({ identifier: "Money" });
export type Money = typeof Money.Type;
