/**
 * The first schema: the fourteen entities of the anchor model, what their rules keep beside them, and the walls between
 * tenants.
 *
 * **Invariant** every key of a tenant's table contains `tenant_id`; ids are UUIDs that the application makes; instants
 * are `timestamptz`; no trigger, no sequence, no volatile default. `test/SchemaLint.test.ts` reads pg_catalog and says
 * where that is not so.
 */
import { APP_ROLE, grantAppend, grantChange, isolate, nameOf } from "./TenantTables.ts";

const role = `do $$
begin
  create role ${APP_ROLE} nologin nosuperuser nobypassrls nocreatedb nocreaterole;
exception
  -- Roles belong to the whole cluster: another database of it, or another node at this moment, may have made it.
  when duplicate_object or unique_violation then null;
end
$$`;

/** Whoever migrates must be able to take the role too, or a server that logs in as the same user could not work. */
const membership = `do $$
begin
  if not pg_has_role(current_user, '${APP_ROLE}', 'set') then
    execute format('grant ${APP_ROLE} to %I', current_user);
  end if;
end
$$`;

const tenant = `create table tenant (
  id uuid primary key,
  name text not null,
  timezone text not null,
  week_start smallint not null default 1 check (week_start between 1 and 7),
  day_start_hours smallint not null default 0 check (day_start_hours between 0 and 6),
  mode text not null default 'zmos_only' check (mode in ('zmos_only', 'zhep_connected')),
  brand_settings jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null
)`;

const location = `create table location (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  name text not null,
  address text,
  timezone text not null,
  capacity_defaults jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
)`;

const userAccount = `create table user_account (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  first_name text not null,
  last_name text not null,
  email text not null,
  phone text,
  role text not null check (role in ('owner', 'manager', 'coach', 'front_desk')),
  is_active boolean not null,
  external_party_id text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, external_party_id)
)`;

const member = `create table member (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  first_name text not null,
  last_name text not null,
  email text,
  phone text,
  date_of_birth date,
  timezone text,
  external_party_id text,
  member_since date not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, external_party_id)
)`;

/** A member's zone is the one in force when a fact occurred, so changes are dated and none is overwritten. */
const memberZone = `create table member_zone (
  tenant_id uuid not null,
  member_id uuid not null,
  effective_from timestamptz not null,
  timezone text not null,
  primary key (tenant_id, member_id, effective_from),
  foreign key (tenant_id, member_id) references member (tenant_id, id)
)`;

const corporateAccount = `create table corporate_account (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  name text not null,
  contact_person text,
  billing_details jsonb not null,
  status text not null check (status in ('active', 'suspended', 'ended')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
)`;

const corporateMember = `create table corporate_member (
  tenant_id uuid not null,
  id uuid not null,
  corporate_account_id uuid not null,
  member_id uuid not null,
  status text not null check (status in ('active', 'suspended', 'ended')),
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, corporate_account_id) references corporate_account (tenant_id, id),
  foreign key (tenant_id, member_id) references member (tenant_id, id)
)`;

const movementJourney = `create table movement_journey (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  name text not null,
  description text,
  duration_weeks integer not null check (duration_weeks > 0),
  target_goals jsonb not null,
  status text not null check (status in ('active', 'archived')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
)`;

const journeyEnrollment = `create table journey_enrollment (
  tenant_id uuid not null,
  id uuid not null,
  movement_journey_id uuid not null,
  member_id uuid not null,
  start_date date not null,
  end_date date,
  status text not null check (status in ('active', 'paused', 'completed', 'dropped')),
  adherence_score double precision,
  last_evaluated_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, movement_journey_id) references movement_journey (tenant_id, id),
  foreign key (tenant_id, member_id) references member (tenant_id, id)
)`;

const accessPlan = `create table access_plan (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  name text not null,
  type text not null check (type in ('membership', 'pack', 'corporate')),
  billing_period text not null check (billing_period in ('weekly', 'monthly', 'yearly', 'once_off')),
  usage_rules jsonb not null,
  is_program_linked boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
)`;

const membershipTable = `create table membership (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  access_plan_id uuid not null,
  status text not null check (status in ('active', 'paused', 'cancelled', 'expired')),
  start_date date not null,
  end_date date,
  source text not null check (source in ('direct', 'corporate', 'payer', 'promo')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, member_id) references member (tenant_id, id),
  foreign key (tenant_id, access_plan_id) references access_plan (tenant_id, id)
)`;

const sessionType = `create table session_type (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  name text not null,
  description text,
  category text not null check (category in ('class', 'pt', 'event')),
  intensity text check (intensity in ('light', 'moderate', 'vigorous')),
  primary_goal text,
  contraindications jsonb not null,
  default_duration integer not null check (default_duration > 0),
  default_capacity integer not null check (default_capacity > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
)`;

const sessionInstance = `create table session_instance (
  tenant_id uuid not null,
  id uuid not null,
  session_type_id uuid not null,
  location_id uuid not null,
  start_time timestamptz not null,
  end_time timestamptz not null,
  capacity integer not null,
  seats_taken integer not null,
  status text not null check (status in ('scheduled', 'cancelled', 'completed')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, session_type_id) references session_type (tenant_id, id),
  foreign key (tenant_id, location_id) references location (tenant_id, id),
  constraint session_instance_ends_after_it_starts check (end_time > start_time),
  constraint session_instance_never_oversold check (seats_taken between 0 and capacity)
)`;

const booking = `create table booking (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  session_instance_id uuid not null,
  status text not null check (status in ('booked', 'checked_in', 'no_show', 'cancelled')),
  created_at timestamptz not null,
  checked_in_at timestamptz,
  cancelled_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, member_id) references member (tenant_id, id),
  foreign key (tenant_id, session_instance_id) references session_instance (tenant_id, id)
)`;

/** Every version of every fact: a correction is a higher version of the same identity, and nothing is overwritten. */
const movementEvent = `create table movement_event (
  tenant_id uuid not null,
  id uuid not null,
  version integer not null check (version >= 1),
  source text not null check (source in ('check_in', 'manual', 'import', 'device', 'partner')),
  external_id text,
  member_id uuid not null,
  type text not null check (type in
    ('class_attendance', 'gym_checkin', 'tile_completion', 'outdoor_event', 'home_workout', 'other')),
  occurred_at timestamptz,
  occurred_on date,
  civil_date date not null,
  timezone text,
  duration_minutes double precision check (duration_minutes >= 0),
  intensity text check (intensity in ('light', 'moderate', 'vigorous')),
  location_id uuid,
  session_type_id uuid,
  session_instance_id uuid,
  booking_id uuid,
  tile_id uuid,
  is_entered_in_error boolean not null,
  created_at timestamptz not null,
  primary key (tenant_id, id, version),
  unique (tenant_id, source, external_id, version),
  foreign key (tenant_id, member_id) references member (tenant_id, id),
  foreign key (tenant_id, location_id) references location (tenant_id, id),
  foreign key (tenant_id, session_type_id) references session_type (tenant_id, id),
  foreign key (tenant_id, session_instance_id) references session_instance (tenant_id, id),
  foreign key (tenant_id, booking_id) references booking (tenant_id, id),
  constraint movement_event_occurred_at_an_instant_or_on_a_day check (num_nonnulls(occurred_at, occurred_on) = 1)
)`;

/** One cell of a member's calendar: the live facts of a civil day, with the totals that are asked for most. */
const memberDay = `create table member_day (
  tenant_id uuid not null,
  member_id uuid not null,
  civil_date date not null,
  cell jsonb not null,
  events integer not null,
  minutes double precision not null,
  moderate_equivalent_minutes double precision not null,
  primary key (tenant_id, member_id, civil_date),
  foreign key (tenant_id, member_id) references member (tenant_id, id)
)`;

/** A member's day totals in columns, as `PackedCalendar` encodes them: derived from member_day, in the same transactions. */
const memberCalendar = `create table member_calendar (
  tenant_id uuid not null references tenant (id),
  member_id uuid not null,
  packed bytea not null,
  primary key (tenant_id, member_id),
  foreign key (tenant_id, member_id) references member (tenant_id, id)
)`;

/** What counts as an active day and a full week, every version of it. */
const scoringRules = `create table scoring_rules (
  tenant_id uuid not null references tenant (id),
  version integer not null check (version >= 1),
  rules jsonb not null,
  set_at timestamptz,
  primary key (tenant_id, version)
)`;

const auditEntry = `create table audit_entry (
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
)`;

const outboxEvent = `create table outbox_event (
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
)`;

const idempotencyKey = `create table idempotency_key (
  tenant_id uuid not null,
  actor_id text not null,
  key text not null,
  request_hash text not null,
  answer jsonb,
  created_at timestamptz not null,
  primary key (tenant_id, actor_id, key)
)`;

/** Tokens issued before the instant are void. The actor \`*\` stands for everyone of the tenant. */
const tokenRevocation = `create table token_revocation (
  tenant_id uuid not null,
  actor_id text not null,
  revoked_before timestamptz not null,
  primary key (tenant_id, actor_id)
)`;

/** What signs its bearer in once. The token itself is nowhere, only its digest. */
const signInToken = `create table sign_in_token (
  tenant_id uuid not null,
  digest text not null,
  actor_id text not null,
  role text not null,
  expires_at timestamptz not null,
  primary key (tenant_id, digest)
)`;

/** Not a tenant's: what the operator sees of each tenant without entering it. */
const tenantDirectory = `create table tenant_directory (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null
)`;

/**
 * Not a tenant's: the keys with which this deployment signs tokens. \`is_first\` is what makes two servers that start at
 * once agree on one.
 */
const signingKey = `create table signing_key (
  key_id text primary key,
  private_key text not null,
  public_key text not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  is_first boolean not null
)`;

const indexes = [
  `create unique index user_account_email on user_account (tenant_id, lower(email))`,
  `create unique index booking_one_seat_a_member on booking (tenant_id, session_instance_id, member_id)
     where status <> 'cancelled'`,
  `create unique index signing_key_one_first on signing_key (is_first) where is_first`,
  `create index corporate_member_account on corporate_member (tenant_id, corporate_account_id)`,
  `create index corporate_member_member on corporate_member (tenant_id, member_id)`,
  `create index membership_member on membership (tenant_id, member_id)`,
  `create index journey_enrollment_journey on journey_enrollment (tenant_id, movement_journey_id)`,
  `create index journey_enrollment_member on journey_enrollment (tenant_id, member_id)`,
  `create index session_instance_start on session_instance (tenant_id, start_time, id)`,
  `create index session_instance_location on session_instance (tenant_id, location_id, start_time, id)`,
  `create index booking_session_instance on booking (tenant_id, session_instance_id, id)`,
  `create index booking_member on booking (tenant_id, member_id, id)`,
  `create index movement_event_member on movement_event (tenant_id, member_id, civil_date, id)`,
];

const tenantTables = [
  tenant,
  location,
  userAccount,
  member,
  memberZone,
  corporateAccount,
  corporateMember,
  movementJourney,
  journeyEnrollment,
  accessPlan,
  membershipTable,
  sessionType,
  sessionInstance,
  booking,
  movementEvent,
  memberDay,
  memberCalendar,
  scoringRules,
  auditEntry,
  outboxEvent,
  idempotencyKey,
  tokenRevocation,
  signInToken,
];

/** What is written once and then only read. */
const appendOnly = new Set(["member_zone", "movement_event", "scoring_rules", "audit_entry", "outbox_event"]);
/** What the application may forget. */
const deletable = new Set(["idempotency_key", "sign_in_token"]);

const grant = (table: string) => [
  ...(appendOnly.has(table) ? grantAppend(table) : grantChange(table)),
  ...(deletable.has(table) ? [`grant delete on ${table} to ${APP_ROLE}`] : []),
];

const tenantTableNames = tenantTables.map(nameOf);

export const statements: ReadonlyArray<string> = [
  role,
  membership,
  ...tenantTables,
  signingKey,
  tenantDirectory,
  ...indexes,
  ...tenantTableNames.flatMap(isolate),
  `grant usage on schema public to ${APP_ROLE}`,
  ...tenantTableNames.flatMap(grant),
  `grant select, insert on tenant_directory, signing_key to ${APP_ROLE}`,
  `grant update (retired_at) on signing_key to ${APP_ROLE}`,
  `grant select on zmos_migration to ${APP_ROLE}`,
];
