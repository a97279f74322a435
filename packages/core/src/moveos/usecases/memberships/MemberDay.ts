import * as Effect from "effect/Effect";
import * as CivilDate from "../../../kernel/CivilDate.ts";
import type { WeekStart } from "../../../kernel/CivilWeek.ts";
import type { MemberId, TenantId } from "../../../kernel/Ids.ts";
import { Instant, now } from "../../../kernel/Instant.ts";
import { civilDateOf, startOfDay } from "../../../kernel/ZoneRules.ts";
import { MemberStore, TenantStore } from "../../../platform/index.ts";

/** The civil day it is now where a member lives, and how its tenant counts days and weeks. */
export interface MemberDay {
  readonly today: CivilDate.CivilDate;
  readonly weekStart: WeekStart;
  readonly zone: string;
  readonly dayStartHours: number;
}

/** **Errors** `NotFound` where there is no such member. */
export const memberDay = Effect.fnUntraced(function* (tenantId: TenantId, memberId: MemberId) {
  const tenant = yield* Effect.orDie(TenantStore.use((tenants) => tenants.find(tenantId)));
  const member = yield* MemberStore.use((members) => members.find(tenantId, memberId));
  const zone = member.timezone ?? tenant.timezone;
  const { weekStart, dayStartHours } = tenant;
  const day: MemberDay = { today: civilDateOf(zone, yield* now, dayStartHours), weekStart, zone, dayStartHours };
  return day;
});

/** The moment at which a civil day begins for a member. One that its zone skips begins with the next. */
export const beginningOf = ({ zone, dayStartHours }: MemberDay, day: CivilDate.CivilDate): Instant => {
  let start = startOfDay(zone, day, dayStartHours);
  for (let next = day; start === undefined; start = startOfDay(zone, next, dayStartHours)) {
    next = CivilDate.addDays(next, 1);
  }
  return Instant.make(Math.ceil(start));
};
