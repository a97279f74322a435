import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { MemberId, TenantId } from "../../kernel/Ids.ts";
import { type Instant, InstantFromString } from "../../kernel/Instant.ts";
import { Email, ExternalId, Name, PhoneNumber } from "../../kernel/Text.ts";
import { ZoneName } from "../../kernel/ZoneName.ts";

/**
 * An end user known to a tenant: an employee, an insured person, somebody who walked in. Never staff.
 *
 * **Shape** `memberSince`: the first day on which movement was to be expected of the member; scores begin there. `constraints`: what the member has
 * declared that a session may not be good for, in the words of the session types' contraindications.
 */
export const Member = Schema.Struct({
  id: MemberId,
  tenantId: TenantId,
  firstName: Name,
  lastName: Name,
  email: Schema.optionalKey(Email),
  phone: Schema.optionalKey(PhoneNumber),
  dateOfBirth: Schema.optionalKey(CivilDateFromString),
  timezone: Schema.optionalKey(ZoneName),
  externalPartyId: Schema.optionalKey(ExternalId),
  constraints: Schema.optionalKey(Schema.Array(Name)),
  memberSince: CivilDateFromString,
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "Member" });
export type Member = typeof Member.Type;

/** A member's zone from a moment on. Changes are dated, so that a late fact lands in the zone that was in force. */
export interface MemberZone {
  readonly from: Instant;
  readonly timezone: ZoneName;
}

/**
 * The zone in force at an instant: the latest that began at or before it. A member's first zone holds for all time before it too.
 * **Shape** `zones` in any order.
 */
export const zoneInForce = (zones: ReadonlyArray<MemberZone>, at: Instant): ZoneName | undefined => {
  let first: MemberZone | undefined;
  let latest: MemberZone | undefined;
  for (const zone of zones) {
    if (first === undefined || zone.from < first.from) first = zone;
    if (zone.from <= at && (latest === undefined || zone.from >= latest.from)) latest = zone;
  }
  return (latest ?? first)?.timezone;
};
