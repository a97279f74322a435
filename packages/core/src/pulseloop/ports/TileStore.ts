import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { MemberId, MovementTileId, TenantId } from "../../kernel/Ids.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { MovementTile, TileAssignment } from "../domain/MovementTile.ts";

/**
 * Where tiles are kept, and who is to do them.
 *
 * **Contract** lists are in order of id. `known` answers those asked for that exist in the tenant; the others are absent. `assigned` answers
 * a member's assignments.
 */
export class TileStore extends Context.Service<
  TileStore,
  {
    readonly insert: (tile: MovementTile) => Effect.Effect<void>;
    readonly find: (tenantId: TenantId, tileId: MovementTileId) => Effect.Effect<MovementTile, NotFound>;
    readonly list: (tenantId: TenantId, page: PageRequest) => Effect.Effect<Rows<MovementTile>>;
    readonly known: (
      tenantId: TenantId,
      tileIds: ReadonlyArray<MovementTileId>,
    ) => Effect.Effect<ReadonlyMap<MovementTileId, MovementTile>>;
    readonly assign: (assignment: TileAssignment) => Effect.Effect<void>;
    readonly assigned: (
      tenantId: TenantId,
      memberId: MemberId,
      page: PageRequest,
    ) => Effect.Effect<Rows<TileAssignment>>;
  }
>()("@zmos/core/pulseloop/ports/TileStore") {}
