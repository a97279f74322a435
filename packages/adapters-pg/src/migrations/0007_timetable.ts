/** The timetable: rooms, series and their occurrences, and the links by which calendars subscribe. */
import { APP_ROLE, grantChange, isolate, nameOf } from "./TenantTables.ts";

const room = `create table room (
  tenant_id uuid not null,
  id uuid not null,
  location_id uuid not null,
  name text not null,
  capacity integer check (capacity > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references location (tenant_id, id)
)`;

const schedule = `create table schedule (
  tenant_id uuid not null,
  id uuid not null,
  session_type_id uuid not null,
  location_id uuid not null,
  room_id uuid,
  instructor_id uuid,
  capacity integer check (capacity > 0),
  timezone text not null,
  starts_on date not null,
  starts_at text not null,
  duration_minutes integer not null check (duration_minutes > 0),
  rrule text not null,
  exceptions jsonb not null,
  extended_to date not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, session_type_id) references session_type (tenant_id, id),
  foreign key (tenant_id, location_id) references location (tenant_id, id),
  foreign key (tenant_id, room_id) references room (tenant_id, id),
  foreign key (tenant_id, instructor_id) references user_account (tenant_id, id)
)`;

/** The token of a feed is nowhere, only its digest. */
const calendarFeed = `create table calendar_feed (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  scope jsonb not null,
  digest text not null,
  issued_by text not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, digest)
)`;

const tables = [room, schedule, calendarFeed];
const names = tables.map(nameOf);

/** Whoever owns the tables passes their walls for the one statement that must see every tenant's rows. */
const readForPlacing = ["tenant", "location", "session_instance"];

export const statements: ReadonlyArray<string> = [
  ...tables,
  `alter table session_instance
     add column timezone text,
     add column civil_date date,
     add column instructor_id uuid,
     add column room_id uuid,
     add column schedule_id uuid,
     add column recurrence_start text collate "C",
     add column own_changes jsonb,
     add column sequence integer not null default 0 check (sequence >= 0)`,
  ...readForPlacing.map((table) => `alter table ${table} no force row level security`),
  // What a session that is there would have been given: its location's zone, and the civil day of its start there.
  `update session_instance as kept set
     timezone = location.timezone,
     civil_date =
       ((kept.start_time at time zone location.timezone) - make_interval(hours => tenant.day_start_hours::integer))::date
   from location join tenant on tenant.id = location.tenant_id
   where location.tenant_id = kept.tenant_id and location.id = kept.location_id`,
  ...readForPlacing.map((table) => `alter table ${table} force row level security`),
  `alter table session_instance
     alter column timezone set not null,
     alter column civil_date set not null,
     add constraint session_instance_instructor
       foreign key (tenant_id, instructor_id) references user_account (tenant_id, id),
     add constraint session_instance_room foreign key (tenant_id, room_id) references room (tenant_id, id),
     add constraint session_instance_schedule foreign key (tenant_id, schedule_id) references schedule (tenant_id, id),
     add constraint session_instance_occurs_once unique (tenant_id, schedule_id, recurrence_start),
     add constraint session_instance_of_a_series_has_its_place
       check ((schedule_id is null) = (recurrence_start is null))`,
  `grant update (timezone, civil_date, instructor_id, room_id, schedule_id, recurrence_start, own_changes, sequence)
     on session_instance to ${APP_ROLE}`,
  `create index session_instance_instructor_start on session_instance (tenant_id, instructor_id, start_time)
     where instructor_id is not null`,
  `create index session_instance_room_start on session_instance (tenant_id, room_id, start_time)
     where room_id is not null`,
  `create index room_location on room (tenant_id, location_id, id)`,
  ...names.flatMap(isolate),
  ...names.flatMap(grantChange),
];
