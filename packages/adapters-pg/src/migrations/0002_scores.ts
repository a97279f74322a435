/** What scores are computed by besides facts: excused days, a tenant's own formulas, tiles and who is to do them. */
import { grantAppend, isolate, nameOf } from "./TenantTables.ts";

/** Every version of every excuse: ending one is a higher version, and nothing is overwritten. */
const excuse = `create table excuse (
  tenant_id uuid not null,
  id uuid not null,
  version integer not null check (version >= 1),
  member_id uuid not null,
  "from" date not null,
  "to" date,
  reason text not null check (reason in ('rest_weekday', 'membership_pause', 'illness', 'travel', 'closure', 'other')),
  note text,
  granted_by text not null,
  ended_by text,
  is_entered_in_error boolean not null,
  created_at timestamptz not null,
  primary key (tenant_id, id, version),
  foreign key (tenant_id, member_id) references member (tenant_id, id),
  constraint excuse_ends_after_it_begins check ("to" >= "from")
)`;

/** Every version of a tenant's own formulas. Those that come with ZMOS are in its code. */
const adherenceFormula = `create table adherence_formula (
  tenant_id uuid not null references tenant (id),
  formula text not null,
  version integer not null check (version >= 1),
  definition jsonb not null,
  created_at timestamptz not null,
  primary key (tenant_id, formula, version)
)`;

const movementTile = `create table movement_tile (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  name text not null,
  description text,
  duration_minutes double precision not null check (duration_minutes > 0),
  intensity text not null check (intensity in ('light', 'moderate', 'vigorous')),
  category text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
)`;

const tileAssignment = `create table tile_assignment (
  tenant_id uuid not null,
  id uuid not null,
  tile_id uuid not null,
  member_id uuid not null,
  "from" date not null,
  "to" date,
  assigned_by text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, tile_id) references movement_tile (tenant_id, id),
  foreign key (tenant_id, member_id) references member (tenant_id, id),
  constraint tile_assignment_ends_after_it_begins check ("to" >= "from")
)`;

const tables = [excuse, adherenceFormula, movementTile, tileAssignment];
const names = tables.map(nameOf);

export const statements: ReadonlyArray<string> = [
  ...tables,
  `create index excuse_member on excuse (tenant_id, member_id, id)`,
  `create index tile_assignment_member on tile_assignment (tenant_id, member_id, id)`,
  `alter table movement_event add constraint movement_event_tile
     foreign key (tenant_id, tile_id) references movement_tile (tenant_id, id)`,
  ...names.flatMap(isolate),
  ...names.flatMap(grantAppend),
];
