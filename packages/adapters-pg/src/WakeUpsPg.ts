import { type ClaimedWakeUp, type Instant, type TenantId, type WakeUpKey, WakeUps } from "@zmos/core/kernel";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { randomUUID } from "node:crypto";
import { json } from "./Json.ts";
import { fromTimestamp, toTimestamp } from "./Timestamp.ts";

interface WakeUpRow {
  readonly kind: string;
  readonly tenant_id: TenantId;
  readonly entity_id: string;
  readonly due_at: Date;
  readonly claim_token: string;
  readonly attempts: number;
}

const toClaimed = (row: WakeUpRow): ClaimedWakeUp => ({
  kind: row.kind,
  tenantId: row.tenant_id,
  entityId: row.entity_id,
  dueAt: fromTimestamp(row.due_at),
  claim: row.claim_token,
  attempt: row.attempts,
});

const keyRow = ({ kind, tenantId, entityId }: WakeUpKey) => ({ kind, tenant_id: tenantId, entity_id: entityId });

/** One for each thing, the last of several. */
const oneEach = <Key extends WakeUpKey>(keys: ReadonlyArray<Key>): ReadonlyArray<Key> => [
  ...new Map(keys.map((key) => [`${key.kind}/${key.tenantId}/${key.entityId}`, key])).values(),
];

const iso = (instant: Instant): string => toTimestamp(instant).toISOString();

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;

  /** The row of a claim, if nobody has set or claimed it since. */
  const stillClaimed = ({ kind, tenantId, entityId, claim }: ClaimedWakeUp) =>
    sql`kind = ${kind} and tenant_id = ${tenantId} and entity_id = ${entityId} and claim_token = ${claim}::uuid`;

  return WakeUps.of({
    // In the order of the key, so that two who set several wait for each other and not crosswise.
    set: (wakeUps) => {
      if (wakeUps.length === 0) return Effect.void;
      const rows = oneEach(wakeUps).map((wakeUp) => ({ ...keyRow(wakeUp), due_at: iso(wakeUp.dueAt) }));
      return sql`
        insert into wake_up (kind, tenant_id, entity_id, due_at, ready_at)
        select kind, tenant_id, entity_id, due_at, due_at from jsonb_populate_recordset(null::wake_up, ${json(rows)})
        order by kind, tenant_id, entity_id
        on conflict (kind, tenant_id, entity_id) do update
        set due_at = excluded.due_at, ready_at = excluded.ready_at, claim_token = null, attempts = 0`.pipe(
        Effect.asVoid,
        Effect.orDie,
      );
    },

    clear: (keys) =>
      keys.length === 0
        ? Effect.void
        : sql`
          delete from wake_up w using jsonb_populate_recordset(null::wake_up, ${json(keys.map(keyRow))}) gone
          where w.kind = gone.kind and w.tenant_id = gone.tenant_id and w.entity_id = gone.entity_id`.unprepared.pipe(
            Effect.asVoid,
            Effect.orDie,
          ),

    // What another claimer has locked is his, and what a unit of work has locked is being set anew: both are passed over.
    claim: ({ now, kinds, limit, leaseSeconds }) =>
      kinds.length === 0
        ? Effect.succeed([])
        : sql<WakeUpRow>`
          with due as materialized (
            select kind, tenant_id, entity_id, ready_at from wake_up
            where ready_at <= ${toTimestamp(now)} and ${sql.in("kind", kinds)}
            order by ready_at limit ${limit}
            for update skip locked
          ), claimed as (
            update wake_up w
            set ready_at = ${toTimestamp(now)}::timestamptz + make_interval(secs => ${leaseSeconds}),
              claim_token = ${randomUUID()}::uuid, attempts = attempts + 1
            from due
            where w.kind = due.kind and w.tenant_id = due.tenant_id and w.entity_id = due.entity_id
            returning w.kind, w.tenant_id, w.entity_id, w.due_at, w.claim_token, w.attempts, due.ready_at as was_ready_at
          )
          select kind, tenant_id, entity_id, due_at, claim_token, attempts from claimed order by was_ready_at`.pipe(
            Effect.orDie,
            Effect.map((found) => found.map(toClaimed)),
          ),

    done: (claimed) => sql`delete from wake_up where ${stillClaimed(claimed)}`.pipe(Effect.asVoid, Effect.orDie),

    postpone: (claimed, until) =>
      sql`update wake_up set ready_at = ${toTimestamp(until)}, claim_token = null
        where ${stillClaimed(claimed)}`.pipe(Effect.asVoid, Effect.orDie),

    next: (kinds) =>
      kinds.length === 0
        ? Effect.undefined
        : sql<{ ready_at: Date }>`
          select ready_at from wake_up where ${sql.in("kind", kinds)} order by ready_at limit 1`.pipe(
            Effect.orDie,
            Effect.map(([row]) => (row === undefined ? undefined : fromTimestamp(row.ready_at))),
          ),
  });
});

/** Wake-ups in PostgreSQL, in a table that belongs to no tenant. */
export const layer = Layer.effect(WakeUps, make);
