/** An entry that takes from a lot needs that lot: the database sees to it, so that nobody waits to hear whether it was there. */
export const statements: ReadonlyArray<string> = [
  "alter table ledger_entry add foreign key (tenant_id, lot_id) references credit_lot (tenant_id, id)",
];
