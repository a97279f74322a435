/** Rosters under any policy: who waits, what a seat costs, and the policies. */
import { APP_ROLE, grantChange, isolate, nameOf } from "./TenantTables.ts";

const waitlistEntry = `create table waitlist_entry (
  tenant_id uuid not null,
  id uuid not null,
  session_instance_id uuid not null,
  member_id uuid not null,
  status text not null check (status in ('waiting', 'offered', 'seated', 'left', 'declined', 'lapsed', 'closed')),
  priority integer not null,
  sequence integer not null,
  channel text not null check (channel in ('online', 'desk')),
  paid_by jsonb,
  is_held boolean not null,
  is_acknowledged boolean,
  passed_over text,
  offer_expires_at timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, member_id) references member (tenant_id, id),
  foreign key (tenant_id, session_instance_id) references session_instance (tenant_id, id),
  check ((status = 'offered') = (offer_expires_at is not null))
)`;

/** What applies to a tenant (\`tenant\`), or to one of its session types (its id) in place of that. */
const bookingPolicy = `create table booking_policy (
  tenant_id uuid not null references tenant (id),
  applies_to text not null,
  policy jsonb not null,
  primary key (tenant_id, applies_to)
)`;

const tables = [waitlistEntry, bookingPolicy];
const names = tables.map(nameOf);

export const statements: ReadonlyArray<string> = [
  ...tables,
  // Defaults serve the rows that are there: bookings made before there were policies cost nothing.
  `alter table booking
     add column channel text not null default 'desk' check (channel in ('online', 'desk')),
     add column origin text not null default 'booked' check (origin in ('booked', 'waitlist', 'walk_in')),
     add column paid_by jsonb not null default '{"source":"open"}',
     add column advised_against jsonb,
     add column is_acknowledged boolean,
     add column penalty jsonb,
     add column check_ins integer not null default 1 check (check_ins >= 0),
     add column nonce text,
     add column reason text`,
  `alter table booking
     alter column channel drop default, alter column origin drop default, alter column paid_by drop default,
     alter column check_ins drop default`,
  `alter table session_instance
     add column seats_taken_online integer not null default 0,
     add column offers_open integer not null default 0,
     add column waitlist_length integer not null default 0,
     drop constraint session_instance_never_oversold,
     add constraint session_instance_never_oversold
       check (seats_taken >= 0 and seats_taken_online between 0 and seats_taken and offers_open >= 0 and seats_taken + offers_open <= capacity)`,
  `alter table session_instance alter column seats_taken_online drop default, alter column offers_open drop default,
      alter column waitlist_length drop default`,
  `alter table member add column constraints jsonb`,
  `grant update (channel, origin, paid_by, advised_against, is_acknowledged, penalty, check_ins, nonce, reason)
     on booking to ${APP_ROLE}`,
  `grant update (seats_taken_online, offers_open, waitlist_length) on session_instance to ${APP_ROLE}`,
  `grant update (constraints) on member to ${APP_ROLE}`,
  `drop index booking_one_seat_a_member`,
  `create unique index booking_one_seat_a_member on booking (tenant_id, session_instance_id, member_id)
     where status in ('booked', 'checked_in')`,
  `create index booking_penalty_pending on booking (tenant_id, session_instance_id) where penalty ->> 'status' = 'pending'`,
  `create index booking_member_booked on booking (tenant_id, member_id) where status = 'booked'`,
  `create unique index waitlist_entry_one_place_a_member on waitlist_entry (tenant_id, session_instance_id, member_id)
     where status in ('waiting', 'offered')`,
  `create index waitlist_entry_session_instance on waitlist_entry (tenant_id, session_instance_id, id)`,
  `create index waitlist_entry_member on waitlist_entry (tenant_id, member_id, id)`,
  ...names.flatMap(isolate),
  ...names.flatMap(grantChange),
];
