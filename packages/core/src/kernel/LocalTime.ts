import * as Schema from "effect/Schema";
import * as CivilDate from "./CivilDate.ts";

/** A time on the wall clock: `HH:MM`, from `00:00` to `23:59`. It names no instant until a day and a zone are known. */
export const LocalTime = Schema.String.check(
  Schema.isPattern(/^([01]\d|2[0-3]):[0-5]\d$/, { expected: "a time of day from 00:00 to 23:59" }),
).annotate({ identifier: "LocalTime", description: "a time of day, HH:MM" });
export type LocalTime = typeof LocalTime.Type;

const LOCAL_DATE_TIME = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;

/** A day and a time on the wall clock, to the second or the minute: `2026-03-29T02:30`. It names no instant until a zone is known. */
export const LocalDateTime = Schema.String.check(
  Schema.makeFilter((text) => {
    const day = LOCAL_DATE_TIME.exec(text)?.[1];
    return day !== undefined && CivilDate.fromIso(day) !== undefined
      ? undefined
      : "Expected a day and a time, like 2026-03-29T02:30";
  }),
).annotate({ identifier: "LocalDateTime", description: "a day and a time on the wall clock, like 2026-03-29T02:30" });
export type LocalDateTime = typeof LocalDateTime.Type;
