import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import type { LocationId, ScheduleId, TenantId } from "../../kernel/Ids.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { Schedule } from "../domain/Schedule.ts";

/**
 * Where series are kept.
 *
 * **Contract**
 * - `list` is in order of id: oldest first.
 * - `lock`, inside a unit of work, answers a series and keeps everybody else who would lock it waiting until the unit ends. `lockBehind` does so
 *   with all that are extended to an earlier day than asked for, in order of id.
 * - `change` makes a series that is there what it is told to be.
 */
export class ScheduleStore extends Context.Service<
  ScheduleStore,
  {
    readonly find: (tenantId: TenantId, scheduleId: ScheduleId) => Effect.Effect<Schedule, NotFound>;
    readonly lock: (tenantId: TenantId, scheduleId: ScheduleId) => Effect.Effect<Schedule, NotFound>;
    readonly lockBehind: (tenantId: TenantId, extendedTo: CivilDate) => Effect.Effect<ReadonlyArray<Schedule>>;
    readonly list: (
      tenantId: TenantId,
      filter: { readonly locationId?: LocationId },
      page: PageRequest,
    ) => Effect.Effect<Rows<Schedule>>;
    readonly insert: (schedule: Schedule) => Effect.Effect<void>;
    readonly change: (schedule: Schedule) => Effect.Effect<void>;
  }
>()("@zmos/core/moveos/ports/ScheduleStore") {}
