import * as Schema from "effect/Schema";
import { CorporateAccountId, TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Name } from "../../kernel/Text.ts";

/** An employer or organisation that buys movement for its people. */
export const CorporateAccount = Schema.Struct({
  id: CorporateAccountId,
  tenantId: TenantId,
  name: Name,
  contactPerson: Schema.optionalKey(Name),
  billingDetails: Schema.Record(Schema.String, Schema.Json),
  status: Schema.Literals(["active", "suspended", "ended"]),
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "CorporateAccount" });
export type CorporateAccount = typeof CorporateAccount.Type;
