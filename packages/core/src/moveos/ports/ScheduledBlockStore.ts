import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { RoomId, TenantId, UserAccountId } from "../../kernel/Ids.ts";
import type { Instant } from "../../kernel/Instant.ts";
import type { UserAccount } from "../../platform/index.ts";
import type { Room } from "../domain/Room.ts";
import type { ScheduledBlock } from "../domain/ScheduledBlocks.ts";

/** Instructors and rooms. */
export interface Resources {
  readonly instructorIds: ReadonlyArray<UserAccountId>;
  readonly roomIds: ReadonlyArray<RoomId>;
}

/** What of them is there. */
export interface LockedResources {
  readonly instructors: ReadonlyMap<UserAccountId, UserAccount>;
  readonly rooms: ReadonlyMap<RoomId, Room>;
}

/**
 * When instructors and rooms are taken.
 *
 * **Contract**
 * - `lock`, inside a unit of work, answers those that are there, and keeps everybody else who would lock one of them waiting until the unit ends:
 *   whoever gives them sessions locks them first, so what `overlapping` answers cannot be outdated. Always in the same order, so however many
 *   are locked at once, none waits for ever.
 * - `look` answers the same without keeping anybody waiting.
 * - `overlapping` answers the blocks of any of them that lie, in part at least, between the instants, in order of start. Blocks that only touch an
 *   instant do not; cancelled sessions are none.
 */
export class ScheduledBlockStore extends Context.Service<
  ScheduledBlockStore,
  {
    readonly lock: (tenantId: TenantId, resources: Resources) => Effect.Effect<LockedResources>;
    readonly look: (tenantId: TenantId, resources: Resources) => Effect.Effect<LockedResources>;
    readonly overlapping: (
      tenantId: TenantId,
      resources: Resources,
      span: { readonly from: Instant; readonly to: Instant },
    ) => Effect.Effect<ReadonlyArray<ScheduledBlock>>;
  }
>()("@zmos/core/moveos/ports/ScheduledBlockStore") {}
