import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { CalendarDocument } from "../domain/CalendarFeed.ts";

/** Nobody has installed what writes calendars. */
export class CalendarFeedsNotInstalled extends Schema.TaggedError<CalendarFeedsNotInstalled>()(
  "CalendarFeedsNotInstalled",
  {},
) {
  override get message() {
    return "Calendar feeds need something that writes RFC 5545. Provide CalendarAdapters.layer of @zmos/adapters-calendar.";
  }
}

/**
 * How a calendar is written for calendar applications, and how the secret of its address is made.
 *
 * **Contract**
 * - `write` answers `text/calendar` (RFC 5545): lines end with CRLF and are folded at 75 octets without breaking a character; instants are UTC;
 *   what is read back is what was written.
 * - `newSecret` has 256 random bits, as text that an address can hold. `digestOf` cannot be turned back.
 *
 * A host that serves no feeds need not provide it.
 */
export const CalendarFeedFormat = Context.Reference<{
  readonly write: (calendar: CalendarDocument) => Effect.Effect<string, CalendarFeedsNotInstalled>;
  readonly newSecret: Effect.Effect<string, CalendarFeedsNotInstalled>;
  readonly digestOf: (secret: string) => Effect.Effect<string, CalendarFeedsNotInstalled>;
}>("@zmos/core/moveos/ports/CalendarFeedFormat", {
  defaultValue: () => {
    const notInstalled = Effect.fail(new CalendarFeedsNotInstalled());
    return { write: () => notInstalled, newSecret: notInstalled, digestOf: () => notInstalled };
  },
});
