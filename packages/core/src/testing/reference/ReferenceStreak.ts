/**
 * Streaks, slow enough to be obviously right: every period is looked at afresh, every chain is tried from every start.
 *
 * Independent of `Streak` and `StreakChain`: it shares their vocabulary (rules, metrics) and none of their steps.
 */
import * as CivilDate from "../../kernel/CivilDate.ts";
import type { CalendarFact } from "../../pulseloop/domain/ActivityCalendar.ts";
import * as DayCell from "../../pulseloop/domain/DayCell.ts";
import type { ExcusedDays } from "../../pulseloop/domain/Excuse.ts";
import * as Metric from "../../pulseloop/domain/Metric.ts";
import type { Period } from "../../pulseloop/domain/Period.ts";
import type { Rule } from "../../pulseloop/domain/Streak.ts";
import type { Freezes, PeriodStatus } from "../../pulseloop/domain/StreakChain.ts";
import { liveFacts } from "./LiveFacts.ts";

export interface ReferenceStreak {
  readonly current: number;
  readonly best: number;
  readonly status: "active" | "at_risk" | "broken" | "paused";
  readonly statuses: ReadonlyArray<PeriodStatus>;
}

/** A name two days share if and only if they lie in the same period. */
const periodName = (period: Period, day: CivilDate.CivilDate): string => {
  if (period.kind === "day") return CivilDate.toIso(day);
  if (period.kind === "month") return CivilDate.toIso(day).slice(0, 7);
  if (period.kind === "days") return `run ${Math.floor((day - period.anchor) / period.lengthDays)}`;
  let monday = day;
  while (CivilDate.weekday(monday) !== (period.weekStart ?? 1)) monday = CivilDate.addDays(monday, -1);
  return CivilDate.toIso(monday);
};

const isNamed = (period: Period, day: CivilDate.CivilDate, name: string): boolean => periodName(period, day) === name;

export const statusesOf = (
  facts: ReadonlyArray<CalendarFact>,
  rule: Rule,
  since: CivilDate.CivilDate,
  asOf: CivilDate.CivilDate,
  excusedByGrant: ExcusedDays,
): ReadonlyArray<PeriodStatus> => {
  const isExcused = (day: CivilDate.CivilDate) =>
    excusedByGrant(day) !== undefined || (rule.restWeekdays ?? []).includes(CivilDate.weekday(day));
  const live = liveFacts(facts).filter((fact) => fact.civilDate >= since && fact.civilDate <= asOf);

  const names: Array<string> = [];
  for (let day = since; day <= asOf; day = CivilDate.addDays(day, 1)) {
    const name = periodName(rule.period, day);
    if (!names.includes(name)) names.push(name);
  }
  return names.map((name) => {
    // All days of the period, whether or not they lie between since and as-of.
    const days: Array<CivilDate.CivilDate> = [];
    for (let day = CivilDate.addDays(since, -40); day <= asOf + 40; day = CivilDate.addDays(day, 1)) {
      if (isNamed(rule.period, day, name)) days.push(day);
    }
    const open = days.filter((day) => day >= since && !isExcused(day));
    const excusedDays = days.filter((day) => day >= since && isExcused(day));
    const cells = days.map((day) =>
      DayCell.of(live.filter((fact) => fact.civilDate === day).map((fact) => fact.contribution)),
    );
    const goals = rule.thresholds.map(({ metric, atLeast }) => {
      const share = (atLeast * Math.max(1, open.length)) / days.length;
      const lowered = Metric.isCount(metric) ? Math.ceil(share) : share;
      const goal = rule.excuse === "prorate" ? lowered : atLeast;
      return {
        met: Metric.ofDays(metric, cells) >= goal,
        possible: metric.measure !== "active_days" || goal <= open.length,
      };
    });
    const joined = (test: (goal: (typeof goals)[number]) => boolean) =>
      rule.join === "any" ? goals.filter(test).length > 0 : goals.filter(test).length === goals.length;
    if (joined((goal) => goal.met)) return "met";
    if (open.length === 0) return "excused";
    if (excusedDays.length > 0 && rule.excuse === "any") return "excused";
    if (excusedDays.length > 0 && !joined((goal) => goal.possible)) return "excused";
    const isOver = days.every((day) => day < asOf);
    if (days.some((day) => day < since) && isOver) return "excused";
    return isOver ? "missed" : "pending";
  });
};

/** Met periods of the chain that ends with the last status; freezes are tried on the last 0, 1, 2 … gaps. */
export const chainLength = (statuses: ReadonlyArray<PeriodStatus>, freezes: Freezes | undefined): number => {
  const gaps = statuses.flatMap((status, index) => (status === "missed" ? [index] : []));
  let longest = 0;
  for (let covered = 0; covered <= gaps.length; covered++) {
    const frozen = covered === 0 ? [] : gaps.slice(-covered);
    if (!canPay(statuses, frozen, freezes)) break;
    const firstUncovered = gaps.at(-covered - 1) ?? -1;
    longest = statuses.slice(firstUncovered + 1).filter((status) => status === "met").length;
  }
  return longest;
};

/** Plays the history forwards: do the freezes held each time suffice for exactly these gaps? */
export const canPay = (
  statuses: ReadonlyArray<PeriodStatus>,
  frozen: ReadonlyArray<number>,
  freezes: Freezes | undefined,
): boolean => {
  if (freezes === undefined) return frozen.length === 0;
  const perFreeze = freezes.earnEvery ?? 1;
  let parts = Math.min(freezes.initial, freezes.cap) * perFreeze;
  for (const [index, status] of statuses.entries()) {
    if (status === "met" && freezes.earnEvery !== undefined && parts < freezes.cap * perFreeze) parts += 1;
    if (frozen.includes(index)) parts -= perFreeze;
    if (parts < 0) return false;
  }
  return true;
};

/** Streak over all facts ever said about a member. */
export const streak = (
  facts: ReadonlyArray<CalendarFact>,
  rule: Rule,
  since: CivilDate.CivilDate,
  asOf: CivilDate.CivilDate,
  excused: ExcusedDays,
): ReferenceStreak => {
  const statuses = statusesOf(facts, rule, since, asOf, excused);
  const current = chainLength(statuses, rule.freezes);
  const best = Math.max(0, ...statuses.map((_, index) => chainLength(statuses.slice(0, index + 1), rule.freezes)));
  const last = statuses.at(-1);
  return {
    current,
    best,
    status: current === 0 ? "broken" : last === "pending" ? "at_risk" : last === "excused" ? "paused" : "active",
    statuses,
  };
};
