import {
  IdempotencyKeyInFlight,
  IdempotencyKeyReused,
  IdempotencyKeys,
  type KeyedRequest,
  now,
} from "@zmos/core/kernel";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { hash } from "node:crypto";
import { arrayText, arrayTextOfTexts } from "./ArrayText.ts";
import { columnsOf } from "./Columns.ts";
import { json } from "./Json.ts";
import { toTimestamp } from "./Timestamp.ts";

interface KeyRow {
  readonly request_hash: string;
  readonly answer: unknown;
}

const columns = columnsOf(
  { fields: {} },
  {
    tenant_id: "uuid",
    actor_id: "text",
    key: "text",
    request_hash: "text",
    answer: "jsonb",
    created_at: "timestamptz",
  },
);

const hashOf = ({ request }: KeyedRequest): string => hash("sha256", request);

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;

  const find = Effect.fnUntraced(function* (request: KeyedRequest) {
    const { tenantId, actorId, key } = request;
    const [row] = yield* sql<KeyRow>`
      select request_hash, answer from idempotency_key
      where tenant_id = ${tenantId} and actor_id = ${actorId} and key = ${key}`.pipe(Effect.orDie);
    if (row === undefined) return undefined;
    if (row.request_hash !== hashOf(request)) return yield* new IdempotencyKeyReused({ key });
    return { answer: row.answer };
  });

  return IdempotencyKeys.of({
    find,

    // The primary key makes a second claimant wait here until the first one's unit of work has ended.
    claim: Effect.fnUntraced(function* (request) {
      const { tenantId, actorId, key } = request;
      const claimed = yield* sql`
        insert into idempotency_key (tenant_id, actor_id, key, request_hash, created_at)
        values (${tenantId}, ${actorId}, ${key}, ${hashOf(request)}, ${toTimestamp(yield* now)})
        on conflict (tenant_id, actor_id, key) do nothing
        returning key`.pipe(
        Effect.catchReason("SqlError", "LockTimeoutError", () => Effect.fail(new IdempotencyKeyInFlight({ key }))),
        Effect.catchTag("SqlError", Effect.die),
      );
      return claimed.length > 0 ? undefined : yield* find(request);
    }),

    findAll: Effect.fnUntraced(function* (requests) {
      if (requests.length === 0) return [];
      const rows = yield* sql<KeyRow & { readonly position: string }>`
        select asked.position, kept.request_hash, kept.answer
        from unnest(${arrayText(requests.map(({ tenantId }) => tenantId))}::uuid[],
            ${arrayTextOfTexts(requests.map(({ actorId }) => actorId))}::text[],
            ${arrayTextOfTexts(requests.map(({ key }) => key))}::text[]) with ordinality as asked (tenant_id, actor_id, key, position)
        cross join lateral (select request_hash, answer from idempotency_key k
          where k.tenant_id = asked.tenant_id and k.actor_id = asked.actor_id and k.key = asked.key offset 0) kept`;
      const found = new Map(rows.map((row) => [Number(row.position) - 1, row]));
      return requests.map((request, index) => {
        const row = found.get(index);
        if (row === undefined) return undefined;
        return row.request_hash === hashOf(request)
          ? { answer: row.answer }
          : new IdempotencyKeyReused({ key: request.key });
      });
    }, Effect.orDie),

    // In one order for all, so that two who keep the same keys do not wait for each other.
    keepAll: Effect.fnUntraced(function* (answers) {
      if (answers.length === 0) return;
      const createdAt = toTimestamp(yield* now).toISOString();
      const rows = answers.map(({ request, answer }) => ({
        tenant_id: request.tenantId,
        actor_id: request.actorId,
        key: request.key,
        request_hash: hashOf(request),
        answer,
        created_at: createdAt,
      }));
      const orderOf = ({ tenant_id, actor_id, key }: (typeof rows)[number]) => `${tenant_id}/${actor_id}/${key}`;
      const inOrder = rows.toSorted((left, right) => (orderOf(left) < orderOf(right) ? -1 : 1));
      yield* sql`insert into idempotency_key ${columns(sql, inOrder)}`;
    }, Effect.orDie),

    keep: ({ tenantId, actorId, key }, answer) =>
      sql`update idempotency_key set answer = ${json(answer)}
        where tenant_id = ${tenantId} and actor_id = ${actorId} and key = ${key}`.pipe(Effect.asVoid, Effect.orDie),
  });
});

/** Idempotency keys in PostgreSQL. */
export const layer = Layer.effect(IdempotencyKeys, make);
