import * as Schema from "effect/Schema";
import { RoomId, UserAccountId } from "../../../kernel/Ids.ts";
import { Instant, InstantFromString, now } from "../../../kernel/Instant.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { ScheduledBlock } from "../../domain/ScheduledBlocks.ts";
import { ScheduledBlockStore } from "../../ports/ScheduledBlockStore.ts";

const MILLIS_PER_DAY = 86_400_000;
const DAYS = 100;
const USUAL_DAYS = 14;

/** Whose time, and which. **Shape** an instructor, a room, or both; two weeks from now unless told. **Units** at most 100 days. */
export const ListScheduledBlocks = Schema.Struct({
  instructorId: Schema.optionalKey(UserAccountId),
  roomId: Schema.optionalKey(RoomId),
  from: Schema.optionalKey(InstantFromString),
  to: Schema.optionalKey(InstantFromString),
})
  .check(
    Schema.makeFilter(({ instructorId, roomId }) =>
      instructorId === undefined && roomId === undefined
        ? { path: ["instructorId"], issue: "Expected an instructorId or a roomId" }
        : undefined,
    ),
    Schema.makeFilter(({ from, to }) =>
      from === undefined || to === undefined || (to > from && to - from <= DAYS * MILLIS_PER_DAY)
        ? undefined
        : { path: ["to"], issue: `Expected an instant after from, and within ${DAYS} days of it` },
    ),
  )
  .annotate({ identifier: "ListScheduledBlocks" });

export const ScheduledBlockList = Schema.Struct({ items: Schema.Array(ScheduledBlock) }).annotate({
  identifier: "ScheduledBlockList",
});

/** When an instructor or a room is taken: the sessions that are not cancelled, in order of start. */
export const listScheduledBlocks = UseCase.query(
  "ListScheduledBlocks",
  { command: ListScheduledBlocks, answer: ScheduledBlockList, first: () => authorize("session:read") },
  function* (command, { tenantId }) {
    const { instructorId, roomId } = command;
    const usual = USUAL_DAYS * MILLIS_PER_DAY;
    const from = command.from ?? (command.to === undefined ? yield* now : Instant.make(command.to - usual));
    const to = command.to ?? Instant.make(from + usual);
    const resources = {
      instructorIds: instructorId === undefined ? [] : [instructorId],
      roomIds: roomId === undefined ? [] : [roomId],
    };
    return {
      items: yield* ScheduledBlockStore.use((blocks) => blocks.overlapping(tenantId, resources, { from, to })),
    };
  },
);
