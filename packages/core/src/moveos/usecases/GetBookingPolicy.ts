import * as Schema from "effect/Schema";
import { SessionTypeId } from "../../kernel/Ids.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { BookingPolicy, defaultPolicy, PolicyOverride } from "../domain/BookingPolicy.ts";
import { BookingPolicyStore } from "../ports/BookingPolicyStore.ts";

export const GetBookingPolicy = Schema.Struct({}).annotate({ identifier: "GetBookingPolicy" });

/** **Shape** `isDefault`: the tenant has not set one. `overrides`: what kinds of session do otherwise. */
export const BookingPolicies = Schema.Struct({
  policy: BookingPolicy,
  isDefault: Schema.Boolean,
  overrides: Schema.Array(Schema.Struct({ sessionTypeId: SessionTypeId, override: PolicyOverride })),
}).annotate({ identifier: "BookingPolicies" });

/** The tenant's booking policy, and what kinds of session do otherwise. */
export const getBookingPolicy = UseCase.query(
  "GetBookingPolicy",
  { command: GetBookingPolicy, answer: BookingPolicies, first: () => authorize("session:read") },
  function* (_, { tenantId }) {
    const { tenant, overrides } = yield* BookingPolicyStore.use((policies) => policies.find(tenantId));
    return {
      policy: tenant ?? defaultPolicy,
      isDefault: tenant === undefined,
      overrides: [...overrides].map(([sessionTypeId, override]) => ({ sessionTypeId, override })),
    };
  },
);
