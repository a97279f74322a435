import * as Effect from "effect/Effect";
import type { MembershipId } from "../../../kernel/Ids.ts";
import { now } from "../../../kernel/Instant.ts";
import { Principal } from "../../../kernel/Principal.ts";
import { daysAround } from "../../domain/Entitlement.ts";
import { EntitlementStore } from "../../ports/EntitlementStore.ts";
import { RosterStore } from "../../ports/RosterStore.ts";
import { bringUpToDate } from "./BringUpToDate.ts";
import { memberDay } from "./MemberDay.ts";

/**
 * A membership to be changed, brought up to date: whoever decides about its member's bookings comes before this unit or after it.
 *
 * **Errors** `NotFound`.
 */
export const lockHeld = Effect.fnUntraced(function* (membershipId: MembershipId) {
  const { tenantId } = yield* Principal;
  const store = yield* EntitlementStore;
  const { memberId } = yield* store.findMembership(tenantId, membershipId);
  const at = yield* now;
  yield* RosterStore.use((rosters) => rosters.lockMembers([{ tenantId, memberId }], at));
  const day = yield* Effect.orDie(memberDay(tenantId, memberId));
  const { today, weekStart } = day;
  const held = yield* store.held(tenantId, membershipId, { today, ...daysAround(today, weekStart) });
  return { held: yield* bringUpToDate(held, today), day };
});
