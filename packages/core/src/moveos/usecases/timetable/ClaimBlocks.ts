/** Instructors and rooms for sessions, inside a unit of work: first the lock, then whether they are free, then the sessions are kept. */
import * as Effect from "effect/Effect";
import type { TenantId } from "../../../kernel/Ids.ts";
import { Instant } from "../../../kernel/Instant.ts";
import { NotFound } from "../../../kernel/NotFound.ts";
import { blockOf, conflicts } from "../../domain/ScheduledBlocks.ts";
import type { SessionInstance } from "../../domain/SessionInstance.ts";
import { CONFLICTS_NAMED, ScheduleConflict } from "../../domain/TimetableRefusals.ts";
import { type LockedResources, type Resources, ScheduledBlockStore } from "../../ports/ScheduledBlockStore.ts";

type Holder = Pick<SessionInstance, "roomId" | "instructorId">;

/** The instructors and rooms of these. */
export const resourcesOf = (holders: ReadonlyArray<Holder>): Resources => ({
  instructorIds: [
    ...new Set(holders.flatMap(({ instructorId }) => (instructorId === undefined ? [] : [instructorId]))),
  ],
  roomIds: [...new Set(holders.flatMap(({ roomId }) => (roomId === undefined ? [] : [roomId])))],
});

/** Locks instructors and rooms. **Errors** `NotFound` for the first that is not there. */
export const lockResources = Effect.fnUntraced(function* (tenantId: TenantId, resources: Resources) {
  const locked = yield* ScheduledBlockStore.use((blocks) => blocks.lock(tenantId, resources));
  return yield* allThere(resources, locked);
});

/** The same without a lock, for who only looks. */
export const lookAtResources = Effect.fnUntraced(function* (tenantId: TenantId, resources: Resources) {
  const found = yield* ScheduledBlockStore.use((blocks) => blocks.look(tenantId, resources));
  return yield* allThere(resources, found);
});

const allThere = ({ instructorIds, roomIds }: Resources, found: LockedResources) => {
  const account = instructorIds.find((id) => !found.instructors.has(id));
  if (account !== undefined) return Effect.fail(new NotFound({ entityType: "UserAccount", entityId: account }));
  const room = roomIds.find((id) => !found.rooms.has(id));
  if (room !== undefined) return Effect.fail(new NotFound({ entityType: "Room", entityId: room }));
  return Effect.succeed(found);
};

/** Everything that is in the way of these sessions. */
export const findConflicts = Effect.fnUntraced(function* (
  tenantId: TenantId,
  sessions: ReadonlyArray<SessionInstance>,
) {
  const wanted = sessions.flatMap((session) => blockOf(session) ?? []);
  const resources = resourcesOf(wanted);
  if (resources.instructorIds.length + resources.roomIds.length === 0) return [];
  const span = {
    from: Instant.make(wanted.reduce((least, { startTime }) => Math.min(least, startTime), Infinity)),
    to: Instant.make(wanted.reduce((most, { endTime }) => Math.max(most, endTime), -Infinity)),
  };
  const kept = yield* ScheduledBlockStore.use((blocks) => blocks.overlapping(tenantId, resources, span));
  return conflicts(kept, wanted);
});

/** Makes sure that nothing is in the way of these sessions, whose instructors and rooms are locked. **Errors** `ScheduleConflict`. */
export const claimBlocks = Effect.fnUntraced(function* (tenantId: TenantId, sessions: ReadonlyArray<SessionInstance>) {
  const found = yield* findConflicts(tenantId, sessions);
  if (found.length > 0) {
    return yield* new ScheduleConflict({ conflicts: found.slice(0, CONFLICTS_NAMED), count: found.length });
  }
});
