import { CalendarFeedFormat, Recurrence } from "@zmos/core/moveos";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { createHash, randomBytes } from "node:crypto";
import * as ICalendarFormat from "./ICalendarFormat.ts";
import { expand } from "./Rfc5545Recurrence.ts";

/** Series and calendar feeds by RFC 5545, for the doors of `@zmos/core`. */
export const layer = Layer.mergeAll(
  Layer.succeed(Recurrence, { expand }),
  Layer.succeed(CalendarFeedFormat, {
    write: (calendar) => Effect.sync(() => ICalendarFormat.write(calendar)),
    newSecret: Effect.sync(() => randomBytes(32).toString("base64url")),
    // 256 random bits need no salt and no slow hash.
    digestOf: (secret) => Effect.sync(() => createHash("sha256").update(secret).digest("base64url")),
  }),
);
