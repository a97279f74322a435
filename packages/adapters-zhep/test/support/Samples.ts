/** Who and what the tests talk about. */
import {
  BookingId,
  type Charge,
  CivilDate,
  InstantFromString,
  LocationId,
  MemberId,
  type Message,
  type PublishedScore,
  SessionTypeId,
  type TenantId,
  type Visit,
} from "@zmos/core";
import * as Schema from "effect/Schema";

export const at = (iso: string) => Schema.decodeSync(InstantFromString)(iso);

export const bookingId = BookingId.make("0198f0c0-0000-7000-8000-0000000000b1");
export const memberId = MemberId.make("0198f0c0-0000-7000-8000-0000000000a1");

export const visitOf = (tenantId: TenantId, externalPartyId = "party-amina"): Visit => ({
  tenantId,
  memberId,
  externalPartyId,
  sessionTypeId: SessionTypeId.make("0198f0c0-0000-7000-8000-0000000000c1"),
  locationId: LocationId.make("0198f0c0-0000-7000-8000-0000000000d1"),
  startTime: at("2026-03-07T03:00:00Z"),
});

export const messageOf = (tenantId: TenantId): Message => ({
  tenantId,
  memberId,
  template: "booking-confirmed",
  data: { session: "Morning Spin" },
  key: "booking b1 – confirmed ✓",
});

export const chargeOf = (tenantId: TenantId, minorUnits = 50_000): Charge => ({
  tenantId,
  memberId,
  amount: { minorUnits, currency: "KES" },
  reason: "no-show",
  key: "no-show b1",
});

export const scoreOf = (tenantId: TenantId, hasConsent: boolean): PublishedScore => ({
  tenantId,
  memberId,
  formula: "zmos-v1",
  value: 0.85,
  asOf: CivilDate.of("2026-03-08"),
  hasConsent,
});
