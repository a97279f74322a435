/** The public face of the PulseLoop module: movement facts, and the scores they make. */
export * as ActivityCalendar from "./domain/ActivityCalendar.ts";
export * as DayCell from "./domain/DayCell.ts";
export * as Metric from "./domain/Metric.ts";
export { Intensity, MovementEvent, MovementSource, MovementType, toCalendarFact } from "./domain/MovementEvent.ts";
export { admit, FactConflict, identityOf, prevailing } from "./domain/MovementFacts.ts";
export { MovementInFuture, type Occurrence, OccurrenceFromString } from "./domain/Occurrence.ts";
export { defaultRules, Measure, ScoringRules, VersionedRules } from "./domain/ScoringRules.ts";
export * as Streak from "./domain/Streak.ts";
export { StreakSummary } from "./domain/StreakSummary.ts";
export { CalendarStore, type CellKey, type KeyedCell } from "./ports/CalendarStore.ts";
export { HealthScore, type PublishedScore } from "./ports/HealthScore.ts";
export { type FactKey, MovementStore } from "./ports/MovementStore.ts";
export { type PrescriptionProfile, PrescriptionProfiles } from "./ports/PrescriptionProfiles.ts";
export { ScoringRulesStore } from "./ports/ScoringRulesStore.ts";
export { PulseLoop } from "./PulseLoop.ts";
export { MovementsRefused } from "./usecases/RecordMovements.ts";
