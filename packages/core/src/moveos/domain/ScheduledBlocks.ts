/**
 * When instructors and rooms are taken, and what would take them twice.
 *
 * **Invariant** blocks of one instructor or one room never overlap; they may touch. A cancelled session is no block.
 */
import * as Schema from "effect/Schema";
import { RoomId, SessionInstanceId, UserAccountId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import type { SessionInstance } from "./SessionInstance.ts";

/** A session as it takes somebody's or something's time. **Units** `startTime` included, `endTime` excluded. */
export const ScheduledBlock = Schema.Struct({
  sessionInstanceId: SessionInstanceId,
  instructorId: Schema.optionalKey(UserAccountId),
  roomId: Schema.optionalKey(RoomId),
  startTime: InstantFromString,
  endTime: InstantFromString,
}).annotate({ identifier: "ScheduledBlock" });
export type ScheduledBlock = typeof ScheduledBlock.Type;

/**
 * Two sessions that want the same. **Shape** `sessionInstanceId`, `startTime` and `endTime` are of the session that is in the way;
 * `wantedStartTime` is when the one that was wanted would begin.
 */
export const BlockConflict = Schema.Struct({
  resource: Schema.Literals(["instructor", "room"]),
  id: Schema.String,
  sessionInstanceId: SessionInstanceId,
  startTime: InstantFromString,
  endTime: InstantFromString,
  wantedStartTime: InstantFromString,
}).annotate({ identifier: "BlockConflict" });
export type BlockConflict = typeof BlockConflict.Type;

/** The block that a session is, unless it is cancelled. */
export const blockOf = (session: SessionInstance): ScheduledBlock | undefined =>
  session.status === "cancelled"
    ? undefined
    : {
        sessionInstanceId: session.id,
        startTime: session.startTime,
        endTime: session.endTime,
        ...(session.instructorId !== undefined && { instructorId: session.instructorId }),
        ...(session.roomId !== undefined && { roomId: session.roomId }),
      };

const RESOURCES = [
  { resource: "instructor", idOf: (block: ScheduledBlock) => block.instructorId },
  { resource: "room", idOf: (block: ScheduledBlock) => block.roomId },
] as const;

/**
 * Everything that is in the way of the blocks that are wanted: among those that are kept, and among each other. What is kept of a session that is
 * wanted otherwise does not count. In order of the wanted start.
 */
export const conflicts = (
  kept: ReadonlyArray<ScheduledBlock>,
  wanted: ReadonlyArray<ScheduledBlock>,
): ReadonlyArray<BlockConflict> => {
  const replaced = new Set(wanted.map(({ sessionInstanceId }) => sessionInstanceId));
  const standing = kept.filter(({ sessionInstanceId }) => !replaced.has(sessionInstanceId));
  const found: Array<BlockConflict> = [];
  for (const { resource, idOf } of RESOURCES) {
    const byId = new Map<string, Array<{ readonly block: ScheduledBlock; readonly isWanted: boolean }>>();
    const add = (block: ScheduledBlock, isWanted: boolean) => {
      const id = idOf(block);
      if (id === undefined) return;
      const blocks = byId.get(id);
      if (blocks === undefined) byId.set(id, [{ block, isWanted }]);
      else blocks.push({ block, isWanted });
    };
    for (const block of standing) add(block, false);
    for (const block of wanted) add(block, true);
    for (const [id, blocks] of byId) {
      blocks.sort((left, right) => left.block.startTime - right.block.startTime);
      for (const [index, earlier] of blocks.entries()) {
        for (let next = index + 1; next < blocks.length; next++) {
          const later = blocks[next]!;
          if (later.block.startTime >= earlier.block.endTime) break;
          if (!earlier.isWanted && !later.isWanted) continue;
          const [inTheWay, refused] = later.isWanted ? [earlier.block, later.block] : [later.block, earlier.block];
          found.push({
            resource,
            id,
            sessionInstanceId: inTheWay.sessionInstanceId,
            startTime: inTheWay.startTime,
            endTime: inTheWay.endTime,
            wantedStartTime: refused.startTime,
          });
        }
      }
    }
  }
  return found.toSorted((left, right) => left.wantedStartTime - right.wantedStartTime);
};
