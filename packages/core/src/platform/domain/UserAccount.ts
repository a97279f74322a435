import * as Schema from "effect/Schema";
import { TenantId, UserAccountId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Email, ExternalId, Name, PhoneNumber } from "../../kernel/Text.ts";

/** The roles staff may hold. A member is never staff. */
export const StaffRole = Schema.Literals(["owner", "manager", "coach", "front_desk"]);
export type StaffRole = typeof StaffRole.Type;

/** The login of somebody who works for a tenant. */
export const UserAccount = Schema.Struct({
  id: UserAccountId,
  tenantId: TenantId,
  firstName: Name,
  lastName: Name,
  email: Email,
  phone: Schema.optionalKey(PhoneNumber),
  role: StaffRole,
  isActive: Schema.Boolean,
  externalPartyId: Schema.optionalKey(ExternalId),
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "UserAccount" });
export type UserAccount = typeof UserAccount.Type;
