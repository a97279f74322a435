import * as Schema from "effect/Schema";
import { record } from "../../../kernel/EventLog.ts";
import { CalendarFeedId } from "../../../kernel/Ids.ts";
import { now } from "../../../kernel/Instant.ts";
import { NotFound } from "../../../kernel/NotFound.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { allows, authorize } from "../../../platform/index.ts";
import { CalendarFeed } from "../../domain/CalendarFeed.ts";
import { CalendarFeedStore } from "../../ports/CalendarFeedStore.ts";

export const RevokeCalendarFeed = Schema.Struct({ calendarFeedId: CalendarFeedId }).annotate({
  identifier: "RevokeCalendarFeed",
});

/**
 * Closes a calendar feed: from now on its address shows nothing. Done again, it changes nothing.
 *
 * **Errors** `NotPermitted`; `NotFound` also for a feed that somebody else opened, unless one manages the tenant.
 */
export const revokeCalendarFeed = UseCase.command(
  "RevokeCalendarFeed",
  { command: RevokeCalendarFeed, answer: CalendarFeed, first: () => authorize("session:read") },
  function* ({ calendarFeedId }, principal) {
    const { tenantId, actorId } = principal;
    const feeds = yield* CalendarFeedStore;
    const feed = yield* feeds.find(tenantId, calendarFeedId);
    if (feed.issuedBy !== actorId && !allows(principal, "staff:manage")) {
      return yield* new NotFound({ entityType: "CalendarFeed", entityId: calendarFeedId });
    }
    if (feed.revokedAt !== undefined) return feed;
    const revokedAt = yield* now;
    yield* feeds.revoke(tenantId, calendarFeedId, revokedAt);
    yield* record({ type: "CalendarFeedRevoked", entityType: "CalendarFeed", entityId: calendarFeedId, data: {} });
    return { ...feed, revokedAt };
  },
);
