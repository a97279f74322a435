import { CalendarFeed, CalendarFeedStore } from "@zmos/core/moveos";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { insertInto, type Row } from "./Row.ts";
import { tenantTable } from "./TenantTable.ts";
import { toTimestamp } from "./Timestamp.ts";

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const feeds = tenantTable(sql, { table: "calendar_feed", entityType: "CalendarFeed", schema: CalendarFeed });
  return CalendarFeedStore.of({
    find: feeds.find,
    byDigest: (tenantId, digest) =>
      sql<Row>`select * from calendar_feed where tenant_id = ${tenantId} and digest = ${digest}`.pipe(
        Effect.orDie,
        Effect.map(([row]) => (row === undefined ? undefined : feeds.decode(row))),
      ),
    list: (tenantId, { issuedBy }, page) =>
      feeds.list(tenantId, page, issuedBy === undefined ? [] : [sql`issued_by = ${issuedBy}`]),
    insert: (feed, digest) => insertInto(sql, "calendar_feed", [{ ...feeds.encode(feed), digest }]),
    revoke: (tenantId, id, at) =>
      sql`
        update calendar_feed set revoked_at = ${toTimestamp(at)}
        where tenant_id = ${tenantId} and id = ${id} and revoked_at is null`.pipe(Effect.asVoid, Effect.orDie),
  });
});

/** Calendar feeds in PostgreSQL, under the digests of their addresses. */
export const layer = Layer.effect(CalendarFeedStore, make);
