/** Journeys with phases, enrolments with pauses, and the flags on them. */
import { APP_ROLE, grantChange, isolate, nameOf } from "./TenantTables.ts";

const followUpFlag = `create table follow_up_flag (
  tenant_id uuid not null,
  id uuid not null,
  journey_id uuid not null,
  enrollment_id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('off_track', 'weeks_missed_in_a_row', 'no_movement', 'other')),
  status text not null check (status in ('raised', 'resolved')),
  reason text not null,
  raised_by text not null,
  raised_at timestamptz not null,
  resolution text,
  resolved_by text,
  resolved_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, journey_id) references movement_journey (tenant_id, id),
  foreign key (tenant_id, enrollment_id) references journey_enrollment (tenant_id, id),
  foreign key (tenant_id, member_id) references member (tenant_id, id),
  constraint follow_up_flag_resolved_by_somebody check ((status = 'resolved') = (resolved_at is not null))
)`;

const table = nameOf(followUpFlag);

export const statements: ReadonlyArray<string> = [
  `alter table movement_journey
     add column phases jsonb not null default '[]',
     add column counts jsonb,
     add column standing_thresholds jsonb not null default '{"onTrackFrom": 0.8, "atRiskFrom": 0.5}'`,
  // No version of the code that has been out reads or writes this table, so the column can take the name it has on the wire.
  `alter table journey_enrollment rename column movement_journey_id to journey_id`,
  `alter table journey_enrollment add column pauses jsonb not null default '[]'`,
  `grant update (pauses) on journey_enrollment to ${APP_ROLE}`,
  `create unique index journey_enrollment_one_open on journey_enrollment (tenant_id, journey_id, member_id)
     where status in ('active', 'paused')`,
  followUpFlag,
  `create index follow_up_flag_journey on ${table} (tenant_id, journey_id, id)`,
  `create index follow_up_flag_enrollment on ${table} (tenant_id, enrollment_id, id)`,
  ...isolate(table),
  ...grantChange(table),
];
