/** Memberships with periods and pauses, and the ledger of what they were given and paid for. */
import { APP_ROLE, grantAppend, grantChange, isolate, nameOf } from "./TenantTables.ts";

/** No reference to the booking: a visit may be held for a place in line, before there is one. */
const ledgerEntry = `create table ledger_entry (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  membership_id uuid not null,
  lot_id uuid,
  booking_id uuid,
  step integer,
  kind text not null check (kind in ('grant', 'hold', 'consume', 'release', 'expire', 'adjust')),
  credits integer not null,
  civil_date date not null,
  expires_on date,
  at timestamptz not null,
  reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, membership_id) references membership (tenant_id, id),
  constraint ledger_entry_of_a_booking_has_a_step check ((booking_id is null) = (step is null))
)`;

/** The sum of a lot's entries, kept with them: what is asked for at every booking is not added up each time. */
const creditLot = `create table credit_lot (
  tenant_id uuid not null,
  id uuid not null,
  membership_id uuid not null,
  expires_on date,
  balance integer not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, membership_id) references membership (tenant_id, id),
  constraint credit_lot_never_below_zero check (balance >= 0)
)`;

const tables = [ledgerEntry, creditLot];
const [ledger, lot] = [nameOf(ledgerEntry), nameOf(creditLot)];

export const statements: ReadonlyArray<string> = [
  `alter table membership
     add column anchor_day smallint check (anchor_day between 1 and 31),
     add column period_start date,
     add column pauses jsonb not null default '[]',
     add column blocked_reason text`,
  `update membership set anchor_day = extract(day from start_date), period_start = start_date`,
  `alter table membership alter column anchor_day set not null, alter column period_start set not null`,
  `grant update (anchor_day, period_start, pauses, blocked_reason) on membership to ${APP_ROLE}`,
  ...tables,
  `create unique index ledger_entry_booking_step on ${ledger} (tenant_id, booking_id, step) where booking_id is not null`,
  `create index ledger_entry_membership on ${ledger} (tenant_id, membership_id, civil_date)`,
  `create index credit_lot_membership on ${lot} (tenant_id, membership_id)`,
  ...[ledger, lot].flatMap(isolate),
  ...grantAppend(ledger),
  ...grantChange(lot),
];
