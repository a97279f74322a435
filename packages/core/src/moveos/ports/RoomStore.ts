import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { LocationId, RoomId, TenantId } from "../../kernel/Ids.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { Room } from "../domain/Room.ts";

/** Where rooms are kept. **Contract** `list` is in order of id: oldest first; with `locationId`, only that location's. */
export class RoomStore extends Context.Service<
  RoomStore,
  {
    readonly find: (tenantId: TenantId, roomId: RoomId) => Effect.Effect<Room, NotFound>;
    readonly list: (
      tenantId: TenantId,
      filter: { readonly locationId?: LocationId },
      page: PageRequest,
    ) => Effect.Effect<Rows<Room>>;
    readonly insert: (room: Room) => Effect.Effect<void>;
  }
>()("@zmos/core/moveos/ports/RoomStore") {}
