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

/**
 * Where day cells are kept: what each member did on each civil day.
 *
 * **Contract**
 * - `lock`, inside a unit of work, keeps everybody else who would lock one of these members' calendars waiting until the unit ends, and
 *   answers them as totals in columns. Calendars are locked in one order, whatever the order asked in. What is asked after it sees
 *   whatever was kept while it waited.
 * - `cells` answers cells as they are, an absent one as the empty cell; a day that is not in the packed calendar has none that counts.
 * - `save` keeps cells as given; a cell without contributions may be dropped. It locks the calendars it changes. Who has locked them may
 *   hand in these members' packed calendars with the cells already in them, which are then kept unread.
 * - `read` answers calendars of the members asked for, days `from` to `to` included, without locking; a member without a cell
 *   has an empty calendar.
 * - `packed` answers the same calendars as totals in columns, whole and without locking; it is there to read many at once. Without
 *   `memberIds`, those of everybody who has moved; a member who has not may be absent then.
 */
export class CalendarStore extends Context.Service<
  CalendarStore,
  {
    readonly lock: (
      tenantId: TenantId,
      memberIds: ReadonlyArray<MemberId>,
    ) => Effect.Effect<ReadonlyMap<MemberId, PackedCalendar>>;
    readonly cells: (tenantId: TenantId, keys: ReadonlyArray<CellKey>) => Effect.Effect<ReadonlyArray<KeyedCell>>;
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
