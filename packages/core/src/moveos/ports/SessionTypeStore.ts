import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { SessionTypeId, TenantId } from "../../kernel/Ids.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { SessionType } from "../domain/SessionType.ts";

/** Where session types are kept. **Contract** `list` is in order of id: oldest first. */
export class SessionTypeStore extends Context.Service<
  SessionTypeStore,
  {
    readonly find: (tenantId: TenantId, sessionTypeId: SessionTypeId) => Effect.Effect<SessionType, NotFound>;
    readonly list: (tenantId: TenantId, page: PageRequest) => Effect.Effect<Rows<SessionType>>;
    readonly insert: (sessionType: SessionType) => Effect.Effect<void>;
  }
>()("@zmos/core/moveos/ports/SessionTypeStore") {}
