/**
 * Plans that change for those who buy from then on.
 *
 * A plan's row is written once; a change, or its withdrawal from sale, is another row with the next number. A membership names the row it was
 * bought by, so that it keeps what was bought.
 */
import { APP_ROLE } from "./TenantTables.ts";

export const statements: ReadonlyArray<string> = [
  "alter table access_plan add column revision integer not null default 1 check (revision > 0), add column withdrawn_at timestamptz",
  "alter table access_plan alter column revision drop default",
  "alter table membership add column plan_revision integer not null default 1",
  "alter table membership alter column plan_revision drop default",
  "alter table membership drop constraint membership_tenant_id_access_plan_id_fkey",
  "alter table access_plan drop constraint access_plan_pkey",
  "alter table access_plan add primary key (tenant_id, id, revision)",
  `alter table membership add foreign key (tenant_id, access_plan_id, plan_revision)
     references access_plan (tenant_id, id, revision)`,
  `revoke update on access_plan from ${APP_ROLE}`,
];
