import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { TenantId } from "../../../kernel/Ids.ts";
import { NotFound } from "../../../kernel/NotFound.ts";
import { UnitOfWork } from "../../../kernel/UnitOfWork.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { CalendarFeedFormat } from "../../ports/CalendarFeedFormat.ts";
import { CalendarFeedStore } from "../../ports/CalendarFeedStore.ts";
import { calendarOf } from "./CalendarOf.ts";

/** **Shape** `token`: what opening the feed told, `<tenantId>.<secret>`. */
export const ReadCalendarFeed = Schema.Struct({ token: Schema.String.check(Schema.isMaxLength(200)) }).annotate({
  identifier: "ReadCalendarFeed",
});

/** A calendar as `text/calendar`. */
export const CalendarText = Schema.Struct({ text: Schema.String }).annotate({ identifier: "CalendarText" });

const isTenantId = Schema.is(TenantId);
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/**
 * The calendar behind a feed's address. Needs no principal: the token is what permits it.
 *
 * **Errors** `NotFound` for a token that opens nothing: made up, or revoked.
 */
export const readCalendarFeed = UseCase.make(
  "ReadCalendarFeed",
  { command: ReadCalendarFeed, answer: CalendarText },
  function* ({ token }) {
    const nothing = new NotFound({ entityType: "CalendarFeed", entityId: "with this address" });
    const [tenantId, secret, ...more] = token.split(".");
    if (!isTenantId(tenantId) || secret === undefined || !SECRET.test(secret) || more.length > 0) return yield* nothing;
    const format = yield* CalendarFeedFormat;
    const digest = yield* format.digestOf(secret);
    const read = Effect.gen(function* () {
      const feed = yield* CalendarFeedStore.use((feeds) => feeds.byDigest(tenantId, digest));
      if (feed === undefined || feed.revokedAt !== undefined) return yield* nothing;
      return yield* calendarOf(tenantId, feed.scope);
    });
    const units = yield* UnitOfWork;
    return { text: yield* format.write(yield* units.read(tenantId, read)) };
  },
);
