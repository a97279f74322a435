import * as Effect from "effect/Effect";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import type { MemberId, TenantId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { civilDateOf } from "../../kernel/ZoneRules.ts";
import { MemberStore, TenantStore } from "../../platform/index.ts";
import * as Excuse from "../domain/Excuse.ts";
import { skippedIn } from "../domain/SkippedDays.ts";
import { defaultRules } from "../domain/ScoringRules.ts";
import { CalendarStore } from "../ports/CalendarStore.ts";
import { ExcuseStore } from "../ports/ExcuseStore.ts";
import { ScoringRulesStore } from "../ports/ScoringRulesStore.ts";

/**
 * Everything a member's scores are computed from, as of a civil day: its calendar to that day, the days it is excused from, the rules.
 *
 * **Shape** without `asOf`, today: the civil day it is now where the member lives, by the tenant's day start.
 * **Errors** `NotFound`.
 */
export const scorecardOf = Effect.fn("scorecardOf")(function* (
  tenantId: TenantId,
  memberId: MemberId,
  given?: CivilDate,
) {
  const member = yield* MemberStore.use((members) => members.find(tenantId, memberId));
  const tenant = yield* Effect.orDie(TenantStore.use((tenants) => tenants.find(tenantId)));
  const timezone = member.timezone ?? tenant.timezone;
  const asOf = given ?? civilDateOf(timezone, yield* now, tenant.dayStartHours);
  const calendars = yield* CalendarStore.use((store) => store.read(tenantId, [memberId], { to: asOf }));
  const excuses = yield* ExcuseStore.use((store) => store.standing(tenantId, [memberId]));
  const { version, rules } = (yield* ScoringRulesStore.use((store) => store.latest(tenantId))) ?? defaultRules;
  return {
    member,
    asOf,
    timezone,
    weekStart: tenant.weekStart,
    calendar: calendars.get(memberId) ?? new Map(),
    excused: skippedIn(timezone, Excuse.daysOf(excuses.get(memberId) ?? [])),
    rulesVersion: version,
    rules,
  };
});
