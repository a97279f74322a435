import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { LocationId, SessionInstanceId, SessionTypeId, TenantId } from "../../kernel/Ids.ts";
import type { Instant } from "../../kernel/Instant.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { SessionInstance } from "../domain/SessionInstance.ts";

/** Which part of the timetable. **Units** `from` included, `to` excluded, by start time. */
export interface TimetableFilter {
  readonly from?: Instant;
  readonly to?: Instant;
  readonly locationId?: LocationId;
  readonly sessionTypeId?: SessionTypeId;
}

/** Where the timetable is kept. **Contract** `list` is in order of start time, then id. */
export class SessionInstanceStore extends Context.Service<
  SessionInstanceStore,
  {
    readonly find: (
      tenantId: TenantId,
      sessionInstanceId: SessionInstanceId,
    ) => Effect.Effect<SessionInstance, NotFound>;
    readonly list: (
      tenantId: TenantId,
      filter: TimetableFilter,
      page: PageRequest,
    ) => Effect.Effect<Rows<SessionInstance>>;
    readonly insert: (session: SessionInstance) => Effect.Effect<void>;
  }
>()("@zmos/core/moveos/ports/SessionInstanceStore") {}
