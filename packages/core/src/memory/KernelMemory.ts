/** The kernel's ports in memory. */
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import type { DomainEvent } from "../kernel/DomainEvent.ts";
import { EventLog } from "../kernel/EventLog.ts";
import { IdempotencyKeyReused, IdempotencyKeys, type KeyedRequest } from "../kernel/IdempotencyKeys.ts";
import { MemoryDatabase } from "./MemoryDatabase.ts";
import { pageOf } from "./PageOf.ts";

const eventLog = Layer.effect(
  EventLog,
  Effect.gen(function* () {
    const database = yield* MemoryDatabase;
    const audit = database.table<DomainEvent>();
    const outbox = database.table<DomainEvent>();
    const newestFirst = (left: ReadonlyArray<string>, right: ReadonlyArray<string>) =>
      (left[0] ?? "") < (right[0] ?? "") ? 1 : left[0] === right[0] ? 0 : -1;
    return EventLog.of({
      append: (events) =>
        Effect.sync(() => {
          for (const event of events) {
            audit.set(event.id, event);
            outbox.set(event.id, event);
          }
        }),
      audit: (tenantId, page) =>
        Effect.sync(() =>
          pageOf(
            [...audit.values()].filter((event) => event.tenantId === tenantId),
            page,
            ({ id }) => [id],
            newestFirst,
          ),
        ),
      outbox: (tenantId, page) =>
        Effect.sync(() =>
          pageOf(
            [...outbox.values()].filter((event) => event.tenantId === tenantId),
            page,
            ({ id }) => [id],
          ),
        ),
    });
  }),
);

const idempotencyKeys = Layer.effect(
  IdempotencyKeys,
  Effect.gen(function* () {
    const rows = (yield* MemoryDatabase).table<{ readonly request: string; readonly answer: unknown }>();
    const keyOf = ({ tenantId, actorId, key }: KeyedRequest) => `${tenantId}/${actorId}/${key}`;
    const find = (request: KeyedRequest) =>
      Effect.suspend(() => {
        const row = rows.get(keyOf(request));
        return row === undefined || row.request === request.request
          ? Effect.succeed(row && { answer: row.answer })
          : Effect.fail(new IdempotencyKeyReused({ key: request.key }));
      });
    return IdempotencyKeys.of({
      find,
      // Units of work come one at a time here: whoever claims has no rival.
      claim: find,
      keep: (request, answer) => Effect.sync(() => rows.set(keyOf(request), { request: request.request, answer })),
    });
  }),
);

export const layer = Layer.mergeAll(eventLog, idempotencyKeys);
