/**
 * How well a member keeps to a target, by a formula that is data: the score, its periods, its band, and parts that add up.
 *
 * **Shape** calendar → periods (actual, target, ratio, status) → the periods that count → one score.
 *
 * **Units** as the formula says; nothing is rounded.
 *
 * **Invariant** the parts of a result sum to its score; the same facts give the same score in any order.
 *
 * **Source** `design/pulseloop-calculators.md`, "Adherence".
 */
import * as CivilDate from "../../kernel/CivilDate.ts";
import * as CivilWeek from "../../kernel/CivilWeek.ts";
import type { ActivityCalendar } from "./ActivityCalendar.ts";
import * as Completion from "./Completion.ts";
import * as DayCell from "./DayCell.ts";
import * as Excuse from "./Excuse.ts";
import * as Formula from "./Formula.ts";
import * as Metric from "./Metric.ts";
import * as Period from "./Period.ts";

export interface Input {
  readonly formula: Formula.Formula;
  readonly calendar: ActivityCalendar;
  /** Facts on later days are not looked at. */
  readonly asOf: CivilDate.CivilDate;
  /** The first day that counts: the enrolment's or the rule's, never the first fact's. */
  readonly since: CivilDate.CivilDate;
  readonly excused?: Excuse.ExcusedDays;
  /** What was prescribed, for formulas over completion. */
  readonly prescribed?: ReadonlyArray<Completion.Item>;
}

export type Status = "met" | "excused" | "pending" | "missed";

export interface ScoredPeriod extends Period.Span {
  readonly actual: number;
  readonly target: number;
  /** Actual ÷ target as it counts; 1 when nothing was asked. */
  readonly ratio: number;
  readonly status: Status;
  /** Brought over from the period before. */
  readonly carried: number;
  /** Days that were not excused. */
  readonly openDays: number;
  /** Why this period has no say in the score; absent when it has. */
  readonly leftOut?: "excused" | "not_over" | "began_before_the_score" | "outside_the_window";
}

/** A share of the score; all parts of a score add up to it. */
export interface Part extends Period.Span {
  readonly amount: number;
  /** What `amount` is due to: a period, or the ceiling that cut the sum. */
  readonly due: "period" | "ceiling";
}

export interface Result {
  readonly formula: { readonly id: string; readonly version: number };
  readonly asOf: CivilDate.CivilDate;
  readonly since: CivilDate.CivilDate;
  /** Absent while no period counts yet. */
  readonly score?: number;
  readonly band?: string;
  readonly periods: ReadonlyArray<ScoredPeriod>;
  readonly parts: ReadonlyArray<Part>;
}

export interface SeriesPoint extends ScoredPeriod {
  /** The score as it stood at the end of this period, or at as-of while the period goes on. */
  readonly score?: number;
}

export const evaluate = (input: Input): Result => {
  const { formula, asOf, since } = input;
  const periods = periodsOf(input);
  const { score, parts, counted } = scoreOf(formula, periods, asOf);
  const band = score === undefined ? undefined : Formula.bandOf(formula, score);
  return {
    formula: { id: formula.id, version: formula.version },
    asOf,
    since,
    ...(score !== undefined && { score }),
    ...(band !== undefined && { band }),
    periods: periods.map((period) =>
      period.leftOut === undefined && !counted.includes(period) ? { ...period, leftOut: "outside_the_window" } : period,
    ),
    parts,
  };
};

/** Every period with the score as it stood at its end. */
export const series = (input: Input): ReadonlyArray<SeriesPoint> => {
  const { formula, asOf } = input;
  const periods = periodsOf(input);
  const running = formula.window.kind === "all" ? runningScores(formula, periods) : [];
  return periods.map((period, index) => {
    const end = CivilDate.fromEpochDay(Math.min(period.to, asOf));
    const score = index in running ? running[index] : scoreOf(formula, knownAt(input, periods, index, end), end).score;
    return score === undefined ? period : { ...period, score };
  });
};

/** The periods as they were known at the end of one of them. */
const knownAt = (
  input: Input,
  periods: ReadonlyArray<ScoredPeriod>,
  index: number,
  end: CivilDate.CivilDate,
): ReadonlyArray<ScoredPeriod> => {
  const { measure, window, weekStart } = input.formula;
  if (measure.kind !== "completion") return periods.slice(0, index + 1);
  // What was done later in the week was not yet known. Items are matched week by week, so earlier weeks may be passed over.
  const reach =
    window.kind === "last_days" ? CivilWeek.startOfWeek(CivilDate.addDays(end, -window.days), weekStart) : input.since;
  return periodsOf({ ...input, asOf: end, since: CivilDate.fromEpochDay(Math.max(reach, input.since)) });
};

/**
 * Scores over all periods so far, each from the one before: the same sums in the same order as `totalOf`, without beginning anew.
 *
 * Stops where an excused period was met, since such a period may count or not.
 */
const runningScores = (
  { aggregate, scoreAtMost = Infinity, measure }: Formula.Formula,
  periods: ReadonlyArray<ScoredPeriod>,
): ReadonlyArray<number | undefined> => {
  if (measure.kind === "completion") return [];
  const eligible = periods.filter(({ leftOut }) => leftOut === undefined);
  const steps = isStepwise(aggregate) ? strengths(aggregate, eligible) : undefined;
  const scores: Array<number | undefined> = [];
  let count = 0;
  let met = 0;
  let ratios = 0;
  let actual = 0;
  let asked = 0;
  for (const period of periods) {
    if (period.leftOut === undefined) {
      if (steps === undefined && !isOpen(period)) return scores;
      count++;
      if (period.status === "met") met++;
      ratios += period.ratio;
      actual += period.actual;
      asked += period.target;
    }
    const total =
      steps !== undefined
        ? steps[count - 1]
        : aggregate.kind === "mean"
          ? ratios / count
          : aggregate.kind === "share_met"
            ? met / count
            : aggregate.kind === "mean_actual"
              ? actual / count
              : asked > 0
                ? actual / asked
                : 1;
    scores.push(count === 0 || total === undefined ? undefined : Math.min(scoreAtMost, total));
  }
  return scores;
};

const periodsOf = ({
  formula,
  calendar,
  asOf,
  since,
  excused = Excuse.none,
  prescribed,
}: Input): ReadonlyArray<ScoredPeriod> => {
  if (since > asOf) return [];
  const period = periodFrom(formula, since);
  const reader = readerOf(formula, calendar, since, asOf, excused, prescribed);
  const goals = goalsOf(formula, calendar, period, since, excused);
  let carry = 0;
  return Period.spansBetween(period, since, asOf).map((span): ScoredPeriod => {
    const from = CivilDate.fromEpochDay(Math.max(span.from, since));
    const beganBefore = from > span.from;
    const days = Period.lengthDays(span);
    const countedDays = beganBefore && formula.firstPartial === "prorate" ? span.to - from + 1 : days;
    let excusedDays = 0;
    if (excused !== Excuse.none) for (const day of daysOf({ from, to: span.to })) if (excused(day)) excusedDays++;
    const openDays = span.to - from + 1 - excusedDays;
    const askedDays = countedDays - (formula.excused === "prorate" ? Math.min(excusedDays, countedDays - 1) : 0);

    const carried = carry;
    const actual = reader.actual({ from, to: span.to }) + carried;
    const full = reader.prescribed === undefined ? goals.next() : reader.prescribed({ from, to: span.to });
    const target = reader.prescribed === undefined ? (full * askedDays) / days : full;
    const isMet = actual >= target;
    const status = isMet ? "met" : openDays === 0 ? "excused" : span.to >= asOf ? "pending" : "missed";
    if (status !== "excused") goals.learn(status === "met");
    carry = Math.min(formula.carryAtMost ?? 0, Math.max(0, actual - target));
    const leftOut =
      status === "excused"
        ? "excused"
        : beganBefore && formula.firstPartial === "leave_out"
          ? "began_before_the_score"
          : span.to >= asOf && formula.current === "leave_out"
            ? "not_over"
            : undefined;
    return {
      from,
      to: span.to,
      actual,
      target,
      ratio: Math.min(formula.ratioAtMost ?? Infinity, target > 0 ? actual / target : 1),
      status,
      carried,
      openDays,
      ...(leftOut && { leftOut }),
    };
  });
};

interface Score {
  readonly score?: number;
  readonly parts: ReadonlyArray<Part>;
  readonly counted: ReadonlyArray<ScoredPeriod>;
}

const scoreOf = (formula: Formula.Formula, periods: ReadonlyArray<ScoredPeriod>, end: CivilDate.CivilDate): Score => {
  const counted = countedAt(formula, periods, end);
  if (counted.length === 0) return { parts: [], counted };
  const amounts = amountsOf(formula.aggregate, counted);
  const parts: Array<Part> = counted.map(({ from, to }, index) => ({
    from,
    to,
    amount: amounts[index]!,
    due: "period",
  }));
  const ceiling = formula.scoreAtMost ?? Infinity;
  const total = totalOf(formula.aggregate, counted);
  if (total <= ceiling) return { score: total, parts, counted };
  parts.push({ from: counted[0]!.from, to: counted.at(-1)!.to, amount: ceiling - total, due: "ceiling" });
  return { score: ceiling, parts, counted };
};

/** The periods with a say in the score as of `end`, in order of time. */
const countedAt = (
  { window, aggregate }: Formula.Formula,
  periods: ReadonlyArray<ScoredPeriod>,
  end: CivilDate.CivilDate,
): ReadonlyArray<ScoredPeriod> => {
  const eligible = periods.filter(
    ({ leftOut, from }) => leftOut === undefined && (window.kind !== "last_days" || from > end - window.days),
  );
  // Strength is built step by step, each step seeing to it that an excused day does not lower it.
  if (isStepwise(aggregate)) return window.kind === "last_periods" ? eligible.slice(-window.count) : eligible;

  const open = eligible.filter(isOpen);
  const expected = window.kind === "last_periods" ? open.slice(-window.count) : open;
  const opening = expected.length < open.length ? expected[0]!.from : -Infinity;
  // An excused period that was met all the same takes nobody's place, and counts if it helps: the best first.
  let counted: ReadonlyArray<ScoredPeriod> = expected;
  const extra = eligible.filter((period) => !isOpen(period) && period.from > opening);
  const worth = aggregate.kind === "mean_actual" ? "actual" : "ratio";
  for (const period of extra.toSorted((left, right) => right[worth] - left[worth])) {
    const more = [...counted, period];
    if (counted.length > 0 && totalOf(aggregate, more) < totalOf(aggregate, counted)) break;
    counted = more;
  }
  return counted.toSorted((left, right) => left.from - right.from);
};

const isOpen = ({ openDays }: ScoredPeriod): boolean => openDays > 0;

const isStepwise = (rule: Formula.Aggregate): rule is Stepwise => rule.kind === "exponential" || rule.kind === "habit";

const sum = (amounts: ReadonlyArray<number>): number => {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total;
};

/** The score before its ceiling, computed as its definition reads, so that a limit met exactly is met. */
const totalOf = (rule: Formula.Aggregate, counted: ReadonlyArray<ScoredPeriod>): number => {
  if (rule.kind === "mean") return sum(counted.map(({ ratio }) => ratio)) / counted.length;
  if (rule.kind === "share_met") return counted.filter(({ status }) => status === "met").length / counted.length;
  if (rule.kind === "mean_actual") return sum(counted.map(({ actual }) => actual)) / counted.length;
  if (rule.kind === "ratio_of_sums") {
    const asked = sum(counted.map(({ target }) => target));
    // Nothing was asked, so all of it was done.
    return asked > 0 ? sum(counted.map(({ actual }) => actual)) / asked : 1;
  }
  return strengths(rule, counted).at(-1)!;
};

/** What each counted period adds to that. */
const amountsOf = (rule: Formula.Aggregate, counted: ReadonlyArray<ScoredPeriod>): ReadonlyArray<number> => {
  const count = counted.length;
  if (rule.kind === "mean") return counted.map(({ ratio }) => ratio / count);
  if (rule.kind === "share_met") return counted.map(({ status }) => (status === "met" ? 1 / count : 0));
  if (rule.kind === "mean_actual") return counted.map(({ actual }) => actual / count);
  if (rule.kind === "ratio_of_sums") {
    const asked = sum(counted.map(({ target }) => target));
    return counted.map(({ actual }) => (asked > 0 ? actual / asked : 1 / count));
  }
  return strengths(rule, counted).map((strength, index, all) => strength - (all[index - 1] ?? 0));
};

type Stepwise = Extract<Formula.Aggregate, { readonly kind: "exponential" | "habit" }>;

/** The strength after each period. A period wholly excused is here only because it was met, and never lowers it. */
const strengths = (rule: Stepwise, counted: ReadonlyArray<ScoredPeriod>): ReadonlyArray<number> => {
  const decay = rule.kind === "habit" ? 0.5 ** (Math.sqrt(rule.times / rule.days) / 13) : rule.decay;
  const success =
    rule.kind === "habit" ? habitSuccesses(rule.times, rule.days, counted) : counted.map(({ ratio }) => ratio);
  let strength = 0;
  return counted.map((period, index) => {
    const usual = strength * decay + success[index]! * (1 - decay);
    strength = isOpen(period) ? usual : Math.max(strength, usual);
    return strength;
  });
};

/** Each day's success: its own for a daily habit, else how full the last 2·`days` counted days are. */
const habitSuccesses = (times: number, days: number, counted: ReadonlyArray<ScoredPeriod>): ReadonlyArray<number> => {
  let recent = 0;
  return counted.map(({ status }, index) => {
    if (status === "met") recent++;
    if (counted[index - 2 * days]?.status === "met") recent--;
    if (times === days) return status === "met" ? 1 : 0;
    return Math.min(1, recent / (2 * times));
  });
};

interface Reader {
  readonly actual: (span: Period.Span) => number;
  readonly prescribed?: (span: Period.Span) => number;
}

const readerOf = (
  formula: Formula.Formula,
  calendar: ActivityCalendar,
  since: CivilDate.CivilDate,
  asOf: CivilDate.CivilDate,
  excused: Excuse.ExcusedDays,
  prescribed: ReadonlyArray<Completion.Item> | undefined,
): Reader => {
  const { measure } = formula;
  const until = (span: Period.Span): Period.Span => ({
    from: span.from,
    to: CivilDate.fromEpochDay(Math.min(span.to, asOf)),
  });
  if (measure.kind === "tally") return { actual: (span) => tally(measure, calendar, until(span), formula.weekStart) };
  if (measure.kind === "coverage") {
    const covered = coverage(measure, calendar, since, asOf, excused);
    return { actual: (span) => sumOver(until(span), (day) => covered[day - since]!) };
  }
  const items = prescribed ?? Completion.onWeekdays(measure.weekdays, since, asOf);
  const completion = Completion.match(items, calendar, { from: since, to: asOf }, formula.weekStart);
  return {
    actual: (span) => sumOver(until(span), (day) => completion.done.get(day) ?? 0),
    prescribed: (span) => sumOver(until(span), (day) => completion.due.get(day) ?? 0),
  };
};

/** What a tally counts between two days, cut to size: activity, day, week. */
const tally = (
  measure: Formula.Tally,
  calendar: ActivityCalendar,
  span: Period.Span,
  weekStart: CivilWeek.WeekStart | undefined,
): number => {
  if (measure.metric.measure === "session_types") {
    const cells = [...daysOf(span)].map((day) => calendar.get(day) ?? DayCell.empty);
    return Metric.ofDays(measure.metric, cells);
  }
  let total = 0;
  let ofWeek = 0;
  let week = NaN;
  for (const day of daysOf(span)) {
    if (measure.weekAtMost !== undefined && CivilWeek.startOfWeek(day, weekStart) !== week) {
      week = CivilWeek.startOfWeek(day, weekStart);
      total += ofWeek;
      ofWeek = 0;
    }
    const cell = calendar.get(day);
    if (cell === undefined) continue;
    ofWeek = Math.min(ofWeek + valueOfDay(measure, cell), measure.weekAtMost ?? Infinity);
  }
  return total + ofWeek;
};

/** What one day is worth to a tally, cut by activity and day. */
export const valueOfDay = (measure: Formula.Tally, cell: DayCell.DayCell): number =>
  Math.min(uncutValueOfDay(measure, cell), measure.dayAtMost ?? Infinity);

const uncutValueOfDay = ({ metric, activityAtMost, bestOfDay }: Formula.Tally, cell: DayCell.DayCell): number => {
  if (metric.measure === "session_types" || metric.measure === "active_days") return Metric.ofDay(metric, cell);
  if (activityAtMost === undefined && bestOfDay !== true) return Metric.ofDay(metric, cell);
  let sum = 0;
  let best = 0;
  for (const one of cell.contributions) {
    const value = Math.min(Metric.ofContribution(metric, one), activityAtMost ?? Infinity);
    sum += value;
    best = Math.max(best, value);
  }
  return bestOfDay === true ? best : sum;
};

/** What each day from `since` on is covered by: 1 or 0 with `shift`, the days supplied with `add`. */
const coverage = (
  measure: Formula.Coverage,
  calendar: ActivityCalendar,
  since: CivilDate.CivilDate,
  asOf: CivilDate.CivilDate,
  excused: Excuse.ExcusedDays,
): ReadonlyArray<number> => {
  let supply = 0;
  return Array.from(daysOf({ from: since, to: asOf }), (day) => {
    const isActive = Metric.ofDay(measure.metric, calendar.get(day) ?? DayCell.empty) >= measure.atLeast;
    if (measure.overlap === "add") return isActive ? measure.coverDays : 0;
    if (isActive) supply += measure.coverDays;
    // An excused day uses up no supply: it is not asked about.
    if (supply < 1 || (!isActive && excused(day) !== undefined)) return 0;
    supply -= 1;
    return 1;
  });
};

interface Goals {
  readonly next: () => number;
  readonly learn: (success: boolean) => void;
}

const goalsOf = (
  formula: Formula.Formula,
  calendar: ActivityCalendar,
  period: Period.Period,
  since: CivilDate.CivilDate,
  excused: Excuse.ExcusedDays,
): Goals => {
  const { target } = formula;
  const learn = (): void => {};
  if (target.kind === "constant") return { next: () => target.perPeriod, learn };
  if (target.kind === "prescribed") return { next: () => 0, learn };
  if (target.kind === "phases") {
    const perPeriod = target.phases.flatMap(({ periods, perPeriod: goal }) =>
      Array.from({ length: periods }, () => goal),
    );
    let index = 0;
    return { next: () => perPeriod[index++] ?? perPeriod.at(-1) ?? 0, learn };
  }
  let goal = Math.min(
    target.atMost,
    Math.max(target.atLeast, meanBefore(formula, calendar, period, since, excused, target.meanOfPeriods)),
  );
  return {
    next: () => goal,
    learn: (success) => {
      if (success) goal = Math.min(target.atMost, goal + target.step);
    },
  };
};

/** The mean of the last `count` whole periods before the first, those wholly excused aside. */
const meanBefore = (
  formula: Formula.Formula,
  calendar: ActivityCalendar,
  period: Period.Period,
  since: CivilDate.CivilDate,
  excused: Excuse.ExcusedDays,
  count: number,
): number => {
  const { measure } = formula;
  if (measure.kind !== "tally") return 0;
  let total = 0;
  let periods = 0;
  let span = Period.spanAt(period, since);
  for (let index = 0; index < count; index++) {
    span = Period.spanAt(period, CivilDate.addDays(span.from, -1));
    const actual = tally(measure, calendar, span, formula.weekStart);
    if (actual === 0 && [...daysOf(span)].every((day) => excused(day) !== undefined)) continue;
    total += actual;
    periods++;
  }
  return periods === 0 ? 0 : total / periods;
};

const periodFrom = ({ period, weekStart }: Formula.Formula, since: CivilDate.CivilDate): Period.Period =>
  period.kind === "days"
    ? { ...period, anchor: since }
    : period.kind === "week" && weekStart !== undefined
      ? { ...period, weekStart }
      : period;

function* daysOf({ from, to }: Period.Span): Generator<CivilDate.CivilDate> {
  for (let day = from; day <= to; day = CivilDate.addDays(day, 1)) yield day;
}

const sumOver = (span: Period.Span, valueOn: (day: CivilDate.CivilDate) => number): number => {
  let total = 0;
  for (const day of daysOf(span)) total += valueOn(day);
  return total;
};
