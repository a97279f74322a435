/** Challenges, who takes part in them, and how they stand, kept in the order of the board. */
import { APP_ROLE, grantChange, isolate } from "./TenantTables.ts";

const challenge = `create table challenge (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  name text not null,
  description text,
  kind jsonb not null,
  "from" date not null,
  "to" date not null,
  "join" text not null check ("join" in ('before_start', 'any_time', 'any_time_counting_back')),
  sources jsonb,
  grace_days integer not null check (grace_days >= 0),
  rank_style text not null check (rank_style in ('ordinal', 'competition', 'dense')),
  teams jsonb not null,
  status text not null check (status in ('open', 'final')),
  finalised_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  constraint challenge_ends_after_it_begins check ("to" >= "from"),
  constraint challenge_is_final_since_an_instant check ((status = 'final') = (finalised_at is not null))
)`;

const participant = `create table challenge_participant (
  tenant_id uuid not null,
  challenge_id uuid not null,
  member_id uuid not null,
  joined_at timestamptz not null,
  joined_on date not null,
  display_name text not null,
  is_shown boolean not null,
  team_id uuid,
  primary key (tenant_id, challenge_id, member_id),
  foreign key (tenant_id, challenge_id) references challenge (tenant_id, id),
  foreign key (tenant_id, member_id) references member (tenant_id, id)
)`;

/**
 * A line of a board. Values are kept negative and a goal that is not reached lies on the last day there is, so that the order of the board
 * is the plain ascending order of three columns, which an index can begin anywhere and count.
 */
const standing = `create table challenge_standing (
  tenant_id uuid not null,
  challenge_id uuid not null,
  entrant_id uuid not null,
  minus_value double precision not null,
  reached_on date not null,
  now_minus_value double precision not null,
  now_reached_on date not null,
  name text not null,
  is_hidden boolean not null,
  is_final boolean not null,
  primary key (tenant_id, challenge_id, entrant_id),
  foreign key (tenant_id, challenge_id) references challenge (tenant_id, id)
)`;

const names = ["challenge", "challenge_participant", "challenge_standing"];

export const statements: ReadonlyArray<string> = [
  challenge,
  participant,
  standing,
  `create index challenge_days on challenge (tenant_id, "to", "from")`,
  `create index challenge_participant_member on challenge_participant (tenant_id, member_id, challenge_id)`,
  `create index challenge_participant_team on challenge_participant (tenant_id, team_id) where team_id is not null`,
  `create index challenge_standing_order on challenge_standing
     (tenant_id, challenge_id, minus_value, reached_on, entrant_id)`,
  `create index challenge_standing_changed on challenge_standing (tenant_id, challenge_id, entrant_id)
     where (now_minus_value, now_reached_on) is distinct from (minus_value, reached_on)`,
  ...names.flatMap(isolate),
  ...names.flatMap(grantChange),
  `grant delete on challenge_participant, challenge_standing to ${APP_ROLE}`,
];
