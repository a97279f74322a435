/** A plan and a membership for tests of their rules, each as the test says otherwise. */
import * as CivilDate from "../../src/kernel/CivilDate.ts";
import { AccessPlanId, CreditLotId, MemberId, MembershipId, TenantId } from "../../src/kernel/Ids.ts";
import { Instant } from "../../src/kernel/Instant.ts";
import type { AccessPlan } from "../../src/moveos/domain/AccessPlan.ts";
import type { HeldMembership } from "../../src/moveos/domain/Entitlement.ts";
import type { Membership } from "../../src/moveos/domain/Membership.ts";

export const day = CivilDate.of;

export const uuid = (number: number): string => `0195f000-0000-7000-8000-${String(number).padStart(12, "0")}`;

export const tenantId = TenantId.make(uuid(1));
export const memberId = MemberId.make(uuid(2));
export const membershipId = MembershipId.make(uuid(3));
export const lotId = (number: number) => CreditLotId.make(uuid(1_000 + number));
export const at = (minutes: number) => Instant.make(1_772_323_200_000 + minutes * 60_000);

export const planOf = (more: Partial<AccessPlan> = {}): AccessPlan => ({
  id: AccessPlanId.make(uuid(4)),
  revision: 1,
  tenantId,
  name: "Ten visits",
  type: "pack",
  billingPeriod: "once_off",
  usageRules: { credits: { count: 10 } },
  isProgramLinked: false,
  createdAt: at(0),
  updatedAt: at(0),
  ...more,
});

export const membershipOf = (more: Partial<Membership> = {}): Membership => {
  const startDate = more.startDate ?? day("2026-03-01");
  return {
    id: membershipId,
    tenantId,
    memberId,
    accessPlanId: AccessPlanId.make(uuid(4)),
    planRevision: 1,
    status: "active",
    startDate,
    anchorDay: CivilDate.toYmd(startDate).dayOfMonth,
    periodStart: startDate,
    pauses: [],
    source: "direct",
    createdAt: at(0),
    updatedAt: at(0),
    ...more,
  };
};

export const heldOf = (more: Partial<HeldMembership> = {}): HeldMembership => ({
  membership: membershipOf(),
  plan: planOf(),
  lots: [],
  usage: [],
  openBookings: 0,
  ...more,
});
