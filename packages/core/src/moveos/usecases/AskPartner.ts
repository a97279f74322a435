import * as Effect from "effect/Effect";
import type { MemberId, SessionInstanceId, TenantId } from "../../kernel/Ids.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { Eligibility } from "../ports/Eligibility.ts";
import { visitOf } from "./VisitOf.ts";

/**
 * What a partner says of a member who would come, where one answers for the tenant's members: it may be far away, so it is asked before any roster is
 * locked. **Errors** `NotFound`.
 */
export const askPartner = Effect.fnUntraced(function* (
  tenantId: TenantId,
  memberId: MemberId,
  sessionInstanceId: SessionInstanceId,
) {
  const eligibility = yield* Eligibility;
  if (!(yield* eligibility.concerns(tenantId))) return undefined;
  const units = yield* UnitOfWork;
  const visit = yield* units.read(tenantId, visitOf(tenantId, memberId, sessionInstanceId));
  return yield* eligibility.check(visit);
});
