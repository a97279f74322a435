-- The tables of ZMOS that a booking touches, with the same keys, foreign keys and indexes; without row-level security.
create table tenant (
  id uuid primary key,
  name text not null
);

create table member (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  first_name text not null,
  last_name text not null,
  primary key (tenant_id, id)
);

create table membership (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  status text not null check (status in ('active', 'paused', 'cancelled', 'expired')),
  start_date date not null,
  end_date date,
  credits_left integer not null check (credits_left >= 0),
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, member_id) references member (tenant_id, id)
);
create index membership_member on membership (tenant_id, member_id);

create table session_instance (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  start_time timestamptz not null,
  end_time timestamptz not null,
  capacity integer not null,
  seats_taken integer not null,
  status text not null check (status in ('scheduled', 'cancelled', 'completed')),
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  check (seats_taken between 0 and capacity)
);
create index session_instance_start on session_instance (tenant_id, start_time, id);

create table booking (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  session_instance_id uuid not null,
  status text not null check (status in ('booked', 'checked_in', 'no_show', 'cancelled')),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, member_id) references member (tenant_id, id),
  foreign key (tenant_id, session_instance_id) references session_instance (tenant_id, id)
);
create unique index booking_one_seat_a_member on booking (tenant_id, session_instance_id, member_id)
  where status <> 'cancelled';
create index booking_session_instance on booking (tenant_id, session_instance_id, id);
create index booking_member on booking (tenant_id, member_id, id);

create table credit_entry (
  tenant_id uuid not null,
  id uuid not null,
  membership_id uuid not null,
  booking_id uuid not null,
  kind text not null check (kind in ('hold', 'release', 'spend')),
  credits integer not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, membership_id) references membership (tenant_id, id),
  foreign key (tenant_id, booking_id) references booking (tenant_id, id)
);

create table audit_entry (
  tenant_id uuid not null,
  id uuid not null,
  actor_id text not null,
  actor_type text not null,
  action text not null,
  entity_type text not null,
  entity_id text not null,
  metadata jsonb not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);

create table outbox_event (
  tenant_id uuid not null,
  id uuid not null,
  type text not null,
  entity_type text not null,
  entity_id text not null,
  actor_id text not null,
  actor_type text not null,
  data jsonb not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);

create table idempotency_key (
  tenant_id uuid not null,
  actor_id text not null,
  key text not null,
  request_hash text not null,
  answer jsonb not null,
  created_at timestamptz not null,
  primary key (tenant_id, actor_id, key)
);
