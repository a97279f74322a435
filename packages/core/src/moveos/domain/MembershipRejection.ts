import * as Schema from "effect/Schema";
import { MembershipId } from "../../kernel/Ids.ts";

/** Why a membership does not pay for a visit. */
export const RejectionReason = Schema.Literals([
  "blocked",
  "not_started",
  "ended",
  "paused",
  "location_not_covered",
  "session_type_not_covered",
  "time_not_covered",
  "visits_used_up",
  "no_credits",
  "credits_expire_before",
  "too_many_open_bookings",
]).annotate({ identifier: "RejectionReason" });
export type RejectionReason = typeof RejectionReason.Type;

/** A membership that was considered for a visit and does not pay for it. **Shape** `change`: what would have to change. */
export const MembershipRejection = Schema.Struct({
  membershipId: MembershipId,
  reason: RejectionReason,
  change: Schema.String,
}).annotate({ identifier: "MembershipRejection" });
export type MembershipRejection = typeof MembershipRejection.Type;
