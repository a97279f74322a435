import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type {
  LocationId,
  MemberId,
  RoomId,
  ScheduleId,
  SessionInstanceId,
  SessionTypeId,
  TenantId,
  UserAccountId,
} from "../../kernel/Ids.ts";
import type { Instant } from "../../kernel/Instant.ts";
import type { LocalDateTime } from "../../kernel/LocalTime.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { SessionInstance } from "../domain/SessionInstance.ts";

/**
 * Which part of the timetable. **Shape** `memberId`: the sessions that a member has booked, and the cancelled ones that it had.
 *
 * **Units** `from` included, `to` excluded, by start time.
 */
export interface TimetableFilter {
  readonly from?: Instant;
  readonly to?: Instant;
  readonly locationId?: LocationId;
  readonly sessionTypeId?: SessionTypeId;
  readonly instructorId?: UserAccountId;
  readonly roomId?: RoomId;
  readonly memberId?: MemberId;
}

/**
 * Where the timetable is kept.
 *
 * **Contract**
 * - `list` is in order of start time, then id.
 * - `lock`, inside a unit of work, answers the sessions named that are there, in order of id, and keeps everybody else who would lock one of them, or
 *   its roster, waiting until the unit ends.
 * - `insertMissing` keeps the sessions whose place in their series nobody holds yet, and answers which those are.
 * - `change` makes sessions what they are told to be, but for their seats and whose they are: these are the roster's.
 * - `ofSchedule` answers the sessions of a series that were first put at a local start or later, in that order, cancelled ones too.
 */
export class SessionInstanceStore extends Context.Service<
  SessionInstanceStore,
  {
    readonly find: (
      tenantId: TenantId,
      sessionInstanceId: SessionInstanceId,
    ) => Effect.Effect<SessionInstance, NotFound>;
    readonly list: (
      tenantId: TenantId,
      filter: TimetableFilter,
      page: PageRequest,
    ) => Effect.Effect<Rows<SessionInstance>>;
    readonly lock: (
      tenantId: TenantId,
      sessionInstanceIds: ReadonlyArray<SessionInstanceId>,
    ) => Effect.Effect<ReadonlyArray<SessionInstance>>;
    readonly ofSchedule: (
      tenantId: TenantId,
      scheduleId: ScheduleId,
      from: LocalDateTime,
    ) => Effect.Effect<ReadonlyArray<SessionInstance>>;
    readonly insert: (session: SessionInstance) => Effect.Effect<void>;
    readonly insertMissing: (
      sessions: ReadonlyArray<SessionInstance>,
    ) => Effect.Effect<ReadonlyArray<SessionInstanceId>>;
    readonly change: (sessions: ReadonlyArray<SessionInstance>) => Effect.Effect<void>;
  }
>()("@zmos/core/moveos/ports/SessionInstanceStore") {}
