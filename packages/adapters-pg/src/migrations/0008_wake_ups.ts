/** When things that change with time must be looked at next. */
import { APP_ROLE } from "./TenantTables.ts";

/**
 * Not a tenant's: it is polled across tenants with locks, and holds nothing of theirs but ids. \`ready_at\` is when the wake-up may be
 * claimed: when it is due, and once it has been claimed when that claim ends.
 */
const wakeUp = `create table wake_up (
  kind text not null,
  tenant_id uuid not null,
  entity_id text not null,
  due_at timestamptz not null,
  ready_at timestamptz not null,
  claim_token uuid,
  attempts integer not null default 0,
  primary key (kind, tenant_id, entity_id)
)`;

export const statements: ReadonlyArray<string> = [
  wakeUp,
  `create index wake_up_ready on wake_up (ready_at)`,
  `grant select, insert, delete on wake_up to ${APP_ROLE}`,
  `grant update (due_at, ready_at, claim_token, attempts) on wake_up to ${APP_ROLE}`,
];
