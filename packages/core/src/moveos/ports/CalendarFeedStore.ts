import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { CalendarFeedId, TenantId } from "../../kernel/Ids.ts";
import type { Instant } from "../../kernel/Instant.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { CalendarFeed } from "../domain/CalendarFeed.ts";

/**
 * Where calendar feeds are kept, each under the digest of its address.
 *
 * **Contract** `list` is in order of id: oldest first, revoked ones too; with `issuedBy`, only those that this actor asked for. `byDigest` answers
 * the feed with a digest, revoked or not. `revoke` keeps the first instant at which a feed was revoked.
 */
export class CalendarFeedStore extends Context.Service<
  CalendarFeedStore,
  {
    readonly find: (tenantId: TenantId, calendarFeedId: CalendarFeedId) => Effect.Effect<CalendarFeed, NotFound>;
    readonly byDigest: (tenantId: TenantId, digest: string) => Effect.Effect<CalendarFeed | undefined>;
    readonly list: (
      tenantId: TenantId,
      filter: { readonly issuedBy?: string },
      page: PageRequest,
    ) => Effect.Effect<Rows<CalendarFeed>>;
    readonly insert: (feed: CalendarFeed, digest: string) => Effect.Effect<void>;
    readonly revoke: (tenantId: TenantId, calendarFeedId: CalendarFeedId, at: Instant) => Effect.Effect<void>;
  }
>()("@zmos/core/moveos/ports/CalendarFeedStore") {}
