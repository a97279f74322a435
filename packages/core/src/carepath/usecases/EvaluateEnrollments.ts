import * as Effect from "effect/Effect";
import * as CivilDate from "../../kernel/CivilDate.ts";
import type { TenantId } from "../../kernel/Ids.ts";
import { type Instant, now } from "../../kernel/Instant.ts";
import { civilDateOf } from "../../kernel/ZoneRules.ts";
import { type Member, MemberStore, TenantStore } from "../../platform/index.ts";
import { streakRule } from "../../pulseloop/domain/ScoringRules.ts";
import {
  CalendarStore,
  defaultRules,
  Excuse,
  ExcuseStore,
  ScoringRulesStore,
  skippedIn,
  Streak,
} from "../../pulseloop/index.ts";
import type { JourneyEnrollment } from "../domain/JourneyEnrollment.ts";
import * as JourneyEvaluation from "../domain/JourneyEvaluation.ts";
import { planOf } from "../domain/JourneyPlan.ts";
import type { Evaluated } from "../domain/JourneySummary.ts";
import type { MovementJourney } from "../domain/MovementJourney.ts";

/** An evaluated enrolment, whose member it is, and how that member's days are counted. */
export interface EvaluatedMember extends Evaluated {
  readonly member: Member;
  readonly dayOf: (instant: Instant) => CivilDate.CivilDate;
}

/**
 * How these enrolments in one journey stand as of a civil day: calendars and excused days of all are read at once.
 *
 * **Shape** without `asOf`, as of today where each member lives.
 */
export const evaluateEnrollments = Effect.fn("evaluateEnrollments")(function* (
  tenantId: TenantId,
  journey: MovementJourney,
  enrollments: ReadonlyArray<JourneyEnrollment>,
  given?: CivilDate.CivilDate,
) {
  const tenant = yield* Effect.orDie(TenantStore.use((tenants) => tenants.find(tenantId)));
  const memberIds = [...new Set(enrollments.map(({ memberId }) => memberId))];
  const members = yield* MemberStore.use((store) => store.named(tenantId, memberIds));
  const instant = yield* now;
  // No zone is more than a day ahead of another's today.
  const to = given ?? CivilDate.addDays(civilDateOf(tenant.timezone, instant, tenant.dayStartHours), 2);
  const calendars = yield* CalendarStore.use((store) => store.read(tenantId, memberIds, { to }));
  const excuses = yield* ExcuseStore.use((store) => store.standing(tenantId, memberIds));
  const { rules } = (yield* ScoringRulesStore.use((store) => store.latest(tenantId))) ?? defaultRules;
  const rule = streakRule(rules, tenant.weekStart);
  const plan = planOf(journey);

  return enrollments.flatMap((enrollment): ReadonlyArray<EvaluatedMember> => {
    const member = members.get(enrollment.memberId);
    if (member === undefined) return [];
    const timezone = member.timezone ?? tenant.timezone;
    const dayOf = (at: Instant) => civilDateOf(timezone, at, tenant.dayStartHours);
    const asOf = given ?? dayOf(instant);
    const calendar = calendars.get(member.id) ?? new Map();
    const excused = skippedIn(timezone, Excuse.daysOf(excuses.get(member.id) ?? []));
    const { startDate, endDate, pauses } = enrollment;
    const evaluation = JourneyEvaluation.evaluate({
      plan,
      enrolment: { startsOn: startDate, pauses, ...(endDate !== undefined && { endedOn: endDate }) },
      calendar,
      asOf,
      excused,
    });
    const dayStreak = Streak.evaluate({ calendar, asOf, excused, rule });
    return [{ enrollment, member, timezone, dayOf, evaluation, dayStreak }];
  });
});

/** The same of one. */
export const evaluateEnrollment = Effect.fnUntraced(function* (
  tenantId: TenantId,
  journey: MovementJourney,
  enrollment: JourneyEnrollment,
  given?: CivilDate.CivilDate,
) {
  const [evaluated] = yield* evaluateEnrollments(tenantId, journey, [enrollment], given);
  return evaluated ?? (yield* Effect.die(new Error("an enrolment whose member is not there")));
});
