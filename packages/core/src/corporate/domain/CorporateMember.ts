import * as Schema from "effect/Schema";
import { CorporateAccountId, CorporateMemberId, MemberId, TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";

/** A member whom a corporate account covers, over a period. */
export const CorporateMember = Schema.Struct({
  id: CorporateMemberId,
  tenantId: TenantId,
  corporateAccountId: CorporateAccountId,
  memberId: MemberId,
  status: Schema.Literals(["active", "suspended", "ended"]),
  startedAt: InstantFromString,
  endedAt: Schema.optionalKey(InstantFromString),
}).annotate({ identifier: "CorporateMember" });
export type CorporateMember = typeof CorporateMember.Type;
