import * as Schema from "effect/Schema";
import { Page, pageFields, pageRequest, toPage } from "../../../kernel/Page.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { allows, authorize } from "../../../platform/index.ts";
import { CalendarFeed } from "../../domain/CalendarFeed.ts";
import { CalendarFeedStore } from "../../ports/CalendarFeedStore.ts";

export const ListCalendarFeeds = Schema.Struct(pageFields).annotate({ identifier: "ListCalendarFeeds" });

/** Calendar feeds, oldest first, revoked ones too: of everybody for who manages the tenant, one's own for everybody else. */
export const listCalendarFeeds = UseCase.query(
  "ListCalendarFeeds",
  { command: ListCalendarFeeds, answer: Page(CalendarFeed), first: () => authorize("session:read") },
  function* (command, principal) {
    const filter = allows(principal, "staff:manage") ? {} : { issuedBy: principal.actorId };
    return toPage(
      yield* CalendarFeedStore.use((feeds) => feeds.list(principal.tenantId, filter, pageRequest(command))),
    );
  },
);
