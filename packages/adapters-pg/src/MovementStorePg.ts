import { CivilDate, NotFound, type PageRequest, rowsOf as pageOf } from "@zmos/core/kernel";
import { MovementEvent, MovementStore, toWire } from "@zmos/core/pulseloop";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { isUuid } from "./AfterId.ts";
import { arrayText, arrayTextOfTexts } from "./ArrayText.ts";
import { insertInto, type Row, rowsOf } from "./Row.ts";
import { toTimestamp } from "./Timestamp.ts";

const events = rowsOf(MovementEvent, toWire);

/** A fact occurred at an instant, or on a day where no more is known: two columns, one of them NULL. */
const decode = ({ occurred_on, ...row }: Row): MovementEvent =>
  events.decode(occurred_on === null ? row : { ...row, occurred_at: occurred_on });

const encode = (event: MovementEvent): Row => {
  const { occurred_at, ...row } = events.encode(event);
  return event.occurredAt.precision === "day" ? { ...row, occurred_on: occurred_at } : { ...row, occurred_at };
};

const afterDay = ({ after }: PageRequest): { readonly day: string; readonly id: string } | undefined => {
  const [day, id] = after ?? [];
  return day !== undefined && CivilDate.fromIso(day) !== undefined && isUuid(id) ? { day, id } : undefined;
};

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  return MovementStore.of({
    versions: Effect.fnUntraced(function* (tenantId, keys) {
      const ids: Array<string> = [];
      const sources: Array<string> = [];
      const externalIds: Array<string> = [];
      for (const key of keys) {
        if ("id" in key) ids.push(key.id);
        else {
          sources.push(key.source);
          externalIds.push(key.externalId);
        }
      }
      // Planned each time: a plan made while the table was empty would be kept while it grows, and read all of it for every fact.
      const byId =
        ids.length === 0
          ? []
          : yield* sql<Row>`
              select event.* from unnest(${arrayText(ids)}::uuid[]) as named(id)
              cross join lateral (
                select * from movement_event where tenant_id = ${tenantId} and id = named.id
              ) event`.unprepared;
      const byName =
        sources.length === 0
          ? []
          : yield* sql<Row>`
              select event.* from unnest(${arrayText(sources)}::text[], ${arrayTextOfTexts(externalIds)}::text[]) as named(source, external_id)
              cross join lateral (
                select * from movement_event
                where tenant_id = ${tenantId} and source = named.source and external_id = named.external_id
              ) event`.unprepared;
      return [...byId, ...byName].map(decode);
    }, Effect.orDie),

    insert: (added) => insertInto(sql, "movement_event", added.map(encode)),

    find: (tenantId, movementEventId) =>
      sql<Row>`
        select * from movement_event where tenant_id = ${tenantId} and id = ${movementEventId}
        order by is_entered_in_error desc, version desc limit 1`.pipe(
        Effect.orDie,
        Effect.flatMap(([row]) =>
          row === undefined
            ? Effect.fail(new NotFound({ entityType: "MovementEvent", entityId: movementEventId }))
            : Effect.sync(() => decode(row)),
        ),
      ),

    // A correction may have given a fact to another member: so versions are looked at whole, and whose they are at the end.
    standing: (tenantId, memberIds, { knownAt, to }) => {
      const known = [sql`event.tenant_id = ${tenantId}`];
      if (knownAt !== undefined) known.push(sql`event.created_at <= ${toTimestamp(knownAt)}`);
      const asked = [sql`member_id = any(${memberIds}::uuid[])`, sql`not is_entered_in_error`];
      if (to !== undefined) asked.push(sql`civil_date <= ${CivilDate.toIso(to)}`);
      return sql<Row>`
        select * from (
          select distinct on (event.id) event.* from movement_event event
          where ${sql.and(known)} and event.id in (
            select mine.id from movement_event mine
            where mine.tenant_id = ${tenantId} and mine.member_id = any(${memberIds}::uuid[]))
          order by event.id, event.is_entered_in_error desc, event.version desc
        ) standing where ${sql.and(asked)}`.pipe(
        Effect.orDie,
        Effect.map((found) => found.map(decode)),
      );
    },

    list: (tenantId, { memberId, from, to }, page) => {
      const conditions = [sql`e.tenant_id = ${tenantId}`, sql`e.member_id = ${memberId}`];
      if (from !== undefined) conditions.push(sql`e.civil_date >= ${CivilDate.toIso(from)}`);
      if (to !== undefined) conditions.push(sql`e.civil_date <= ${CivilDate.toIso(to)}`);
      const after = afterDay(page);
      if (after !== undefined) conditions.push(sql`(e.civil_date, e.id) > (${after.day}::date, ${after.id}::uuid)`);
      return sql<Row>`
        select e.* from movement_event e
        where ${sql.and(conditions)} and not e.is_entered_in_error and not exists (
          select from movement_event other
          where other.tenant_id = e.tenant_id and other.id = e.id
            and (other.version > e.version or other.is_entered_in_error))
        order by e.civil_date, e.id limit ${page.limit + 1}`.pipe(
        Effect.orDie,
        Effect.map((found) =>
          pageOf(found.map(decode), page.limit, ({ civilDate, id }) => [CivilDate.toIso(civilDate), id]),
        ),
      );
    },
  });
});

/** Movement facts in PostgreSQL, a row for every version. */
export const layer = Layer.effect(MovementStore, make);
