import * as Effect from "effect/Effect";
import type { SessionInstanceId, TenantId } from "../../../kernel/Ids.ts";
import { NotFound } from "../../../kernel/NotFound.ts";
import { RosterStore } from "../../ports/RosterStore.ts";

/** A roster for who only looks. **Errors** `NotFound`. */
export const lookAtRoster = Effect.fnUntraced(function* (tenantId: TenantId, sessionInstanceId: SessionInstanceId) {
  const [found] = yield* RosterStore.use((rosters) => rosters.look([{ tenantId, sessionInstanceId }]));
  return found ?? (yield* new NotFound({ entityType: "SessionInstance", entityId: sessionInstanceId }));
});
