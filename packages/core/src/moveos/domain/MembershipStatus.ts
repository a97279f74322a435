import * as Schema from "effect/Schema";

/** What a membership is as of the last day it was looked at: a *cancelled* one pays to its last day, an *expired* one is over. */
export const MembershipStatus = Schema.Literals(["active", "paused", "cancelled", "expired"]);
export type MembershipStatus = typeof MembershipStatus.Type;
