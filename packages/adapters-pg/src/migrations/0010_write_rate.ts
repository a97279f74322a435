/**
 * What a fact leaves behind, written with less work.
 *
 * Day cells and packed calendars are derived from facts in the same transaction, and a fact's own keys name its member: checking the member
 * again for every derived row finds nothing. Both are rewritten in place all day long, so their pages keep room for the next version of a row:
 * it then needs no new entry in an index.
 */
export const statements: ReadonlyArray<string> = [
  "alter table member_day drop constraint member_day_tenant_id_member_id_fkey",
  "alter table member_calendar drop constraint member_calendar_tenant_id_member_id_fkey",
  "alter table member_calendar drop constraint member_calendar_tenant_id_fkey",
  "alter table member_day set (fillfactor = 85)",
  "alter table member_calendar set (fillfactor = 70)",
];
