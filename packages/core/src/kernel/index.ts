/** The kernel: what every module shares. */
export * as CivilDate from "./CivilDate.ts";
export { CivilDateFromString } from "./CivilDateFromString.ts";
export * as CivilWeek from "./CivilWeek.ts";
export { Clockwork, ClockworkSettings, type WakeUpHandler, type WakeUpHandlers } from "./Clockwork.ts";
export type { DomainEvent } from "./DomainEvent.ts";
export { EventLog } from "./EventLog.ts";
export {
  CurrentIdempotencyKey,
  type EarlierAnswer,
  IdempotencyKey,
  IdempotencyKeyInFlight,
  IdempotencyKeyReused,
  IdempotencyKeys,
  type KeyedRequest,
} from "./IdempotencyKeys.ts";
export * from "./Ids.ts";
export { IdSource, newId } from "./IdSource.ts";
export { Instant, InstantFromString, now, toInstant } from "./Instant.ts";
export { FieldError, fieldErrors, InvalidCommand, pointer, UNEXPECTED_FIELD } from "./InvalidCommand.ts";
export { LocalDateTime, LocalTime } from "./LocalTime.ts";
export { Money } from "./Money.ts";
export { NotFound } from "./NotFound.ts";
export { Cursor, Page, type PageRequest, type Position, type Rows, rowsOf } from "./Page.ts";
export { ActorType, Principal, PrincipalClaims, Role } from "./Principal.ts";
export * as Text from "./Text.ts";
export { TimeZoneDatabase } from "./TimeZoneDatabase.ts";
export * as Together from "./Together.ts";
export { StoreUnavailable, UnitOfWork } from "./UnitOfWork.ts";
export type { AnyUseCase, Bound, UseCase } from "./UseCase.ts";
export { type ClaimedWakeUp, type Claiming, type WakeUp, type WakeUpKey, WakeUps } from "./WakeUps.ts";
export { ZoneName } from "./ZoneName.ts";
export * as ZoneRules from "./ZoneRules.ts";
