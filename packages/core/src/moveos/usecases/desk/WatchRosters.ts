import * as Effect from "effect/Effect";
import { now } from "../../../kernel/Instant.ts";
import { type WakeUp, WakeUps } from "../../../kernel/WakeUps.ts";
import type { SessionInstance } from "../../domain/SessionInstance.ts";

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

/** Sessions were moved: the clockwork looks at once, and finds out when to come again. */
export const lookAgain = Effect.fnUntraced(function* (sessions: ReadonlyArray<SessionInstance>) {
  if (sessions.length === 0) return;
  const at = yield* now;
  yield* WakeUps.use((wakeUps) => wakeUps.set(sessions.map((session) => wakeUpOf(session, at))));
});
