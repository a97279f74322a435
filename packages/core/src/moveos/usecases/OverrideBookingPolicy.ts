import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { SessionTypeId } from "../../kernel/Ids.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { PolicyOverride } from "../domain/BookingPolicy.ts";
import { BookingPolicyStore } from "../ports/BookingPolicyStore.ts";
import { SessionTypeStore } from "../ports/SessionTypeStore.ts";

export const OverrideBookingPolicy = Schema.Struct({
  sessionTypeId: SessionTypeId,
  override: PolicyOverride,
}).annotate({ identifier: "OverrideBookingPolicy" });

/** Says what one kind of session does otherwise than the tenant's policy; nothing, with an empty override. **Errors** `NotPermitted`, `NotFound`. */
export const overrideBookingPolicy = UseCase.command(
  "OverrideBookingPolicy",
  { command: OverrideBookingPolicy, answer: PolicyOverride, first: () => authorize("policy:manage") },
  function* ({ sessionTypeId, override }, { tenantId }) {
    yield* SessionTypeStore.use((types) => types.find(tenantId, sessionTypeId));
    yield* BookingPolicyStore.use((policies) => policies.keepOverride(tenantId, sessionTypeId, override));
    yield* record({
      type: "BookingPolicyOverridden",
      entityType: "SessionType",
      entityId: sessionTypeId,
      data: { override },
    });
    return override;
  },
);
