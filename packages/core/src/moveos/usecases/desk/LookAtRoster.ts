import * as Effect from "effect/Effect";
import type { SessionInstanceId, TenantId } from "../../../kernel/Ids.ts";
import { now } from "../../../kernel/Instant.ts";
import { NotFound } from "../../../kernel/NotFound.ts";
import { RosterStore } from "../../ports/RosterStore.ts";

/** A whole roster for who only looks. **Errors** `NotFound`. */
export const lookAtRoster = Effect.fnUntraced(function* (tenantId: TenantId, sessionInstanceId: SessionInstanceId) {
  const at = yield* now;
  const [found] = yield* RosterStore.use((rosters) =>
    rosters.look([{ tenantId, sessionInstanceId, isWhole: true }], at),
  );
  return found ?? (yield* new NotFound({ entityType: "SessionInstance", entityId: sessionInstanceId }));
});
