/** What the desk looks up by key, for members of many tenants in one unit of work. */
import { askEachRow } from "./TenantTables.ts";

const lookedUp = [
  "access_plan",
  "booking",
  "booking_policy",
  "credit_lot",
  "idempotency_key",
  "ledger_entry",
  "member",
  "membership",
  "session_instance",
  "session_type",
  "tenant",
  "token_revocation",
  "user_account",
  "waitlist_entry",
];

export const statements: ReadonlyArray<string> = lookedUp.map(askEachRow);
