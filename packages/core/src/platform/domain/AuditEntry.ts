import * as Schema from "effect/Schema";
import type { DomainEvent } from "../../kernel/DomainEvent.ts";
import { TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { ActorType } from "../../kernel/Principal.ts";

/** Who did what to what, and when. **Shape** `metadata`: what a reader needs to know of it. */
export const AuditEntry = Schema.Struct({
  id: Schema.String,
  tenantId: TenantId,
  actorId: Schema.String,
  actorType: ActorType,
  action: Schema.String,
  entityType: Schema.String,
  entityId: Schema.String,
  metadata: Schema.Record(Schema.String, Schema.Unknown),
  createdAt: InstantFromString,
}).annotate({ identifier: "AuditEntry" });
export type AuditEntry = typeof AuditEntry.Type;

/** A domain event, as the audit tells it. */
export const auditEntryOf = ({ type, data, occurredAt, ...event }: DomainEvent): AuditEntry => ({
  ...event,
  action: type,
  metadata: data,
  createdAt: occurredAt,
});
