import * as Effect from "effect/Effect";
import type { MemberId, SessionInstanceId, TenantId } from "../../kernel/Ids.ts";
import { MemberStore } from "../../platform/index.ts";
import type { Visit } from "../ports/Eligibility.ts";
import { SessionInstanceStore } from "../ports/SessionInstanceStore.ts";

/** The visit that a member would pay to a session, as those who cover it need to know it. **Errors** `NotFound`. */
export const visitOf = Effect.fnUntraced(function* (
  tenantId: TenantId,
  memberId: MemberId,
  sessionInstanceId: SessionInstanceId,
) {
  const member = yield* MemberStore.use((members) => members.find(tenantId, memberId));
  const session = yield* SessionInstanceStore.use((sessions) => sessions.find(tenantId, sessionInstanceId));
  const visit: Visit = {
    tenantId,
    memberId,
    sessionTypeId: session.sessionTypeId,
    locationId: session.locationId,
    startTime: session.startTime,
    ...(member.externalPartyId !== undefined && { externalPartyId: member.externalPartyId }),
  };
  return visit;
});
