import * as Schema from "effect/Schema";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { MemberId, MovementEventId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { ZoneName } from "../../kernel/ZoneName.ts";
import * as Adherence from "./Adherence.ts";
import * as AdherenceExplanation from "./AdherenceExplanation.ts";
import type { Formula } from "./Formula.ts";
import * as FormulaSentence from "./FormulaSentence.ts";

const Status = Schema.Literals(["met", "excused", "pending", "missed"]);
const LeftOut = Schema.Literals(["excused", "not_over", "began_before_the_score", "outside_the_window"]);

/**
 * One period of an adherence score.
 *
 * **Units** `actual`, `target`, `carried`: as the summary's unit says; `ratio`: actual ÷ target as it counts; `openDays`: days that were
 * not excused; `contribution`: this period's share of the score; `leftOut`: why it has none.
 */
const ScoredPeriod = Schema.Struct({
  from: CivilDateFromString,
  to: CivilDateFromString,
  actual: Schema.Finite,
  target: Schema.Finite,
  ratio: Schema.Finite,
  status: Status,
  carried: Schema.Finite,
  openDays: Schema.Int,
  contribution: Schema.optionalKey(Schema.Finite),
  leftOut: Schema.optionalKey(LeftOut),
}).annotate({ identifier: "AdherencePeriod" });

/** A share of the score: a period's, or what a ceiling took off. All of them add up to the score. */
const Part = Schema.Struct({
  from: CivilDateFromString,
  to: CivilDateFromString,
  amount: Schema.Finite,
  due: Schema.Literals(["period", "ceiling"]),
}).annotate({ identifier: "AdherencePart" });

/** Why a fact adds nothing to a score, or less than it is worth, in words. */
const REASONS: Readonly<Record<AdherenceExplanation.NotCounted, string>> = {
  entered_in_error: "it was entered in error",
  before_the_start: "it was before the score began",
  after_as_of: "it was after the day asked about",
  period_left_out: "its period has no say in the score",
  filtered_out: "the formula does not count its kind",
  unknown_duration: "its duration is not known",
  unknown_intensity: "its intensity is not known",
  worth_nothing: "the formula gives nothing for it",
  over_the_cap: "the cap was reached",
  not_the_best_of_the_day: "only the best of the day counts",
  day_below_the_threshold: "its day did not reach the threshold",
  day_already_counts: "its day counts already",
  session_type_already_counted: "its session type counts already",
  no_item_left: "every prescribed item of its week was done by another",
};

const reasons = Object.keys(REASONS) as ReadonlyArray<AdherenceExplanation.NotCounted>;

/** What one movement adds to its period; why it adds nothing or less. **Units** `counted`: as the summary's unit says. */
const ExplainedFact = Schema.Struct({
  movementEventId: MovementEventId,
  civilDate: CivilDateFromString,
  counted: Schema.Finite,
  reason: Schema.optionalKey(Schema.Literals(reasons)),
}).annotate({ identifier: "ExplainedMovement" });

/** Why the number is what it is: every movement, counted or not, and the whole as lines to read. */
const Explanation = Schema.Struct({
  facts: Schema.Array(ExplainedFact),
  text: Schema.Array(Schema.String),
}).annotate({ identifier: "AdherenceExplanation" });

/**
 * How well a member keeps to a target, and why the number is what it is.
 *
 * **Shape** `score` is absent while no period counts yet. `periods` are those that count and the one that goes on; explained, all of them.
 * `parts` add up to `score`. The score is by this formula and version, as of this day, as known at this instant, by this tz database:
 * asked so again, it is the same.
 *
 * **Units** `score`: as the formula says, most between 0 and 1; `asOf`, `since`: civil days where the member lives; `ceiling`: what the
 * ceiling took off.
 */
export const AdherenceSummary = Schema.Struct({
  memberId: MemberId,
  asOf: CivilDateFromString,
  knownAt: InstantFromString,
  since: CivilDateFromString,
  timezone: ZoneName,
  timezoneDatabase: Schema.String,
  formula: Schema.String,
  formulaVersion: Schema.Int,
  rulesVersion: Schema.Int,
  sentence: Schema.String,
  unit: Schema.String,
  score: Schema.optionalKey(Schema.Finite),
  band: Schema.optionalKey(Schema.String),
  ceiling: Schema.optionalKey(Schema.Finite),
  periods: Schema.Array(ScoredPeriod),
  parts: Schema.Array(Part),
  explanation: Schema.optionalKey(Explanation),
}).annotate({ identifier: "AdherenceSummary" });
export type AdherenceSummary = typeof AdherenceSummary.Type;

/** The score as a summary tells it. */
export const summarize = (
  input: Adherence.Input,
  explain: boolean,
): Omit<AdherenceSummary, "memberId" | "knownAt" | "timezone" | "timezoneDatabase" | "rulesVersion"> => {
  const { formula } = input;
  const explanation = explain ? AdherenceExplanation.explain(input) : undefined;
  const { asOf, since, score, band, periods, parts } = explanation ?? Adherence.evaluate(input);
  const share = new Map(parts.filter(({ due }) => due === "period").map(({ from, amount }) => [from, amount]));
  const ceiling = parts.find(({ due }) => due === "ceiling")?.amount;
  const all = periods.map((period) => {
    const contribution = share.get(period.from);
    return contribution === undefined ? period : { ...period, contribution };
  });
  const telling = all.filter(({ leftOut }) => leftOut === undefined || leftOut === "not_over");
  return {
    asOf,
    since,
    formula: formula.id,
    formulaVersion: formula.version,
    sentence: FormulaSentence.sentence(formula),
    unit: unitOf(formula),
    ...(score !== undefined && { score }),
    ...(band !== undefined && { band }),
    ...(ceiling !== undefined && { ceiling }),
    periods: explain ? all : telling,
    parts,
    ...(explanation !== undefined && { explanation: tell(explanation, unitOf(formula)) }),
  };
};

/** What a period's actual and target are counted in. */
const unitOf = ({ measure }: Formula): string => {
  if (measure.kind === "completion") return "prescribed items";
  if (measure.kind === "coverage") return measure.overlap === "shift" ? "days covered" : "days supplied";
  return FormulaSentence.metricNoun(measure.metric);
};

const tell = (
  { facts, text }: AdherenceExplanation.Explanation,
  unit: string,
): NonNullable<AdherenceSummary["explanation"]> => ({
  facts: facts.map(({ factId, ...fact }) => ({ movementEventId: MovementEventId.make(factId), ...fact })),
  text: [
    ...text,
    ...(facts.length === 0 ? ["No movement is known."] : ["Movement by movement:"]),
    ...facts.map((fact) => lineOf(fact, unit)),
  ],
});

const lineOf = ({ civilDate, counted, reason }: AdherenceExplanation.ExplainedFact, unit: string): string => {
  const why = reason === undefined ? "" : `${counted === 0 ? "" : " and no more"}, because ${REASONS[reason]}`;
  const what = counted === 0 ? "not counted" : `counted as ${Math.round(counted * 10_000) / 10_000} ${unit}`;
  return `  ${CivilDate.toIso(civilDate)}: ${what}${why}`;
};
