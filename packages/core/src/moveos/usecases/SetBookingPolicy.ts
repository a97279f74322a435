import { record } from "../../kernel/EventLog.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { BookingPolicy } from "../domain/BookingPolicy.ts";
import { BookingPolicyStore } from "../ports/BookingPolicyStore.ts";

/** Sets the policy under which the tenant's sessions are booked, from now on. What was decided before stays. */
export const setBookingPolicy = UseCase.command(
  "SetBookingPolicy",
  { command: BookingPolicy, answer: BookingPolicy, first: () => authorize("policy:manage") },
  function* (policy, { tenantId }) {
    yield* BookingPolicyStore.use((policies) => policies.keep(tenantId, policy));
    yield* record({ type: "BookingPolicySet", entityType: "BookingPolicy", entityId: tenantId, data: { policy } });
    return policy;
  },
);
