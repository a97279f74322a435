/**
 * Every booking changes its session and its lot in place: their pages keep room for the next version of a row, which then needs no new entry in any
 * index.
 */
export const statements: ReadonlyArray<string> = [
  "alter table session_instance set (fillfactor = 70)",
  "alter table credit_lot set (fillfactor = 70)",
];
