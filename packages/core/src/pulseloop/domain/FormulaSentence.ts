/**
 * A formula in plain language, generated from the data, so that what people read is what is computed.
 */
import type * as Formula from "./Formula.ts";
import type * as Metric from "./Metric.ts";

/** The formula in one sentence: "average of the last 4 full weeks, each week's moderate-equivalent minutes ÷ 150, at most 1". */
export const sentence = (formula: Formula.Formula): string =>
  `${core(formula)}${formula.scoreAtMost === undefined ? "" : `, at most ${formula.scoreAtMost}`}`;

/** The sentence and everything it leaves out: caps, excuses, partial periods, bands. */
export const description = (formula: Formula.Formula): ReadonlyArray<string> =>
  [sentence(formula), ...caps(formula), ...fairness(formula), ...bands(formula)].map(asSentence);

/** What a metric counts, as a noun: "minutes of class_attendance at north". */
export const metricNoun = (metric: Metric.Metric): string => {
  if (metric.measure === "active_days") {
    if (metric.of === undefined && metric.atLeast === undefined) return "active days";
    return `days with at least ${amountNoun(metric.atLeast ?? 1, metric.of ?? { measure: "events" })}`;
  }
  return nouns[metric.measure] + filterWords(metric.where);
};

/** So much of what a metric counts: "1 event", "30 minutes at north". */
export const amountNoun = (amount: number, metric: Metric.Metric): string => {
  const noun = metricNoun(metric);
  // Every noun is a plural whose first word in s is the one that changes.
  return `${amount} ${amount === 1 ? noun.replace(/s(?= |$)/, "") : noun}`;
};

const nouns = {
  events: "events",
  minutes: "minutes",
  moderate_equivalent_minutes: "moderate-equivalent minutes",
  met_minutes: "MET-minutes",
  points: "points",
  session_types: "distinct session types",
} as const;

const filterWords = (where: Metric.Filter | undefined): string => {
  if (where === undefined) return "";
  const words: Array<string> = [];
  const say = (preposition: string, list: ReadonlyArray<string> | undefined): void => {
    if (list !== undefined) words.push(` ${preposition} ${list.length === 0 ? "nothing" : list.join(" or ")}`);
  };
  say("of", where.types);
  say("of intensity", where.intensities);
  say("of session type", where.sessionTypeIds);
  say("with tile", where.tileIds);
  say("at", where.locationIds);
  say("from", where.sources);
  return words.join("");
};

const core = (formula: Formula.Formula): string => {
  const { aggregate, measure } = formula;
  const period = periodNoun(formula.period);
  if (measure.kind === "completion") {
    return `prescribed items done ÷ items prescribed in ${windowNoun(formula)}, an item done on another day of its week included`;
  }
  if (aggregate.kind === "habit") {
    return `habit strength for ${aggregate.times} ${plural("time", aggregate.times)} in ${aggregate.days} ${plural("day", aggregate.days)}: each day keeps most of the strength before it and adds to it by how well the habit was kept`;
  }
  if (measure.kind === "coverage" && aggregate.kind === "mean") {
    return `share of ${windowNoun(formula)} that were covered, ${supply(measure)}`;
  }
  if (measure.kind === "coverage" && aggregate.kind === "ratio_of_sums") {
    return `days supplied ÷ ${windowNoun(formula)}, ${supply(measure)}`;
  }
  const counted = measureNoun(measure);
  const ratio = `each ${period}'s ${counted} ÷ ${targetNoun(formula.target)}${formula.ratioAtMost === undefined ? "" : `, at most ${formula.ratioAtMost}`}`;
  switch (aggregate.kind) {
    case "mean":
      return `average of ${windowNoun(formula)}, ${ratio}`;
    case "ratio_of_sums":
      return `${counted} of ${windowNoun(formula)} ÷ the sum of their targets (${targetNoun(formula.target)} a ${period})`;
    case "share_met":
      return `share of ${windowNoun(formula)} with at least ${targetNoun(formula.target)} ${counted}`;
    case "mean_actual":
      return `average ${counted} a ${period} over ${windowNoun(formula)}`;
    case "exponential":
      return `exponentially weighted average of ${windowNoun(formula)}, ${ratio}, each keeping ${aggregate.decay} of what came before`;
  }
};

const measureNoun = (measure: Formula.Measure): string =>
  measure.kind === "tally" ? metricNoun(measure.metric) : measure.kind === "coverage" ? "days covered" : "items done";

const supply = ({ metric, atLeast, coverDays, overlap }: Formula.Coverage): string =>
  `each day with at least ${amountNoun(atLeast, metric)} supplying ${coverDays} ${plural("day", coverDays)}${overlap === "shift" ? ", overlaps shifting forward" : ""}`;

const targetNoun = (target: Formula.Target): string => {
  switch (target.kind) {
    case "constant":
      return `${target.perPeriod}`;
    case "phases":
      return `the phase's target (${target.phases.map(({ periods, perPeriod }) => `${perPeriod} for ${periods}`).join(", then ")})`;
    case "adaptive":
      return `a goal that begins at the mean of the ${target.meanOfPeriods} before (at least ${target.atLeast}) and rises by ${target.step} with each success up to ${target.atMost}`;
    case "prescribed":
      return "the number prescribed";
  }
};

const periodNoun = (period: Formula.FormulaPeriod): string =>
  period.kind === "days" ? `${period.lengthDays}-day run` : period.kind;

const windowNoun = ({ window, period, current }: Formula.Formula): string => {
  const noun = periodNoun(period);
  const full = current === "leave_out" ? "full " : "";
  if (window.kind === "all") return `all ${full}${noun}s since the start`;
  if (window.kind === "last_days") return `the last ${window.days} ${plural("day", window.days)}`;
  return window.count === 1 ? `the last ${full}${noun}` : `the last ${window.count} ${full}${noun}s`;
};

const caps = ({ measure, carryAtMost, aggregate, period, target }: Formula.Formula): ReadonlyArray<string> => {
  const said: Array<string> = [];
  if (aggregate.kind === "mean_actual") said.push(`a ${periodNoun(period)} is met from ${targetNoun(target)}`);
  if (measure.kind === "tally") {
    if (measure.activityAtMost !== undefined) said.push(`one activity counts at most ${measure.activityAtMost}`);
    if (measure.bestOfDay === true) said.push("only the best activity of a day counts");
    if (measure.dayAtMost !== undefined) said.push(`a day counts at most ${measure.dayAtMost}`);
    if (measure.weekAtMost !== undefined) said.push(`a week counts at most ${measure.weekAtMost}`);
  }
  if (carryAtMost !== undefined) said.push(`up to ${carryAtMost} above the target is carried over to the next`);
  return said;
};

const fairness = ({ excused, period, firstPartial, current, measure }: Formula.Formula): ReadonlyArray<string> => {
  const noun = periodNoun(period);
  if (period.kind === "day") {
    return ["excused days are left out", ...(measure.kind === "tally" && current === "count" ? ["today counts"] : [])];
  }
  return [
    excused === "prorate"
      ? `a ${noun} wholly excused is left out, one partly excused asks its share`
      : `a ${noun} wholly excused is left out, one partly excused asks its whole target`,
    firstPartial === "leave_out"
      ? `a first ${noun} that began before the start is left out`
      : firstPartial === "prorate"
        ? `a first ${noun} that began before the start asks its share`
        : `a first ${noun} that began before the start counts as whole`,
    ...(current === "count" ? [`the ${noun} that goes on counts as it stands`] : []),
  ];
};

const bands = (formula: Formula.Formula): ReadonlyArray<string> =>
  formula.bands.length === 0
    ? []
    : [
        formula.bands
          .map(({ name, atLeast, moreThan, atMost }) => {
            const words = name.replaceAll("_", " ");
            const limits = [
              ...(atLeast === undefined ? [] : [`from ${atLeast}`]),
              ...(moreThan === undefined ? [] : [`above ${moreThan}`]),
              ...(atMost === undefined ? [] : [`to ${atMost}`]),
            ];
            return limits.length === 0 ? `else ${words}` : `${words} ${limits.join(" ")}`;
          })
          .join(", "),
      ];

const plural = (noun: string, count: number): string => (count === 1 ? noun : `${noun}s`);

const asSentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
