/**
 * The schema of a formula: what may be stored, sent or written by hand as JSON.
 *
 * **Contract** whatever decodes can be evaluated: no score of it is NaN, whatever the facts.
 */
import * as Schema from "effect/Schema";
import { laws, type Formula } from "./Formula.ts";
import { intensities, movementTypes, sources } from "./Movement.ts";

const Amount = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 }));
const PositiveAmount = Schema.Finite.check(
  Schema.isBetween({ minimum: 0, maximum: 1_000_000 }),
  Schema.isGreaterThan(0),
);
const Count = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 3_660 }));
const Id = Schema.String.check(Schema.isPattern(/^[a-z0-9][a-z0-9-]{0,62}$/));
const Line = Schema.NonEmptyString.check(Schema.isMaxLength(300));
const Weekday = Schema.Literals([1, 2, 3, 4, 5, 6, 7]);
const Ids = Schema.Array(Schema.String);

const Filter = Schema.Struct({
  types: Schema.optionalKey(Schema.Array(Schema.Literals(movementTypes))),
  sessionTypeIds: Schema.optionalKey(Ids),
  locationIds: Schema.optionalKey(Ids),
  tileIds: Schema.optionalKey(Ids),
  intensities: Schema.optionalKey(Schema.Array(Schema.Literals(intensities))),
  sources: Schema.optionalKey(Schema.Array(Schema.Literals(sources))),
}).annotate({ identifier: "MetricFilter" });

const filtered = { where: Schema.optionalKey(Filter) };
const assuming = {
  assumeMinutes: Schema.optionalKey(Amount),
  assumeIntensity: Schema.optionalKey(Schema.Literals(intensities)),
};

const additiveMetrics = [
  Schema.Struct({ measure: Schema.Literal("events"), ...filtered }),
  Schema.Struct({ measure: Schema.Literal("minutes"), ...filtered, ...assuming }),
  Schema.Struct({ measure: Schema.Literal("moderate_equivalent_minutes"), ...filtered, ...assuming }),
  Schema.Struct({
    measure: Schema.Literal("met_minutes"),
    categories: Schema.Array(Schema.Struct({ ...filtered, mets: Amount, dayCapMinutes: Schema.optionalKey(Amount) })),
    ...filtered,
    ...assuming,
  }),
  Schema.Struct({
    measure: Schema.Literal("points"),
    table: Schema.Array(Schema.Struct({ ...filtered, minutesAtLeast: Amount, points: Amount })),
    ...filtered,
    ...assuming,
  }),
] as const;

/** A metric as data. */
export const MetricSchema = Schema.Union([
  ...additiveMetrics,
  Schema.Struct({
    measure: Schema.Literal("active_days"),
    of: Schema.optionalKey(Schema.Union(additiveMetrics)),
    atLeast: Schema.optionalKey(PositiveAmount),
  }),
  Schema.Struct({ measure: Schema.Literal("session_types"), ...filtered }),
]).annotate({ identifier: "Metric" });

const hasActivities = (measure: string): boolean => measure !== "active_days" && measure !== "session_types";

const Tally = Schema.Struct({
  kind: Schema.Literal("tally"),
  metric: MetricSchema,
  activityAtMost: Schema.optionalKey(PositiveAmount),
  bestOfDay: Schema.optionalKey(Schema.Boolean),
  dayAtMost: Schema.optionalKey(PositiveAmount),
  weekAtMost: Schema.optionalKey(PositiveAmount),
}).check(
  Schema.makeFilter(({ metric: { measure }, activityAtMost, bestOfDay, dayAtMost, weekAtMost }) => {
    const cutsActivities = activityAtMost !== undefined || bestOfDay === true;
    if (cutsActivities && !hasActivities(measure)) {
      return { path: ["metric"], issue: `${measure} has no single activities to cut or to choose from` };
    }
    const cutsDays = dayAtMost !== undefined || weekAtMost !== undefined;
    if (cutsDays && measure === "session_types") {
      return { path: ["metric"], issue: "session_types counts each type once and cannot be cut by day or week" };
    }
    return undefined;
  }),
);

const Measure = Schema.Union([
  Tally,
  Schema.Struct({
    kind: Schema.Literal("coverage"),
    metric: MetricSchema,
    atLeast: PositiveAmount,
    coverDays: Count,
    overlap: Schema.Literals(["shift", "add"]),
  }),
  Schema.Struct({ kind: Schema.Literal("completion"), weekdays: Schema.Array(Weekday) }),
]);

const Adaptive = Schema.Struct({
  kind: Schema.Literal("adaptive"),
  meanOfPeriods: Count,
  atLeast: Amount,
  step: Amount,
  atMost: Amount,
}).check(
  Schema.makeFilter(({ atLeast, atMost }) =>
    atLeast <= atMost ? undefined : { path: ["atMost"], issue: "the ceiling is below the floor" },
  ),
);

const Target = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("constant"), perPeriod: Amount }),
  Schema.Struct({
    kind: Schema.Literal("phases"),
    phases: Schema.Array(Schema.Struct({ periods: Count, perPeriod: Amount })).check(Schema.isMinLength(1)),
  }),
  Adaptive,
  Schema.Struct({ kind: Schema.Literal("prescribed") }),
]);

const Habit = Schema.Struct({ kind: Schema.Literal("habit"), times: Count, days: Count }).check(
  Schema.makeFilter(({ times, days }) =>
    times <= days ? undefined : { path: ["times"], issue: "a habit is at most as many times as it has days" },
  ),
);

const FormulaFields = Schema.Struct({
  id: Id,
  version: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })),
  name: Line,
  source: Line,
  measure: Measure,
  period: Schema.Union([
    Schema.Struct({ kind: Schema.Literals(["day"]) }),
    Schema.Struct({ kind: Schema.Literals(["week"]) }),
    Schema.Struct({ kind: Schema.Literals(["month"]) }),
    Schema.Struct({ kind: Schema.Literal("days"), lengthDays: Count }),
  ]),
  weekStart: Schema.optionalKey(Weekday),
  target: Target,
  ratioAtMost: Schema.optionalKey(PositiveAmount),
  carryAtMost: Schema.optionalKey(Amount),
  excused: Schema.Literals(["skip", "prorate"]),
  firstPartial: Schema.Literals(["leave_out", "prorate", "whole"]),
  current: Schema.Literals(["leave_out", "count"]),
  window: Schema.Union([
    Schema.Struct({ kind: Schema.Literal("all") }),
    Schema.Struct({ kind: Schema.Literal("last_periods"), count: Count }),
    Schema.Struct({ kind: Schema.Literal("last_days"), days: Count }),
  ]),
  aggregate: Schema.Union([
    Schema.Struct({ kind: Schema.Literal("mean") }),
    Schema.Struct({ kind: Schema.Literal("ratio_of_sums") }),
    Schema.Struct({ kind: Schema.Literal("share_met") }),
    Schema.Struct({ kind: Schema.Literal("mean_actual") }),
    Schema.Struct({
      kind: Schema.Literal("exponential"),
      decay: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
    }),
    Habit,
  ]),
  scoreAtMost: Schema.optionalKey(PositiveAmount),
  bands: Schema.Array(
    Schema.Struct({
      name: Schema.NonEmptyString.check(Schema.isMaxLength(40)),
      atLeast: Schema.optionalKey(Schema.Finite),
      moreThan: Schema.optionalKey(Schema.Finite),
      atMost: Schema.optionalKey(Schema.Finite),
    }),
  ),
  laws: Schema.Array(Schema.Literals(laws)),
  parameters: Schema.Array(
    Schema.Struct({ name: Schema.NonEmptyString, path: Schema.Array(Schema.Union([Schema.String, Schema.Int])) }),
  ),
});

/** A formula that makes sense as a whole. */
export const FormulaSchema = FormulaFields.check(
  Schema.makeFilter(({ measure, target, period, aggregate }) => {
    if ((measure.kind === "completion") !== (target.kind === "prescribed")) {
      return { path: ["target"], issue: "completion goes with the target prescribed, and only with it" };
    }
    if (measure.kind === "coverage" && period.kind !== "day") {
      return { path: ["period"], issue: "coverage is counted day by day" };
    }
    if (aggregate.kind === "habit" && period.kind !== "day") {
      return { path: ["period"], issue: "habit strength is counted day by day" };
    }
    if (target.kind === "adaptive" && measure.kind !== "tally") {
      return { path: ["target"], issue: "an adaptive goal learns from a tally" };
    }
    return undefined;
  }),
).annotate({ identifier: "Formula", description: "how an adherence score is computed, as data" });

/** The schema and the calculator's type say the same. */
export const toFormula = (decoded: typeof FormulaSchema.Type): Formula => decoded;
