import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { now } from "../../kernel/Instant.ts";
import { MAXIMUM_LIMIT, type Position } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { civilDateOf } from "../../kernel/ZoneRules.ts";
import { authorize, type Member, MemberStore, TenantStore } from "../../platform/index.ts";
import { Measure, metricOf } from "../domain/Measure.ts";
import { defaultRules, streakRule } from "../domain/ScoringRules.ts";
import * as Excuse from "../domain/Excuse.ts";
import * as PackedCalendar from "../domain/PackedCalendar.ts";
import { skippedIn, wholeUntil } from "../domain/SkippedDays.ts";
import { packedStandingOf, rank, Standing, standingOf } from "../domain/Standing.ts";
import { CalendarStore } from "../ports/CalendarStore.ts";
import { ExcuseStore } from "../ports/ExcuseStore.ts";
import { ScoringRulesStore } from "../ports/ScoringRulesStore.ts";
import { formulaOfRules } from "./FormulaFor.ts";

/** **Shape** without `asOf`, as of today where the tenant is. */
export const GetStandings = Schema.Struct({ asOf: Schema.optionalKey(CivilDateFromString) }).annotate({
  identifier: "GetStandings",
});

/** Everybody of a tenant, ranked by the month's movement. **Units** as `measure` says. */
export const Standings = Schema.Struct({
  asOf: CivilDateFromString,
  measure: Measure,
  rulesVersion: Schema.Int,
  items: Schema.Array(Standing),
}).annotate({ identifier: "Standings" });

/** How every member stands: the month's leaderboard, streaks, and who is at risk. For staff. */
export const getStandings = UseCase.query(
  "GetStandings",
  { command: GetStandings, answer: Standings, first: () => authorize("movement:read") },
  function* (command, { tenantId }) {
    const tenant = yield* Effect.orDie(TenantStore.use((tenants) => tenants.find(tenantId)));
    const asOf = command.asOf ?? civilDateOf(tenant.timezone, yield* now, tenant.dayStartHours);
    const { rules, version } = (yield* ScoringRulesStore.use((store) => store.latest(tenantId))) ?? defaultRules;
    const { measure, amount } = rules.weeklyTarget;
    const scoring = {
      asOf,
      streak: streakRule(rules, tenant.weekStart),
      formula: yield* formulaOfRules(tenantId, rules, tenant.weekStart),
      weekStart: tenant.weekStart,
      metric: metricOf(measure),
      weekTarget: amount,
    };
    const members = yield* MemberStore;
    const calendars = yield* CalendarStore;
    const excuses = yield* ExcuseStore;
    const packed = yield* calendars.packed(tenantId);
    const isPlain = rules.streak === undefined && rules.adherence === undefined;
    const isWhole = wholeUntil(asOf);
    const standings: Array<Omit<Standing, "rank">> = [];
    let after: Position | undefined;
    do {
      const { rows, next }: Effect.Success<ReturnType<typeof members.list>> = yield* members.list(
        tenantId,
        {},
        { limit: MAXIMUM_LIMIT, ...(after && { after }) },
      );
      const granted = yield* excuses.standing(tenantId, idsOf(rows));
      const totalsSuffice = ({ id, timezone }: Member) => {
        const first = packed.get(id)?.days[0];
        const since = first === undefined ? asOf : CivilDate.fromEpochDay(first);
        return isPlain && (granted.get(id) ?? []).length === 0 && isWhole(timezone ?? tenant.timezone, since);
      };
      const detailed = rows.filter((member) => !totalsSuffice(member));
      const cells = yield* calendars.read(tenantId, idsOf(detailed), { to: asOf });
      for (const member of rows) {
        const calendar = cells.get(member.id);
        if (calendar === undefined) {
          const totals = packed.get(member.id) ?? PackedCalendar.empty;
          standings.push(packedStandingOf({ member, packed: totals, asOf, weekStart: tenant.weekStart, rules }));
        } else {
          const excused = skippedIn(member.timezone ?? tenant.timezone, Excuse.daysOf(granted.get(member.id) ?? []));
          standings.push(standingOf({ ...scoring, member, calendar, excused }));
        }
      }
      after = next;
    } while (after !== undefined);
    return { asOf, measure, rulesVersion: version, items: rank(standings) };
  },
);

const idsOf = (members: ReadonlyArray<Member>) => members.map(({ id }) => id);
