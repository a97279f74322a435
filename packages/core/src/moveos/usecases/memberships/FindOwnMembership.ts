import * as Effect from "effect/Effect";
import type { MembershipId } from "../../../kernel/Ids.ts";
import { Principal } from "../../../kernel/Principal.ts";
import { authorizeOwned } from "../../../platform/index.ts";
import { EntitlementStore } from "../../ports/EntitlementStore.ts";

/** A membership that the principal may see. **Errors** `NotFound` also, to a member, for one that is somebody else's; `NotPermitted`. */
export const findOwnMembership = Effect.fnUntraced(function* (membershipId: MembershipId) {
  const { tenantId } = yield* Principal;
  const membership = yield* EntitlementStore.use((store) => store.findMembership(tenantId, membershipId));
  yield* authorizeOwned("membership:read", {
    memberId: membership.memberId,
    entityType: "Membership",
    entityId: membershipId,
  });
  return membership;
});
