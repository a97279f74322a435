/** The kernel's ports in memory. */
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import type { DomainEvent } from "../kernel/DomainEvent.ts";
import { EventLog } from "../kernel/EventLog.ts";
import { IdempotencyKeyReused, IdempotencyKeys, type KeyedRequest } from "../kernel/IdempotencyKeys.ts";
import { Instant } from "../kernel/Instant.ts";
import { type ClaimedWakeUp, type WakeUp, type WakeUpKey, WakeUps } from "../kernel/WakeUps.ts";
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
      findAll: (requests) => Effect.forEach(requests, (request) => Effect.catch(find(request), Effect.succeed)),
      keepAll: (answers) =>
        Effect.sync(() => {
          for (const { request, answer } of answers) rows.set(keyOf(request), { request: request.request, answer });
        }),
    });
  }),
);

interface WakeUpRow extends WakeUp {
  readonly readyAt: Instant;
  readonly attempts: number;
  readonly claim?: string | undefined;
}

const wakeUps = Layer.effect(
  WakeUps,
  Effect.gen(function* () {
    const database = yield* MemoryDatabase;
    const rows = database.table<WakeUpRow>();
    let claims = 0;
    const keyOf = ({ kind, tenantId, entityId }: WakeUpKey) => `${kind}/${tenantId}/${entityId}`;
    const ofKinds = (kinds: ReadonlyArray<string>) => [...rows.values()].filter(({ kind }) => kinds.includes(kind));
    /** In turn with units of work, whose changes nobody sees before they are kept. */
    const inTurn = <A>(work: () => A) => database.run(Effect.sync(work));
    const ifStillClaimed = (claimed: ClaimedWakeUp, change: (key: string, row: WakeUpRow) => void) =>
      inTurn(() => {
        const key = keyOf(claimed);
        const row = rows.get(key);
        if (row?.claim === claimed.claim) change(key, row);
      });
    return WakeUps.of({
      set: (all) =>
        Effect.sync(() => {
          for (const { kind, tenantId, entityId, dueAt } of all) {
            const row: WakeUpRow = { kind, tenantId, entityId, dueAt, readyAt: dueAt, attempts: 0 };
            rows.set(keyOf(row), row);
          }
        }),
      clear: (keys) =>
        Effect.sync(() => {
          for (const key of keys) rows.delete(keyOf(key));
        }),
      claim: ({ now, kinds, limit, leaseSeconds }) =>
        inTurn(() =>
          ofKinds(kinds)
            .filter(({ readyAt }) => readyAt <= now)
            .sort((left, right) => left.readyAt - right.readyAt)
            .slice(0, limit)
            .map((row): ClaimedWakeUp => {
              const { kind, tenantId, entityId, dueAt } = row;
              const claim = String(++claims);
              const attempts = row.attempts + 1;
              rows.set(keyOf(row), { ...row, readyAt: Instant.make(now + leaseSeconds * 1000), attempts, claim });
              return { kind, tenantId, entityId, dueAt, claim, attempt: attempts };
            }),
        ),
      done: (claimed) => ifStillClaimed(claimed, (key) => rows.delete(key)),
      postpone: (claimed, until) =>
        ifStillClaimed(claimed, (key, row) => rows.set(key, { ...row, readyAt: until, claim: undefined })),
      next: (kinds) =>
        inTurn(() => {
          const moments = ofKinds(kinds).map(({ readyAt }) => readyAt);
          return moments.length === 0 ? undefined : moments.reduce((left, right) => (left < right ? left : right));
        }),
    });
  }),
);

export const layer = Layer.mergeAll(eventLog, idempotencyKeys, wakeUps);
