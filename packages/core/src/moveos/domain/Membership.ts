import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { AccessPlanId, MemberId, MembershipId, TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";

/** A member's subscription to an access plan. **Units** `startDate`, `endDate`: civil days, both included. */
export const Membership = Schema.Struct({
  id: MembershipId,
  tenantId: TenantId,
  memberId: MemberId,
  accessPlanId: AccessPlanId,
  status: Schema.Literals(["active", "paused", "cancelled", "expired"]),
  startDate: CivilDateFromString,
  endDate: Schema.optionalKey(CivilDateFromString),
  source: Schema.Literals(["direct", "corporate", "payer", "promo"]),
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "Membership" });
export type Membership = typeof Membership.Type;
