import * as Schema from "effect/Schema";
import * as Metric from "./Metric.ts";

/** What is counted: movement events, minutes, or minutes weighted by intensity (light 0, moderate 1, vigorous 2). */
export const Measure = Schema.Literals(["events", "minutes", "moderate_equivalent_minutes"]);
export type Measure = typeof Measure.Type;

const METRICS: Readonly<Record<Measure, Metric.AdditiveMetric>> = {
  events: Metric.events,
  minutes: Metric.minutes,
  moderate_equivalent_minutes: Metric.moderateEquivalentMinutes,
};

/** The metric that a measure names. */
export const metricOf = (measure: Measure): Metric.AdditiveMetric => METRICS[measure];

/** The measure that a metric is made of: points and MET-minutes are made of minutes, active days of what makes them active. */
export const measureUnder = (metric: Metric.Metric): Measure => {
  switch (metric.measure) {
    case "events":
    case "minutes":
    case "moderate_equivalent_minutes":
      return metric.measure;
    case "met_minutes":
    case "points":
      return "minutes";
    case "active_days":
      return metric.of === undefined ? "events" : measureUnder(metric.of);
    case "session_types":
      return "events";
  }
};
