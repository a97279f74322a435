import * as Effect from "effect/Effect";
import type { TenantId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { civilDateOf } from "../../kernel/ZoneRules.ts";
import { type Member, TenantStore } from "../../platform/index.ts";

/** The civil day it is now where a member lives, by the tenant's day start. */
export const todayOf = Effect.fnUntraced(function* (tenantId: TenantId, member: Member) {
  const tenant = yield* Effect.orDie(TenantStore.use((tenants) => tenants.find(tenantId)));
  return civilDateOf(member.timezone ?? tenant.timezone, yield* now, tenant.dayStartHours);
});
