import * as Context from "effect/Context";

/**
 * The version of the IANA time zone database that civil days are computed with (`2026b`), for answers to name: two versions may put one
 * instant on two days.
 *
 * The core cannot ask its runtime; whoever starts it knows (`process.versions.tz`). Nobody having said, it is `unknown`.
 */
export const TimeZoneDatabase = Context.Reference<string>("@zmos/core/kernel/TimeZoneDatabase", {
  defaultValue: () => "unknown",
});
