import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import type { LocalTime } from "../../kernel/LocalTime.ts";
import type { ZoneName } from "../../kernel/ZoneName.ts";
import type { SeriesOccurrence } from "../domain/Schedule.ts";
import type { RecurrenceInvalid } from "../domain/RecurrenceRule.ts";

/** Nobody has installed what finds the days of a series. */
export class RecurrenceNotInstalled extends Schema.TaggedError<RecurrenceNotInstalled>()("RecurrenceNotInstalled", {}) {
  override get message() {
    return "Series need something that follows RFC 5545. Provide CalendarAdapters.layer of @zmos/adapters-calendar.";
  }
}

/** What a series recurs by. **Shape** `rrule` is RFC 5545's RRULE, without its name; `startsOn` is the first day it may give. */
export interface Recurring {
  readonly rrule: string;
  readonly startsOn: CivilDate;
  readonly startsAt: LocalTime;
  readonly timezone: ZoneName;
}

/** **Units** civil days by the local calendar: `from` included, `to` excluded. */
export interface Days {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/**
 * What finds the occurrences of a series.
 *
 * **Contract**
 * - `expand` answers those whose local start lies on the days asked for, in order; at most one a day.
 * - The wall clock keeps its time over changes of the zone's offset. A local time that a day does not have (the clock is put forward, the day is
 *   left out) is no occurrence, and does not count towards COUNT (RFC 5545, 3.3.10). One that a day has twice is the first.
 * - A rule that cannot be followed is `RecurrenceInvalid`.
 *
 * A host that has no series need not provide it.
 */
export const Recurrence = Context.Reference<{
  readonly expand: (
    recurring: Recurring,
    days: Days,
  ) => Effect.Effect<ReadonlyArray<SeriesOccurrence>, RecurrenceInvalid | RecurrenceNotInstalled>;
}>("@zmos/core/moveos/ports/Recurrence", {
  defaultValue: () => ({ expand: () => Effect.fail(new RecurrenceNotInstalled()) }),
});
