import { type MemberId, NotFound, rowsOf as pageOf } from "@zmos/core/kernel";
import { ExcuseStore, GrantedExcuse } from "@zmos/core/pulseloop";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { afterId } from "./AfterId.ts";
import { insertInto, type Row, rowsOf } from "./Row.ts";
import { toTimestamp } from "./Timestamp.ts";

const excuses = rowsOf(GrantedExcuse.GrantedExcuse);

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  return ExcuseStore.of({
    insert: (excuse) => insertInto(sql, "excuse", [excuses.encode(excuse)]),

    find: (tenantId, excuseId) =>
      sql<Row>`
        select * from excuse where tenant_id = ${tenantId} and id = ${excuseId}
        order by is_entered_in_error desc, version desc limit 1`.pipe(
        Effect.orDie,
        Effect.flatMap(([row]) =>
          row === undefined
            ? Effect.fail(new NotFound({ entityType: "Excuse", entityId: excuseId }))
            : Effect.sync(() => excuses.decode(row)),
        ),
      ),

    list: (tenantId, memberId, page) => {
      const conditions = [sql`tenant_id = ${tenantId}`, sql`member_id = ${memberId}`];
      const after = afterId(page);
      if (after !== undefined) conditions.push(sql`id > ${after}`);
      return sql<Row>`
        select * from (
          select distinct on (id) * from excuse where ${sql.and(conditions)}
          order by id, is_entered_in_error desc, version desc
        ) standing where not is_entered_in_error order by id limit ${page.limit + 1}`.pipe(
        Effect.orDie,
        Effect.map((found) => pageOf(found.map(excuses.decode), page.limit, ({ id }) => [id])),
      );
    },

    standing: (tenantId, memberIds, knownAt) => {
      const conditions = [sql`tenant_id = ${tenantId}`, sql`member_id = any(${memberIds}::uuid[])`];
      if (knownAt !== undefined) conditions.push(sql`created_at <= ${toTimestamp(knownAt)}`);
      return sql<Row>`
        select * from (
          select distinct on (id) * from excuse where ${sql.and(conditions)}
          order by id, is_entered_in_error desc, version desc
        ) standing where not is_entered_in_error order by "from", id`.pipe(
        Effect.orDie,
        Effect.map((found) => {
          const standing = new Map<MemberId, Array<GrantedExcuse.GrantedExcuse>>();
          for (const memberId of memberIds) standing.set(memberId, []);
          for (const excuse of found.map(excuses.decode)) standing.get(excuse.memberId)?.push(excuse);
          return standing;
        }),
      );
    },
  });
});

/** Excused days in PostgreSQL, a row for every version. */
export const layer = Layer.effect(ExcuseStore, make);
