import * as Schema from "effect/Schema";
import * as CivilDate from "../../kernel/CivilDate.ts";
import * as CivilWeek from "../../kernel/CivilWeek.ts";
import { MemberId } from "../../kernel/Ids.ts";
import type { Member } from "../../platform/domain/Member.ts";
import type { ActivityCalendar } from "./ActivityCalendar.ts";
import * as Adherence from "./Adherence.ts";
import type { ExcusedDays } from "./Excuse.ts";
import { bandOf, type Formula } from "./Formula.ts";
import * as Leaderboard from "./Leaderboard.ts";
import * as Metric from "./Metric.ts";
import type { PackedCalendar } from "./PackedCalendar.ts";
import * as PackedScores from "./PackedScores.ts";
import type { ScoringRules } from "./ScoringRules.ts";
import { zmosV1 } from "./ShippedFormulas.ts";
import * as Streak from "./Streak.ts";

/**
 * How one member stands among the others.
 *
 * **Units** `month`, `week`: what the weekly target measures, from the first of the month (of the week) to as-of; `weekTarget`: the same
 * for a whole week; `score`: 0–1, absent while no full week counts; lengths: periods of the streak rule, days by default.
 */
export const Standing = Schema.Struct({
  rank: Schema.Int,
  memberId: MemberId,
  firstName: Schema.String,
  lastName: Schema.String,
  month: Schema.Finite,
  week: Schema.Finite,
  weekTarget: Schema.Finite,
  currentStreak: Schema.Int,
  bestStreak: Schema.Int,
  streakStatus: Schema.Literals(["active", "at_risk", "broken", "paused"]),
  score: Schema.optionalKey(Schema.Finite),
  band: Schema.optionalKey(Schema.String),
}).annotate({ identifier: "Standing" });
export type Standing = typeof Standing.Type;

/** What a member's standing is computed from. */
export interface Card {
  readonly member: Member;
  readonly calendar: ActivityCalendar;
  readonly asOf: CivilDate.CivilDate;
  readonly excused: ExcusedDays;
  readonly streak: Streak.Rule;
  readonly formula: Formula;
  readonly metric: Metric.AdditiveMetric;
  readonly weekTarget: number;
  readonly weekStart: CivilWeek.WeekStart;
}

/** How a member stands, not yet ranked. */
export const standingOf = (card: Card): Omit<Standing, "rank"> => {
  const { member, calendar, asOf, excused, formula, metric } = card;
  const streak = Streak.evaluate({ calendar, asOf, excused, rule: card.streak });
  const adherence = Adherence.evaluate({ formula, calendar, asOf, since: member.memberSince, excused });
  const since = (first: CivilDate.CivilDate) =>
    Metric.ofDays(
      metric,
      [...calendar].filter(([day]) => first <= day && day <= asOf).map(([, cell]) => cell),
    );
  return {
    memberId: member.id,
    firstName: member.firstName,
    lastName: member.lastName,
    month: since(CivilDate.startOfMonth(asOf)),
    week: since(CivilDate.fromEpochDay(Math.max(CivilWeek.startOfWeek(asOf, card.weekStart), member.memberSince))),
    weekTarget: card.weekTarget,
    currentStreak: streak.current.length,
    bestStreak: streak.best.length,
    streakStatus: streak.status,
    ...(adherence.score !== undefined && { score: adherence.score }),
    ...(adherence.band !== undefined && { band: adherence.band }),
  };
};

/** What a standing is computed from where totals are enough: plain rules, and a member who is excused from no day. */
export interface PackedCard extends Pick<Card, "member" | "asOf" | "weekStart"> {
  readonly packed: PackedCalendar;
  readonly rules: ScoringRules;
}

/** The same standing from a packed calendar, for reading many members fast. */
export const packedStandingOf = ({ member, packed, asOf, weekStart, rules }: PackedCard): Omit<Standing, "rank"> => {
  const { measure, amount } = rules.weeklyTarget;
  const streak = PackedScores.streak(packed, rules.activeDay, asOf);
  const score = PackedScores.zmosV1(packed, rules, weekStart, member.memberSince, asOf);
  const band = score === undefined ? undefined : bandOf(zmosV1, score);
  const week = Math.max(CivilWeek.startOfWeek(asOf, weekStart), member.memberSince);
  return {
    memberId: member.id,
    firstName: member.firstName,
    lastName: member.lastName,
    month: PackedScores.total(packed, measure, CivilDate.startOfMonth(asOf), asOf),
    week: PackedScores.total(packed, measure, week, asOf),
    weekTarget: amount,
    currentStreak: streak.current.length,
    bestStreak: streak.best.length,
    streakStatus: streak.status,
    ...(score !== undefined && { score }),
    ...(band !== undefined && { band }),
  };
};

/** Ranks by the month, most first; who has the same shares the rank (1-1-3) and is listed by id. */
export const rank = (standings: ReadonlyArray<Omit<Standing, "rank">>): ReadonlyArray<Standing> =>
  Leaderboard.rankFrom(
    standings
      .map((standing) => ({ participantId: standing.memberId, value: standing.month, standing }))
      .toSorted(Leaderboard.compare),
  ).map((entry) => ({ rank: entry.rank, ...entry.standing }));
