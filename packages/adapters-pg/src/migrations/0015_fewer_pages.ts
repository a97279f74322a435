/**
 * What a change leaves behind, in fewer bytes and fewer pages.
 *
 * *Audit and outbox.* Both tell the same of an event, so it is written once: the audit entry holds it, the outbox says that it is still to be
 * told, and `outbox_event` reads as it always has. What an event holds, and a day cell, is kept as the text it came as: it is only
 * ever read whole.
 *
 * *Keys.* Every key has the tenant in it, but where one member's row is looked up for every fact, the member comes first: it tells rows apart at
 * the first comparison, and the upper pages of the index need to hold nothing else. The order of a board stays as it is: in
 * it a rank is counted, row by row, and a tenant that is a condition of the index costs a row nothing.
 */
import { APP_ROLE, grantAppend, isolate } from "./TenantTables.ts";

const outbox = `create table outbox (
  tenant_id uuid not null,
  id uuid not null,
  primary key (tenant_id, id)
)`;

const outboxEvent = `create view outbox_event with (security_invoker = true) as
  select o.tenant_id, o.id, a.action as type, a.entity_type, a.entity_id, a.actor_id, a.actor_type, a.metadata as data, a.created_at
  from outbox o join audit_entry a on a.tenant_id = o.tenant_id and a.id = o.id`;

export const statements: ReadonlyArray<string> = [
  outbox,
  // Who migrates owns the tables and is held to their policies; no tenant is set here.
  "alter table outbox_event no force row level security",
  "insert into outbox (tenant_id, id) select tenant_id, id from outbox_event",
  "drop table outbox_event",
  "alter table audit_entry alter column metadata type json using metadata::json",
  outboxEvent,
  ...isolate("outbox"),
  ...grantAppend("outbox"),
  `grant select on outbox_event to ${APP_ROLE}`,

  "alter table member_day alter column cell type json using cell::json",
  "alter table member_day drop constraint member_day_pkey, add primary key (member_id, civil_date, tenant_id)",
  "alter table member_calendar drop constraint member_calendar_pkey, add primary key (member_id, tenant_id)",
  "create index member_calendar_tenant on member_calendar (tenant_id)",
  `alter table challenge_standing drop constraint challenge_standing_pkey,
     add primary key (entrant_id, challenge_id, tenant_id)`,
  "drop index challenge_participant_member",
  "create index challenge_participant_member on challenge_participant (member_id, challenge_id)",
];
