/**
 * What is measured about movement, as data: events, minutes, weighted minutes, points, active days or session types.
 *
 * **Shape** `{ measure, where?, … }`; `where` keeps the contributions that match every list it names. A contribution of
 * unknown intensity matches no intensity.
 *
 * **Units** the unit follows the measure: events, minutes, MET-minutes, points, days, session types.
 *
 * **Contract** unknown duration counts no minutes and unknown intensity no weighted minutes, unless the metric says what
 * to assume.
 */
import * as DayCell from "./DayCell.ts";
import * as Movement from "./Movement.ts";

export interface Filter {
  readonly types?: ReadonlyArray<Movement.MovementType>;
  readonly sessionTypeIds?: ReadonlyArray<string>;
  readonly locationIds?: ReadonlyArray<string>;
  readonly tileIds?: ReadonlyArray<string>;
  readonly intensities?: ReadonlyArray<Movement.Intensity>;
  readonly sources?: ReadonlyArray<Movement.Source>;
}

export interface Filtered {
  readonly where?: Filter;
}

export interface Assuming {
  /** Minutes to assume for an unknown duration. */
  readonly assumeMinutes?: number;
  /** Intensity to assume for an unknown one. */
  readonly assumeIntensity?: Movement.Intensity;
}

/** The first category that matches gives a minute its METs, and may cap its minutes a day. */
export interface MetCategory extends Filtered {
  readonly mets: number;
  readonly dayCapMinutes?: number;
}

/** A row of a table of points; a contribution earns the best row it qualifies for. */
export interface PointsRow extends Filtered {
  readonly minutesAtLeast: number;
  readonly points: number;
}

/** A measure whose value on a day is a sum over the day's contributions. */
export type AdditiveMetric = Filtered &
  (
    | { readonly measure: "events" }
    | ({ readonly measure: "minutes" } & Assuming)
    | ({ readonly measure: "moderate_equivalent_minutes" } & Assuming)
    | ({ readonly measure: "met_minutes"; readonly categories: ReadonlyArray<MetCategory> } & Assuming)
    | ({ readonly measure: "points"; readonly table: ReadonlyArray<PointsRow> } & Assuming)
  );

export type Metric =
  | AdditiveMetric
  | {
      /** Days on which `of` (default: events) reaches `atLeast` (default: 1). */
      readonly measure: "active_days";
      readonly of?: AdditiveMetric;
      readonly atLeast?: number;
    }
  | ({ readonly measure: "session_types" } & Filtered);

export const events: Metric & AdditiveMetric = { measure: "events" };
export const minutes: Metric & AdditiveMetric = { measure: "minutes" };
export const moderateEquivalentMinutes: Metric & AdditiveMetric = { measure: "moderate_equivalent_minutes" };
export const activeDays: Metric = { measure: "active_days" };

/** Whether a contribution matches every list the filter names. */
export const matches = (where: Filter | undefined, one: DayCell.Contribution): boolean =>
  where === undefined ||
  (within(where.types, one.type) &&
    within(where.sessionTypeIds, one.sessionTypeId) &&
    within(where.locationIds, one.locationId) &&
    within(where.tileIds, one.tileId) &&
    within(where.intensities, one.intensity) &&
    within(where.sources, one.source));

/** What one live contribution adds to an additive metric. */
export const ofContribution = (metric: AdditiveMetric, one: DayCell.Contribution): number => {
  if (!DayCell.isLive(one) || !matches(metric.where, one)) return 0;
  if (metric.measure === "events") return 1;
  const minutesOfOne = one.minutes ?? metric.assumeMinutes ?? 0;
  if (metric.measure === "minutes") return minutesOfOne;
  const assumed = assume(metric, one);
  if (metric.measure === "moderate_equivalent_minutes") {
    return assumed.intensity === undefined ? 0 : minutesOfOne * Movement.moderateEquivalent[assumed.intensity];
  }
  if (metric.measure === "met_minutes") {
    return minutesOfOne * (metric.categories.find((category) => matches(category.where, assumed))?.mets ?? 0);
  }
  let best = 0;
  for (const row of metric.table) {
    if (minutesOfOne >= row.minutesAtLeast && matches(row.where, assumed)) best = Math.max(best, row.points);
  }
  return best;
};

/** The metric's value on one day. */
export const ofDay = (metric: Metric, cell: DayCell.DayCell): number => {
  if (metric.measure === "active_days") return ofDay(metric.of ?? events, cell) >= (metric.atLeast ?? 1) ? 1 : 0;
  if (metric.measure === "session_types") return sessionTypesOf(metric.where, [cell]);
  if (metric.measure === "met_minutes") return metMinutes(metric, cell);
  if (metric.where === undefined) {
    if (metric.measure === "events") return cell.events;
    if (metric.measure === "minutes" && metric.assumeMinutes === undefined) return cell.minutes;
    if (metric.measure === "moderate_equivalent_minutes" && !assumes(metric)) return cell.moderateEquivalentMinutes;
  }
  let total = 0;
  for (const one of cell.contributions) total += ofContribution(metric, one);
  return total;
};

/** The metric's value over several days, given in any order but each once. */
export const ofDays = (metric: Metric, cells: Iterable<DayCell.DayCell>): number => {
  if (metric.measure === "session_types") return sessionTypesOf(metric.where, cells);
  let total = 0;
  for (const cell of cells) total += ofDay(metric, cell);
  return total;
};

/** Whether one more fact never changes the metric by a fraction: such thresholds are whole numbers. */
export const isCount = (metric: Metric): boolean =>
  metric.measure === "events" || metric.measure === "active_days" || metric.measure === "session_types";

const within = <A>(allowed: ReadonlyArray<A> | undefined, value: A | undefined): boolean =>
  allowed === undefined || (value !== undefined && allowed.includes(value));

const assumes = (metric: Assuming): boolean =>
  metric.assumeMinutes !== undefined || metric.assumeIntensity !== undefined;

const assume = (metric: Assuming, one: DayCell.Contribution): DayCell.Contribution =>
  one.intensity === undefined && metric.assumeIntensity !== undefined
    ? { ...one, intensity: metric.assumeIntensity }
    : one;

const sessionTypesOf = (where: Filter | undefined, cells: Iterable<DayCell.DayCell>): number => {
  const seen = new Set<string>();
  for (const cell of cells) {
    for (const one of cell.contributions) {
      if (one.sessionTypeId !== undefined && DayCell.isLive(one) && matches(where, one)) seen.add(one.sessionTypeId);
    }
  }
  return seen.size;
};

const metMinutes = (metric: AdditiveMetric & { readonly measure: "met_minutes" }, cell: DayCell.DayCell): number => {
  const minutesByCategory = metric.categories.map(() => 0);
  for (const one of cell.contributions) {
    if (!DayCell.isLive(one) || !matches(metric.where, one)) continue;
    const assumed = assume(metric, one);
    const index = metric.categories.findIndex((category) => matches(category.where, assumed));
    if (index >= 0) minutesByCategory[index]! += one.minutes ?? metric.assumeMinutes ?? 0;
  }
  return metric.categories.reduce(
    (total, { mets, dayCapMinutes = Infinity }, index) =>
      total + mets * Math.min(minutesByCategory[index]!, dayCapMinutes),
    0,
  );
};
