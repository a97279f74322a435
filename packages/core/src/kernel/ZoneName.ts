import * as Schema from "effect/Schema";
import { isZone } from "./ZoneRules.ts";

/** The name of a time zone in the IANA database, kept as it was given: runtimes rename zones, history does not. */
export const ZoneName = Schema.String.check(
  Schema.isMaxLength(64),
  Schema.makeFilter((name) => (isZone(name) ? undefined : "Expected an IANA time zone, like Africa/Nairobi")),
).annotate({ identifier: "ZoneName", description: "an IANA time zone, like Africa/Nairobi" });
export type ZoneName = typeof ZoneName.Type;
