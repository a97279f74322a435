/**
 * The formulas that come with ZMOS, each with its published source; data, so a tenant may start from any of them.
 */
import * as Metric from "./Metric.ts";
import type { Band, Formula, Law, Parameter } from "./Formula.ts";

const standing: ReadonlyArray<Band> = [
  { name: "on_track", atLeast: 0.8 },
  { name: "at_risk", atLeast: 0.5 },
  { name: "off_track" },
];

const everyLaw: ReadonlyArray<Law> = [
  "bounded",
  "monotone",
  "skip_neutral",
  "zero_target_defined",
  "order_free",
  "unit_consistent",
  "window_local",
];

const weeks: Parameter = { name: "weeks", path: ["window", "count"] };
const target: Parameter = { name: "target", path: ["target", "perPeriod"] };
const measure: Parameter = { name: "measure", path: ["measure", "metric", "measure"] };

/** Sum of actual ÷ sum of targets over the last four full weeks, at most 1. */
export const zmosV1: Formula = {
  id: "zmos-v1",
  version: 1,
  name: "ZMOS adherence",
  source: "ZMOS implementation plan, phase 3: adherence = actual ÷ target for the last N weeks",
  measure: { kind: "tally", metric: Metric.events },
  period: { kind: "week" },
  target: { kind: "constant", perPeriod: 3 },
  excused: "prorate",
  firstPartial: "leave_out",
  current: "leave_out",
  window: { kind: "last_periods", count: 4 },
  aggregate: { kind: "ratio_of_sums" },
  scoreAtMost: 1,
  bands: standing,
  laws: everyLaw,
  parameters: [weeks, target, measure],
};
