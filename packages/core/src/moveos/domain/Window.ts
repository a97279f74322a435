import * as Schema from "effect/Schema";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { type Instant, toInstant } from "../../kernel/Instant.ts";
import { LocalTime } from "../../kernel/LocalTime.ts";
import * as ZoneRules from "../../kernel/ZoneRules.ts";

const Count = (maximum: number) => Schema.Int.check(Schema.isBetween({ minimum: 0, maximum }));

/**
 * A moment told from a session's start.
 *
 * **Shape** so many minutes before (negative: after) the start; or a time of day so many civil days before the session's day; or a time of day on
 * a weekday of the civil week so many weeks before the session's week ("Mondays at noon for the week after").
 *
 * **Units** minutes; civil days; civil weeks that start on Monday; `weekday` is ISO, 1 = Monday … 7 = Sunday; wall-clock time of the session's zone.
 */
export const Window = Schema.Union([
  Schema.Struct({
    minutesBeforeStart: Schema.Int.check(Schema.isBetween({ minimum: -1_440, maximum: 525_600 })),
  }),
  Schema.Struct({ daysBefore: Count(365), at: LocalTime }),
  Schema.Struct({ weeksBefore: Count(52), weekday: Schema.Literals([1, 2, 3, 4, 5, 6, 7]), at: LocalTime }),
]).annotate({ identifier: "Window" });
export type Window = typeof Window.Type;

/** When and where a session starts, for what is told from it. */
export interface Start {
  readonly startTime: Instant;
  readonly timezone: string;
}

const MILLIS_PER_MINUTE = 60_000;
const DAYS_PER_WEEK = 7;

/** The instant a window names for a session. */
export const instantOf = (window: Window, start: Start): Instant => {
  if ("minutesBeforeStart" in window) return toInstant(start.startTime - window.minutesBeforeStart * MILLIS_PER_MINUTE);
  const day = ZoneRules.civilDateOf(start.timezone, start.startTime);
  const named =
    "daysBefore" in window
      ? CivilDate.addDays(day, -window.daysBefore)
      : CivilDate.addDays(day, window.weekday - CivilDate.weekday(day) - window.weeksBefore * DAYS_PER_WEEK);
  const [hours = 0, minutes = 0] = window.at.split(":").map(Number);
  return toInstant(ZoneRules.instantAt(start.timezone, named, hours * 60 + minutes));
};

/** So many minutes after an instant. **Units** minutes, negative for before. */
export const minutesAfter = (instant: Instant, minutes: number): Instant =>
  toInstant(instant + minutes * MILLIS_PER_MINUTE);
