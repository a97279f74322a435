import * as Effect from "effect/Effect";
import { IdSource } from "./IdSource.ts";
import type { TenantId } from "./Ids.ts";
import { type Instant, now } from "./Instant.ts";
import { type ActorType, Principal } from "./Principal.ts";

/**
 * Something that happened, past tense, in the envelope every module shares.
 *
 * **Shape** `type` names it (`BookingMade`), `entityType` and `entityId` say to what, `data` holds what a reader needs to know.
 */
export interface DomainEvent {
  readonly id: string;
  readonly tenantId: TenantId;
  readonly type: string;
  readonly entityType: string;
  readonly entityId: string;
  readonly actorId: string;
  readonly actorType: ActorType;
  readonly occurredAt: Instant;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a use case says of an event; the envelope adds who, when and for which tenant. */
export type Happening = Pick<DomainEvent, "type" | "entityType" | "entityId" | "data">;

/** Puts happenings into their envelopes: an id, the present moment, the principal at hand. */
export const envelop = Effect.fnUntraced(function* (happenings: ReadonlyArray<Happening>) {
  const { tenantId, actorId, actorType } = yield* Principal;
  const ids = yield* IdSource.use((source) => source.many(happenings.length));
  const occurredAt = yield* now;
  return happenings.map(({ type, entityType, entityId, data }, index): DomainEvent => ({
    id: ids[index]!,
    tenantId,
    actorId,
    actorType,
    occurredAt,
    type,
    entityType,
    entityId,
    data,
  }));
});
