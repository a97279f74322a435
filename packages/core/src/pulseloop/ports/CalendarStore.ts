import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import type { MemberId, TenantId } from "../../kernel/Ids.ts";
import type { ActivityCalendar } from "../domain/ActivityCalendar.ts";
import type { PackedCalendar } from "../domain/PackedCalendar.ts";
import type { DayCell } from "../domain/DayCell.ts";

/** Which cell: one member's civil day. */
export interface CellKey {
  readonly memberId: MemberId;
  readonly civilDate: CivilDate;
}

/** A cell with its key. */
export interface KeyedCell extends CellKey {
  readonly cell: DayCell;
}

/** What {@link CalendarStore} answers whoever locks cells. **Shape** `packed`: the whole calendar of every member that was asked for. */
export interface LockedCells {
  readonly cells: ReadonlyArray<KeyedCell>;
  readonly packed: ReadonlyMap<MemberId, PackedCalendar>;
}

/**
 * Where day cells are kept: what each member did on each civil day.
 *
 * **Contract**
 * - `hold`, inside a unit of work, keeps everybody else who would hold one of these members' calendars waiting until the unit ends.
 *   Calendars are held in one order, whatever the order asked in.
 * - `lock` holds the calendars of the cells asked for and answers the cells, an absent one as the empty cell, and these calendars as
 *   totals in columns.
 * - `save` keeps cells as given; a cell without contributions may be dropped. It holds the calendars it changes. Who has locked them may
 *   hand in these members' packed calendars with the cells already in them, which are then kept unread.
 * - `read` answers calendars of the members asked for, days `from` to `to` included, without locking; a member without a cell
 *   has an empty calendar.
 * - `packed` answers the same calendars as totals in columns, whole and without locking; it is there to read many at once. Without
 *   `memberIds`, those of everybody who has moved; a member who has not may be absent then.
 */
export class CalendarStore extends Context.Service<
  CalendarStore,
  {
    readonly lock: (tenantId: TenantId, keys: ReadonlyArray<CellKey>) => Effect.Effect<LockedCells>;
    readonly hold: (tenantId: TenantId, memberIds: ReadonlyArray<MemberId>) => Effect.Effect<void>;
    readonly save: (
      tenantId: TenantId,
      cells: ReadonlyArray<KeyedCell>,
      packed?: ReadonlyMap<MemberId, PackedCalendar>,
    ) => Effect.Effect<void>;
    readonly read: (
      tenantId: TenantId,
      memberIds: ReadonlyArray<MemberId>,
      days: { readonly from?: CivilDate; readonly to?: CivilDate },
    ) => Effect.Effect<ReadonlyMap<MemberId, ActivityCalendar>>;
    readonly packed: (
      tenantId: TenantId,
      memberIds?: ReadonlyArray<MemberId>,
    ) => Effect.Effect<ReadonlyMap<MemberId, PackedCalendar>>;
  }
>()("@zmos/core/pulseloop/ports/CalendarStore") {}
