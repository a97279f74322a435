import * as Effect from "effect/Effect";
import type { TenantId } from "../../../kernel/Ids.ts";
import { now } from "../../../kernel/Instant.ts";
import { type WakeUp, WakeUps } from "../../../kernel/WakeUps.ts";
import type { SessionInstance } from "../../domain/SessionInstance.ts";
import { minutesAfter } from "../../domain/Window.ts";

const wakeUpOf = ({ tenantId, id }: SessionInstance, dueAt: WakeUp["dueAt"]): WakeUp => ({
  kind: "roster",
  tenantId,
  entityId: id,
  dueAt,
});

/** From now on the clockwork looks at these new sessions: first at their start. In the unit of work that puts them on the timetable. */
export const watchRosters = Effect.fnUntraced(function* (sessions: ReadonlyArray<SessionInstance>) {
  if (sessions.length === 0) return;
  yield* WakeUps.use((wakeUps) => wakeUps.set(sessions.map((session) => wakeUpOf(session, session.startTime))));
});

/** Series are put on the timetable further ahead every day. */
const EXTEND_AFTER_MINUTES = 1_440;

/** From now on the clockwork extends the tenant's series, day by day. */
export const watchTimetable = Effect.fnUntraced(function* (tenantId: TenantId) {
  const dueAt = minutesAfter(yield* now, EXTEND_AFTER_MINUTES);
  yield* WakeUps.use((wakeUps) => wakeUps.set([{ kind: "timetable", tenantId, entityId: tenantId, dueAt }]));
});

/** Sessions were moved: the clockwork looks at once, and finds out when to come again. */
export const lookAgain = Effect.fnUntraced(function* (sessions: ReadonlyArray<SessionInstance>) {
  if (sessions.length === 0) return;
  const at = yield* now;
  yield* WakeUps.use((wakeUps) => wakeUps.set(sessions.map((session) => wakeUpOf(session, at))));
});
