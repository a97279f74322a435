import * as Effect from "effect/Effect";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import type { MemberId, TenantId } from "../../kernel/Ids.ts";
import { type Instant, now } from "../../kernel/Instant.ts";
import { TimeZoneDatabase } from "../../kernel/TimeZoneDatabase.ts";
import { civilDateOf } from "../../kernel/ZoneRules.ts";
import { MemberStore, TenantStore } from "../../platform/index.ts";
import * as ActivityCalendar from "../domain/ActivityCalendar.ts";
import * as Excuse from "../domain/Excuse.ts";
import { toCalendarFact } from "../domain/MovementEvent.ts";
import { skippedIn } from "../domain/SkippedDays.ts";
import { defaultRules } from "../domain/ScoringRules.ts";
import { CalendarStore } from "../ports/CalendarStore.ts";
import { ExcuseStore } from "../ports/ExcuseStore.ts";
import { MovementStore } from "../ports/MovementStore.ts";
import { ScoringRulesStore } from "../ports/ScoringRulesStore.ts";

/** **Shape** `asOf`: today without it. `knownAt`: now without it. `whole`: the calendar goes on after as-of, for those who explain. */
interface Asked {
  readonly asOf?: CivilDate;
  readonly knownAt?: Instant;
  readonly whole?: boolean;
}

/**
 * Everything a member's scores are computed from, as of a civil day and as known at an instant: its calendar, the days it is excused
 * from, the rules.
 *
 * **Shape** today is the civil day it is now where the member lives, by the tenant's day start. As known at an earlier instant, the
 * calendar is folded from the versions of facts recorded by then, and excuses are as they were; the rules are those of today, which
 * a score names.
 * **Errors** `NotFound`.
 */
export const scorecardOf = Effect.fn("scorecardOf")(function* (tenantId: TenantId, memberId: MemberId, asked: Asked) {
  const member = yield* MemberStore.use((members) => members.find(tenantId, memberId));
  const tenant = yield* Effect.orDie(TenantStore.use((tenants) => tenants.find(tenantId)));
  const timezone = member.timezone ?? tenant.timezone;
  const present = yield* now;
  const asOf = asked.asOf ?? civilDateOf(timezone, present, tenant.dayStartHours);
  const earlier = asked.knownAt !== undefined && asked.knownAt < present ? asked.knownAt : undefined;
  const days = asked.whole === true ? {} : { to: asOf };
  const calendar =
    earlier === undefined
      ? (yield* CalendarStore.use((store) => store.read(tenantId, [memberId], days))).get(memberId)
      : ActivityCalendar.fromFacts(
          (yield* MovementStore.use((store) =>
            store.standing(tenantId, [memberId], { ...days, knownAt: earlier }),
          )).map(toCalendarFact),
        );
  const excuses = yield* ExcuseStore.use((store) => store.standing(tenantId, [memberId], earlier));
  const { version, rules } = (yield* ScoringRulesStore.use((store) => store.latest(tenantId))) ?? defaultRules;
  return {
    member,
    asOf,
    knownAt: earlier ?? present,
    timezone,
    timezoneDatabase: yield* TimeZoneDatabase,
    weekStart: tenant.weekStart,
    calendar: calendar ?? ActivityCalendar.empty,
    excused: skippedIn(timezone, Excuse.daysOf(excuses.get(memberId) ?? [])),
    rulesVersion: version,
    rules,
  };
});
