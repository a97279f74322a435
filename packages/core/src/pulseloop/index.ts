/** The public face of the PulseLoop module: movement facts, and the scores they make. */
export * as ActivityCalendar from "./domain/ActivityCalendar.ts";
export * as Adherence from "./domain/Adherence.ts";
export * as AdherenceExplanation from "./domain/AdherenceExplanation.ts";
export { AdherenceSummary } from "./domain/AdherenceSummary.ts";
export { BoardLine, OwnLine } from "./domain/BoardLine.ts";
export { Challenge, ChallengeKind, ChallengeTeam, finalisableFrom, isForTeams, RankStyle } from "./domain/Challenge.ts";
export { ChallengeParticipant } from "./domain/ChallengeParticipant.ts";
export * as ChallengeProgress from "./domain/ChallengeProgress.ts";
export {
  AlreadyJoined,
  ChallengeFinal,
  ChallengeImpossible,
  ChallengeNotOver,
  JoiningClosed,
  NotParticipating,
  TeamNotFitting,
} from "./domain/ChallengeRefusals.ts";
export { type ChallengeStanding, type EntrantId, type KeptStanding, progressOf } from "./domain/ChallengeStanding.ts";
export * as DayCell from "./domain/DayCell.ts";
export * as Excuse from "./domain/Excuse.ts";
export * as Formula from "./domain/Formula.ts";
export { FormulaSchema, MetricSchema, toFormula } from "./domain/FormulaSchema.ts";
export * as FormulaSentence from "./domain/FormulaSentence.ts";
export * as Leaderboard from "./domain/Leaderboard.ts";
export * as GrantedExcuse from "./domain/GrantedExcuse.ts";
export { ExcuseEndImpossible, ExcuseWithdrawn } from "./domain/GrantedExcuse.ts";
export * as Metric from "./domain/Metric.ts";
export {
  Intensity,
  MovementEvent,
  MovementSource,
  MovementType,
  toCalendarFact,
  toWire,
} from "./domain/MovementEvent.ts";
export { admit, FactConflict, identityOf, prevailing } from "./domain/MovementFacts.ts";
export { MovementInFuture, type Occurrence, OccurrenceFromString } from "./domain/Occurrence.ts";
export * as Movement from "./domain/Movement.ts";
export type { Period, Span } from "./domain/Period.ts";
export { MovementTile, TileAssignment } from "./domain/MovementTile.ts";
export { Measure } from "./domain/Measure.ts";
export { DefinedFormula, FormulaDefinition, FormulaIsShipped } from "./domain/DefinedFormula.ts";
export { FormulaParameters } from "./domain/FormulaParameters.ts";
export {
  defaultRules,
  FormulaChoice,
  ScoringRules,
  type StreakRuleJson,
  VersionedRules,
} from "./domain/ScoringRules.ts";
export * as ShippedFormulas from "./domain/ShippedFormulas.ts";
export { skippedIn } from "./domain/SkippedDays.ts";
export { StreakRuleSchema, toStreakRule } from "./domain/StreakRuleSchema.ts";
export * as Streak from "./domain/Streak.ts";
export { Standing } from "./domain/Standing.ts";
export { StreakSummary } from "./domain/StreakSummary.ts";
export { CalendarStore, type CellKey, type KeyedCell } from "./ports/CalendarStore.ts";
export { ChallengeStore } from "./ports/ChallengeStore.ts";
export { ExcuseStore } from "./ports/ExcuseStore.ts";
export { FormulaStore, type StoredFormula } from "./ports/FormulaStore.ts";
export { HealthScore, type PublishedScore } from "./ports/HealthScore.ts";
export { type FactKey, MovementStore } from "./ports/MovementStore.ts";
export { ParticipantStore } from "./ports/ParticipantStore.ts";
export { type PrescriptionProfile, PrescriptionProfiles } from "./ports/PrescriptionProfiles.ts";
export * as PackedCalendar from "./domain/PackedCalendar.ts";
export * as PackedScores from "./domain/PackedScores.ts";
export { TileStore } from "./ports/TileStore.ts";
export { ScoringRulesStore } from "./ports/ScoringRulesStore.ts";
export { type Place, StandingStore } from "./ports/StandingStore.ts";
export { PulseLoop } from "./PulseLoop.ts";
export { MovementsRefused } from "./usecases/RecordMovements.ts";
export { CreateChallenge } from "./usecases/CreateChallenge.ts";
export { ParticipantProgress } from "./usecases/GetChallengeProgress.ts";
