import {
  type ActorType,
  type DomainEvent,
  EventLog,
  type PageRequest,
  rowsOf as pageOf,
  type TenantId,
} from "@zmos/core/kernel";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { afterId } from "./AfterId.ts";
import { arrayText, arrayTextOfTexts } from "./ArrayText.ts";
import { fromTimestamp } from "./Timestamp.ts";

interface EventRow {
  readonly tenant_id: TenantId;
  readonly id: string;
  readonly type: string;
  readonly entity_type: string;
  readonly entity_id: string;
  readonly actor_id: string;
  readonly actor_type: ActorType;
  readonly data: Readonly<Record<string, unknown>>;
  readonly created_at: Date;
}

const toEvent = (row: EventRow): DomainEvent => ({
  id: row.id,
  tenantId: row.tenant_id,
  type: row.type,
  entityType: row.entity_type,
  entityId: row.entity_id,
  actorId: row.actor_id,
  actorType: row.actor_type,
  occurredAt: fromTimestamp(row.created_at),
  data: row.data,
});

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;

  // An event's id begins with its moment (UUID version 7), so the order of ids is the order of time.
  const audit = (tenantId: TenantId, page: PageRequest) => {
    const after = afterId(page);
    const conditions = [sql`tenant_id = ${tenantId}`];
    if (after !== undefined) conditions.push(sql`id < ${after}`);
    return sql<EventRow>`
      select *, action as type, metadata as data from audit_entry
      where ${sql.and(conditions)} order by id desc limit ${page.limit + 1}`;
  };
  const outbox = (tenantId: TenantId, page: PageRequest) => {
    const after = afterId(page);
    const conditions = [sql`tenant_id = ${tenantId}`];
    if (after !== undefined) conditions.push(sql`id > ${after}`);
    return sql<EventRow>`
      select * from outbox_event where ${sql.and(conditions)} order by id limit ${page.limit + 1}`;
  };
  const pageOfEvents = <E>(found: Effect.Effect<ReadonlyArray<EventRow>, E>, { limit }: PageRequest) =>
    found.pipe(
      Effect.orDie,
      Effect.map((rows) => pageOf(rows.map(toEvent), limit, ({ id }) => [id])),
    );

  return EventLog.of({
    // Both in one statement, so that what they have in common is sent and read once.
    append: (events) =>
      events.length === 0
        ? Effect.void
        : sql`
            with told as materialized (
              select * from rows from (
                unnest(${arrayText(events.map(({ tenantId }) => tenantId))}::uuid[],
                  ${arrayText(events.map(({ id }) => id))}::uuid[],
                  ${arrayText(events.map(({ type }) => type))}::text[],
                  ${arrayText(events.map(({ entityType }) => entityType))}::text[],
                  ${arrayTextOfTexts(events.map(({ entityId }) => entityId))}::text[],
                  ${arrayTextOfTexts(events.map(({ actorId }) => actorId))}::text[],
                  ${arrayText(events.map(({ actorType }) => actorType))}::text[],
                  ${arrayText(events.map(({ occurredAt }) => occurredAt))}::double precision[]),
                json_array_elements(${JSON.stringify(events.map(({ data }) => data))}::json)
              ) as told(tenant_id, id, action, entity_type, entity_id, actor_id, actor_type, millis, metadata)),
            audited as (
              insert into audit_entry
                (tenant_id, id, action, entity_type, entity_id, actor_id, actor_type, created_at, metadata)
              select tenant_id, id, action, entity_type, entity_id, actor_id, actor_type, to_timestamp(millis / 1000), metadata
              from told)
            insert into outbox (tenant_id, id) select tenant_id, id from told`.pipe(Effect.asVoid, Effect.orDie),
    audit: (tenantId, page) => pageOfEvents(audit(tenantId, page), page),
    outbox: (tenantId, page) => pageOfEvents(outbox(tenantId, page), page),
  });
});

/** Audit entries and outbox events in PostgreSQL, written by the change that they tell of. */
export const layer = Layer.effect(EventLog, make);
