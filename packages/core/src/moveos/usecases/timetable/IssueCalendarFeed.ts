import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { record } from "../../../kernel/EventLog.ts";
import { newId } from "../../../kernel/IdSource.ts";
import { CalendarFeedId } from "../../../kernel/Ids.ts";
import { now } from "../../../kernel/Instant.ts";
import { UnitOfWork } from "../../../kernel/UnitOfWork.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { CalendarFeed, CalendarScope } from "../../domain/CalendarFeed.ts";
import { CalendarFeedFormat } from "../../ports/CalendarFeedFormat.ts";
import { CalendarFeedStore } from "../../ports/CalendarFeedStore.ts";
import { calendarOf } from "./CalendarOf.ts";

export const IssueCalendarFeed = Schema.Struct({ scope: CalendarScope }).annotate({ identifier: "IssueCalendarFeed" });

/** A feed, and the token of its address, which is told this once. */
export const CalendarFeedIssued = Schema.Struct({ calendarFeed: CalendarFeed, token: Schema.String }).annotate({
  identifier: "CalendarFeedIssued",
});

/**
 * Opens a calendar to applications that can send no password: whoever knows the token reads it, until it is revoked. A member opens its own
 * bookings, and any location's or instructor's sessions.
 *
 * The token is kept nowhere, so nothing can answer it again: asked again under the same idempotency key, another feed is opened.
 *
 * **Errors** `NotPermitted`, `NotFound`, `CalendarFeedsNotInstalled`.
 */
export const issueCalendarFeed = UseCase.make(
  "IssueCalendarFeed",
  { command: IssueCalendarFeed, answer: CalendarFeedIssued },
  function* ({ scope }) {
    const principal = yield* authorizeScope(scope);
    const { tenantId, actorId } = principal;
    const format = yield* CalendarFeedFormat;
    const secret = yield* format.newSecret;
    const digest = yield* format.digestOf(secret);
    const issue = Effect.gen(function* () {
      yield* calendarOf(tenantId, scope);
      const calendarFeed: CalendarFeed = {
        id: yield* newId(CalendarFeedId),
        tenantId,
        scope,
        issuedBy: actorId,
        createdAt: yield* now,
      };
      yield* CalendarFeedStore.use((feeds) => feeds.insert(calendarFeed, digest));
      yield* record({
        type: "CalendarFeedIssued",
        entityType: "CalendarFeed",
        entityId: calendarFeed.id,
        data: { scope },
      });
      return calendarFeed;
    });
    const units = yield* UnitOfWork;
    return { calendarFeed: yield* units.run(tenantId, issue), token: `${tenantId}.${secret}` };
  },
);

/** Who may see these sessions. */
export const authorizeScope = (scope: CalendarScope) =>
  "memberId" in scope ? authorize("booking:read", scope.memberId) : authorize("session:read");
