import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import { type DomainEvent, envelop, type Happening } from "./DomainEvent.ts";
import type { TenantId } from "./Ids.ts";
import type { PageRequest, Rows } from "./Page.ts";

/**
 * Where domain events are kept: each as one audit entry (who did what to what, for people) and one outbox event (for partners).
 *
 * **Contract** called inside the unit of work of the change it tells of. Every event leaves exactly one audit entry and one outbox
 * event, or, when the unit of work fails, neither. `audit` lists entries newest first.
 */
export class EventLog extends Context.Service<
  EventLog,
  {
    readonly append: (events: ReadonlyArray<DomainEvent>) => Effect.Effect<void>;
    readonly audit: (tenantId: TenantId, page: PageRequest) => Effect.Effect<Rows<DomainEvent>>;
    readonly outbox: (tenantId: TenantId, page: PageRequest) => Effect.Effect<Rows<DomainEvent>>;
  }
>()("@zmos/core/kernel/EventLog") {}

/** Records what happened, in the unit of work at hand. */
export const record = (...happenings: ReadonlyArray<Happening>) =>
  Effect.flatMap(envelop(happenings), (events) => EventLog.use((log) => log.append(events)));
